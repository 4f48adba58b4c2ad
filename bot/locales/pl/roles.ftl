# Uprawnienia: kto moderuje, kto koordynuje.
command-moderator = Wyznacz osobę, która moderuje (w odpowiedzi na jej wiadomość), albo odbierz uprawnienia
command-coordinator = Wyznacz osobę, która koordynuje (w odpowiedzi na jej wiadomość)
help-coordinators =
    <b>Dla osób, które koordynują</b>

    • Wyznaczyć osobę, która moderuje: <cmd:moderator> w odpowiedzi na jej wiadomość w grupie; w prywatnej rozmowie <cmd:moderator> daje kod dla tej osoby
    • Odebrać uprawnienia: <cmd:moderator> odbierz, w odpowiedzi na wiadomość tej osoby
    • Zmienić listę obszarów: <cmd:area>
role-how =
    Aby dać uprawnienia, odpowiedz na wiadomość tej osoby w grupie samą komendą <cmd:moderator>. W prywatnej rozmowie ta komenda daje kod, który można wysłać.

    Aby odebrać uprawnienia, odpowiedz: <cmd:moderator> odbierz
role-reply-to-whom = O kogo chodzi? Odpowiedz komendą na wiadomość tej osoby w grupie, na przykład: <cmd:moderator>. Można też wysłać jej kod: <cmd:moderator> w prywatnej rozmowie z botem.
role-nobody = To jest wiadomość bota. Odpowiedz komendą na wiadomość osoby. Można też wysłać jej kod: <cmd:moderator> w prywatnej rozmowie z botem.
role-unknown-author = Nie widać, kto napisał tamtą wiadomość. Wyślij tej osobie kod: napisz <cmd:moderator> w prywatnej rozmowie z botem. Działa to także dla innych ról, każda ma swoją komendę.
role-code-moderator = Kod dla osoby, która ma moderować:
role-code-coordinator = Kod dla osoby, która ma koordynować:
role-code-how =
    <code>!start { $code }</code>

    Wyślij tę linię tej osobie. Niech wyśle ją botowi w prywatnej rozmowie, na Telegramie albo na Matriksie. Kod działa 7 dni i tylko raz: uprawnienia dostanie ten, kto wyśle go pierwszy. Nie wklejaj go do grupy.
role-has-already = Ta osoba ma już takie albo większe uprawnienia. Aby je odebrać, odpowiedz na jej wiadomość: <cmd:moderator> odbierz
role-given-moderator = Autor lub autorka tej wiadomości ma teraz uprawnienia do moderowania. Co to daje: <cmd:help>
role-given-coordinator = Autor lub autorka tej wiadomości ma teraz uprawnienia do koordynowania. Co to daje: <cmd:help>
role-yours-moderator = Masz teraz uprawnienia do moderowania. Co można zrobić: <cmd:help>
role-yours-coordinator = Masz teraz uprawnienia do koordynowania. Co można zrobić: <cmd:help>
role-has-none = Ta osoba nie ma większych uprawnień: nie ma czego odbierać. Aby je dać, odpowiedz na jej wiadomość samą komendą <cmd:moderator>
role-not-above = Te uprawnienia może odebrać tylko osoba, która prowadzi bota: są takie jak twoje albo większe. Co możesz zrobić: <cmd:help>
role-in-config = Ta osoba jest wpisana jako prowadząca w ustawieniach bota. Zmienić to może tylko osoba, która zajmuje się instalacją. Co możesz zrobić: <cmd:help>
role-last-owner = To ostatnia osoba, która prowadzi bota. Bez niej nikt nie mógłby nadawać uprawnień. Najpierw ktoś inny musi dostać pełne uprawnienia: kod robi osoba, która zajmuje się instalacją. Pomoc: <cmd:help>
role-taken = Uprawnienia odebrane. Autor lub autorka tej wiadomości ma teraz te same możliwości, co wszyscy.
role-lost = Twoje uprawnienia do moderowania i koordynowania zostały odebrane. Nadal można pytać i głosować: <cmd:help>
