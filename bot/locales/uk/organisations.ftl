# Організації і хто з якої.
command-organisation = Вказати, з якої ви організації
command-organisations = Список організацій
organisations-head = <b>Організації</b>
organisations-none = Ще немає жодної підтвердженої організації. Щоб вказати свою: <cmd:organisation> і назва
organisation-name = { $name }
organisation-how =
    Щоб вказати свою організацію, напишіть <cmd:organisation> і її назву, наприклад: <cmd:organisation> Фонд Приклад
    Це підтвердить людина, яка модерує.
organisation-own = <b>Ваші організації</b>. Їх бачите лише ви й ті, хто модерує.
organisation-own-asked = { $organisation }: прохання номер { $number } чекає на підтвердження
organisation-own-member = { $organisation }: членство
organisation-own-deputy = { $organisation }: заступництво в голосуванні
organisation-own-delegate = { $organisation }: голос організації
organisation-leave = Покинути: { $organisation }
organisation-left = Це вже не ваша організація: { $organisation }. Щоб повернутися: <cmd:organisation>
organisation-asked = Прохання надіслано. Організація: { $organisation }. Номер прохання: { $number }. Назвіть цей номер людині, яка модерує, якщо вона запитає. Відповідь прийде в особистій розмові з ботом.
organisation-waits = Це прохання вже чекає. Організація: { $organisation }. Номер прохання: { $number }. Назвіть його людині, яка модерує. Усі ваші організації: <cmd:organisation>
organisation-yours-already = Це вже ваша організація: { $organisation }. Усі: <cmd:organisation> в особистій розмові
organisation-too-many = На підтвердження вже чекає 5 ваших прохань. Зачекайте на відповідь або відкличте одне з них: <cmd:organisation>
organisation-no-moderators = Підтвердити нікому: ще не призначено людей, які модерують. Спробуйте пізніше. Що можна зробити вже зараз: <cmd:help>
organisation-unknown-sender = Мережа не вказала, хто пише. Напишіть зі свого облікового запису, найкраще в особистій розмові з ботом: <cmd:organisation>
organisation-name-bad = Назва організації має не більше ніж { $limit ->
        [one] { $limit } знак
        [few] { $limit } знаки
        [many] { $limit } знаків
       *[other] { $limit } знака
    } і мусить мати літери. Наприклад: <cmd:organisation> Фонд Приклад
organisation-request = <b>Прохання номер { $number }</b>: хтось пише, що належить до організації { $organisation }. Облікові записи цієї людини:
organisation-account = { $network }: { $account }
organisation-check = Перевірте, хто це: попросіть людину назвати номер прохання. Досить, щоб відповів хтось один із тих, хто модерує.
organisation-confirm-member = Підтвердити: членство
organisation-confirm-deputy = Підтвердити: заступництво
organisation-confirm-delegate = Підтвердити: голос організації
organisation-refuse = Відмовити
organisation-confirmed-toast = Прохання номер { $number } підтверджено.
organisation-refused-toast = Відмовлено. Прохання номер { $number } закрито.
organisation-decided = Це прохання вже закрито. Інші, що чекають: <cmd:organisations>
organisation-own-request = Власне прохання підтверджує хтось інший. Попросіть іншу людину, яка модерує: <cmd:organisations>
organisation-moderators = Це підтверджують ті, хто модерує. Що можна зробити: <cmd:help>
organisation-given-member = Ваше членство підтверджено. Організація: { $organisation }. Усі: <cmd:organisation>
organisation-given-deputy = Підтверджено: ви можете віддати голос організації як заступник або заступниця. Організація: { $organisation }. Усі: <cmd:organisation>
organisation-given-delegate = Підтверджено: ви віддаєте голос організації. Організація: { $organisation }. Усі: <cmd:organisation>
organisation-refused = Прохання не підтверджено. Організація: { $organisation }. Поговоріть із людиною, яка модерує, і надішліть його ще раз: <cmd:organisation>
