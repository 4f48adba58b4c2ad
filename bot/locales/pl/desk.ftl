# To, co czeka na osobę, która moderuje: grupa moderatorów, zgłoszenia, grupy bez opiekuna.
command-moderators-room = Zrób z tej grupy grupę moderatorów
command-desk = Sprawy, które czekają na osobę z moderacji
command-report = Zgłoś wiadomość (w odpowiedzi na nią)
desk-made =
    <b>To jest teraz grupa moderatorów.</b> Tutaj przychodzi to, co wymaga człowieka: prośby o członkostwo, pytania bez odpowiedzi, zgłoszone wiadomości, nowe grupy. Każdą sprawę wystarczy załatwić raz. Ankiety i ogłoszenia tu nie przychodzą.

    To, co czeka: <cmd:desk>
desk-already = To już jest grupa moderatorów. To, co czeka: <cmd:desk>
desk-off = To ma być zwykła grupa
desk-off-done = To znowu zwykła grupa. Sprawy przychodzą w prywatnych rozmowach albo w innej grupie moderatorów.
desk-off-already = To jest już zwykła grupa.
desk-in-room = Grupę moderatorów wybiera się w grupie, która ma nią być. Napisz tam: <cmd:moderators-room>
desk-coordinators = Grupę moderatorów wybierają osoby, które koordynują. Poproś jedną z nich.
desk-moderators = Sprawy załatwiają osoby, które moderują. Co możesz zrobić: <cmd:help>
desk-handled = To jest już załatwione. Dziękujemy!
desk-not-here = Sprawy widać w grupie moderatorów i w prywatnej rozmowie z botem. Napisz tam: <cmd:desk>
desk-nothing = Nic nie czeka.
desk-waiting = <b>Czeka { $count ->
        [one] { $count } sprawa
        [few] { $count } sprawy
        [many] { $count } spraw
       *[other] { $count } sprawy
    }.</b> Najstarsze ({ $number }) są poniżej.
desk-room = <b>Nowa grupa.</b> Bota dodał ktoś spoza moderacji. Sieć: { $network }. Grupa: { $name }
desk-room-what = Przyjęta grupa słyszy to, co jej krąg. Jeśli nie wiesz, czyja to grupa, zostaw ją.
desk-room-yes = Przyjmij tę grupę
desk-room-no = Zostaw bez zmian
desk-room-claimed = ✓ Grupa jest przyjęta.
desk-room-left = ✓ Grupa zostaje nieprzyjęta. Można ją przyjąć później: wystarczy, że osoba z moderacji napisze w niej do bota.
desk-room-gone = Bota już tam nie ma.
desk-room-left-toast = Zapisano: grupa zostaje nieprzyjęta.
room-desk = <b>To jest grupa moderatorów.</b> Ankiety z kręgu tu nie przychodzą.
organisation-was-confirmed = ✓ Prośba numer { $number } jest potwierdzona. Organizacja: { $organisation }.
organisation-was-refused = ✓ Prośba numer { $number } spotkała się z odmową. Organizacja: { $organisation }.
organisation-was-ended = Prośba numer { $number } jest wycofana. Organizacja: { $organisation }.
report-how = Aby zgłosić wiadomość, odpowiedz na nią w grupie i napisz: <cmd:report>
report-anonymous = Sieć nie podała, kto pisze. Zgłoś wiadomość z własnego konta: <cmd:report>
report-nobody = Nie ma komu zgłosić: nikt nie jest jeszcze wyznaczony do moderowania. Można napisać do osób, które prowadzą tę grupę.
report-sent = Zgłoszone. Osoby, które moderują, zobaczą wiadomość i numer twojego konta. Odpowiedź przyjdzie w prywatnej rozmowie z botem.
report-before = Ta wiadomość jest już przez ciebie zgłoszona i czeka.
report-card = <b>Zgłoszona wiadomość.</b> Sieć: { $network }. { $count ->
        [one] Zgłasza { $count } osoba
        [few] Zgłaszają { $count } osoby
        [many] Zgłasza { $count } osób
       *[other] Zgłasza { $count } osoby
    }:
report-link = Wiadomość: { $link }
report-words = Treść:
report-find = Treści bot nie zna. Grupa: { $name }
report-what = Jeśli trzeba, usuń wiadomość albo porozmawiaj z autorem. Potem naciśnij przycisk.
report-done = Załatwione
report-reject = Odrzuć
report-was-done = ✓ Zgłoszona wiadomość: załatwione. Sieć: { $network }.
report-was-rejected = ✓ Zgłoszona wiadomość: odrzucone. Sieć: { $network }.
report-toast-done = Zapisano: załatwione.
report-toast-rejected = Zapisano: odrzucone.
report-told-done = Twoje zgłoszenie jest załatwione. Dziękujemy za uwagę!
report-told-rejected = Osoba, która moderuje, przeczytała zgłoszoną wiadomość i nie widzi potrzeby działania. Dziękujemy za uwagę! W razie wątpliwości można z nią porozmawiać.
