# Co nowego.
command-whats-new = Co nowego od ostatniego razu
news-head = <b>Nowe od { $when }:</b>
news-answer = Jest odpowiedź człowieka na pytanie: { $question }
news-meeting = Najbliższe spotkanie: { $title }, { $when }
news-announcement = Ogłoszenie nr { $number }: { $words }
news-poll = Koniec ankiety: { $question }
news-ways = Więcej: <cmd:results>, <cmd:meetings>, <cmd:questions>
news-none = Nic nowego od ostatniego razu. Dobrego dnia! Co można zrobić: <cmd:help>
