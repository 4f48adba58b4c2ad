# Język. Nazwy języków i potwierdzenia są w każdym pliku takie same: każde w swoim języku.
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
