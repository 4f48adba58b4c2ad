# Looking for a date of a meeting.
command-find-date = Ask for the date of a meeting
date-how =
    The date in one line, a title and 2 to 12 dates:

    <code><cmd:find-date> Working meeting | 2.12.2026 17:00 | 3.12.2026 17:00 | 5.12.2026 10:00-12:00</code>

    The bot asks the rooms by a poll. When it is closed, one tap makes a meeting of the best date.
date-title = <b>Date:</b> { $title }
date-where = { $rooms ->
        [one] The bot will ask { $rooms } room. Is everything right?
       *[other] The bot will ask { $rooms } rooms. Is everything right?
    }
date-ask = Yes, ask
date-twice = This date is here twice: { $words }. Leave it once and send it again.
date-count = Give { $fewest } to { $most } dates, each behind a |. How: <cmd:find-date>
date-running = The question about the date is still open. To close it: <cmd:close>
date-line = { $when }: { $count }
date-choose = Most people chose the date on the button. One tap tells the rooms of the meeting. Whoever chose that date is asked to confirm.
date-make = Tell the rooms: { $when }
date-made = The rooms were told of this meeting. Coming ones: <cmd:meetings>
date-confirm = <b>The date is chosen:</b> { $title }, { $when }. This date suits you. Are you coming?
