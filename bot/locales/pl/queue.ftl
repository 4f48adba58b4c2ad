# Pytania, na które odpowiada człowiek.
command-questions = Pytania, które czekają na odpowiedź
command-for-meeting = Zgłoś pytanie na spotkanie
queue-head = <b>Pytania, które czekają na odpowiedź człowieka:</b>
queue-line = { $number }. { $question } (👍 { $count })
queue-list-how = Numer przy pytaniu oznacza: też chcę znać odpowiedź. Własne pytanie: <cmd:for-meeting>
queue-up-number = 👍 { $number }
queue-none = Żadne pytanie nie czeka. Aby zgłosić własne: <cmd:for-meeting> i treść. Aby zapytać bota: <cmd:ask>
queue-mistaken = To jest lista. Aby zapytać bota: <cmd:ask>. Aby zgłosić pytanie na spotkanie: <cmd:for-meeting>
queue-own = Twoje pytania na tej liście:
queue-off = Wycofaj: { $question }
queue-how = Napisz <cmd:for-meeting> i treść pytania, na przykład: <cmd:for-meeting> Kiedy będą nowe lokale?
queue-anonymous = Sieć nie podała, kto pisze. Napisz z własnego konta, najlepiej w prywatnej rozmowie z botem.
queue-too-many = Czeka już 5 twoich pytań. Poczekaj na odpowiedź albo wycofaj jedno z nich w prywatnej rozmowie: <cmd:questions>
queue-card = <b>Pytanie na spotkanie</b>
queue-people = { $count ->
        [one] Odpowiedź chce znać { $count } osoba.
        [few] Odpowiedź chcą znać { $count } osoby.
        [many] Odpowiedź chce znać { $count } osób.
       *[other] Odpowiedź chce znać { $count } osoby.
    }
queue-card-what = Pytanie widać na liście <cmd:questions>, bez nazwiska. Odpowiedź przyjdzie w prywatnej rozmowie z botem do wszystkich, którzy chcą ją znać.
queue-up = 👍 Też chcę wiedzieć
queue-joined = Zapisano. Odpowiedź przyjdzie w prywatnej rozmowie z botem.
queue-joined-before = To jest już zapisane. Odpowiedź przyjdzie w prywatnej rozmowie z botem.
queue-closed = To pytanie już nie czeka. Te, które czekają: <cmd:questions>
queue-not-yours = Wycofać można tylko własne pytanie, które jeszcze czeka. Lista: <cmd:questions>
queue-withdrawn-toast = Pytanie jest wycofane.
queue-withdrawn = Pytanie zostało wycofane.
queue-card-answered = ✓ Pytanie na spotkanie. Odpowiedź poszła do osób, które chciały ją znać.
queue-card-dropped = Pytanie zamknięto bez odpowiedzi.
queue-drop = Zamknij bez odpowiedzi
queue-desk-answered = ✓ Odpowiedziano. { $count ->
        [one] Odpowiedź poszła do { $count } osoby.
        [few] Odpowiedź poszła do { $count } osób.
        [many] Odpowiedź poszła do { $count } osób.
       *[other] Odpowiedź poszła do { $count } osoby.
    }
queue-desk-unreached = { $count ->
        [one] { $count } osoby nie udało się powiadomić.
        [few] { $count } osób nie udało się powiadomić.
        [many] { $count } osób nie udało się powiadomić.
       *[other] { $count } osoby nie udało się powiadomić.
    }
queue-drop-ask = Zamknąć to pytanie bez odpowiedzi? Jeśli ta liczba miała być odpowiedzią, odpowiedz na wiadomość z pytaniem jeszcze raz i dodaj słowo, na przykład „1 osoba”. Jeśli nie zamykać, nic nie trzeba robić.
queue-drop-sure = Tak, zamknij bez odpowiedzi
queue-desk-dropped = ✓ Zamknięto bez odpowiedzi.
queue-dropped-toast = Pytanie jest zamknięte.
queue-dropped = Osoby, które moderują, zamknęły to pytanie bez odpowiedzi:
queue-dropped-next = Warto zapytać o to w grupie albo na spotkaniu. Bota można zapytać innymi słowami: <cmd:ask>
queue-answer = <b>Odpowiada człowiek z moderacji, nie program.</b> Pytanie:
queue-answer-is = Odpowiedź:
queue-answer-sent = { $count ->
        [0] Zapisano. Sieć nie podała, kto pytał, więc odpowiedź do nikogo nie poszła.
        [one] Odpowiedź poszła do { $count } osoby. Dziękujemy!
        [few] Odpowiedź poszła do { $count } osób. Dziękujemy!
        [many] Odpowiedź poszła do { $count } osób. Dziękujemy!
       *[other] Odpowiedź poszła do { $count } osoby. Dziękujemy!
    }
queue-answer-moderators = Na pytania odpowiadają osoby, które moderują. Można nacisnąć, że też chce się znać odpowiedź: <cmd:questions>
queue-answer-words = Odpowiedź musi być tekstem. Odpowiedz na wiadomość z pytaniem jeszcze raz, słowami.
queue-answer-long = Odpowiedź jest za długa: może mieć najwyżej { $limit ->
        [one] { $limit } znak
        [few] { $limit } znaki
        [many] { $limit } znaków
       *[other] { $limit } znaku
    }. Skróć ją i odpowiedz jeszcze raz.
