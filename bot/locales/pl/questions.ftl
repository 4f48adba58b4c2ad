# Odpowiedzi z dokumentów i pytania, na które dokumenty nie odpowiadają.
answer-intro = Znaleziono w dokumentach:
answer-place = { $title }, część „{ $place }”
answer-page = { $title }, s. { $page }
answer-pages = { $title }, s. { $page }–{ $last }
answer-source-summary = Cytat z naszego streszczenia: { $document }, { $date }. Źródło: { $source }
answer-source-original = Cytat z dokumentu: { $document }, { $date }. Źródło: { $source }
answer-expired = <b>Uwaga:</b> okres, na który jest ten dokument, skończył się { $date }. Sprawdź, co obowiązuje teraz.
answer-automatic = <i>Odpowiedź automatyczna: cytaty wybiera program.</i>
question-unknown = W dokumentach nie ma odpowiedzi na to pytanie.
question-offer = Można przekazać je ludziom. Pytanie trafi, bez nazwiska, do osób, które moderują, i na listę <cmd:questions>.
question-pass = Przekaż pytanie
question-try = Można też zapytać innymi słowami albo zobaczyć, o czym są dokumenty: <cmd:areas>
question-nobody = Nie ma komu przekazać pytania: nikt nie jest jeszcze wyznaczony do prowadzenia bota. Spróbuj zapytać w swojej grupie albo na spotkaniu.
question-passed =
    Pytanie przekazano ludziom: bez nazwiska. Jest na liście <cmd:questions>.

    Jeśli ktoś odpowie, odpowiedź przyjdzie w prywatnej rozmowie z botem.
question-missed = Pytania nie udało się przekazać: bot nie mógł napisać do nikogo z osób, które go prowadzą. Warto zapytać w swojej grupie albo na spotkaniu. Można też spróbować ponownie później.
question-passed-toast = Pytanie przekazano.
question-passed-already = To pytanie jest już przekazane.
question-not-yours = To pytanie może przekazać tylko osoba, która je zadała. Własne pytanie: <cmd:ask>
question-gone = Tego pytania bot już nie pamięta. Można zadać je jeszcze raz: <cmd:ask>
question-from-direct = Pytanie, na które nie ma odpowiedzi w dokumentach. Zadano je w prywatnej rozmowie z botem. Sieć: { $network }.
question-from-room = Pytanie, na które nie ma odpowiedzi w dokumentach. Zadano je w grupie. Sieć: { $network }.
question-for-meeting = <b>Pytanie na spotkanie.</b> Sieć: { $network }.
question-from-next = Bot nie podaje, kto pyta. <b>Aby odpowiedzieć, odpowiedz na tę wiadomość:</b> odpowiedź dostaną w prywatnej rozmowie wszyscy, którzy chcą ją znać, jako odpowiedź człowieka.
question-empty = Jakie jest pytanie? Na przykład: <cmd:ask> { $example }
question-too-long = To pytanie jest za długie: bot czyta { $limit ->
        [one] { $limit } znak
        [few] do { $limit } znaków
        [many] do { $limit } znaków
       *[other] do { $limit } znaku
    }. Napisz krócej, najlepiej jednym zdaniem.
question-only-text = Bot czyta na razie tylko tekst, bez plików i nagrań. Napisz pytanie słowami, na przykład: { $example }
