# Ankiety: karta, wynik, odpowiedzi dla osób, które otwierają i zamykają.
command-poll = Otwórz ankietę w swoich grupach
command-polls = Ankiety, które trwają, i ostatnie wyniki
command-results = Wynik ankiety
command-close = Zamknij ankietę i ogłoś wynik
command-withdraw = Wycofaj ankietę bez wyniku
poll-title = <b>Ankieta:</b> { $question }
poll-option = { $number }. { $option }
poll-option-count = { $number }. { $option }: { $count }
poll-label = { $option }
poll-anew = Zacznij od nowa
poll-who = Głosują osoby z grup, w których jest ta ankieta. Każda osoba ma jeden głos, razem na wszystkich sieciach.
poll-how-many = Można wybrać kilka odpowiedzi: od { $least } do { $most }.
poll-until = Głosowanie trwa do { $when }.
poll-no-end = Głosowanie trwa, aż ktoś je zamknie. Głos można zmieniać.
poll-public = Jawna: bot zapisuje, kto jak głosuje, ale tego nie ogłasza. Głos napisany w grupie, reakcję i wybór w ankiecie aplikacji (Matrix) widzą wszyscy w tej grupie.
poll-ways = Jak zagłosować: przyciskiem, reakcją z numerem, numerem w odpowiedzi na tę wiadomość, przez <cmd:vote> 2 albo samym numerem w prywatnej rozmowie z botem.
poll-votes = { $count ->
        [0] Nie ma jeszcze głosów.
        [one] Zagłosowała { $count } osoba (wszystkie sieci razem).
        [few] Zagłosowały { $count } osoby (wszystkie sieci razem).
        [many] Zagłosowało { $count } osób (wszystkie sieci razem).
       *[other] Zagłosowało { $count } osoby (wszystkie sieci razem).
    }
poll-closing = <b>Czas minął.</b> Liczą się jeszcze głosy, które są w drodze. Za pół minuty będzie wynik.
poll-closed = <b>Ankieta zakończona:</b> { $when }. Wynik jest w osobnej wiadomości.
poll-withdrawn = <b>Ankieta wycofana.</b> Głosy się nie liczą i nie będzie wyniku.
poll-elsewhere = <b>Ta ankieta jest teraz tylko w innej grupie.</b> Głosy oddane tutaj się nie liczą.
poll-result = <b>Wynik ankiety:</b> { $question }
poll-so-far = <b>Ankieta trwa, na razie:</b> { $question }
poll-result-line = { $number }. { $option }: { $count } ({ $percent }%)
poll-no-votes = Nikt nie zagłosował.
poll-percent-of-people = Procenty to część osób, które głosowały. Można było wybrać kilka odpowiedzi.
poll-share = { $network }: głosujących { $count } ({ $counts })
poll-bar = { $number }. { $bar } { $percent }%
poll-opinion = To opinia, nie uchwała.
poll-result-undone = Zamknięcie cofnięto, więc ten wynik się nie liczy. Co jest teraz: <cmd:results>
poll-opened = { $rooms ->
        [one] Ankieta jest otwarta w { $rooms } grupie.
       *[other] Ankieta jest otwarta w { $rooms } grupach.
    }
poll-opened-close = Zamknąć ją i ogłosić wynik: <cmd:close>
poll-opened-ways = Przez minutę można zostawić ją tylko w tej grupie albo cofnąć wszędzie. Może to zrobić osoba, która ją otworzyła.
poll-opened-undo = Przez minutę można ją cofnąć. Może to zrobić osoba, która ją otworzyła.
poll-only-here = Tylko tu
poll-undo = Cofnij
poll-start = Otwórz
poll-fix = Popraw
poll-drop = Usuń
poll-draft-where = { $rooms ->
        [one] Ankieta pojawi się w { $rooms } grupie ({ $where }).
       *[other] Ankieta pojawi się w { $rooms } grupach ({ $where }).
    } Otworzyć? Szkic poczeka na liście: <cmd:drafts>
poll-draft-dropped = Szkic ankiety jest usunięty. Nowa ankieta: <cmd:poll>
poll-shut = { $rooms ->
        [one] Ankieta zamknięta. Wynik jest w { $rooms } grupie.
       *[other] Ankieta zamknięta. Wynik jest w { $rooms } grupach.
    }
