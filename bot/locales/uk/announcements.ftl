# Оголошення: у групах, у тих, хто їх надсилає, і у звітах.
command-announce = Оголошення для всіх або вибраних чатів
command-edit-announcement = Виправити оголошення, яке вже надіслано
form-name-announcement = Нове оголошення
form-name-correction = Виправлення в оголошенні
announce-head = <b>Оголошення № { $number }</b>
announce-again =
    <b>Оголошення № { $number } (повторно)</b>

    Невідомо, чи перше повідомлення сюди дійшло. Якщо воно є вище, це таке саме.
announce-corrected = <i>Текст цього оголошення виправлено.</i>
announce-read = Прочитано
announce-read-toast = Дякуємо. Записано лише кількість людей.
announce-read-before = Це вже записано. Дякуємо.
announce-read-anonymous = Мережа не каже боту, хто натискає, тому це не можна порахувати.
announce-preview = <b>Попередній перегляд оголошення № { $number }.</b> Його ще ніхто не отримав. Воно матиме такий вигляд:
announce-in = <b>{ $language }:</b>
announce-other-languages = Для груп іншими мовами
announce-to = Куди: { $target }
announce-network = { $network }: { $rooms ->
        [one] { $rooms } група
        [few] { $rooms } групи
        [many] { $rooms } груп
       *[other] { $rooms } групи
    }
announce-at = Коли: { $when }
announce-option-urgent = Терміново: також у години тиші
announce-option-pin = Закріплене там, де бот має на це право
announce-option-receipt = З кнопкою «Прочитано»; на Matrix це рядок із номером
announce-option-loud = Зі сповіщенням усіх там, де мережа це має, а бот має на це право
announce-file = Файл в окремому повідомленні: { $name }
announce-file-comes = Файл { $name }: бот його завантажує
announce-file-failed = Файл { $name } не вдалося завантажити
announce-rooms = Групи:
announce-room = { $room }
announce-named = { $name } ({ $network })
announce-nameless = { $network }, група { $id }
announce-more = { $rooms ->
        [one] І ще { $rooms } група.
        [few] І ще { $rooms } групи.
        [many] І ще { $rooms } груп.
       *[other] І ще { $rooms } групи.
    }
announce-check = Після «Надіслати» є ще 30 секунд, щоб скасувати.
announce-send = Надіслати
announce-send-anyway = Усе одно надіслати
announce-fix = Виправити
announce-drop = Не надсилати
announce-undo = Скасувати
announce-approve = Затвердити
announce-refuse = Не затверджую
announce-words = Виправити текст
announce-pull = Відкликати
announce-pulled = Так, відкликати всюди
announce-retry = Повторити невдалі
announce-twice = <b>Таке саме оголошення до тих самих груп щойно надіслано.</b> Надіслати його ще раз?
announce-twice-toast = Таке саме оголошення надіслано менше хвилини тому. Щоб надіслати вдруге, натисніть «Усе одно надіслати».
announce-held = <b>Оголошення № { $number }</b> вийде: { $when }. { $rooms ->
        [one] Його отримає { $rooms } група.
        [few] Його отримають { $rooms } групи.
        [many] Його отримають { $rooms } груп.
       *[other] Його отримають { $rooms } групи.
    }
announce-held-undo = До того часу його ніхто не має, і його можна скасувати.
announce-held-toast = Оголошення вийде, коли мине час на скасування.
announce-quiet = Тоді тривають години тиші, тому оголошення чекає на їх кінець. Термінове не чекає: скасуйте, виправте і позначте «терміново».
announce-waits = <b>Оголошення чекає на згоду другої особи, яка модерує,</b> бо груп багато ({ $rooms }).
announce-waits-toast = Модераторів попросили про згоду.
announce-approve-ask = <b>Оголошення № { $number } чекає на згоду другої особи.</b> { $rooms ->
        [one] Воно піде до { $rooms } групи.
       *[other] Воно піде до { $rooms } груп.
    } Текст:
announce-approved-toast = Затверджено. Оголошення вийде, коли мине час на скасування.
announce-refused = Друга особа не затвердила оголошення № { $number }. Воно знову чернетка: його можна виправити і надіслати ще раз.
announce-refused-toast = Оголошення не вийде. Автор про це знає.
announce-second-person = Затверджує друга особа: не та, яка писала або надсилає це оголошення.
announce-nobody-approves = Оголошення до понад { $limit } груп затверджує друга особа, яка модерує, а такої немає. Попросіть про роль: <cmd:moderator>
announce-undone-toast = Скасовано. Ніхто цього не отримав.
announce-dropped-toast = Оголошення не вийде.
announce-dropped = Оголошення № { $number } не надіслано. Нове: <cmd:announce>
announce-demoted = Оголошення № { $number } не вийшло: особа, яка його надіслала або затвердила, вже не модерує. Нове: <cmd:announce>
announce-progress-send = <b>Оголошення № { $number }:</b> надсилання, { $done } з { $rooms }.
announce-progress-edit = <b>Оголошення № { $number }:</b> виправлення, { $done } з { $rooms }.
announce-progress-withdraw = <b>Оголошення № { $number }:</b> відкликання, { $done } з { $rooms }.
announce-readers = { $count ->
        [0] Ще ніхто не натиснув «Прочитано».
        [one] «Прочитано»: { $count } особа.
        [few] «Прочитано»: { $count } особи.
        [many] «Прочитано»: { $count } осіб.
       *[other] «Прочитано»: { $count } особи.
    }
