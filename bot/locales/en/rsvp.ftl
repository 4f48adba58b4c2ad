# Answers to meetings, and reminders.
command-going = I am coming to the meeting
command-maybe = I may come to the meeting
command-not-going = I am not coming to the meeting
rsvp-yes = Going
rsvp-maybe = Maybe
rsvp-no = Not going
rsvp-ways = Answer with a button, a reaction with the number, or a word in answer to this message: going, maybe, not going. The bot shows numbers only.
rsvp-saved = Saved: { $answer }. { $when }. You can change it at any time.
rsvp-waiting = The seats are taken. Waiting list, place { $number }. The bot writes when a seat is free.
rsvp-moved-up = <b>A seat is free:</b> { $title }, { $when }. It is yours. If you can’t come, answer “not going”.
rsvp-over = This meeting is over. Coming ones: <cmd:meetings>
rsvp-cancelled = This meeting is cancelled. Coming ones: <cmd:meetings>
rsvp-nobody = The network does not tell the bot who is writing. Answer under your own account.
rsvp-how = Write the word alone: going, maybe or not going. Meetings: <cmd:meetings>
rsvp-which-here = There are several meetings. Write it in answer to the card of one of them.
rsvp-which = Which meeting is the answer “{ $answer }” about?
reminder-room = <b>In { $before }:</b> { $title }
reminder-direct = <b>Reminder:</b> { $title }. Is it still so? You can change your answer.
reminder-late = This reminder comes late, because the bot was away.
reminder-unreached = { $count ->
        [one] { $count } person could not be written to with the reminder: { $title }, { $when }.
       *[other] { $count } people could not be written to with the reminder: { $title }, { $when }.
    }
reminder-expired = The reminder ({ $before } before) was not sent in time: { $title }, { $when }. The bot was away then.
reminder-open = Reminders for yourself: open a <bot>chat with the bot</bot> and write there going, maybe or not going.
reminder-nudge = <b>A meeting is near:</b> { $title }, { $when }. Are you coming? You are asked only once.
