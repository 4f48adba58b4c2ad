# Grzeczności.
smalltalk-hello = Dzień dobry! Wystarczy napisać pytanie, na przykład: { $example }
smalltalk-thanks = Proszę bardzo!
smalltalk-bye = Do zobaczenia!
smalltalk-who = Tu Obrady: program, nie człowiek. Odpowiada na pytania cytatami z dokumentów. Co można zrobić: <cmd:help>
smalltalk-choice = Aby coś wybrać, użyj przycisku albo numeru z wiadomości. Aby zapytać, napisz całe pytanie.