poll-shut-undo = Przez 10 sekund można to cofnąć.
poll-reopened = Zamknięcie cofnięto: ankieta trwa dalej.
poll-undone-toast = Ankieta wycofana.
poll-only-toast = Ankieta jest teraz tylko w tej grupie.
poll-started-toast = Ankieta otwarta.
poll-dropped-toast = Szkic jest usunięty.
poll-how =
    Ankieta w jednej linijce:

    <code><cmd:poll> Gdzie spotkanie? | Biblioteka | Dom kultury | do 18:00</code>

    • Odpowiedzi można też pisać jedna pod drugą.
    • Pytanie „Czy …?” bez odpowiedzi: Tak, Nie, Wstrzymuję się. Inne pytanie bez odpowiedzi: obszary tematyczne.
    • Przed pytaniem może stać: <code>tajna</code>, <code>wielokrotna</code> (kilka odpowiedzi), <code>konsent</code> (za, przeciw, wstrzymuję się, wątpliwości), <code>do 18:00</code>, <code>ukryte wyniki</code>, <code>dla członków</code>, <code>na organizacje</code>, <code>kworum 15</code>, <code>próg 2/3</code>, <code>obszar 1</code>.

    Ankieta pojawia się we wszystkich grupach tego kręgu, na obu sieciach.
