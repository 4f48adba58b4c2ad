# Czego ktoś potrzebuje na spotkaniu.
command-access-needs = Czego potrzebują osoby na spotkaniu
needs-ask = Czy czegoś potrzebujesz na spotkaniu „{ $title }”? Można wybrać kilka rzeczy. Osoby, które organizują, widzą tylko liczby, bez nazwisk. Odpowiadać nie trzeba.
need-sign = PJM (język migowy)
need-loop = Pętla indukcyjna
need-captions = Napisy
need-step-free = Dojście bez schodów
need-assistant = Asystent
need-other = Coś innego
need-none = Nie podaję
needs-saved = Zapisano: { $words }. Można wybrać więcej.
needs-none = Zapisano: nie podaję.
needs-line = { $words }: { $count }
needs-nobody = Nikt jeszcze niczego nie zgłosił.
needs-sent = Liczby są w prywatnej rozmowie.
