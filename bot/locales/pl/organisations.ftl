# Organizacje i kto jest z której.
command-organisation = Podaj, z jakiej organizacji jesteś
command-organisations = Lista organizacji
organisations-head = <b>Organizacje</b>
organisations-none = Nie ma jeszcze żadnej potwierdzonej organizacji. Aby podać swoją: <cmd:organisation> i nazwa
organisation-name = { $name }
organisation-how =
    Aby podać swoją organizację, napisz <cmd:organisation> i jej nazwę, na przykład: <cmd:organisation> Fundacja Przykład
    Potwierdzi to osoba, która moderuje.
organisation-own = <b>Twoje organizacje</b>. Widzisz je tylko ty i osoby, które moderują.
organisation-own-asked = { $organisation }: prośba numer { $number } czeka na potwierdzenie
organisation-own-member = { $organisation }: członkostwo
organisation-own-deputy = { $organisation }: zastępstwo w głosowaniu
organisation-own-delegate = { $organisation }: głos organizacji
organisation-leave = Opuść: { $organisation }
organisation-left = To już nie jest twoja organizacja: { $organisation }. Aby wrócić: <cmd:organisation>
organisation-asked = Prośba wysłana. Organizacja: { $organisation }. Numer prośby: { $number }. Podaj ten numer osobie, która moderuje, jeśli o niego zapyta. Odpowiedź przyjdzie w prywatnej rozmowie z botem.
organisation-waits = Ta prośba już czeka. Organizacja: { $organisation }. Numer prośby: { $number }. Podaj go osobie, która moderuje. Wszystkie twoje organizacje: <cmd:organisation>
organisation-yours-already = To już twoja organizacja: { $organisation }. Wszystkie: <cmd:organisation>, napisane w prywatnej rozmowie
organisation-too-many = Na potwierdzenie czeka już 5 twoich próśb. Poczekaj na odpowiedź albo wycofaj jedną z nich: <cmd:organisation>
organisation-no-moderators = Nie ma kto potwierdzić: nikt nie jest jeszcze wyznaczony do moderowania. Spróbuj później. Co można zrobić już teraz: <cmd:help>
organisation-unknown-sender = Sieć nie podała, kto pisze. Napisz z własnego konta, najlepiej w prywatnej rozmowie z botem: <cmd:organisation>
organisation-name-bad = Nazwa organizacji może mieć najwyżej { $limit ->
        [one] { $limit } znak
        [few] { $limit } znaki
        [many] { $limit } znaków
       *[other] { $limit } znaku
    } i musi mieć litery. Na przykład: <cmd:organisation> Fundacja Przykład
organisation-request = <b>Prośba numer { $number }</b>: ktoś pisze, że jest z organizacji { $organisation }. Konta tej osoby:
organisation-account = { $network }: { $account }
organisation-check = Sprawdź, kto to: poproś tę osobę o numer prośby. Wystarczy, że odpowie jedna osoba z moderacji.
organisation-confirm-member = Potwierdź: członkostwo
organisation-confirm-deputy = Potwierdź: zastępstwo
organisation-confirm-delegate = Potwierdź: głos organizacji
organisation-refuse = Odmów
organisation-confirmed-toast = Potwierdzono prośbę numer { $number }.
organisation-refused-toast = Odmówiono. Prośba numer { $number } jest zamknięta.
organisation-decided = Ta prośba jest już zamknięta. Inne, które czekają: <cmd:organisations>
organisation-own-request = Własną prośbę potwierdza ktoś inny. Poproś inną osobę, która moderuje: <cmd:organisations>
organisation-moderators = Potwierdzają osoby, które moderują. Co możesz zrobić: <cmd:help>
organisation-given-member = Potwierdzono twoje członkostwo. Organizacja: { $organisation }. Wszystkie: <cmd:organisation>
organisation-given-deputy = Potwierdzono: możesz oddać głos organizacji w zastępstwie. Organizacja: { $organisation }. Wszystkie: <cmd:organisation>
organisation-given-delegate = Potwierdzono: oddajesz głos organizacji. Organizacja: { $organisation }. Wszystkie: <cmd:organisation>
organisation-refused = Prośby nie potwierdzono. Organizacja: { $organisation }. Porozmawiaj z osobą, która moderuje, i wyślij ją jeszcze raz: <cmd:organisation>
