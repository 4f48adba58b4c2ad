# Odpowiedzi na spotkania i przypomnienia.
command-going = Będę na spotkaniu
command-maybe = Może będę na spotkaniu
command-not-going = Nie będzie mnie na spotkaniu
rsvp-yes = Będę
rsvp-maybe = Może
rsvp-no = Nie będę
rsvp-ways = Odpowiedz przyciskiem, reakcją z numerem albo słowem w odpowiedzi na tę wiadomość: będę, może, nie będę. Bot pokazuje tylko liczby.
rsvp-saved = Zapisano: { $answer }. { $when }. Można to zmienić w każdej chwili.
rsvp-waiting = Miejsca są zajęte. Lista oczekujących, pozycja { $number }. Bot napisze, gdy zwolni się miejsce.
rsvp-moved-up = <b>Zwolniło się miejsce:</b> { $title }, { $when }. Miejsce jest Twoje. Jeśli nie możesz przyjść, odpowiedz „nie będę”.
rsvp-over = To spotkanie już się odbyło. Najbliższe: <cmd:meetings>
rsvp-cancelled = To spotkanie jest odwołane. Najbliższe: <cmd:meetings>
rsvp-nobody = Sieć nie mówi botowi, kto to pisze. Odpowiedz pod własnym kontem.
rsvp-how = Napisz samo słowo: będę, może albo nie będę. Spotkania: <cmd:meetings>
rsvp-which-here = Jest kilka spotkań. Napisz to w odpowiedzi na kartę jednego z nich.
rsvp-which = Którego spotkania dotyczy odpowiedź „{ $answer }”?
reminder-room = <b>Za { $before }:</b> { $title }
reminder-direct = <b>Przypomnienie:</b> { $title }. Czy nadal tak jest? Odpowiedź można zmienić.
reminder-late = To przypomnienie przychodzi późno, bo bot nie działał.
reminder-unreached = { $count ->
        [one] Do { $count } osoby nie udało się napisać z przypomnieniem: { $title }, { $when }.
       *[other] Do { $count } osób nie udało się napisać z przypomnieniem: { $title }, { $when }.
    }
reminder-expired = Przypomnienie ({ $before } przed) nie zostało wysłane na czas: { $title }, { $when }. Bot wtedy nie działał.
reminder-open = Przypomnienia tylko dla siebie: otwórz <bot>rozmowę z botem</bot> i napisz tam będę, może albo nie będę.
reminder-nudge = <b>Zbliża się spotkanie:</b> { $title }, { $when }. Czy będziesz? To jedyne pytanie o to.
