# Дати й години: що незрозуміло і як це написати.
when-empty = Коли? Напишіть день і годину, наприклад: <code>{ $example }</code>
when-unknown = Бот не розуміє слова «{ $words }». Напишіть день і годину так: <code>{ $example }</code>
when-number = Незрозуміло, чи «{ $words }» — це день, чи година. Напишіть так: <code>{ $example }</code>
when-dot = «{ $words }» може бути днем або годиною. Годину напишіть із двокрапкою, наприклад: <code>{ $example }</code>
when-slash = «{ $words }» може означати два різні дні. Напишіть дату з крапками, наприклад: <code>{ $example }</code>
when-hours = Незрозуміло, о котрій годині. Напишіть одну годину початку і щонайбільше одну годину кінця, наприклад: <code>{ $example }</code>
when-days = Незрозуміло, якого дня. Напишіть одну дату, наприклад: <code>{ $example }</code>
when-no-day = Бракує дня. Напишіть також дату, наприклад: <code>{ $example }</code>
when-no-such-day = Немає такого дня: { $words }. Напишіть іншу дату, наприклад: <code>{ $example }</code>
when-no-hour = Немає такої години: { $words }. Напишіть годину від 0:00 до 23:59, наприклад: <code>{ $example }</code>
when-which-half = «{ $words }» — це вранці чи пізніше? Напишіть <code>{ $words }</code> або <code>{ $other }</code>, наприклад: <code>{ $example }</code>
when-which-day = Незрозуміло, про який день мова: { $first } чи { $second }. Напишіть дату, наприклад: <code>{ $example }</code>
when-weekday = { $date } — це інший день тижня. Виправте дату або день тижня, наприклад: <code>{ $example }</code>
when-past = Цей час уже минув: { $date }. Напишіть пізніший, наприклад: <code>{ $example }</code>
when-past-year = Цей день уже минув: { $date }. Якщо йдеться про інший рік, допишіть його, наприклад: <code>{ $example }</code>
when-far = Це задалеко: { $date }. Бот приймає дати до 10 років наперед, наприклад: <code>{ $example }</code>
when-end-first = Кінець раніше за початок. Якщо кінець наступного дня, напишіть біля нього дату. Приклад: <code>{ $example }</code>
when-hour-missing = Тієї ночі переводять годинники, і години { $words } немає. Напишіть іншу годину, наприклад: <code>{ $example }</code>
when-hour-twice = Тієї ночі переводять годинники, і година { $words } настає двічі. Напишіть іншу годину, наприклад: <code>{ $example }</code>
weekday = { $number ->
        [0] понеділок
        [1] вівторок
        [2] середа
        [3] четвер
        [4] п’ятниця
        [5] субота
       *[other] неділя
    }
weekday-nth = { $number ->
        [0] { $nth ->
            [1] перший
            [2] другий
            [3] третій
            [4] четвертий
           *[other] останній
        } понеділок
        [1] { $nth ->
            [1] перший
            [2] другий
            [3] третій
            [4] четвертий
           *[other] останній
        } вівторок
        [2] { $nth ->
            [1] першу
            [2] другу
            [3] третю
            [4] четверту
           *[other] останню
        } середу
        [3] { $nth ->
            [1] перший
            [2] другий
            [3] третій
            [4] четвертий
           *[other] останній
        } четвер
        [4] { $nth ->
            [1] першу
            [2] другу
            [3] третю
            [4] четверту
           *[other] останню
        } п’ятницю
        [5] { $nth ->
            [1] першу
            [2] другу
            [3] третю
            [4] четверту
           *[other] останню
        } суботу
       *[other] { $nth ->
            [1] першу
            [2] другу
            [3] третю
            [4] четверту
           *[other] останню
        } неділю
    }
time-moment = { $weekday }, { $date }, { $start } ({ $zone })
time-span = { $weekday }, { $date }, { $start }–{ $end } ({ $zone })
time-days = { $weekday }, { $date }, { $start } – { $last }, { $end } ({ $zone })
zone-warsaw = за польським часом
zone-named = час: { $name }
series-daily = { $interval ->
        [1] щодня
        [few] раз на { $interval } дні
       *[other] раз на { $interval } днів
    }
series-weekly = { $interval ->
        [1] щотижня ({ $weekday })
        [few] раз на { $interval } тижні ({ $weekday })
       *[other] раз на { $interval } тижнів ({ $weekday })
    }
series-monthly = { $interval ->
        [1] щомісяця, { $day } числа
        [few] раз на { $interval } місяці, { $day } числа
       *[other] раз на { $interval } місяців, { $day } числа
    }
series-monthly-nth = у { $nth } місяця
series-times = Скільки разів? Напишіть число від 2 до { $most }.
series-unknown = Бот не розуміє, як часто. Напишіть, наприклад: <code>{ $example }</code>. Можна також: кожного другого вівторка, останній четвер місяця.
series-start = Бракує першого дня й години. Напишіть їх поруч, наприклад: <code>{ $example }</code>
series-misfit = { $date } — це день, на який ця серія не припадає. Виправте дату або те, як часто. Приклад дати: <code>{ $example }</code>
series-ends-first = Останній день ({ $date }) раніше за першу зустріч. Напишіть пізніший. Приклад дати: <code>{ $example }</code>
when-no-start-hour = Бракує години. Напишіть її після дати, наприклад: <code>{ $example }</code>
series-until = { $rule }, до { $date }
series-count = { $count ->
        [one] { $rule }, { $count } раз
        [few] { $rule }, { $count } рази
       *[other] { $rule }, { $count } разів
    }
