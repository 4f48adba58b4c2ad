# Dates and hours: what is unclear and how to write it.
when-empty = When? Write the day and the time, for example: <code>{ $example }</code>
when-unknown = The bot does not understand the word “{ $words }”. Write the day and the time like this: <code>{ $example }</code>
when-number = It is not clear whether “{ $words }” is a day or an hour. Write it like this: <code>{ $example }</code>
when-dot = “{ $words }” may be a day or a time. Write the time with a colon, for example: <code>{ $example }</code>
when-slash = “{ $words }” may mean two different days. Write the date with dots, for example: <code>{ $example }</code>
when-hours = It is not clear at what time. Write one time for the start and at most one for the end, for example: <code>{ $example }</code>
when-days = It is not clear on which day. Write one date, for example: <code>{ $example }</code>
when-no-day = The day is missing. Write the date too, for example: <code>{ $example }</code>
when-no-such-day = There is no such day: { $words }. Write another date, for example: <code>{ $example }</code>
when-no-hour = There is no such time: { $words }. Write a time from 0:00 to 23:59, for example: <code>{ $example }</code>
when-which-half = Is “{ $words }” in the morning or later? Write <code>{ $words }</code> or <code>{ $other }</code>, for example: <code>{ $example }</code>
when-which-day = It is not clear which day: { $first } or { $second }. Write the date, for example: <code>{ $example }</code>
when-weekday = { $date } is another day of the week. Correct the date or the day of the week, for example: <code>{ $example }</code>
when-past = This time is over: { $date }. Write a later one, for example: <code>{ $example }</code>
when-past-year = This day is over: { $date }. If it is another year, add the year, for example: <code>{ $example }</code>
when-far = This is too far away: { $date }. The bot accepts dates up to 10 years ahead, for example: <code>{ $example }</code>
when-end-first = The end is before the start. If the end is on the next day, write its date. Example: <code>{ $example }</code>
when-hour-missing = The clocks change that night and there is no { $words }. Write another time, for example: <code>{ $example }</code>
when-hour-twice = The clocks change that night and { $words } comes twice. Write another time, for example: <code>{ $example }</code>
weekday = { $number ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[other] Sunday
    }
weekday-nth = { $number ->
        [0] { $nth ->
            [1] first
            [2] second
            [3] third
            [4] fourth
           *[other] last
        } Monday
        [1] { $nth ->
            [1] first
            [2] second
            [3] third
            [4] fourth
           *[other] last
        } Tuesday
        [2] { $nth ->
            [1] first
            [2] second
            [3] third
            [4] fourth
           *[other] last
        } Wednesday
        [3] { $nth ->
            [1] first
            [2] second
            [3] third
            [4] fourth
           *[other] last
        } Thursday
        [4] { $nth ->
            [1] first
            [2] second
            [3] third
            [4] fourth
           *[other] last
        } Friday
        [5] { $nth ->
            [1] first
            [2] second
            [3] third
            [4] fourth
           *[other] last
        } Saturday
       *[other] { $nth ->
            [1] first
            [2] second
            [3] third
            [4] fourth
           *[other] last
        } Sunday
    }
time-moment = { $weekday }, { $date }, { $start } ({ $zone })
time-span = { $weekday }, { $date }, { $start }–{ $end } ({ $zone })
time-days = { $weekday }, { $date }, { $start } – { $last }, { $end } ({ $zone })
zone-warsaw = Warsaw time
zone-named = time in { $name }
series-daily = { $interval ->
        [1] every day
       *[other] every { $interval } days
    }
series-weekly = { $interval ->
        [1] every week ({ $weekday })
       *[other] every { $interval } weeks ({ $weekday })
    }
series-monthly = { $interval ->
        [1] every month, on day { $day }
       *[other] every { $interval } months, on day { $day }
    }
series-monthly-nth = on the { $nth } of the month
series-times = How many times? Write a number from 2 to { $most }.
series-unknown = The bot does not understand how often. Write for example: <code>{ $example }</code>. Also possible: every second Tuesday, last Thursday of the month.
series-start = The first day and the time are missing. Write them beside it, for example: <code>{ $example }</code>
series-misfit = { $date } is a day on which this series has no meeting. Correct the date or how often. Example of a date: <code>{ $example }</code>
series-ends-first = The last day ({ $date }) is before the first meeting. Write a later one. Example of a date: <code>{ $example }</code>
when-no-start-hour = The time is missing. Write it after the date, for example: <code>{ $example }</code>
series-until = { $rule }, until { $date }
series-count = { $count ->
        [one] { $rule }, { $count } time
       *[other] { $rule }, { $count } times
    }