poll-direct = Ankietę otwiera się w grupie: napisz tam <cmd:poll> i pytanie. W prywatnej rozmowie można głosować: <cmd:polls>
poll-no-rooms = Bot nie zna jeszcze grupy, w której można otworzyć ankietę. Dodaj bota do grupy i napisz tam <cmd:poll>
poll-moderators = W tej grupie ankiety otwierają osoby, które ją moderują. Poproś jedną z nich. Trwające ankiety: <cmd:polls>
poll-anonymous = Sieć nie mówi botowi, kto to pisze. Ankietę otwiera się pod własnym kontem, bez anonimowego administratora. Pomoc: <cmd:help>
poll-no-question = Brakuje pytania. Najpierw pytanie, potem odpowiedzi. Jak: <cmd:poll>
poll-question-long = Pytanie jest za długie: najwyżej { $limit } znaków. Skróć je i wyślij jeszcze raz. Jak: <cmd:poll>
poll-until-wrong = { $why } Jak: <cmd:poll>
poll-consent-fixed = Ankieta „konsent” ma stałe odpowiedzi: za, przeciw, wstrzymuję się, mam wątpliwości. Napisz samo pytanie. Jak: <cmd:poll>
poll-how-many-wrong = Nie wiadomo, ile odpowiedzi można wybrać. Napisz na przykład „wielokrotna 1-3”. Jak: <cmd:poll>
poll-few-options = Za mało odpowiedzi: trzeba podać co najmniej { $fewest }. Oddziel je znakiem | albo pisz jedną pod drugą. Jak: <cmd:poll>
poll-many-options = Za dużo odpowiedzi ({ $count }): może być najwyżej { $most }. Połącz podobne i wyślij jeszcze raz. Jak: <cmd:poll>
poll-option-long = Odpowiedź { $number } jest za długa: najwyżej { $limit } znaków. Skróć ją i wyślij jeszcze raz. Jak: <cmd:poll>
poll-same-options = Ta odpowiedź jest podana dwa razy: { $option }. Zmień jedną i wyślij jeszcze raz. Jak: <cmd:poll>
poll-gone = Tej ankiety już nie ma. Trwające ankiety: <cmd:polls>
poll-not-yours = To może zrobić tylko osoba, która otworzyła ankietę. Trwające ankiety: <cmd:polls>
poll-not-yours-close = To może cofnąć tylko osoba, która zamknęła ankietę. Nowa ankieta: <cmd:poll>
poll-too-late = Czas na cofnięcie minął. Zamknąć ankietę: <cmd:close> Wycofać ją bez wyniku: <cmd:withdraw>
poll-too-late-reopen = Czas na cofnięcie minął: wynik jest już ogłoszony. Nowa ankieta: <cmd:poll>
poll-time-passed = Godzina zamknięcia już minęła. Naciśnij „Popraw” i podaj inną albo znajdź szkic tutaj: <cmd:drafts>
poll-draft-used = Ta ankieta jest już otwarta albo usunięta. Trwające ankiety: <cmd:polls>
poll-close-others = Ankietę zamyka albo wycofuje osoba, która ją otworzyła, albo osoba, która moderuje. Trwające ankiety: <cmd:polls>
poll-none-running = Teraz nie trwa żadna ankieta. Ostatnie wyniki: <cmd:results> Nowa ankieta: <cmd:poll>
poll-none = Nie było tu jeszcze ankiety. Nowa ankieta: <cmd:poll>
poll-which-close = Trwa kilka ankiet. Którą zamknąć?
poll-which-withdraw = Trwa kilka ankiet. Którą wycofać?
poll-which-here = Trwa kilka ankiet. Odpowiedz na wiadomość z tą ankietą, o którą chodzi.
poll-list-running = <b>Trwają:</b>
poll-list-ended = <b>Zakończone:</b>
poll-list-line = { $question } (głosujących: { $count })
poll-list-until = { $question } (do { $when }, głosujących: { $count })
poll-list-ways = Zagłosować: przyciskiem pod ankietą, <cmd:vote> i numer albo numerem w prywatnej rozmowie. Wynik: <cmd:results>
poll-option-both = { $number }. { $option }: osoby { $people }, organizacje { $organisations }
poll-area = Obszar: { $area }
poll-who-members = Głosują osoby z potwierdzonym członkostwem w organizacji. Każda osoba ma jeden głos, razem na wszystkich sieciach.
poll-who-organisations = Głosują organizacje: każda ma jeden głos. Oddaje go osoba, która ją reprezentuje, albo zastępca.
poll-who-both = Głosują osoby z grup, w których jest ta ankieta, i osobno organizacje. Każda osoba i każda organizacja ma jeden głos.
poll-who-both-members = Głosują osoby z potwierdzonym członkostwem i osobno organizacje. Każda osoba i każda organizacja ma jeden głos.
poll-quorum-count = Kworum: musi zagłosować co najmniej { $count }.
poll-quorum-part = Kworum: musi zagłosować co najmniej { $part } uprawnionych.
poll-threshold = Próg: co najmniej { $part } { $base }.
poll-base-votes = głosów bez wstrzymujących się
poll-base-voters = głosujących
poll-base-entitled = uprawnionych
poll-no-end-secret = Głosowanie trwa, aż ktoś je zamknie.
poll-until-all = Gdy zagłosują wszyscy uprawnieni, ankieta zamknie się sama.
poll-hidden = Wyniki będą widoczne dopiero po zamknięciu.
poll-secret = <b>Tajna:</b> bot zapisuje, kto zagłosował, ale nie zapisuje, jak. Wynik będzie po zamknięciu. <b>Głosu tajnego nie można zmienić.</b> { $buttons ->
        [yes] Naciśnięcia przycisku nikt w grupie nie zobaczy.
       *[no] W grupie głosów nie liczymy, bo widzą je wszyscy.
    } To zbieranie opinii, a nie głosowanie według statutu: głos może podejrzeć ten, kto prowadzi sieć albo czyta dysk bota w trakcie ankiety.
poll-secret-ways =
    { $buttons ->
        [yes] Jak zagłosować: przyciskiem tutaj albo samym numerem w <bot>prywatnej rozmowie z botem</bot>.
       *[no] Jak zagłosować: samym numerem w <bot>prywatnej rozmowie z botem</bot>.
    }