announce-readers-later = Скільки людей натиснуло «Прочитано», показує повідомлення вище.
announce-report-send = <b>Звіт: оголошення № { $number }.</b> Дійшло: { $good } з { $rooms }.
announce-report-edit = <b>Звіт: виправлення оголошення № { $number }.</b> Гаразд: { $good } з { $rooms }.
announce-report-withdraw = <b>Звіт: відкликання оголошення № { $number }.</b> Гаразд: { $good } з { $rooms }.
announce-send-there = Дійшло: { $rooms }
announce-send-unsure = Невідомо, чи дійшло: { $rooms }
announce-send-absent = Його там немає: { $rooms }
announce-send-stopped = Зупинено: { $rooms }
announce-edit-there = Виправлено: { $rooms }
announce-edit-unsure = Невідомо, чи воно там є, тому не можна виправити: { $rooms }
announce-edit-absent = Його там немає, тому не треба виправляти: { $rooms }
announce-edit-stopped = Не треба виправляти: { $rooms }
announce-withdraw-there = Видалено: { $rooms }
announce-withdraw-unsure = Невідомо, чи воно там є, тому не можна видалити: { $rooms }
announce-withdraw-absent = Його там немає, тому не треба видаляти: { $rooms }
announce-withdraw-stopped = Зупинено, перш ніж вийшло: { $rooms }
announce-outcome-waits = Бот ще пробує: { $rooms }
announce-outcome-again = Надіслано повторно з номером, бо мережа не підтвердила перше: { $rooms }
announce-outcome-gone = Бот не може там писати: { $rooms }
announce-outcome-refused = Мережа відмовила: { $rooms }
announce-outcome-too-large = Завелике для мережі: { $rooms }
announce-outcome-moved = Група змінила адресу, старого повідомлення не можна змінити: { $rooms }
announce-outcome-mistake = Помилка з боку бота: { $rooms }
announce-outcome-replaced = Мережа вже не видаляє це повідомлення, у ньому слово «відкликано»: { $rooms }
announce-unpinned = Без закріплення, бо бот не має на це права: { $rooms }
announce-no-file = Без файлу, бо мережа його не прийняла: { $rooms }
announce-not-loud = Без сповіщення всіх, бо бот не має на це права: { $rooms }
announce-room-why = { $room }: { $why }
announce-names-direct = Назви груп є лише у приватній розмові з ботом.
announce-why-waits = бот ще пробує
announce-why-again = надіслано повторно, може бути двічі
announce-why-unsure = невідомо, чи дійшло
announce-why-out = бота видалено з групи
announce-why-silent = бот не має права писати в цій групі
announce-why-refused = мережа відмовила
announce-why-too-large = завелике для цієї мережі
announce-why-moved = група змінила адресу
announce-why-mistake = помилка з боку бота
announce-no-hope = Зараз немає групи, де це може вдатися. Спершу поверніть туди бота або його право писати. Список: <cmd:rooms>
announce-retry-toast = Бот пробує ще раз.
announce-correct-begun = Новий текст іде до всіх груп. Наприкінці буде звіт.
announce-correct-how = У відповідь на оголошення напишіть: <cmd:edit-announcement> і новий текст. У приватній розмові бот запитає про нього крок за кроком.
announce-correct-how-toast = Текст виправляють у приватній розмові з ботом: <cmd:edit-announcement>
announce-pull-ask = Відкликати оголошення № { $number } всюди ({ $rooms })? Цього не можна скасувати. Якщо ні, нічого робити не треба.
announce-pulled-toast = Відкликання триває. Наприкінці буде звіт.
announce-none = Немає оголошення, яке можна виправити. Нове: <cmd:announce>
announce-not-out = Це оголошення не надіслано, тому немає чого виправляти всюди. Нове: <cmd:announce>
announce-gone = Цього оголошення вже немає. Нове: <cmd:announce>
announce-already = Із цим оголошенням хтось це вже зробив. Теперішній стан показує повідомлення бота. Нове: <cmd:announce>
announce-too-late = Скасовувати запізно. Його можна відкликати всюди кнопкою «Відкликати».
announce-time-passed = Ця година вже минула. Натисніть «Виправити» і вкажіть іншу.
announce-moderators = Оголошення надсилають ті, хто модерує. Що можна зробити: <cmd:help>
announce-preview-direct = Попередній перегляд оголошення є у приватній розмові з ботом.
announce-how =
    Оголошення пишуть одним повідомленням:

    <code><cmd:announce> Текст оголошення</code>

    • Можна також відповісти командою на повідомлення, яке має бути оголошенням, або додати файл.
    • Перед текстом можуть бути рядки: <code>кому: Культура</code>, <code>коли: 18:00</code>, <code>як: терміново, закріпити, прочитано</code>.
    • Інша мова починається рядком <code>pl:</code> або <code>en:</code>.

    У приватній розмові сама команда питає про все крок за кроком.
