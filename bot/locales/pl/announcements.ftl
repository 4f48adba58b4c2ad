# Ogłoszenia: w grupach, u osób, które je wysyłają, i w raportach.
command-announce = Ogłoszenie do wszystkich albo wybranych czatów
command-edit-announcement = Popraw ogłoszenie, które jest już wysłane
form-name-announcement = Nowe ogłoszenie
form-name-correction = Poprawki w ogłoszeniu
announce-head = <b>Ogłoszenie nr { $number }</b>
announce-again =
    <b>Ogłoszenie nr { $number } (ponownie)</b>

    Nie wiadomo, czy pierwsza wiadomość tu dotarła. Jeśli jest wyżej, ta jest taka sama.
announce-corrected = <i>Treść tego ogłoszenia została poprawiona.</i>
announce-read = Przeczytane
announce-read-toast = Dziękujemy. Zapisana jest tylko liczba osób.
announce-read-before = To już jest zapisane. Dziękujemy.
announce-read-anonymous = Sieć nie mówi botowi, kto to naciska, więc nie można tego policzyć.
announce-preview = <b>Podgląd ogłoszenia nr { $number }.</b> Nikt go jeszcze nie dostał. Tak będzie wyglądać:
announce-in = <b>{ $language }:</b>
announce-other-languages = Dla grup w innych językach
announce-to = Dokąd: { $target }
announce-network = { $network }: { $rooms ->
        [one] { $rooms } grupa
        [few] { $rooms } grupy
        [many] { $rooms } grup
       *[other] { $rooms } grupy
    }
announce-at = Kiedy: { $when }
announce-option-urgent = Pilne: także w godzinach ciszy
announce-option-pin = Przypięte tam, gdzie bot ma do tego prawo
announce-option-receipt = Z przyciskiem „Przeczytane”; na Matrix to wiersz z numerem
announce-option-loud = Z powiadomieniem wszystkich tam, gdzie sieć to ma, a bot ma do tego prawo
announce-file = Plik w osobnej wiadomości: { $name }
announce-file-comes = Plik { $name }: bot go właśnie pobiera
announce-file-failed = Pliku { $name } nie udało się pobrać
announce-rooms = Grupy:
announce-room = { $room }
announce-named = { $name } ({ $network })
announce-nameless = { $network }, grupa { $id }
announce-more = { $rooms ->
        [one] I jeszcze { $rooms } grupa.
        [few] I jeszcze { $rooms } grupy.
        [many] I jeszcze { $rooms } grup.
       *[other] I jeszcze { $rooms } grupy.
    }
announce-check = Po „Wyślij” jest jeszcze 30 sekund na cofnięcie.
announce-send = Wyślij
announce-send-anyway = Wyślij mimo to
announce-fix = Popraw
announce-drop = Anuluj
announce-undo = Cofnij
announce-approve = Zatwierdź
announce-refuse = Nie zatwierdzam
announce-words = Popraw treść
announce-pull = Wycofaj
announce-pulled = Tak, wycofaj wszędzie
announce-retry = Ponów nieudane
announce-twice = <b>Takie samo ogłoszenie do tych samych grup poszło przed chwilą.</b> Wysłać je jeszcze raz?
announce-twice-toast = Takie samo ogłoszenie poszło mniej niż minutę temu. Aby wysłać je drugi raz, naciśnij „Wyślij mimo to”.
announce-held = <b>Ogłoszenie nr { $number }</b> wyjdzie: { $when }. { $rooms ->
        [one] Dostanie je { $rooms } grupa.
        [few] Dostaną je { $rooms } grupy.
        [many] Dostanie je { $rooms } grup.
       *[other] Dostanie je { $rooms } grupy.
    }
