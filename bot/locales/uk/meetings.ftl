# Зустрічі: як вони створюються, картка в групах, зміни.
command-new-meeting = Нова зустріч у своїх групах
command-meetings = Найближчі зустрічі
command-change-meeting = Змінити час, місце або назву зустрічі
command-cancel-meeting = Скасувати зустріч
meeting-how =
    Зустріч одним рядком:

    <code><cmd:new-meeting> Робоча зустріч | 2.12.2026 17:00-19:00 | Будинок культури | мультикультурність</code>

    • Достатньо назви й початку. Далі можуть бути: місце або посилання і тематичний напрям.
    • Раз на якийсь час: <code>щотижня</code>, <code>кожного другого вівторка</code>, <code>останній четвер місяця до 30.06.2027</code>, <code>щотижня 10 разів</code>.
    • Також: <code>місць: 50</code> і <code>нагадування: 7 днів, 1 день, 2 години</code>.

    Бот спочатку показує, як він це розуміє. Групи бачать зустріч лише після підтвердження.
meeting-title = <b>Зустріч:</b> { $title }
meeting-when = Коли: { $when }
meeting-moved = Цього разу замість: { $when }
meeting-series = Повторюється: { $rule }
meeting-place = Де: { $place }
meeting-area = Напрям: { $name }
meeting-capacity = Кількість місць: { $count }
meeting-counts = Будуть: { $yes } · Можливо: { $maybe } · Не буде: { $no }
meeting-free = Вільні місця: { $count } із { $most }
meeting-full = Усі місця ({ $most }) зайняті. У списку очікування: { $count }
meeting-reminders = Нагадування: { $offsets } до початку
meeting-no-reminders = Без нагадувань
meeting-list = { $rest }, { $last }
before-days = { $count ->
        [one] { $count } день
        [few] { $count } дні
       *[other] { $count } днів
    }
before-hours = { $count ->
        [one] { $count } годину
        [few] { $count } години
       *[other] { $count } годин
    }
before-minutes = { $count ->
        [one] { $count } хвилину
        [few] { $count } хвилини
       *[other] { $count } хвилин
    }
meeting-cancelled = <b>Скасовано.</b> Ця зустріч не відбудеться.
meeting-over = Ця зустріч уже відбулася.
meeting-draft-where = { $rooms ->
        [one] Зустріч з’явиться в { $rooms } групі ({ $where }). Чи все правильно?
       *[other] Зустріч з’явиться в { $rooms } групах ({ $where }). Чи все правильно?
    }
meeting-send = Так, оголосити
meeting-drop = Не оголошувати
meeting-dropped = Зустріч не оголошено. Нова: <cmd:new-meeting>
meeting-opened = { $rooms ->
        [one] Зустріч оголошено в { $rooms } групі.
       *[other] Зустріч оголошено в { $rooms } групах.
    }
meeting-opened-ways = Зміни: у відповідь на картку зустрічі напишіть <cmd:change-meeting> або <cmd:cancel-meeting>
meeting-opened-toast = Зустріч оголошено.
meeting-dropped-toast = Зустріч не оголошено.
meeting-draft-used = Цю зустріч уже оголошено або відхилено. Нова: <cmd:new-meeting>
meeting-time-passed = Цей час уже минув, тож нічого не змінено. Напишіть ще раз із пізнішим часом.
meeting-gone = Цієї зустрічі вже немає або вона відбулася. Найближчі: <cmd:meetings>
meeting-moderators = Зустрічі оголошують і змінюють модератори. Попросіть когось із них.
meeting-anonymous = Мережа не каже ботові, хто це пише. Зустріч оголошують під власним обліковим записом, без анонімного адміністратора. Довідка: <cmd:help>
meeting-no-rooms = Бот ще не знає групи, де можна оголосити зустріч. Додайте бота до групи й напишіть там <cmd:rooms>
meeting-no-title = Бракує назви зустрічі. Спочатку назва, потім |, потім день і година. Як: <cmd:new-meeting>
meeting-title-long = Назва задовга: щонайбільше { $limit } знаків. Скоротіть її й надішліть ще раз.
meeting-place-long = Місце задовге: щонайбільше { $limit } знаків. Скоротіть його й надішліть ще раз.
meeting-no-start = Бракує дня й години. Напишіть їх після назви й знака |. Як: <cmd:new-meeting>
meeting-part-unknown = Бот не розуміє частини «{ $words }». Назви напрямів: <cmd:areas>. Як записати зустріч: <cmd:new-meeting>
meeting-seats-wrong = Кількість місць — від 1 до { $most }. Напишіть, наприклад, «місць: 50».
meeting-reminders-unknown = Бот не розуміє нагадувань. Напишіть, наприклад, «нагадування: 7 днів, 1 день, 2 години» або «нагадування: немає».
meeting-none = Зараз немає запланованих зустрічей. Їх оголошують модератори: <cmd:new-meeting>
meeting-list-head = <b>Найближчі зустрічі</b>
meeting-list-room = Чи ви будете, напишіть у відповідь на картку зустрічі: буду, можливо або не буду.
meeting-line = { $title }: { $when }
meeting-which = Незрозуміло, про яку зустріч мова. Напишіть те саме у відповідь на картку зустрічі. Картки: <cmd:meetings>
meeting-change-how =
    У відповідь на картку зустрічі напишіть одну зміну:

    • <code><cmd:change-meeting> початок: 3.12.2026 18:00-20:00</code>
    • <code><cmd:change-meeting> місце: Будинок культури</code>
    • <code><cmd:change-meeting> назва: Робоча зустріч</code>

    Новий час стосується лише цієї однієї зустрічі. Місце й назва змінюються в усій серії. Скасування: <cmd:cancel-meeting>
meeting-was = Зараз: { $when }
meeting-new-start = Новий час: { $when }
meeting-new-title = Нова назва: { $words }
meeting-new-place = Нове місце: { $words }
meeting-cancel-ask = Скасувати?
meeting-change-yes = Так, зробити
meeting-change-no = Не змінювати
meeting-cancel-one = Скасувати лише цю
meeting-cancel-all = Скасувати всю серію
meeting-change-settled = Цю зміну вже залагоджено. Найближчі зустрічі: <cmd:meetings>
meeting-change-toast = Зроблено. Групи отримають коротке повідомлення.
meeting-left-toast = Нічого не змінено.
meeting-change-used = Цю зміну вже залагоджено.
meeting-changed-meanwhile = Цю зустріч хтось тим часом змінив, тож цієї зміни не зроблено. Перевірте картку й напишіть зміну ще раз.
meeting-notice = <b>Зміна: { $title }.</b> { $what }
meeting-notice-cancelled = <b>Скасовано:</b> { $title }, { $when }.
meeting-notice-all = <b>Скасовано всю серію:</b> { $title }. Не відбудеться також: { $when }.
meeting-told-moved = <b>Новий час:</b> { $title }, { $when }. Чи ви будете?
meeting-move-one = Перенести лише цю
meeting-move-all = Змінити годину всієї серії
meeting-new-hour = Уся серія має нову годину: { $start }
