# Pewność odpowiedzi: fragmenty najbliższe, ciąg dalszy, kilka dokumentów.
answer-several = Cytaty są z { $count ->
        [one] { $count } dokumentu
       *[other] { $count } dokumentów
    }. Gdy mówią co innego, sprawdź daty: nowszy dokument zwykle zastępuje starszy.
answer-near = { $count ->
        [one] Bot nie jest pewien, ale to jest najbliższy fragment:
       *[other] Bot nie jest pewien, ale to są najbliższe fragmenty:
    }
answer-chosen = Ten fragment został wskazany jako odpowiedź:
answer-chosen-gone = Wskazanego fragmentu nie ma już w dokumentach. Można zapytać jeszcze raz: <cmd:ask>
answer-follow-up = Bot rozumie to jako ciąg dalszy: „{ $question }”. Jeśli chodzi o co innego, zapytaj całym zdaniem.
question-yes = To jest odpowiedź
question-more = Pokaż więcej
question-yes-toast = Dziękujemy. Fragment zostaje jako odpowiedź.
question-more-toast = Kolejny fragment.