announce-held-undo = Do tego czasu nikt go nie ma i można je cofnąć.
announce-held-toast = Ogłoszenie wyjdzie po czasie na cofnięcie.
announce-quiet = Trwają wtedy godziny ciszy, więc ogłoszenie czeka na ich koniec. Pilne ogłoszenie nie czeka: cofnij, popraw i zaznacz „pilne”.
announce-waits = <b>Ogłoszenie czeka na zgodę drugiej osoby, która moderuje,</b> bo grup jest dużo ({ $rooms }).
announce-waits-toast = Osoby, które moderują, są poproszone o zgodę.
announce-approve-ask = <b>Ogłoszenie nr { $number } czeka na zgodę drugiej osoby.</b> { $rooms ->
        [one] Pójdzie do { $rooms } grupy.
       *[other] Pójdzie do { $rooms } grup.
    } Treść:
announce-approved-toast = Zatwierdzone. Ogłoszenie wyjdzie po czasie na cofnięcie.
announce-refused = Druga osoba nie zatwierdziła ogłoszenia nr { $number }. Jest znowu szkicem: można je poprawić i wysłać jeszcze raz.
announce-refused-toast = Ogłoszenie nie wyjdzie. Osoba, która je pisała, o tym wie.
announce-second-person = Zatwierdza druga osoba: nie ta, która to ogłoszenie pisała albo wysyła.
announce-nobody-approves = Ogłoszenie do ponad { $limit } grup zatwierdza druga osoba, która moderuje, a takiej nie ma. Poproś o rolę: <cmd:moderator>
announce-undone-toast = Cofnięte. Nikt tego nie dostał.
announce-dropped-toast = Ogłoszenie nie wyjdzie.
announce-dropped = Ogłoszenie nr { $number } nie zostało wysłane. Nowe: <cmd:announce>
announce-demoted = Ogłoszenie nr { $number } nie wyszło: osoba, która je wysłała albo zatwierdziła, już nie moderuje. Nowe: <cmd:announce>
announce-progress-send = <b>Ogłoszenie nr { $number }:</b> wysyłanie, { $done } z { $rooms }.
announce-progress-edit = <b>Ogłoszenie nr { $number }:</b> poprawianie, { $done } z { $rooms }.
announce-progress-withdraw = <b>Ogłoszenie nr { $number }:</b> wycofywanie, { $done } z { $rooms }.
announce-readers = { $count ->
        [0] Nikt nie nacisnął jeszcze „Przeczytane”.
        [one] „Przeczytane”: { $count } osoba.
        [few] „Przeczytane”: { $count } osoby.
        [many] „Przeczytane”: { $count } osób.
       *[other] „Przeczytane”: { $count } osoby.
    }
