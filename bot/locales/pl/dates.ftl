# Szukanie terminu spotkania.
command-find-date = Zapytaj o termin spotkania
date-how =
    Termin w jednej linijce, nazwa i od 2 do 12 terminów:

    <code><cmd:find-date> Spotkanie robocze | 2.12.2026 17:00 | 3.12.2026 17:00 | 5.12.2026 10:00-12:00</code>

    Bot pyta grupy ankietą. Po jej zamknięciu jedno naciśnięcie robi z najlepszego terminu spotkanie.
date-title = <b>Termin:</b> { $title }
date-where = { $rooms ->
        [one] Bot zapyta o to { $rooms } grupę. Czy wszystko się zgadza?
        [few] Bot zapyta o to { $rooms } grupy. Czy wszystko się zgadza?
       *[other] Bot zapyta o to { $rooms } grup. Czy wszystko się zgadza?
    }
date-ask = Tak, zapytaj
date-twice = Ten termin jest tu dwa razy: { $words }. Zostaw go raz i wyślij jeszcze raz.
date-count = Podaj od { $fewest } do { $most } terminów, każdy po znaku |. Jak: <cmd:find-date>
date-running = Pytanie o termin jeszcze trwa. Zamknąć: <cmd:close>
date-line = { $when }: { $count }
date-choose = Najwięcej osób wybrało termin na przycisku. Jedno naciśnięcie ogłasza spotkanie. Kto wybrał ten termin, dostaje prośbę o potwierdzenie.
date-make = Ogłoś: { $when }
date-made = Spotkanie jest już ogłoszone. Najbliższe: <cmd:meetings>
date-confirm = <b>Termin wybrany:</b> { $title }, { $when }. Ten termin Ci pasuje. Czy będziesz?
