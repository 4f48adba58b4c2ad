# Voting: confirmations and refusals. Confirmations fit into a notice of 200 characters.
command-vote = Vote with the number of an option
vote-saved = Saved: { $choice }. { $until }
vote-changed = Vote changed: { $choice }. { $until }
vote-same = This vote is saved already: { $choice }. { $until }
vote-replaced = Saved: { $choice }. It replaces the vote on { $network }. { $until }
votes-saved = Votes were saved of this many people: { $count }. A receipt that names the choice comes in a direct chat with the bot.
vote-short = Chosen: { $choice }. Still missing: { $count }. The vote counts when enough options are chosen.
vote-cleared = The choice is cleared. The vote can be cast anew.
vote-until = Can be changed until { $when }.
vote-until-closed = Can be changed until the poll is closed.
vote-just-in-time = The vote came just after the time, but it counts.
vote-late = Poll closed: { $when }. This vote was not counted. Result: <cmd:results>
vote-withdrawn = This poll is withdrawn, so the vote does not count. Other polls: <cmd:polls>
vote-elsewhere = This poll is not in this group, so a vote from here does not count. Polls: <cmd:polls>
vote-nobody = The network does not tell who votes. Vote under your own account, or write the number in a direct chat with the bot. Help: <cmd:help>
vote-full = At most { $most } can be chosen. Chosen: { $numbers }. To change: “Start again”, or <cmd:vote> and the numbers.
vote-no-option = There is no option { $number }. The numbers go from 1 to { $last }. For example: <cmd:vote> 1
vote-unreadable = Write the number of an option, from 1 to { $last }. For example: <cmd:vote> 1
vote-one-only = In this poll one option is chosen. Write one number, for example: <cmd:vote> 1
vote-too-many = At most { $most } can be chosen at once. Write fewer numbers, for example: <cmd:vote> 1
vote-too-few = At least { $least } must be chosen. Write more numbers, for example: <cmd:vote> 1 2
vote-how = A vote is the number of an option, for example: <cmd:vote> 2. Running polls: <cmd:polls>
vote-which = Several polls are running. Which one is the vote { $number } for?
vote-which-numbers = Several polls are running. Reply with the numbers to the message with the poll that is meant. List: <cmd:polls>
vote-secret-saved = Vote accepted. It is secret and cannot be changed.
vote-secret-for = Vote of “{ $organisation }” accepted. It is secret and cannot be changed.
vote-secret-again = A vote in this poll was cast already. A secret vote cannot be changed. Result after the close: <cmd:results>
vote-secret-again-for = The vote of “{ $organisation }” was cast already. A secret vote cannot be changed. Result after the close: <cmd:results>
vote-secret-seen =
    { $buttons ->
        [yes] This poll is secret and others see this vote, so it does not count. Vote by button, or by number in a <bot>direct chat with the bot</bot>. Polls: <cmd:polls>
       *[no] This poll is secret and others see this vote, so it does not count. Write the number in a <bot>direct chat with the bot</bot>. Polls: <cmd:polls>
    }
vote-secret-several = Write the numbers of all chosen options at once in a <bot>direct chat with the bot</bot>, from { $least } to { $most }, for example: <cmd:vote> 1 3
vote-which-first = Several polls are running. Choose the poll, then the option.
vote-members-only = This poll is for members. Those vote whose membership was confirmed. Say which organisation you are from: <cmd:organisation>
vote-delegates-only = Here organisations vote. The vote is cast by the delegate of an organisation or a deputy. Tell them your opinion. Your organisations: <cmd:organisation>
vote-not-yours = The vote of this organisation is cast by whoever is its delegate now. Your organisations: <cmd:organisation>
vote-for = { $organisation }
vote-for-which = Which organisation is this vote for? Poll: { $question }
vote-for-which-toast = Choose the organisation: the question is in a message from the bot.
vote-for-too = In this poll organisations vote too. To cast the vote of an organisation choose it. Poll: { $question }
vote-take-over = The vote of “{ $organisation }” was cast already. Change the organisation’s vote?
vote-take-over-yes = Change
vote-taken-over = The vote of “{ $organisation }” was changed by another of its delegates. Poll: { $question }. List of polls: <cmd:polls>
vote-saved-for = Saved for “{ $organisation }”: { $choice }. { $until }
vote-changed-for = Vote of “{ $organisation }” changed: { $choice }. { $until }
vote-same-for = This vote of “{ $organisation }” is saved already: { $choice }. { $until }
