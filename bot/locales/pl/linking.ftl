# Łączenie kont: kod, odmowy, rozłączanie.
command-link = Połącz konta: jedna osoba na Telegramie i na Matriksie
command-unlink = Rozłącz to konto
link-code = Kod do połączenia kont: <b>{ $code }</b>
link-how =
    Wpisz go na drugim koncie, w prywatnej rozmowie z botem: <code>{ $code }</code>
    Kod działa 10 minut i tylko raz. Nie podawaj go nikomu: kto go wpisze, będzie działać w twoim imieniu.
link-alone = To konto nie jest jeszcze połączone z żadnym innym. Sieć: { $networks }
link-networks = Sieci, w których konta są już połączone: { $networks }. Aby rozłączyć to konto: <cmd:unlink>
link-room = Konta łączy się w prywatnej rozmowie z botem, nie w grupie. Napisz tam: <cmd:link>
link-seen = Kod wpisuje się w prywatnej rozmowie z botem, nie w grupie: tutaj widzą go inni, więc już nie zadziała. Nowy kod: <cmd:link>, napisane w prywatnej rozmowie.
link-no-code = To nie wygląda na kod do łączenia kont. Kod ma postać K7-4QX2. Aby go dostać, napisz samo <cmd:link> na jednym koncie, a kod wpisz na drugim. Aby zapytać: <cmd:ask>
link-wrong = Ten kod nie działa: jest błędny, użyty albo wygasł. Aby dostać nowy, napisz <cmd:link> na drugim koncie.
link-wait = Za dużo błędnych kodów. Poczekaj 10 minut, a potem weź nowy kod na drugim koncie: <cmd:link>
link-own = Ten kod jest z tego samego konta. Wpisz go w prywatnej rozmowie z botem na drugim koncie. Jak to zrobić: <cmd:link>
link-already = Te konta są już połączone. Lista sieci: <cmd:link>
link-sure =
    Masz tu większe uprawnienia. Ten kod połączy twoje konto z kontem w sieci { $network }. Kto ma tamto konto, dostanie te same uprawnienia.

    Jeśli ten kod przysłał ktoś inny, nie łącz kont.
link-yes = To moje konto: połącz
link-no = Nie łącz
link-declined = Konta nie są połączone, a kod już nie działa.
link-gone = Ten kod już nie działa. Nowy: <cmd:link> na drugim koncie.
link-done = Konta połączone: to konto i konto w sieci { $network } należą teraz do jednej osoby. Głos liczy się raz. Jeśli to pomyłka, rozłącz je od razu: <cmd:unlink>
link-done-toast = Konta połączone.
link-votes =
    { $count ->
        [one] W { $count } jawnej ankiecie oddano głos z obu kont.
       *[other] W { $count } jawnych ankietach oddano głos z obu kont.
    } Liczy się nowszy głos. Można go zmienić, dopóki ankieta trwa.
unlink-room = Konta rozłącza się w prywatnej rozmowie z botem, nie w grupie. Napisz tam: <cmd:unlink>
unlink-nothing = To konto nie jest połączone z żadnym innym. Aby je połączyć: <cmd:link>
unlink-sure =
    Rozłączyć to konto? Będzie osobną osobą, bez głosów i uprawnień.

    Głosy, uprawnienia i wszystko inne zostanie przy koncie w sieci: { $networks }
unlink-yes = Rozłącz
unlink-no = Zostaw
unlink-stays = Nic się nie zmienia: konta są połączone.
unlink-done = Konto rozłączone. To teraz osobna osoba. Połączyć można znowu w każdej chwili: <cmd:link>
unlink-done-toast = Konto rozłączone.
unlink-done-there = Konto w sieci { $network } jest rozłączone. Głosy i uprawnienia zostały tutaj. Połączyć można znowu w każdej chwili: <cmd:link>
