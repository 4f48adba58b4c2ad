# What is new.
command-whats-new = What is new since last time
news-head = <b>New since { $when }:</b>
news-answer = A person answered the question: { $question }
news-meeting = Next meeting: { $title }, { $when }
news-announcement = Announcement no. { $number }: { $words }
news-poll = A poll ended: { $question }
news-ways = More: <cmd:results>, <cmd:meetings>, <cmd:questions>
news-none = Nothing new since last time. Have a good day! What you can do: <cmd:help>
