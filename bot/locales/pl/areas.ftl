# Obszary tematyczne.
command-areas = Obszary tematyczne: wybierz, które obserwujesz
command-area = Obszary: dodaj, zmień nazwę, wycofaj
areas-head = <b>Obszary tematyczne</b>
areas-follow =
    <b>Obszary tematyczne</b>

    Wybierz te, które chcesz obserwować. Tego wyboru nie widzi nikt inny. O obszary można też zapytać, na przykład: { $example }
areas-how = Aby obserwować obszar, napisz w prywatnej rozmowie z botem: <cmd:areas>. O obszary można też zapytać, na przykład: { $example }
areas-room =
    <b>Obszary tej grupy</b>

    Grupa bez wybranych obszarów jest dla wszystkich. Wybierają osoby, które moderują.
area-name = { $name }
area-here = { $name } (ta grupa)
area-on = ✓ { $name }
area-numbered = { $number }. { $name }
area-followed = Obserwujesz obszar: { $name }
area-unfollowed = Już nie obserwujesz obszaru: { $name }
area-room-on = Ta grupa ma teraz obszar: { $name }
area-room-off = Ta grupa nie ma już obszaru: { $name }
area-how =
    • Dodać: <code><cmd:area> dodaj nazwa | name | назва</code>
    • Zmienić nazwę: <code><cmd:area> zmień 2 | nazwa | name | назва</code>
    • Wycofać: <code><cmd:area> wycofaj 2</code>
    • Przywrócić: <code><cmd:area> przywróć nazwa</code>
area-added = Dodano obszar: { $name }. Wszystkie: <cmd:area>
area-renamed = Zmieniono nazwę obszaru: { $name }. Wszystkie: <cmd:area>
area-retired = Wycofano obszar: { $name }. Aby go przywrócić: <cmd:area> przywróć { $name }
area-restored = Obszar jest na liście: { $name }. Wszystkie: <cmd:area>
area-too-many = { $limit ->
        [one] Może być najwyżej { $limit } obszar.
        [few] Mogą być najwyżej { $limit } obszary.
        [many] Może być najwyżej { $limit } obszarów.
       *[other] Może być najwyżej { $limit } obszaru.
    } Najpierw wycofaj inny. Jak to zrobić: <cmd:area>
area-unknown = Nie ma takiego obszaru. Lista z numerami: <cmd:area>
area-names-needed = Podaj trzy nazwy, z kreską | między nimi: po polsku, po angielsku, po ukraińsku. Jedna nazwa będzie taka sama w każdym języku. Przykłady: <cmd:area>
area-name-long = Nazwa obszaru może mieć najwyżej { $limit ->
        [one] { $limit } znak
        [few] { $limit } znaki
        [many] { $limit } znaków
       *[other] { $limit } znaku
    }. Podaj krótszą. Przykłady: <cmd:area>
area-exists = Taki obszar już jest: { $name }. Wszystkie: <cmd:area>
area-exists-retired = Taki obszar jest, ale wycofany: { $name }. Aby go przywrócić: <cmd:area> przywróć { $name }
