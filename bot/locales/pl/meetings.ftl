# Spotkania: jak powstają, karta w grupach, zmiany.
command-new-meeting = Nowe spotkanie w swoich grupach
command-meetings = Najbliższe spotkania
command-change-meeting = Zmień termin, miejsce albo nazwę spotkania
command-cancel-meeting = Odwołaj spotkanie
meeting-how =
    Spotkanie w jednej linijce:

    <code><cmd:new-meeting> Spotkanie robocze | 2.12.2026 17:00-19:00 | Dom kultury | wielokulturowość</code>

    • Wystarczą nazwa i początek. Dalej mogą być: miejsce albo link i obszar tematyczny.
    • Co jakiś czas: <code>co tydzień</code>, <code>co drugi wtorek</code>, <code>ostatni czwartek miesiąca do 30.06.2027</code>, <code>co tydzień 10 razy</code>.
    • Także: <code>miejsc: 50</code> i <code>przypomnienia: 7 dni, 1 dzień, 2 godziny</code>.

    Bot najpierw pokazuje, jak to rozumie. Grupy widzą spotkanie dopiero po potwierdzeniu.
meeting-title = <b>Spotkanie:</b> { $title }
meeting-when = Kiedy: { $when }
meeting-moved = Wyjątkowo, zamiast: { $when }
meeting-series = Powtarza się: { $rule }
meeting-place = Gdzie: { $place }
meeting-area = Obszar: { $name }
meeting-capacity = Liczba miejsc: { $count }
meeting-counts = Będą: { $yes } · Może: { $maybe } · Nie będzie: { $no }
meeting-free = Wolne miejsca: { $count } z { $most }
meeting-full = Wszystkie miejsca ({ $most }) są zajęte. Na liście oczekujących: { $count }
meeting-reminders = Przypomnienia: { $offsets } przed początkiem
meeting-no-reminders = Bez przypomnień
meeting-list = { $rest }, { $last }
before-days = { $count ->
        [one] { $count } dzień
       *[other] { $count } dni
    }
before-hours = { $count ->
        [one] { $count } godzinę
        [few] { $count } godziny
       *[other] { $count } godzin
    }
before-minutes = { $count ->
        [one] { $count } minutę
        [few] { $count } minuty
       *[other] { $count } minut
    }
meeting-cancelled = <b>Odwołane.</b> To spotkanie się nie odbędzie.
meeting-over = To spotkanie już się odbyło.
meeting-draft-where = { $rooms ->
        [one] Spotkanie pojawi się w { $rooms } grupie ({ $where }). Czy wszystko się zgadza?
       *[other] Spotkanie pojawi się w { $rooms } grupach ({ $where }). Czy wszystko się zgadza?
    }
meeting-send = Tak, ogłoś
meeting-drop = Nie ogłaszaj
meeting-dropped = Spotkanie nie zostało ogłoszone. Nowe: <cmd:new-meeting>
meeting-opened = { $rooms ->
        [one] Spotkanie jest ogłoszone w { $rooms } grupie.
       *[other] Spotkanie jest ogłoszone w { $rooms } grupach.
    }
