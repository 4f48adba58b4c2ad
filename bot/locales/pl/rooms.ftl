# Grupy (pokoje), w których jest bot, i kręgi.
command-rooms = Wszystkie grupy i ich stan; w grupie: jej ustawienia
command-audience = Krąg, czyli grupy, które słyszą to samo
room-offer = <b>Dla osób, które moderują:</b> aby ankiety z innych grup były także tutaj, naciśnij „Przyjmij tę grupę”. Resztę można zostawić bez zmian:
room-claim = Przyjmij tę grupę
room-claim-done = ✓ Grupa przyjęta
room-chosen = ✓ { $choice }
room-claimed = <b>Ta grupa jest przyjęta.</b> Ankiety z jej kręgu będą także tutaj.
room-claimed-toast = Grupa jest przyjęta.
room-claimed-before = Ta grupa jest już przyjęta.
room-language = Język: { $language }
room-polls = Ankiety otwierają: { $who }
room-polls-moderators = osoby, które moderują
room-polls-everybody = wszyscy
room-polls-set-moderators = Zapisano: ankiety otwierają tu tylko osoby, które moderują.
room-polls-set-everybody = Zapisano: ankiety mogą tu otwierać wszyscy.
room-let-everybody = Ankiety: wszyscy
room-let-moderators = Ankiety: moderacja
room-about = Obszary: { $areas }
room-about-all = wszystkie
room-and-more = { $first }; { $rest }
room-areas = Wybierz obszary
room-audience = Krąg: { $audience }
room-who = Zmieniają to osoby, które moderują: przyciskami albo komendą <cmd:audience> i nazwą kręgu.
room-moderators = Ustawienia grupy zmieniają osoby, które ją moderują. Co możesz zrobić: <cmd:help>
audience-name = „{ $name }”
audience-default = domyślny
audience-head = <b>Krąg: { $audience }.</b> Grupy, które słyszą to samo:
audience-empty = <b>Krąg: { $audience }.</b> Nie ma w nim jeszcze żadnej grupy.
audience-network = { $network }: { $rooms ->
        [one] { $rooms } grupa
        [few] { $rooms } grupy
        [many] { $rooms } grup
       *[other] { $rooms } grupy
    }
audience-moved = Zapisano. Ta grupa jest teraz w tym kręgu:
audience-how =
    Zmiana kręgu: <cmd:audience> i nazwa, napisane w grupie. Nowa nazwa tworzy nowy krąg.
    Powrót: <cmd:audience> domyślny
audience-in-room = Krąg zmienia się w grupie, której dotyczy. Napisz tam: <cmd:audience> i nazwa. Lista kręgów: <cmd:rooms>
audience-name-bad = Nazwa kręgu może mieć najwyżej { $limit ->
        [one] { $limit } znak
        [few] { $limit } znaki
        [many] { $limit } znaków
       *[other] { $limit } znaku
    } i musi mieć literę albo cyfrę. Napisz inną: <cmd:audience> Kultura
