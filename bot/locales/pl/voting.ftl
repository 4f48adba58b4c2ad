# Głosowanie: potwierdzenia i odmowy. Potwierdzenia mieszczą się w powiadomieniu na 200 znaków.
command-vote = Zagłosuj numerem odpowiedzi
vote-saved = Zapisano: { $choice }. { $until }
vote-changed = Zmieniono głos: { $choice }. { $until }
vote-same = Ten głos już jest zapisany: { $choice }. { $until }
vote-replaced = Zapisano: { $choice }. Zamiast głosu z { $network }. { $until }
votes-saved = Zapisano głosy tylu osób: { $count }. Potwierdzenie z wybraną odpowiedzią przychodzi w prywatnej rozmowie z botem.
vote-short = Wybrano: { $choice }. Brakuje: { $count }. Głos liczy się, gdy odpowiedzi jest dość.
vote-cleared = Wybór skasowany. Można głosować od nowa.
vote-until = Można zmienić do { $when }.
vote-until-closed = Można zmienić do zamknięcia.
vote-just-in-time = Głos przyszedł tuż po czasie, ale się liczy.
vote-late = Ankieta zamknięta: { $when }. Ten głos nie został policzony. Wynik: <cmd:results>
vote-withdrawn = Ta ankieta jest wycofana, więc głos się nie liczy. Inne ankiety: <cmd:polls>
vote-elsewhere = Tej ankiety nie ma w tej grupie, więc głos stąd się nie liczy. Ankiety: <cmd:polls>
vote-nobody = Sieć nie mówi, kto to głosuje. Głosuj pod własnym kontem albo napisz numer w prywatnej rozmowie z botem. Pomoc: <cmd:help>
vote-full = Można wybrać najwyżej { $most }. Wybrane: { $numbers }. Aby zmienić: „Zacznij od nowa” albo <cmd:vote> i numery.
vote-no-option = Nie ma odpowiedzi { $number }. Są numery od 1 do { $last }. Na przykład: <cmd:vote> 1
vote-unreadable = Napisz numer odpowiedzi, od 1 do { $last }. Na przykład: <cmd:vote> 1
vote-one-only = W tej ankiecie wybiera się jedną odpowiedź. Napisz jeden numer, na przykład: <cmd:vote> 1
vote-too-many = Można wybrać najwyżej { $most } naraz. Napisz mniej numerów, na przykład: <cmd:vote> 1
vote-too-few = Trzeba wybrać co najmniej { $least }. Napisz więcej numerów, na przykład: <cmd:vote> 1 2
vote-how = Głosuje się numerem odpowiedzi, na przykład: <cmd:vote> 2. Trwające ankiety: <cmd:polls>
vote-which = Trwa kilka ankiet. Do której należy głos { $number }?
vote-which-numbers = Trwa kilka ankiet. Odpowiedz numerami na wiadomość z tą ankietą, o którą chodzi. Lista: <cmd:polls>
vote-secret-saved = Głos przyjęty. Jest tajny i nie można go zmienić.
vote-secret-for = Głos organizacji „{ $organisation }” przyjęty. Jest tajny i nie można go zmienić.
vote-secret-again = Głos w tej ankiecie jest już oddany. Tajnego głosu nie można zmienić. Wynik po zamknięciu: <cmd:results>
vote-secret-again-for = Za organizację „{ $organisation }” głos już oddano. Tajnego głosu nie można zmienić. Wynik po zamknięciu: <cmd:results>
vote-secret-seen =
    { $buttons ->
        [yes] Ta ankieta jest tajna, a ten głos widzą inni, więc się nie liczy. Zagłosuj przyciskiem albo numerem w <bot>prywatnej rozmowie z botem</bot>. Ankiety: <cmd:polls>
       *[no] Ta ankieta jest tajna, a ten głos widzą inni, więc się nie liczy. Napisz numer w <bot>prywatnej rozmowie z botem</bot>. Ankiety: <cmd:polls>
    }
vote-secret-several = Napisz numery wszystkich wybranych odpowiedzi naraz w <bot>prywatnej rozmowie z botem</bot>, od { $least } do { $most }, na przykład: <cmd:vote> 1 3
vote-which-first = Trwa kilka ankiet. Wybierz ankietę, a potem odpowiedź.
vote-members-only = To ankieta dla członków. Głosują osoby, których członkostwo potwierdzono. Napisz, z której organizacji jesteś: <cmd:organisation>
vote-delegates-only = Tu głosują organizacje. Głos oddaje osoba, która reprezentuje organizację, albo zastępca. Przekaż jej swoją opinię. Twoje organizacje: <cmd:organisation>
vote-not-yours = Głos tej organizacji oddaje osoba, która ją teraz reprezentuje. Twoje organizacje: <cmd:organisation>
vote-for = { $organisation }
vote-for-which = Za którą organizację jest ten głos? Ankieta: { $question }
vote-for-which-toast = Wybierz organizację: pytanie jest w wiadomości od bota.
vote-for-too = W tej ankiecie głosują także organizacje. Aby oddać głos organizacji, wybierz ją. Ankieta: { $question }
vote-take-over = Za organizację „{ $organisation }” głos już oddano. Zmienić głos organizacji?
vote-take-over-yes = Zmień
vote-taken-over = Głos organizacji „{ $organisation }” zmieniła inna osoba, która ją reprezentuje. Ankieta: { $question }. Lista ankiet: <cmd:polls>
vote-saved-for = Zapisano za organizację „{ $organisation }”: { $choice }. { $until }
vote-changed-for = Zmieniono głos organizacji „{ $organisation }”: { $choice }. { $until }
vote-same-for = Ten głos organizacji „{ $organisation }” już jest zapisany: { $choice }. { $until }
