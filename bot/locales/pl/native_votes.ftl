# Ankiety samej sieci (Matrix), obok kart: potwierdzenia i odmowy. Mieszczą się w 200 znakach.
native-question-many = { $question } (liczba odpowiedzi: od { $least } do { $most })
native-none = W ankiecie aplikacji nie ma teraz wyboru, więc ten głos się nie liczy. Można głosować od nowa, na przykład: <cmd:vote> 1
native-other = Ten wybór w ankiecie aplikacji się nie liczy. Liczy się głos: { $choice }. { $until }
native-closing = Ankieta jest już zamknięta. Ten głos policzy się tylko wtedy, gdy zamknięcie zostanie cofnięte. Wynik: <cmd:results>
native-over = Ankieta aplikacji w tej grupie jest zakończona, więc ten głos się nie liczy. Zagłosuj inaczej, na przykład: <cmd:vote> 1
native-ended = Ktoś zakończył ankietę aplikacji w tej grupie, ale głosowanie trwa dalej: <b>{ $question }</b>
native-ended-ways = Jak zagłosować: numerem w odpowiedzi na kartę ankiety, przez <cmd:vote> 2 albo w prywatnej rozmowie z botem. Zamknąć ankietę wszędzie: <cmd:close>
