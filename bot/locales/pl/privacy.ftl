# Dane osobowe: co bot zapisuje, plik z danymi, usunięcie danych.
command-my-data = Twoje dane w pliku
command-erase-me = Usuń swoje dane
span-hours = { $count ->
        [one] { $count } godzinę
        [few] { $count } godziny
        [many] { $count } godzin
       *[other] { $count } godziny
    }
span-days = { $count ->
        [one] { $count } dzień
        [few] { $count } dni
        [many] { $count } dni
       *[other] { $count } dnia
    }
span-months = { $count ->
        [one] { $count } miesiąc
        [few] { $count } miesiące
        [many] { $count } miesięcy
       *[other] { $count } miesiąca
    }
privacy-kept =
    <b>Co bot zapisuje, gdzie i jak długo</b>

    Dane są w bazie na serwerze osoby lub organizacji, która prowadzi tego bota. Bot nie przekazuje ich nikomu innemu.

    • Identyfikator konta w sieci (numer albo adres, bez imienia i zdjęcia), połączone konta, język, uprawnienia, obserwowane obszary, organizacje (widzą je też osoby, które moderują), czas ostatniej aktywności, numer prywatnej rozmowy. Dzięki temu bot odpowiada właściwej osobie w jej języku. Zostają, aż je usuniesz: <cmd:erase-me>
    • Głos w jawnej ankiecie: wybór, konto, sieć i czat, czas. Kto jak głosuje, bot nie ogłasza. Przez { $votes } od końca ankiety. Potem zostają same liczby głosów. W tajnej ankiecie: tylko to, że głos jest oddany, bez wyboru i czasu.
    • Spotkania: odpowiedź, obecność, organizacja, kto oznaczył wpis i czyje jest zadanie. Przez { $presence } od spotkania. Potem zostają liczby, nazwy organizacji i protokół. Potrzeby na spotkaniu bot pokazuje tylko jako liczby i usuwa po spotkaniu.
    • Pytanie, na które dokumenty nie odpowiadają: przez { $offers }, aby można było je przekazać. Ostatnie pytanie, na które dokumenty odpowiedziały: najwyżej przez około godzinę, aby można było dopytać. Po przekazaniu: przez { $questions } od zadania. Odpowiedzi w otwartym formularzu: najwyżej przez { $offers }.
    • Zapis czynności: kto i kiedy połączył konta, dał uprawnienia, otworzył ankietę. Nigdy to, kto jak głosuje. Przez { $audit }.
    • Ogłoszenia: treść, kto je wysłał, nazwy grup, przez 12 miesięcy. Kto nacisnął „Przeczytane”: 30 dni, aby policzyć osoby, potem tylko liczba.
    • Numery wiadomości i czatów, bez treści, aby nie odpowiedzieć dwa razy i rozpoznać odpowiedź na wiadomość bota: najwyżej przez { $posts }.
    • Odpowiedzi bota: tylko do wysłania. Zaszyfrowane wiadomości, których nie da się odczytać: w postaci zaszyfrowanej, gdy czekają na klucz, najwyżej przez { $parked }.

    Innych wiadomości bot nie zapisuje: ani z grup, ani z prywatnej rozmowy.
privacy-networks =
    <b>Co widzą i przechowują sieci</b>

    • Telegram: jego firma przechowuje rozmowy na swoich serwerach i ma siedzibę poza Europejskim Obszarem Gospodarczym. Naciśnięcie przycisku widzi firma i bot, inne osoby w grupie nie.
    • Matrix: rozmowę przechowują serwery jej uczestników. W pokoju szyfrowanym mają ją w postaci zaszyfrowanej, ale widzą, kto i kiedy pisze. Reakcji Matrix zwykle nie szyfruje.
    • W grupie wszyscy jej członkowie widzą pytania, odpowiedzi, reakcje i głosy napisane w wiadomości. W prywatnej rozmowie z botem nie widzi ich nikt z grupy.

    Kopii w sieciach bot nie usunie.
privacy-rights =
    <b>Twoje prawa</b>

    • Zobaczyć i zabrać swoje dane: <cmd:my-data>
    • Usunąć swoje dane: <cmd:erase-me>
    • Poprawić język: <cmd:language>, organizację: <cmd:organisation>

    W innych sprawach napisz do osoby albo organizacji, która prowadzi tego bota. Skargę można złożyć do Prezesa Urzędu Ochrony Danych Osobowych.
