# Spotkania krok po kroku, i to, co spotkanie może mieć poza czasem i miejscem.
form-name-meeting = Nowe spotkanie
meeting-step-title = Nazwa
meeting-step-start = Dzień i godziny
meeting-step-repeat = Czy się powtarza
meeting-step-place = Miejsce albo link
meeting-step-access = Dostępność miejsca
meeting-step-area = Obszar
meeting-step-capacity = Liczba miejsc
meeting-step-chair = Kto prowadzi
meeting-step-agenda = Program
meeting-step-audience = Gdzie ogłosić
meeting-ask-title = Jak nazywa się spotkanie? Na przykład: Spotkanie robocze
meeting-ask-start = Kiedy? Napisz dzień i godziny, na przykład „2.12.2026 17:00-19:00” albo „jutro o 18:00”.
meeting-ask-repeat = Czy spotkanie się powtarza? Wybierz albo napisz po swojemu, na przykład „ostatni czwartek miesiąca do 30.06.2027”.
meeting-ask-place = Gdzie? Napisz miejsce albo wklej link.
meeting-ask-access = Jak tam dojść i wejść? Na przykład: „wejście bez schodów, winda, pętla indukcyjna”.
meeting-ask-area = Którego obszaru dotyczy spotkanie?
meeting-ask-capacity = Ile jest miejsc? Gdy się skończą, bot prowadzi listę oczekujących.
meeting-ask-chair = Kto prowadzi spotkanie?
meeting-ask-agenda = Jaki jest program? Wystarczy kilka zdań.
meeting-ask-audience = W którym kręgu ogłosić spotkanie?
meeting-repeat-once = Nie, tylko raz
meeting-repeat-unknown = Bot nie rozumie, jak często. Napisz na przykład „co tydzień” albo „ostatni czwartek miesiąca”.
meeting-start-series = { $when }; { $rule }
meeting-fix = Popraw
meeting-access = Dostępność: { $words }
meeting-chair = Prowadzi: { $words }
meeting-agenda = Program: { $words }
meeting-quorum-people = Kworum: { $count ->
        [one] { $count } osoba
        [few] { $count } osoby
       *[other] { $count } osób
    }
meeting-quorum-organisations = Kworum: { $count ->
        [one] { $count } organizacja
        [few] { $count } organizacje
       *[other] { $count } organizacji
    }
meeting-quorum-both = Kworum: osoby { $people }, organizacje { $organisations }
meeting-quorum-wrong = Bot nie rozumie kworum. Napisz na przykład „kworum: 15 organizacji” albo „kworum: 20 osób”.
meeting-term-long = To jest za długie: najwyżej { $limit } znaków. Skróć i wyślij jeszcze raz.
meeting-term-empty = Tu nic nie ma. Napisz to słowami i wyślij jeszcze raz.
meeting-step-invited = Zaproszone organizacje
meeting-ask-invited = Które organizacje zaprosić? Napisz nazwy, oddzielone przecinkiem. Osoby, które głosują w ich imieniu, dostaną zaproszenie w rozmowie z botem.
meeting-invited = Zaproszone organizacje: { $names }
meeting-invitation = <b>Zaproszenie:</b> { $title }, { $when }. Zaproszona jest organizacja, w której imieniu możesz głosować. Czy będziesz?
meeting-organisation-unknown = Bot nie zna organizacji „{ $name }”. Nazwy: <cmd:organisations>. Kilka nazw oddziela się przecinkiem.
meeting-invited-many = Za dużo organizacji: najwyżej { $most }. Skróć listę i wyślij jeszcze raz.
