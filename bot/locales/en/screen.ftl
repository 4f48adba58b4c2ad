# The hall's screen: its address for moderators (screen-), and the page itself (board-).
command-screen = Address of the hall’s screen with the poll
screen-off = The hall’s screen is off. Whoever installed the bot can turn it on (the setting “screen”). Polls: <cmd:polls>
screen-in-direct = Whoever knows the address of the screen can see it, so the bot doesn’t tell it in a group. Write <cmd:screen> in a direct chat with the bot.
screen-how = The address of the screen: <cmd:screen> A new address, after which the old one stops working: <cmd:screen> new
screen-which = Which screen’s address do you need?
screen-which-new = Which screen is to get a new address? The old one will stop working.
screen-address = The hall’s screen, audience: { $audience }
screen-new-address = The screen’s new address. The old one no longer works.
screen-link = { $link }
screen-ways =
    • Open this address on the computer with the projector. The page shows the poll that is running and keeps itself up to date.
    • Don’t post the address in a group: whoever knows it can see the screen. A new address: <cmd:screen> new
    • Another language of the page: the links at its bottom.
screen-qr = QR code with the screen’s address. For moderators only.
board-title = The hall’s screen
board-running = Poll is open
board-over = Time is over
board-closed = Result of the poll
board-idle = No poll is running now
board-idle-next = The next poll will appear here by itself.
board-idle-moderator = A moderator opens it: <cmd:poll> Question? | Yes | No
board-turnout = { $count ->
        [0] No votes yet
        [one] { $count } person has voted
       *[other] { $count } people have voted
    }
board-left = Time left
board-open-end = Open until somebody closes it.
board-late = Votes that are on their way still count.
board-ended = Closed: { $when }
board-minute = One minute left.
board-votes = { $count ->
        [one] { $count } vote
       *[other] { $count } votes
    }
board-percent = { $percent }%
board-hall-option = hall: { $count }
board-hall = Hall: { $count ->
        [one] { $count } hand counted on the spot, apart from the votes.
       *[other] { $count } hands counted on the spot, apart from the votes.
    }
board-hidden = The result comes when the poll is closed.
board-more = { $count ->
        [one] { $count } more poll is running. The list is in the chat with the bot.
       *[other] { $count } more polls are running. The list is in the chat with the bot.
    }
board-join = How to vote
board-join-idle = Where the bot is
board-by-button = Press an answer under the poll, or write only its number to the bot, for example 2.
board-by-words = Write <cmd:vote> 2 in the room, or write only the number to the bot, for example 2.
board-secret = The poll is secret: the bot doesn’t store who votes how. The result comes when it is closed. A vote can’t be changed.
board-secret-by-button = Press an answer under the poll, or write only its number to the bot in a private chat.
board-secret-by-words = Write only the number to the bot in a private chat. Votes in the room don’t count.
board-secret-several = Write the numbers of your answers to the bot in a private chat, for example 1 3.
board-nowhere = Vote in the group where this poll is: by the number of an answer.
board-qr = QR code with the address { $address }
board-connecting = Connecting… Numbers may be out of date.
board-languages = Language of the page
board-gone = This address doesn’t work
board-gone-next = It is wrong, or it was changed. A moderator can give you the new one: <cmd:screen> in a direct chat with the bot.
board-away = The screen doesn’t work for a moment
board-away-next = The bot can’t read its data now. Reload the page in a moment.