meeting-opened-ways = Zmiany: w odpowiedzi na kartę spotkania napisz <cmd:change-meeting> albo <cmd:cancel-meeting>
meeting-opened-toast = Spotkanie ogłoszone.
meeting-dropped-toast = Spotkanie nie zostało ogłoszone.
meeting-draft-used = To spotkanie już jest ogłoszone albo odrzucone. Nowe: <cmd:new-meeting>
meeting-time-passed = Ten czas już minął, więc nic się nie zmieniło. Napisz jeszcze raz z późniejszym terminem.
meeting-gone = Tego spotkania już nie ma albo się odbyło. Najbliższe: <cmd:meetings>
meeting-moderators = Spotkania ogłaszają i zmieniają osoby, które moderują. Poproś jedną z nich.
meeting-anonymous = Sieć nie mówi botowi, kto to pisze. Spotkanie ogłasza się pod własnym kontem, bez anonimowego administratora. Pomoc: <cmd:help>
meeting-no-rooms = Bot nie zna jeszcze grupy, w której można ogłosić spotkanie. Dodaj bota do grupy i napisz tam <cmd:rooms>
meeting-no-title = Brakuje nazwy spotkania. Najpierw nazwa, potem |, potem dzień i godzina. Jak: <cmd:new-meeting>
meeting-title-long = Nazwa jest za długa: najwyżej { $limit } znaków. Skróć ją i wyślij jeszcze raz.
meeting-place-long = Miejsce jest za długie: najwyżej { $limit } znaków. Skróć je i wyślij jeszcze raz.
meeting-no-start = Brakuje dnia i godziny. Napisz je po nazwie i znaku |. Jak: <cmd:new-meeting>
meeting-part-unknown = Bot nie rozumie części „{ $words }”. Nazwy obszarów: <cmd:areas>. Jak zapisać spotkanie: <cmd:new-meeting>
meeting-seats-wrong = Liczba miejsc to od 1 do { $most }. Napisz na przykład „miejsc: 50”.
meeting-reminders-unknown = Bot nie rozumie przypomnień. Napisz na przykład „przypomnienia: 7 dni, 1 dzień, 2 godziny” albo „przypomnienia: brak”.
meeting-none = Teraz nie ma zaplanowanych spotkań. Ogłaszają je osoby, które moderują: <cmd:new-meeting>
meeting-list-head = <b>Najbliższe spotkania</b>
meeting-list-room = Czy będziesz, napisz w odpowiedzi na kartę spotkania: będę, może albo nie będę.
meeting-line = { $title }: { $when }
meeting-which = Nie wiadomo, o które spotkanie chodzi. Napisz to samo w odpowiedzi na kartę spotkania. Karty: <cmd:meetings>
meeting-change-how =
    W odpowiedzi na kartę spotkania napisz jedną zmianę:

    • <code><cmd:change-meeting> start: 3.12.2026 18:00-20:00</code>
    • <code><cmd:change-meeting> miejsce: Dom kultury</code>
    • <code><cmd:change-meeting> nazwa: Spotkanie robocze</code>

    Nowy termin dotyczy tylko tego jednego spotkania. Miejsce i nazwa zmieniają się w całej serii. Odwołanie: <cmd:cancel-meeting>
meeting-was = Teraz: { $when }
meeting-new-start = Nowy termin: { $when }
meeting-new-title = Nowa nazwa: { $words }
meeting-new-place = Nowe miejsce: { $words }
meeting-cancel-ask = Czy odwołać?
meeting-change-yes = Tak, zrób to
meeting-change-no = Nie zmieniaj
meeting-cancel-one = Odwołaj tylko to
meeting-cancel-all = Odwołaj całą serię
meeting-change-settled = Ta zmiana jest już załatwiona. Najbliższe spotkania: <cmd:meetings>
meeting-change-toast = Zrobione. Grupy dostają krótką wiadomość.
meeting-left-toast = Nic się nie zmieniło.
meeting-change-used = Ta zmiana jest już załatwiona.
meeting-changed-meanwhile = To spotkanie ktoś w międzyczasie zmienił, więc tej zmiany nie ma. Sprawdź kartę i napisz zmianę jeszcze raz.
meeting-notice = <b>Zmiana: { $title }.</b> { $what }
meeting-notice-cancelled = <b>Odwołane:</b> { $title }, { $when }.
meeting-notice-all = <b>Odwołana cała seria:</b> { $title }. Nie odbędzie się też: { $when }.
meeting-told-moved = <b>Nowy termin:</b> { $title }, { $when }. Czy będziesz?
meeting-move-one = Przenieś tylko to
meeting-move-all = Zmień godzinę całej serii
meeting-new-hour = Cała seria ma nową godzinę: { $start }
