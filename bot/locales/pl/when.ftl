# Daty i godziny: co jest niejasne i jak to napisać.
when-empty = Kiedy? Napisz dzień i godzinę, na przykład: <code>{ $example }</code>
when-unknown = Bot nie rozumie słowa „{ $words }”. Napisz dzień i godzinę tak: <code>{ $example }</code>
when-number = Nie wiadomo, czy „{ $words }” to dzień, czy godzina. Napisz tak: <code>{ $example }</code>
when-dot = „{ $words }” może być dniem albo godziną. Godzinę napisz z dwukropkiem, na przykład: <code>{ $example }</code>
when-slash = „{ $words }” może oznaczać dwa różne dni. Napisz datę z kropkami, na przykład: <code>{ $example }</code>
when-hours = Nie wiadomo, o której godzinie. Napisz jedną godzinę początku i najwyżej jedną godzinę końca, na przykład: <code>{ $example }</code>
when-days = Nie wiadomo, którego dnia. Napisz jedną datę, na przykład: <code>{ $example }</code>
when-no-day = Brakuje dnia. Napisz też datę, na przykład: <code>{ $example }</code>
when-no-such-day = Nie ma takiego dnia: { $words }. Napisz inną datę, na przykład: <code>{ $example }</code>
when-no-hour = Nie ma takiej godziny: { $words }. Napisz godzinę od 0:00 do 23:59, na przykład: <code>{ $example }</code>
when-which-half = „{ $words }” to rano czy wieczorem? Napisz <code>{ $words }</code> albo <code>{ $other }</code>, na przykład: <code>{ $example }</code>
when-which-day = Nie wiadomo, o który dzień chodzi: { $first } czy { $second }. Napisz datę, na przykład: <code>{ $example }</code>
when-weekday = { $date } to inny dzień tygodnia. Popraw datę albo dzień tygodnia, na przykład: <code>{ $example }</code>
when-past = Ten czas już minął: { $date }. Napisz późniejszy, na przykład: <code>{ $example }</code>
when-past-year = Ten dzień już minął: { $date }. Jeśli chodzi o inny rok, dopisz go, na przykład: <code>{ $example }</code>
when-far = To za daleko: { $date }. Bot przyjmuje daty do 10 lat naprzód, na przykład: <code>{ $example }</code>
when-end-first = Koniec jest przed początkiem. Jeśli koniec jest następnego dnia, napisz przy nim datę. Przykład: <code>{ $example }</code>
when-hour-missing = Tej nocy zegary są przestawiane i godziny { $words } nie ma. Napisz inną godzinę, na przykład: <code>{ $example }</code>
when-hour-twice = Tej nocy zegary są przestawiane i godzina { $words } jest dwa razy. Napisz inną godzinę, na przykład: <code>{ $example }</code>
weekday = { $number ->
        [0] poniedziałek
        [1] wtorek
        [2] środa
        [3] czwartek
        [4] piątek
        [5] sobota
       *[other] niedziela
    }
weekday-nth = { $number ->
        [0] { $nth ->
            [1] pierwszy
            [2] drugi
            [3] trzeci
            [4] czwarty
           *[other] ostatni
        } poniedziałek
        [1] { $nth ->
            [1] pierwszy
            [2] drugi
            [3] trzeci
            [4] czwarty
           *[other] ostatni
        } wtorek
        [2] { $nth ->
            [1] pierwszą
            [2] drugą
            [3] trzecią
            [4] czwartą
           *[other] ostatnią
        } środę
        [3] { $nth ->
            [1] pierwszy
            [2] drugi
            [3] trzeci
            [4] czwarty
           *[other] ostatni
        } czwartek
        [4] { $nth ->
            [1] pierwszy
            [2] drugi
            [3] trzeci
            [4] czwarty
           *[other] ostatni
        } piątek
        [5] { $nth ->
            [1] pierwszą
            [2] drugą
            [3] trzecią
            [4] czwartą
           *[other] ostatnią
        } sobotę
       *[other] { $nth ->
            [1] pierwszą
            [2] drugą
            [3] trzecią
            [4] czwartą
           *[other] ostatnią
        } niedzielę
    }
time-moment = { $weekday }, { $date }, { $start } ({ $zone })
time-span = { $weekday }, { $date }, { $start }–{ $end } ({ $zone })
time-days = { $weekday }, { $date }, { $start } – { $last }, { $end } ({ $zone })
zone-warsaw = czas polski
zone-named = czas: { $name }
series-daily = { $interval ->
        [1] codziennie
       *[other] co { $interval } dni
    }
series-weekly = { $interval ->
        [1] co tydzień ({ $weekday })
        [few] co { $interval } tygodnie ({ $weekday })
       *[other] co { $interval } tygodni ({ $weekday })
    }
series-monthly = { $interval ->
        [1] co miesiąc, { $day }. dnia
        [few] co { $interval } miesiące, { $day }. dnia
       *[other] co { $interval } miesięcy, { $day }. dnia
    }
series-monthly-nth = w { $nth } miesiąca
series-times = Ile razy? Napisz liczbę od 2 do { $most }.
series-unknown = Bot nie rozumie, jak często. Napisz na przykład: <code>{ $example }</code>. Można też: co drugi wtorek, ostatni czwartek miesiąca.
series-start = Brakuje pierwszego dnia i godziny. Napisz je obok, na przykład: <code>{ $example }</code>
series-misfit = { $date } to dzień, w którym ta seria nie wypada. Popraw datę albo to, jak często. Przykład daty: <code>{ $example }</code>
series-ends-first = Ostatni dzień ({ $date }) jest przed pierwszym spotkaniem. Napisz późniejszy. Przykład daty: <code>{ $example }</code>
when-no-start-hour = Brakuje godziny. Napisz ją po dacie, na przykład: <code>{ $example }</code>
series-until = { $rule }, do { $date }
series-count = { $count ->
        [one] { $rule }, { $count } raz
       *[other] { $rule }, { $count } razy
    }