announce-readers-later = Ile osób nacisnęło „Przeczytane”, pokazuje wiadomość wyżej.
announce-report-send = <b>Raport: ogłoszenie nr { $number }.</b> Dotarło: { $good } z { $rooms }.
announce-report-edit = <b>Raport: poprawki ogłoszenia nr { $number }.</b> W porządku: { $good } z { $rooms }.
announce-report-withdraw = <b>Raport: wycofanie ogłoszenia nr { $number }.</b> W porządku: { $good } z { $rooms }.
announce-send-there = Dotarło: { $rooms }
announce-send-unsure = Nie wiadomo, czy dotarło: { $rooms }
announce-send-absent = Nie ma go tam: { $rooms }
announce-send-stopped = Wstrzymane: { $rooms }
announce-edit-there = Poprawione: { $rooms }
announce-edit-unsure = Nie wiadomo, czy tam jest, więc nie można poprawić: { $rooms }
announce-edit-absent = Nie ma go tam, więc nie trzeba poprawiać: { $rooms }
announce-edit-stopped = Nie trzeba poprawiać: { $rooms }
announce-withdraw-there = Usunięte: { $rooms }
announce-withdraw-unsure = Nie wiadomo, czy tam jest, więc nie można usunąć: { $rooms }
announce-withdraw-absent = Nie ma go tam, więc nie trzeba usuwać: { $rooms }
announce-withdraw-stopped = Zatrzymane, zanim wyszło: { $rooms }
announce-outcome-waits = Bot jeszcze próbuje: { $rooms }
announce-outcome-again = Wysłane ponownie z numerem, bo sieć nie potwierdziła pierwszego: { $rooms }
announce-outcome-gone = Bot nie może tam pisać: { $rooms }
announce-outcome-refused = Sieć odmówiła: { $rooms }
announce-outcome-too-large = Za duże dla sieci: { $rooms }
announce-outcome-moved = Grupa zmieniła adres, starej wiadomości nie można ruszyć: { $rooms }
announce-outcome-mistake = Błąd po stronie bota: { $rooms }
announce-outcome-replaced = Sieć już nie usuwa tej wiadomości, jest w niej słowo „wycofana”: { $rooms }
announce-unpinned = Bez przypięcia, bo bot nie ma do tego prawa: { $rooms }
announce-no-file = Bez pliku, bo sieć go nie przyjęła: { $rooms }
announce-not-loud = Bez powiadomienia wszystkich, bo bot nie ma do tego prawa: { $rooms }
announce-room-why = { $room }: { $why }
announce-names-direct = Nazwy grup są tylko w prywatnej rozmowie z botem.
announce-why-waits = bot jeszcze próbuje
announce-why-again = wysłane ponownie, może być dwa razy
announce-why-unsure = nie wiadomo, czy dotarło
announce-why-out = bot został usunięty z grupy
announce-why-silent = bot nie ma prawa pisać w tej grupie
announce-why-refused = sieć odmówiła
announce-why-too-large = za duże dla tej sieci
announce-why-moved = grupa zmieniła adres
announce-why-mistake = błąd po stronie bota
announce-no-hope = Nie ma teraz grupy, w której to może się udać. Najpierw przywróć tam bota albo jego prawo pisania. Lista: <cmd:rooms>
announce-retry-toast = Bot próbuje jeszcze raz.
announce-correct-begun = Nowa treść idzie do wszystkich grup. Na końcu będzie raport.
announce-correct-how = W odpowiedzi na ogłoszenie napisz: <cmd:edit-announcement> i nową treść. W prywatnej rozmowie bot zapyta o nią krok po kroku.
announce-correct-how-toast = Treść poprawia się w prywatnej rozmowie z botem: <cmd:edit-announcement>
announce-pull-ask = Wycofać ogłoszenie nr { $number } wszędzie ({ $rooms })? Tego nie można cofnąć. Jeśli nie, nic nie trzeba robić.
announce-pulled-toast = Wycofywanie trwa. Na końcu będzie raport.
announce-none = Nie ma ogłoszenia, które można poprawić. Nowe: <cmd:announce>
announce-not-out = To ogłoszenie nie jest wysłane, więc nie ma czego poprawiać wszędzie. Nowe: <cmd:announce>
announce-gone = Tego ogłoszenia już nie ma. Nowe: <cmd:announce>
announce-already = Z tym ogłoszeniem ktoś już to zrobił. Aktualny stan jest w wiadomości bota. Nowe: <cmd:announce>
announce-too-late = Na cofnięcie jest za późno. Można je wycofać wszędzie przyciskiem „Wycofaj”.
announce-time-passed = Ta godzina już minęła. Naciśnij „Popraw” i podaj inną.
announce-moderators = Ogłoszenia wysyłają osoby, które moderują. Co możesz zrobić: <cmd:help>
announce-preview-direct = Podgląd ogłoszenia jest w prywatnej rozmowie z botem.
announce-how =
    Ogłoszenie pisze się w jednej wiadomości:

    <code><cmd:announce> Treść ogłoszenia</code>

    • Można też odpowiedzieć komendą na wiadomość, która ma być ogłoszeniem, albo dodać plik.
    • Przed treścią mogą stać wiersze: <code>do: Kultura</code>, <code>kiedy: 18:00</code>, <code>jak: pilne, przypnij, przeczytane</code>.
    • Inny język zaczyna wiersz <code>en:</code> albo <code>uk:</code>.

    W prywatnej rozmowie sama komenda pyta o wszystko krok po kroku.