poll-secret-ways-several = Jak zagłosować: numerami wszystkich wybranych odpowiedzi naraz, na przykład „1 3”, w <bot>prywatnej rozmowie z botem</bot>.
poll-turnout-people = Osoby, które zagłosowały: { $count }.
poll-turnout-people-of = Osoby, które zagłosowały: { $count } z { $entitled } uprawnionych.
poll-turnout-organisations = Organizacje, które zagłosowały: { $count }.
poll-turnout-organisations-of = Organizacje, które zagłosowały: { $count } z { $entitled }.
poll-results-later = Wyniki będą po zamknięciu ankiety. Kto ją otworzył albo moderuje, może ją zamknąć: <cmd:close>
poll-result-people = <b>Osoby</b>
poll-result-organisations = <b>Organizacje</b>
poll-result-few = Głosów tajnych jest mniej niż { $few }, więc bot ich nie pokazuje: można by odgadnąć, kto jak głosuje.
poll-quorum-reached = <b>Kworum osiągnięte:</b> głosujących { $voters }, potrzeba { $needed }.
poll-quorum-missed = <b>Kworum nieosiągnięte:</b> głosujących { $voters }, potrzeba { $needed }.
poll-quorum-reached-of = <b>Kworum osiągnięte:</b> głosujących { $voters } z { $entitled } uprawnionych, potrzeba { $needed }.
poll-quorum-missed-of = <b>Kworum nieosiągnięte:</b> głosujących { $voters } z { $entitled } uprawnionych, potrzeba { $needed }.
poll-threshold-reached = <b>Próg osiągnięty:</b> „{ $option }” ma { $count } z { $total } { $base }, potrzeba co najmniej { $part }.
poll-threshold-missed = <b>Próg nieosiągnięty:</b> „{ $option }” ma { $count } z { $total } { $base }, potrzeba co najmniej { $part }.
poll-threshold-tied = <b>Próg nieosiągnięty:</b> najwięcej głosów ma po równo kilka odpowiedzi.
poll-ballot = Wybierz odpowiedź: naciśnij ją albo napisz jej numer.
poll-ballot-of = Głos organizacji: { $organisation }
poll-ballot-secret = Głosu tajnego nie można zmienić.
poll-ballot-several = Odpowiedz na tę wiadomość numerami wszystkich wybranych odpowiedzi naraz, na przykład „1 3”. Głosu tajnego nie można zmienić.
poll-list-area = { $question } [{ $area }]
poll-secret-too-much = Tajna ankieta z kilkoma odpowiedziami może być tylko dla osób, nie na organizacje. Wybierz jedną odpowiedź albo głosy osób. Jak: <cmd:poll>
poll-entitled-unknown = Nie wiadomo, ile osób jest uprawnionych, więc nie da się policzyć ich części. Dopisz „dla członków” albo „na organizacje”, albo podaj kworum liczbą: „kworum 15”. Jak: <cmd:poll>
poll-quorum-wrong = Takie kworum jest niemożliwe. Napisz na przykład „kworum 15” albo „kworum 1/2”. Jak: <cmd:poll>
poll-threshold-wrong = Próg jest częścią głosów. Napisz na przykład „próg 50%” albo „próg 2/3 uprawnionych”. Jak: <cmd:poll>
poll-no-such-area = Nie ma obszaru o tej nazwie. Lista obszarów: <cmd:areas>. Jeśli to początek pytania, zacznij je innym słowem. Jak: <cmd:poll>
poll-secret-stays = Ktoś już zagłosował tajnie, więc bot nie wie, które głosy są z tej grupy. Można cofnąć ankietę wszędzie i otworzyć nową: <cmd:poll>
poll-secret-closed = Zamkniętej tajnej ankiety nie można otworzyć ponownie: następny głos nie byłby tajny. Nowa ankieta: <cmd:poll>
form-name-poll = Nowa ankieta
command-drafts = Szkice ankiet, które czekają na otwarcie
command-edit = Popraw ankietę, zanim ktoś zagłosuje
form-name-wording = Poprawki w ankiecie
poll-step-question = Pytanie
poll-step-options = Odpowiedzi
poll-step-kind = Ile odpowiedzi wybiera jedna osoba
poll-step-how-many = Najmniej i najwięcej odpowiedzi
poll-step-until = Do kiedy
poll-step-audience = Gdzie
poll-ask-question = Jakie ma być pytanie? Na przykład: Gdzie spotkanie?
poll-ask-options = Jakie mają być odpowiedzi? Wybierz gotowe albo napisz własne, każdą w osobnej linijce.
poll-ask-same-options = Napisz odpowiedzi na nowo, każdą w osobnej linijce. Musi ich być tyle samo co teraz.
poll-ask-kind = Ile odpowiedzi może wybrać jedna osoba?
poll-ask-how-many = Ile odpowiedzi można wybrać? Napisz na przykład „3” (najwyżej trzy) albo „1-3”.
poll-ask-until = Do kiedy ma trwać głosowanie? Napisz godzinę, na przykład „18:00”. To będzie dziś, a jeśli ta godzina już minęła, jutro.
poll-ask-audience = W którym kręgu ma być ankieta?
poll-step-terms = Zasady
poll-step-secrecy = Jawna czy tajna
poll-step-who = Kto głosuje
poll-step-results = Kiedy widać wyniki
poll-step-quorum = Kworum
poll-step-threshold = Próg
poll-step-area = Obszar
poll-ask-terms = Jakie mają być zasady? Zwykle ankieta jest jawna, głosować może każda osoba z grup, a wyniki widać od razu. Organizacje, członkostwo, ukryte wyniki, kworum, próg i obszar: „Inne zasady”.
poll-ask-secrecy = Jawna czy tajna? W tajnej bot nie zapisuje, kto jak głosuje, głosu nie można zmienić, a wynik jest po zamknięciu.
poll-ask-who = Kto głosuje?
poll-ask-results = Kiedy mają być widoczne wyniki?
poll-ask-quorum = Ile głosów musi być, żeby wynik się liczył? Napisz liczbę, na przykład „15”, albo część uprawnionych, na przykład „1/2”.
poll-ask-threshold = Jaką część głosów musi mieć odpowiedź? Napisz na przykład „50%”, „2/3 głosujących” albo „1/2 uprawnionych”.
poll-ask-area = Którego obszaru dotyczy ankieta?
poll-terms-usual = Jawna, dla wszystkich
poll-terms-secret = Tajna, dla wszystkich
poll-terms-step-by-step = Inne zasady
poll-secrecy-open = Jawna
poll-secrecy-secret = Tajna
poll-for-people = Osoby z grup
poll-for-members = Członkinie i członkowie
poll-for-organisations = Organizacje
poll-for-both = Osoby z grup, osobno organizacje
poll-for-both-members = Członkinie i członkowie, osobno organizacje
poll-results-at-once = Od razu
poll-results-at-end = Po zamknięciu
poll-share-of = { $part } { $base }
poll-quorum-number = Nie wiadomo, ile osób jest uprawnionych, więc kworum może być tu tylko liczbą, na przykład „15”.
poll-threshold-voters = Nie wiadomo, ile osób jest uprawnionych. Próg może być tu częścią głosów albo głosujących, na przykład „50%”.
poll-options-yes-no = Tak / Nie / Wstrzymuję się
poll-options-areas = Obszary tematyczne
poll-options-consent = Konsent: za / przeciw / wstrzymuję się / mam wątpliwości
poll-kind-single = Jedną
poll-kind-multiple = Kilka
poll-any-number = Ile się chce
poll-until-by-hand = Aż ktoś zamknie
poll-drafts = { $count ->
        [one] { $count } szkic. Wybierz, co z nim zrobić:
        [few] { $count } szkice. Wybierz jeden:
        [many] { $count } szkiców. Wybierz jeden:
       *[other] { $count } szkicu. Wybierz jeden:
    }
poll-drafts-none = Nie ma żadnych szkiców. Nowa ankieta: <cmd:poll>
poll-drafts-direct = Szkice widać tylko w prywatnej rozmowie z botem. Napisz tam: <cmd:drafts>
poll-fix-how = Odpowiedz na wiadomość z ankietą i napisz nowe słowa w jednej linijce, na przykład: <cmd:edit> Gdzie spotkanie? | Biblioteka | Dom kultury
poll-fix-none = Nie ma ankiety, którą można teraz poprawić. Można to zrobić, dopóki nikt nie zagłosował, i tylko z własną ankietą. Szkice: <cmd:drafts>
poll-fix-voted = Ktoś już zagłosował, więc słów nie można zmienić. Wycofać ankietę: <cmd:withdraw> Nowa: <cmd:poll>
poll-fix-done = Ankieta jest poprawiona we wszystkich grupach.
poll-fix-draft-done = Szkic jest poprawiony. Wszystkie szkice: <cmd:drafts>
poll-fix-count = Odpowiedzi musi być tyle samo co teraz: { $count }. Napisz każdą w osobnej linijce. Inna liczba to nowa ankieta: <cmd:poll>
poll-which-fix = Którą ankietę poprawić?
