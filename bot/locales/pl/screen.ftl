# Ekran sali: adres dla osób, które moderują (screen-), i sama strona (board-).
command-screen = Adres ekranu sali z ankietą
screen-off = Ekran sali jest wyłączony. Włącza go osoba od instalacji (ustawienie „screen”). Ankiety: <cmd:polls>
screen-in-direct = Kto zna adres ekranu, ten go widzi, więc bot nie podaje go w grupie. Napisz <cmd:screen> w prywatnej rozmowie z botem.
screen-how = Adres ekranu: <cmd:screen> Nowy adres, po którym poprzedni przestaje działać: <cmd:screen> nowy
screen-which = Adres którego ekranu podać?
screen-which-new = Który ekran ma dostać nowy adres? Poprzedni przestanie działać.
screen-address = Ekran sali, krąg: { $audience }
screen-new-address = Nowy adres ekranu. Poprzedni już nie działa.
screen-link = { $link }
screen-ways =
    • Otwórz ten adres na komputerze z rzutnikiem. Strona pokazuje trwającą ankietę i sama się odświeża.
    • Nie wklejaj adresu do grupy: kto go zna, ten widzi ekran. Nowy adres: <cmd:screen> nowy
    • Inny język strony: linki na dole strony.
screen-qr = Kod QR z adresem ekranu. Tylko dla osób, które moderują.
board-title = Ekran sali
board-running = Ankieta trwa
board-over = Czas minął
board-closed = Wynik ankiety
board-idle = Teraz nie trwa żadna ankieta
board-idle-next = Następna ankieta pojawi się tutaj sama.
board-idle-moderator = Otwiera ją osoba, która moderuje: <cmd:poll> Pytanie? | Tak | Nie
board-turnout = { $count ->
        [0] Nie ma jeszcze głosów
        [one] Zagłosowała { $count } osoba
        [few] Zagłosowały { $count } osoby
        [many] Zagłosowało { $count } osób
       *[other] Zagłosowało { $count } osoby
    }
board-left = Pozostało
board-open-end = Trwa, aż ktoś ją zamknie.
board-late = Liczą się jeszcze głosy, które są w drodze.
board-ended = Zakończona: { $when }
board-minute = Została minuta.
board-votes = { $count ->
        [one] { $count } głos
        [few] { $count } głosy
        [many] { $count } głosów
       *[other] { $count } głosu
    }
board-percent = { $percent }%
board-hall-option = sala: { $count }
board-hall = Sala: { $count ->
        [one] { $count } ręka policzona na miejscu, osobno od głosów.
        [few] { $count } ręce policzone na miejscu, osobno od głosów.
        [many] { $count } rąk policzonych na miejscu, osobno od głosów.
       *[other] { $count } ręki policzone na miejscu, osobno od głosów.
    }
board-hidden = Wynik będzie po zamknięciu.
board-more = { $count ->
        [one] Trwa jeszcze { $count } ankieta. Lista w rozmowie z botem.
        [few] Trwają jeszcze { $count } ankiety. Lista w rozmowie z botem.
        [many] Trwa jeszcze { $count } ankiet. Lista w rozmowie z botem.
       *[other] Trwa jeszcze { $count } ankiety. Lista w rozmowie z botem.
    }
board-join = Jak zagłosować
board-join-idle = Gdzie jest bot
board-by-button = Naciśnij odpowiedź pod ankietą albo napisz botowi sam numer, na przykład 2.
board-by-words = Napisz w grupie <cmd:vote> 2 albo napisz botowi sam numer, na przykład 2.
board-secret = Ankieta jest tajna: bot nie zapisuje, kto jak głosuje. Wynik będzie po zamknięciu. Głosu nie można zmienić.
board-secret-by-button = Naciśnij odpowiedź pod ankietą albo napisz botowi sam numer w prywatnej rozmowie.
board-secret-by-words = Napisz botowi sam numer w prywatnej rozmowie. W grupie głosy się nie liczą.
board-secret-several = Napisz botowi numery wybranych odpowiedzi w prywatnej rozmowie, na przykład 1 3.
board-nowhere = Zagłosuj w grupie, w której jest ta ankieta: numerem odpowiedzi.
board-qr = Kod QR z adresem { $address }
board-connecting = Łączenie… Liczby mogą być nieaktualne.
board-languages = Język strony
board-gone = Ten adres nie działa
board-gone-next = Jest błędny albo został zmieniony. Nowy poda osoba, która moderuje: <cmd:screen> w prywatnej rozmowie z botem.
board-away = Ekran chwilowo nie działa
board-away-next = Bot nie może teraz odczytać danych. Odśwież stronę za chwilę.