announce-empty = Ogłoszenie nie ma treści. Napisz ją po komendzie: <cmd:announce> Zapraszamy na spotkanie
announce-long = Treść jest za długa: { $count } znaków, może być najwyżej { $limit }. Skróć ją albo wyślij resztę jako plik. Jak: <cmd:announce>
announce-language-twice = Język „{ $lang }” jest podany dwa razy. Zostaw jeden i wyślij jeszcze raz. Jak: <cmd:announce>
announce-no-such-target = Nie ma takiego kręgu, obszaru, sieci ani grupy: { $name }. Lista grup: <cmd:rooms>
announce-which-target = Nazwę „{ $name }” ma kilka rzeczy. Napisz na przykład: do: obszar { $name }. Jak: <cmd:announce>
announce-no-such-option = Nie ma takiej opcji: { $word }. Są: pilne, przypnij, przeczytane, powiadom wszystkich.
announce-no-rooms = Nie ma tam żadnej grupy, w której bot może pisać. Lista grup: <cmd:rooms>
announce-file-unfit = Tego nie można wysłać dalej. Dodaj zwykły plik albo zdjęcie i wyślij jeszcze raz. Jak: <cmd:announce>
announce-file-large = Plik jest za duży: może mieć najwyżej { $limit } MB. Zmniejsz go albo daj w ogłoszeniu link.
announce-file-lost = Nie udało się pobrać pliku. Wyślij ogłoszenie z plikiem jeszcze raz: <cmd:announce>
announce-file-wait = Bot pobiera jeszcze plik. Naciśnij „Wyślij” za chwilę.
announce-file-failed-toast = Pliku nie udało się pobrać. Wyślij ogłoszenie z plikiem jeszcze raz: <cmd:announce>
announce-target-all = wszystkie grupy
announce-target-audience = krąg „{ $name }”
announce-target-default = krąg domyślny
announce-target-area = obszar „{ $name }”
announce-target-network = sieć { $name }
announce-target-room = grupa { $name }
announce-now = Teraz
announce-step-target = Dokąd
announce-step-words = Treść
announce-step-words-in = Treść: { $language }
announce-step-languages = Inne języki
announce-step-when = Kiedy
announce-step-options = Jak
announce-ask-target = Dokąd ma pójść ogłoszenie? Można też napisać nazwę kręgu, obszaru, sieci albo grupy.
announce-ask-words = Jaka ma być treść? **Tak** robi się pogrubienie, a „- ” na początku wiersza robi listę. Plik dodaje się inaczej: wyślij go z podpisem <cmd:announce> i treścią.
announce-ask-words-in = Jaka ma być treść w tym języku: { $language }?
announce-ask-languages = Czy są inne wersje językowe? Grupy, które nie mają swojej, dostaną pierwszą treść.
announce-ask-when = Kiedy? Naciśnij „Teraz” albo napisz na przykład „18:00” albo „1.12 18:00”.
announce-ask-options = Jak wysłać?
announce-choose-urgent = Pilne
announce-choose-pin = Przypnij
announce-choose-receipt = Przycisk „Przeczytane”
announce-choose-loud = Powiadom wszystkich
rooms-head = <b>Grupy: { $count }.</b> Strona { $page } z { $pages }.
rooms-line = { $name } · { $network } · { $state } · krąg: { $audience } · obszary: { $areas } · { $language }
rooms-state-active = działa
rooms-state-desk = grupa moderatorów
rooms-state-silent = bot nie ma prawa pisać
rooms-state-gone = bot został usunięty
rooms-state-offered = czeka na przyjęcie
rooms-label = { $name }
rooms-nameless = grupa { $id }
rooms-next = Następna strona
rooms-previous = Poprzednia strona
rooms-how = Wybierz grupę, aby zmienić jej krąg. Kręgi: <cmd:audience>
rooms-none = Nie ma jeszcze żadnej grupy. Dodaj bota do grupy i naciśnij tam „Przyjmij tę grupę”. Pomoc: <cmd:help>
rooms-move = Krąg: { $audience }
rooms-move-how = Wybierz krąg dla tej grupy. Nowy krąg tworzy się w grupie: <cmd:audience> i nazwa.
rooms-moved-toast = Zapisano. Grupa jest teraz w kręgu: { $audience }.
rooms-gone = Tej grupy albo tego kręgu już nie ma. Lista: <cmd:rooms>
rooms-direct = Lista grup jest w prywatnej rozmowie z botem: napisz tam <cmd:rooms>
