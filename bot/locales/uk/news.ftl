# Що нового.
command-whats-new = Що нового з минулого разу
news-head = <b>Нове з { $when }:</b>
news-answer = Є відповідь людини на запитання: { $question }
news-meeting = Найближча зустріч: { $title }, { $when }
news-announcement = Оголошення № { $number }: { $words }
news-poll = Опитування завершено: { $question }
news-ways = Більше: <cmd:results>, <cmd:meetings>, <cmd:questions>
news-none = Нічого нового з минулого разу. Гарного дня! Що можна зробити: <cmd:help>
