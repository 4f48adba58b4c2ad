# The hall: hands counted on the spot, apart from the votes.
command-hall = Say how many hands are up in the hall
hall-hands = <b>Hall</b> (hands counted on the spot, apart, not added to the votes): { $counts }. { $total } in all.
hall-how =
    Hands counted in the hall, one number for each answer, in the same order:

    <code><cmd:hall> 12 5 3</code>

    • They are shown apart, with the poll and in the result. The bot doesn't add them to the votes.
    • New numbers replace the ones before. Zeros alone take the count away.
    • When several polls are running, reply to the message with the poll with this command.
hall-unreadable = These are not only numbers. Write one number for each answer, for example <cmd:hall> 12 5 3
hall-out-of-range = Each number can be from 0 to { $most }. Check the numbers and write them again: <cmd:hall>
hall-how-many = { $options ->
        [one] This poll has { $options } answer
       *[other] This poll has { $options } answers
    }, and { $given ->
        [one] { $given } number was given
       *[other] { $given } numbers were given
    }: { $question } Write one number for each answer, 0 too. How: <cmd:hall>
hall-fits-none = None of the polls that are running has so many answers. Write one number for each answer, 0 too. Polls that are running: <cmd:polls>
hall-which = Several polls are running. Which one are these hands from the hall for ({ $counts })?
hall-saved = Hall saved with the poll: { $question } { $counts }. { $total } in all. A mistake? Write the numbers again, they replace these.
hall-saved-toast = Hall saved.
hall-cleared = No hands from the hall with the poll: { $question } Count again: <cmd:hall>
hall-too-late = This poll is over, so its result doesn't change. Polls that are running: <cmd:polls>
