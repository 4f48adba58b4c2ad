# Sala: ręce policzone na miejscu, osobno od głosów.
command-hall = Wpisz, ile rąk jest w górze na sali
hall-hands = <b>Sala</b> (ręce policzone na miejscu, osobno, nie są dodane do głosów): { $counts }. Razem { $total }.
hall-how =
    Ręce policzone na sali, po jednej liczbie na odpowiedź, w tej samej kolejności:

    <code><cmd:hall> 12 5 3</code>

    • Są pokazane osobno, przy ankiecie i w wyniku. Bot nie dodaje ich do głosów.
    • Nowe liczby zastępują poprzednie. Same zera usuwają liczenie.
    • Gdy trwa kilka ankiet, odpowiedz tą komendą na wiadomość z ankietą.
hall-unreadable = To nie są same liczby. Napisz po jednej liczbie na odpowiedź, na przykład <cmd:hall> 12 5 3
hall-out-of-range = Każda liczba może być od 0 do { $most }. Sprawdź liczby i napisz je jeszcze raz: <cmd:hall>
hall-how-many = { $options ->
        [one] Ta ankieta ma { $options } odpowiedź
        [few] Ta ankieta ma { $options } odpowiedzi
       *[other] Ta ankieta ma { $options } odpowiedzi
    }, a podanych liczb jest { $given }: { $question } Napisz po jednej liczbie na odpowiedź, też 0. Jak: <cmd:hall>
hall-fits-none = Żadna z trwających ankiet nie ma tylu odpowiedzi. Napisz po jednej liczbie na odpowiedź, też 0. Trwające ankiety: <cmd:polls>
hall-which = Trwa kilka ankiet. Przy której zapisać ręce z sali ({ $counts })?
hall-saved = Sala zapisana przy ankiecie: { $question } { $counts }. Razem { $total }. Pomyłka? Napisz liczby jeszcze raz, zastąpią te.
hall-saved-toast = Sala zapisana.
hall-cleared = Bez rąk z sali przy ankiecie: { $question } Policzyć jeszcze raz: <cmd:hall>
hall-too-late = Ta ankieta jest zakończona, więc wynik się nie zmienia. Trwające ankiety: <cmd:polls>