my-data-room = Twoje dane bot pokazuje tylko w prywatnej rozmowie, aby nie zobaczyli ich inni. Napisz tam: <cmd:my-data>
my-data-here = W tym pliku (JSON) jest wszystko, co bot ma zapisane o tobie. Co to znaczy i jak długo zostaje: <cmd:privacy> Usunąć: <cmd:erase-me>
erase-room = Swoje dane usuwa się w prywatnej rozmowie z botem, nie w grupie. Napisz tam: <cmd:erase-me>
erase-sure =
    { $accounts ->
        [one] <b>Usunąć twoje dane?</b> Tego nie da się cofnąć.
       *[other] <b>Usunąć twoje dane ze wszystkich połączonych kont ({ $accounts })?</b> Tego nie da się cofnąć.
    }
erase-sure-other =
    { $accounts ->
        [one] <b>Usunąć dane tej osoby?</b> Tego nie da się cofnąć. Zrób to tylko na jej prośbę.
       *[other] <b>Usunąć dane tej osoby ze wszystkich jej połączonych kont ({ $accounts })?</b> Tego nie da się cofnąć. Zrób to tylko na jej prośbę.
    }
erase-goes =
    <b>Zniknie:</b>

    • konto (każde połączone), język, uprawnienia, organizacje, obserwowane obszary
    • pytania, kody, formularze, przygotowane i nieotwarte ankiety
    • numer prywatnej rozmowy i wiadomości, które czekają na wysłanie
erase-votes =
    { $count ->
        [0] Głosów w trwających jawnych ankietach nie ma.
        [one] Głos w { $count } trwającej jawnej ankiecie będzie wycofany.
       *[other] Głosy w { $count } trwających jawnych ankietach będą wycofane.
    }
erase-remains =
    <b>Zostanie, bez śladu, czyje to było:</b>

    • głosy w zakończonych ankietach, aby wyniki się zgadzały, i głosy tajne: bot nie wie, czyje są
    • otwarte ankiety i zapis czynności

    Kopii w Telegramie i Matriksie bot nie usunie.
erase-yes = Usuń dane
erase-no = Nie usuwaj
erase-stays = Nic nie zostało usunięte.
erase-done =
    Dane usunięte. Numer tej rozmowy zostaje przy tej jednej wiadomości najwyżej przez { $left }, potem znika i on.

    Kto napisze do bota z tego konta, będzie dla niego nową osobą.
erase-done-other = Dane tej osoby są usunięte. W zapisie czynności jest, że usunięto je na prośbę, bez tego, czyje to były dane.
erase-expired = To pytanie jest już nieaktualne, nic nie zostało usunięte. Zacznij jeszcze raz: <cmd:erase-me>
erase-last-owner = Danych ostatniej osoby, która prowadzi bota, nie można usunąć: nikt nie mógłby nadawać uprawnień. Najpierw ktoś inny musi dostać pełne uprawnienia. Kod robi osoba, która zajmuje się instalacją: <code>obrady invite</code>. Potem: <cmd:erase-me>
erase-in-config = To konto jest wpisane jako prowadzące w ustawieniach bota, więc wróciłoby samo. Najpierw osoba, która zajmuje się instalacją, musi je stamtąd wykreślić. Potem: <cmd:erase-me>
erase-secret-running = W tajnej ankiecie, która trwa, jest już głos tej osoby: „{ $question }”. Dopóki trwa, danych nie można usunąć, bo inaczej można by zagłosować drugi raz. Po zamknięciu ankiety: <cmd:erase-me>
erase-others-owners = Dane innych osób może usunąć tylko osoba, która prowadzi bota. Aby usunąć swoje, napisz samo <cmd:erase-me>
erase-no-account = Bot nie zna takiego konta. Podaj sieć i identyfikator, na przykład: <cmd:erase-me> telegram:123456789 albo <cmd:erase-me> matrix:@anna:example.org
erase-no-author = Nie widać, kto napisał tamtą wiadomość, albo bot nie ma danych tej osoby. W prywatnej rozmowie można podać konto: <cmd:erase-me> telegram:123456789
erase-asked-aside = Pytanie o potwierdzenie jest w prywatnej rozmowie z botem.
retention-votes =
    { $polls ->
        [one] Bot usunie wkrótce zapis, kto jak głosował w { $polls } zakończonej jawnej ankiecie.
       *[other] Bot usunie wkrótce zapis, kto jak głosował w { $polls } zakończonych jawnych ankietach.
    }

    Zacznie { $begins }. Dotyczy ankiet, które skończyły się najpóźniej { $ended }. Liczby głosów i wyniki zostają. Nie trzeba nic robić. Dlaczego: <cmd:privacy>
retention-meetings =
    { $meetings ->
        [one] Bot usunie wkrótce zapis, kto był na { $meetings } dawnym spotkaniu.
       *[other] Bot usunie wkrótce zapis, kto był na { $meetings } dawnych spotkaniach.
    }

    Zacznie { $begins }. Dotyczy spotkań, które odbyły się najpóźniej { $ended }. Liczby osób, organizacje i protokoły zostają. Nie trzeba nic robić. Dlaczego: <cmd:privacy>
