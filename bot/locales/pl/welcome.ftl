# Powitania, pomoc, kod jednorazowy.
welcome-hello =
    Dzień dobry! Tu <b>Obrady</b>, automatyczny asystent organizacji pozarządowych.

    Wystarczy napisać pytanie. Odpowiedź to cytat z dokumentu, ze źródłem. Na przykład:
welcome-about =
    Odpowiada program, nie człowiek. Rozmowy nie są zapisywane; wyjątki: <cmd:privacy>
    Język: <cmd:language>
    Pomoc: <cmd:help>
welcome-after =
    Tu <b>Obrady</b>, automatyczny asystent organizacji pozarządowych: odpowiada program, nie człowiek.

    • Prywatność: rozmowy nie są zapisywane; wyjątki: <cmd:privacy>
    • Język: <cmd:language>
    • Co jeszcze można zrobić: <cmd:help>
welcome-room =
    Dzień dobry! Tu <b>Obrady</b>, automatyczny asystent organizacji pozarządowych. Odpowiada program, nie człowiek.

    Aby zapytać, napisz <cmd:ask> i treść pytania, oznacz bota albo odpowiedz na jego wiadomość. Odpowiedź to cytat z dokumentu, ze źródłem. Innych rozmów bot nie zapisuje: <cmd:privacy>
    Pomoc: <cmd:help>
example-who = Kto prowadził spotkanie 2 września 2022?
example-years = Na jakie lata jest strategia współpracy?
example-areas = O jakich obszarach rozmawiano na spotkaniu?
help-members =
    <b>Co można tu zrobić</b>

    • Zapytać: <cmd:ask> i treść pytania; w prywatnej rozmowie wystarczy samo pytanie, w grupie także oznaczenie bota albo odpowiedź na jego wiadomość
    • Zagłosować w ankiecie: przyciskiem, <cmd:vote> 2 albo samym numerem w prywatnej rozmowie; ankiety i wyniki: <cmd:polls>
    • Zobaczyć najbliższe spotkania i odpowiedzieć na zaproszenie: <cmd:meetings>
    • Wybrać obszary tematyczne, które chcesz obserwować: <cmd:areas>; podać swoją organizację: <cmd:organisation>
    • Zmienić język: <cmd:language>; połączyć konta z dwóch sieci: <cmd:link>
    • Sprawdzić, co bot zapisuje: <cmd:privacy>
help-moderators =
    <b>Dla osób, które moderują</b>

    • Otworzyć ankietę w grupach: <cmd:poll>; zamknąć i ogłosić wynik: <cmd:close>; szkice: <cmd:drafts>
    • Zaprosić na spotkanie: <cmd:new-meeting>; zmienić je: <cmd:change-meeting>
    • Policzyć ręce na sali: <cmd:hall>; pokazać ankietę na ekranie sali: <cmd:screen>, w prywatnej rozmowie
    • Przyjąć grupę, zmienić jej język i ustawienia: <cmd:rooms>, napisane w tej grupie
    • Wybrać krąg, czyli grupy, które słyszą to samo: <cmd:audience>
    • Potwierdzić, kto jest z której organizacji: <cmd:organisations>, w prywatnej rozmowie
help-owners =
    <b>Dla osób, które prowadzą bota</b>

    • Pytania bez odpowiedzi w dokumentach przychodzą w prywatnej rozmowie
code-owner = Kod przyjęty. Od teraz masz pełne uprawnienia do tego bota. Tutaj będą przychodzić pytania, na które dokumenty nie odpowiadają. Więcej: <cmd:help>
code-accepted = Kod przyjęty. Uprawnienia są zmienione. Co możesz zrobić: <cmd:help>
code-refused = Ten kod nie działa: jest błędny, użyty albo wygasł. Poproś o nowy osobę, która go przysłała. Pytania można zadawać bez kodu: <cmd:help>
