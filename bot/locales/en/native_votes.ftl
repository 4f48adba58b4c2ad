# Polls of the network's own (Matrix), beside the cards: confirmations and refusals. They fit into 200 characters.
native-question-many = { $question } (number of answers: { $least } to { $most })
native-none = There is no choice in the app's poll now, so that vote does not count. You can vote again, for example: <cmd:vote> 1
native-other = That choice in the app's poll does not count. This vote counts: { $choice }. { $until }
native-closing = The poll is closed already. This vote will count only if the closing is taken back. Result: <cmd:results>
native-over = The app's poll in this group has ended, so that vote does not count. Vote in another way, for example: <cmd:vote> 1
native-ended = Somebody ended the app's poll in this group, but voting goes on: <b>{ $question }</b>
native-ended-ways = How to vote: by the number in a reply to the poll's card, with <cmd:vote> 2, or in a direct chat with the bot. To close the poll everywhere: <cmd:close>
