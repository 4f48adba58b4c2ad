# Język, prywatność. Nazwy języków i potwierdzenia są w każdym pliku takie same: każde w swoim języku.
language-name-pl = Polski
language-name-en = English
language-name-uk = Українська
language-set-pl = Zapisano: język polski.
language-set-en = Saved: English.
language-set-uk = Збережено: українська мова.
language-choose = W jakim języku ma odpowiadać bot?
language-choose-room = W jakim języku ma odpowiadać bot w tej grupie? Wybierają osoby, które ją moderują.
language-unknown = Bot zna trzy języki. Wybierz jeden z nich:
language-unknown-room = Bot zna trzy języki. Wybierz jeden z nich dla tej grupy:
language-moderators = Język grupy ustawiają osoby, które ją moderują. Język dla siebie można ustawić w prywatnej rozmowie z botem: <cmd:language>
privacy-kept =
    <b>Co bot zapisuje</b>

    • Identyfikator konta w sieci (numer albo adres, bez imienia i zdjęcia z profilu), język, uprawnienia, obserwowane obszary, organizacje, czas ostatniej aktywności i numery czatów. Dzięki temu bot odpowiada właściwej osobie w jej języku. Zostają do usunięcia na prośbę.
    • Pytanie, na które dokumenty nie odpowiadają: 24 godziny, aby można było je przekazać. Po przekazaniu: 30 dni od zadania.
    • Zapis czynności: kto i kiedy połączył konta, dał uprawnienia, otworzył ankietę. Nigdy to, kto jak głosuje.
    • Głos w jawnej ankiecie: wybór, konto, sieć i czat, czas. Kto jak głosuje, bot nie ogłasza. Zostaje do usunięcia na prośbę.
    • Ogłoszenia: treść, kto je wysłał, nazwy grup. Kto nacisnął „Przeczytane”: 30 dni, aby policzyć osoby, potem tylko liczba.
    • Numery wiadomości, bez treści, aby nie odpowiedzieć dwa razy i rozpoznać odpowiedź na wiadomość bota: do 30 dni.
    • Odpowiedzi bota: tylko do wysłania. Zaszyfrowane wiadomości, których nie da się odczytać: w postaci zaszyfrowanej, gdy czekają na klucz, najdłużej dwa dni.

    Innych wiadomości bot nie zapisuje: ani z grup, ani z prywatnej rozmowy.
privacy-networks =
    <b>Co widzą i przechowują sieci</b>

    • Telegram: jego firma przechowuje rozmowy na swoich serwerach i ma siedzibę poza Europejskim Obszarem Gospodarczym.
    • Matrix: rozmowę przechowują serwery jej uczestników. W pokoju szyfrowanym mają ją w postaci zaszyfrowanej.
    • W grupie pytania i odpowiedzi widzą wszyscy jej członkowie.

    Kopii w sieciach bot nie usunie.
privacy-rights =
    <b>Twoje prawa</b>

    Aby zobaczyć, poprawić lub usunąć swoje dane, napisz do osoby albo organizacji, która prowadzi tego bota. Skargę można złożyć do Prezesa Urzędu Ochrony Danych Osobowych.
