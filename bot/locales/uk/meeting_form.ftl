# Зустрічі крок за кроком, і те, що зустріч може мати, крім часу й місця.
form-name-meeting = Нова зустріч
meeting-step-title = Назва
meeting-step-start = День і години
meeting-step-repeat = Чи повторюється
meeting-step-place = Місце або посилання
meeting-step-access = Доступність місця
meeting-step-area = Напрям
meeting-step-capacity = Кількість місць
meeting-step-chair = Хто веде
meeting-step-agenda = Програма
meeting-step-audience = Де оголосити
meeting-ask-title = Як називається зустріч? Наприклад: Робоча зустріч
meeting-ask-start = Коли? Напишіть день і години, наприклад «2.12.2026 17:00-19:00» або «завтра о 18:00».
meeting-ask-repeat = Чи повторюється зустріч? Виберіть або напишіть по-своєму, наприклад «останній четвер місяця до 30.06.2027».
meeting-ask-place = Де? Напишіть місце або вставте посилання.
meeting-ask-access = Як туди дістатися й увійти? Наприклад: «вхід без сходів, ліфт, індукційна петля».
meeting-ask-area = Якого напряму стосується зустріч?
meeting-ask-capacity = Скільки є місць? Коли вони закінчаться, бот веде список очікування.
meeting-ask-chair = Хто веде зустріч?
meeting-ask-agenda = Яка програма? Досить кількох речень.
meeting-ask-audience = У якому колі оголосити зустріч?
meeting-repeat-once = Ні, лише один раз
meeting-repeat-unknown = Бот не розуміє, як часто. Напишіть, наприклад, «щотижня» або «останній четвер місяця».
meeting-start-series = { $when }; { $rule }
meeting-fix = Виправити
meeting-access = Доступність: { $words }
meeting-chair = Веде: { $words }
meeting-agenda = Програма: { $words }
meeting-quorum-people = Кворум: { $count ->
        [one] { $count } особа
        [few] { $count } особи
       *[other] { $count } осіб
    }
meeting-quorum-organisations = Кворум: { $count ->
        [one] { $count } організація
        [few] { $count } організації
       *[other] { $count } організацій
    }
meeting-quorum-both = Кворум: особи { $people }, організації { $organisations }
meeting-quorum-wrong = Бот не розуміє кворуму. Напишіть, наприклад, «кворум: 15 організацій» або «кворум: 20 осіб».
meeting-term-long = Це задовге: щонайбільше { $limit } знаків. Скоротіть і надішліть ще раз.
meeting-term-empty = Тут нічого немає. Напишіть це словами й надішліть ще раз.
meeting-step-invited = Запрошені організації
meeting-ask-invited = Які організації запросити? Напишіть назви через кому. Ті, хто голосує від їхнього імені, отримають запрошення в розмові з ботом.
meeting-invited = Запрошені організації: { $names }
meeting-invitation = <b>Запрошення:</b> { $title }, { $when }. Запрошено організацію, від імені якої ви можете голосувати. Чи ви будете?
meeting-organisation-unknown = Бот не знає організації «{ $name }». Назви: <cmd:organisations>. Кілька назв відділяються комою.
meeting-invited-many = Забагато організацій: найбільше { $most }. Скоротіть список і надішліть ще раз.
