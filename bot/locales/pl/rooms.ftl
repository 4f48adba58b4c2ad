# Pokoje (grupy, w których jest bot) i kręgi.
command-rooms = Wszystkie grupy i ich stan; w grupie: jej ustawienia
command-audience = Krąg, czyli pokoje, które słyszą to samo
room-offer = <b>Dla osób, które moderują:</b> aby ankiety z innych grup były także tutaj, naciśnij „Przyjmij ten pokój”. Resztę można zostawić bez zmian:
room-claim = Przyjmij ten pokój
room-claim-done = ✓ Pokój przyjęty
room-chosen = ✓ { $choice }
room-claimed = <b>Ten pokój jest przyjęty.</b> Ankiety z jego kręgu będą także tutaj.
room-archived = <b>Ta grupa jest w archiwum.</b> Ankiety z kręgu i ogłoszenia tu nie przychodzą. Aby ją przywrócić, naciśnij „Przyjmij ten pokój”.
room-claimed-toast = Pokój jest przyjęty.
room-claimed-before = Ten pokój jest już przyjęty.
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
room-moderators = Ustawienia pokoju zmieniają osoby, które go moderują. Co możesz zrobić: <cmd:help>
audience-name = „{ $name }”
audience-default = domyślny
audience-head = <b>Krąg: { $audience }.</b> Pokoje, które słyszą to samo:
audience-empty = <b>Krąg: { $audience }.</b> Nie ma w nim jeszcze żadnego pokoju.
audience-network = { $network }: { $rooms ->
        [one] { $rooms } pokój
        [few] { $rooms } pokoje
        [many] { $rooms } pokojów
       *[other] { $rooms } pokoju
    }
audience-moved = Zapisano. Ten pokój jest teraz w tym kręgu:
audience-how =
    Zmiana kręgu: <cmd:audience> i nazwa, napisane w pokoju. Nowa nazwa tworzy nowy krąg.
    Powrót: <cmd:audience> domyślny
audience-in-room = Krąg zmienia się w pokoju, którego dotyczy. Napisz tam: <cmd:audience> i nazwa. Lista kręgów: <cmd:rooms>
audience-name-bad = Nazwa kręgu może mieć najwyżej { $limit ->
        [one] { $limit } znak
        [few] { $limit } znaki
        [many] { $limit } znaków
       *[other] { $limit } znaku
    } i musi mieć literę albo cyfrę. Napisz inną: <cmd:audience> Kultura