announce-empty = Оголошення не має тексту. Напишіть його після команди: <cmd:announce> Запрошуємо на зустріч
announce-long = Текст задовгий: { $count } знаків, може бути щонайбільше { $limit }. Скоротіть його або надішліть решту файлом. Як: <cmd:announce>
announce-language-twice = Мову «{ $lang }» подано двічі. Залиште одну і надішліть ще раз. Як: <cmd:announce>
announce-no-such-target = Немає такого кола, напряму, мережі чи групи: { $name }. Список груп: <cmd:rooms>
announce-which-target = Назву «{ $name }» має кілька речей. Напишіть, наприклад: кому: напрям { $name }. Як: <cmd:announce>
announce-no-such-option = Немає такої опції: { $word }. Є: терміново, закріпити, прочитано, сповістити всіх.
announce-no-rooms = Там немає жодної групи, де бот може писати. Список груп: <cmd:rooms>
announce-file-unfit = Це не можна надіслати далі. Додайте звичайний файл або зображення і надішліть ще раз. Як: <cmd:announce>
announce-file-large = Файл завеликий: може мати щонайбільше { $limit } МБ. Зменшіть його або дайте в оголошенні посилання.
announce-file-lost = Не вдалося завантажити файл. Надішліть оголошення з файлом ще раз: <cmd:announce>
announce-file-wait = Бот ще завантажує файл. Натисніть «Надіслати» за мить.
announce-file-failed-toast = Файл не вдалося завантажити. Надішліть оголошення з файлом ще раз: <cmd:announce>
announce-target-all = усі групи
announce-target-audience = коло «{ $name }»
announce-target-default = типове коло
announce-target-area = напрям «{ $name }»
announce-target-network = мережа { $name }
announce-target-room = група { $name }
announce-now = Зараз
announce-step-target = Куди
announce-step-words = Текст
announce-step-words-in = Текст: { $language }
announce-step-languages = Інші мови
announce-step-when = Коли
announce-step-options = Як
announce-ask-target = Куди має піти оголошення? Можна також написати назву кола, напряму, мережі або групи.
announce-ask-words = Який має бути текст? **Так** роблять жирний шрифт, а «- » на початку рядка робить список. Файл додають інакше: надішліть його з підписом <cmd:announce> і текстом.
announce-ask-words-in = Який має бути текст цією мовою: { $language }?
announce-ask-languages = Чи є версії іншими мовами? Групи, які не мають своєї, отримають перший текст.
announce-ask-when = Коли? Натисніть «Зараз» або напишіть, наприклад, «18:00» або «1.12 18:00».
announce-ask-options = Як надіслати?
announce-choose-urgent = Терміново
announce-choose-pin = Закріпити
announce-choose-receipt = Кнопка «Прочитано»
announce-choose-loud = Сповістити всіх
rooms-head = <b>Групи: { $count }.</b> Сторінка { $page } з { $pages }.
rooms-line = { $name } · { $network } · { $state } · коло: { $audience } · напрями: { $areas } · { $language }
rooms-state-active = працює
rooms-state-desk = група модераторів
rooms-state-silent = бот не має права писати
rooms-state-gone = бота видалено
rooms-state-offered = чекає, щоб її прийняли
rooms-label = { $name }
rooms-nameless = група { $id }
rooms-next = Наступна сторінка
rooms-previous = Попередня сторінка
rooms-how = Виберіть групу, щоб змінити її коло. Кола: <cmd:audience>
rooms-none = Ще немає жодної групи. Додайте бота до групи і натисніть там «Прийняти цю групу». Допомога: <cmd:help>
rooms-move = Коло: { $audience }
rooms-move-how = Виберіть коло для цієї групи. Нове коло створюють у групі: <cmd:audience> і назва.
rooms-moved-toast = Збережено. Група тепер у колі: { $audience }.
rooms-gone = Цієї групи або цього кола вже немає. Список: <cmd:rooms>
rooms-direct = Список груп є у приватній розмові з ботом: напишіть там <cmd:rooms>
