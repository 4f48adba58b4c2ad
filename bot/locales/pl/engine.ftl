# Słowa samego mechanizmu: wybór, błędy, opis bota i lista komend.
choose-by-number = Aby wybrać, odpowiedz samym numerem, na przykład 1.
unknown-command = Nie ma takiej komendy. Lista komend: <cmd:help>
not-allowed = Ta komenda wymaga większych uprawnień. Poproś o pomoc osobę, która prowadzi grupę albo bota. Co możesz zrobić: <cmd:help>
something-went-wrong = Coś się nie udało po stronie bota. Spróbuj jeszcze raz za kilka minut. Jeśli to się powtórzy, powiedz o tym osobie, która prowadzi bota.
answered-late = Bot był przez chwilę niedostępny. To odpowiedź na wiadomość z { $when }.
message-withdrawn = Ta wiadomość została wycofana.
press-expired = Ten przycisk już nie działa. Zacznij jeszcze raz: <cmd:help>
slow-down = Za dużo wiadomości w krótkim czasie. Poczekaj minutę i napisz jeszcze raz. Głosy liczą się także teraz, tylko bez potwierdzeń.
unreadable = Nie udało się odczytać zaszyfrowanej wiadomości. Wyślij ją jeszcze raz albo napisz do bota w prywatnej rozmowie. Jeśli klucz dotrze później, odpowiedź przyjdzie sama.
about = Asystent organizacji pozarządowych: odpowiada cytatami z dokumentów. Telegram i Matrix.
greeting =
    Obrady to automatyczny asystent organizacji pozarządowych. Odpowiada program, nie człowiek.

    Napisz pytanie o strategię współpracy albo o spotkania. Odpowiedź to cytat z dokumentu, ze źródłem. Gdy dokumenty nie odpowiadają, pytanie można przekazać ludziom.

    Pomoc: <cmd:help>
    Prywatność: <cmd:privacy>
    Język: <cmd:language>
command-start = Zacznij rozmowę
command-help = Co można tu zrobić
command-ask = Zadaj pytanie: odpowiedź to cytat z dokumentu
command-language = Zmień język
command-privacy = Co bot zapisuje i jak długo
