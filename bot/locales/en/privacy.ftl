# Personal data: what the bot keeps, the file with it, its erasure.
command-my-data = Your data as a file
command-erase-me = Erase your data
span-hours = { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
span-days = { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
span-months = { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
privacy-kept =
    <b>What the bot keeps, where and how long</b>

    The data is in a database on the server of the person or organisation that runs this bot. The bot passes it on to nobody else.

    • The identifier of your account on the network (a number or an address; no name, no picture), linked accounts, language, rights, the areas you follow, organisations (moderators see them too), the time you were last active, the number of the direct chat. With these the bot answers the right person in their language. They stay until you erase them: <cmd:erase-me>
    • A vote in an open poll: the choice, the account, network and chat, the time. The bot does not announce who votes how. For { $votes } from the end of the poll. After that only the counts stay. In a secret poll: only that you voted, without the choice and the time.
    • Meetings: your answer, presence, organisation, who marked a line and whose task it is. For { $presence } from the meeting. Then counts, names of organisations and the minutes stay. Needs at a meeting are shown as numbers only and erased after it.
    • A question that the documents don’t answer: for { $offers }, so that it can be passed on. The last question that the documents answered: for about an hour at most, so that one can ask on. Once passed on: for { $questions } from asking. Answers in an open form: for { $offers } at most.
    • A log of acts: who linked accounts, gave rights, opened a poll, and when. Never how anybody votes. For { $audit }.
    • Announcements: their words, who sent them, names of groups, for 12 months. Who pressed “Read”: 30 days, to count people; then only the number.
    • Numbers of messages and chats, without text, so as not to answer twice and to recognise a reply to the bot: for { $posts } at most.
    • The bot’s answers: only until they are sent. Encrypted messages that can’t be read: still encrypted, while they wait for the key, for { $parked } at most.

    The bot stores no other messages, neither from groups nor from direct chats.
privacy-networks =
    <b>What the networks see and keep</b>

    • Telegram: its company keeps conversations on its servers and has its seat outside the European Economic Area. The press of a button is seen by the company and the bot, not by others in the group.
    • Matrix: a conversation is kept by the servers of those who take part. In an encrypted room they hold it encrypted, but see who writes and when. Matrix usually does not encrypt reactions.
    • In a group all members see questions, answers, reactions, and votes written as a message. In the direct chat with the bot nobody of the group sees them.

    The bot can’t erase the networks’ copies.
privacy-rights =
    <b>Your rights</b>

    • See your data and take it with you: <cmd:my-data>
    • Erase your data: <cmd:erase-me>
    • Correct the language: <cmd:language>, the organisation: <cmd:organisation>

    For anything else write to the person or organisation that runs this bot. You can lodge a complaint with the data protection authority (in Poland: Prezes Urzędu Ochrony Danych Osobowych).
my-data-room = The bot shows your data only in the direct chat, so that others don’t see it. Write there: <cmd:my-data>
my-data-here = This file (JSON) holds everything that the bot keeps about you. What it means and how long it stays: <cmd:privacy> To erase it: <cmd:erase-me>
erase-room = You erase your data in the direct chat with the bot, not in a group. Write there: <cmd:erase-me>
erase-sure =
    { $accounts ->
        [one] <b>Erase your data?</b> This can’t be undone.
       *[other] <b>Erase your data of all linked accounts ({ $accounts })?</b> This can’t be undone.
    }
erase-sure-other =
    { $accounts ->
        [one] <b>Erase this person’s data?</b> This can’t be undone. Do it only if they ask for it.
       *[other] <b>Erase this person’s data of all their linked accounts ({ $accounts })?</b> This can’t be undone. Do it only if they ask for it.
    }
erase-goes =
    <b>What goes:</b>

    • the account (each linked one), language, rights, organisations, areas followed
    • questions, codes, forms, polls that were prepared and not opened
    • the number of the direct chat, and messages that wait to be sent
erase-votes =
    { $count ->
        [0] There are no votes in open polls that are running.
        [one] The vote in { $count } open poll that is running will be withdrawn.
       *[other] The votes in { $count } open polls that are running will be withdrawn.
    }
erase-remains =
    <b>What stays, with no trace of whose it was:</b>

    • votes in polls that have ended, so that the results hold, and secret votes: the bot does not know whose they are
    • polls that were opened, and the log of acts

    The bot can’t erase the copies on Telegram and Matrix.
erase-yes = Erase the data
erase-no = Don’t erase
erase-stays = Nothing was erased.
erase-done =
    The data is erased. The number of this chat stays with this one message for { $left } at most, then it goes too.

    Whoever writes to the bot from this account is a new person to it.
erase-done-other = This person’s data is erased. The log of acts says that data was erased on request, and not whose.
erase-expired = This question is out of date; nothing was erased. Start again: <cmd:erase-me>
erase-last-owner = The data of the last person who runs the bot can’t be erased: nobody could give rights any more. First somebody else needs full rights. The code is made by whoever looks after the installation: <code>obrady invite</code>. Then: <cmd:erase-me>
erase-in-config = This account is named as an owner in the bot’s settings, so it would come back by itself. First whoever looks after the installation has to take it out there. Then: <cmd:erase-me>
erase-secret-running = A vote of this person is in a secret poll that is still running: “{ $question }”. Until it ends the data cannot be erased, or there could be a second vote. After the poll is closed: <cmd:erase-me>
erase-others-owners = Only the person who runs the bot can erase the data of others. To erase your own, write <cmd:erase-me> alone
erase-no-account = The bot knows no such account. Name the network and the identifier, for example: <cmd:erase-me> telegram:123456789 or <cmd:erase-me> matrix:@anna:example.org
erase-no-author = It can’t be seen who wrote that message, or the bot has no data of that person. In the direct chat you can name the account: <cmd:erase-me> telegram:123456789
erase-asked-aside = The question for a confirmation is in the direct chat with the bot.
retention-votes =
    { $polls ->
        [one] The bot will soon erase the record of who voted what in { $polls } open poll that has ended.
       *[other] The bot will soon erase the record of who voted what in { $polls } open polls that have ended.
    }

    It begins on { $begins }. It concerns polls that ended on { $ended } at the latest. The counts and results stay. There is nothing to do. Why: <cmd:privacy>
retention-meetings =
    { $meetings ->
        [one] The bot will soon erase the record of who was at { $meetings } past meeting.
       *[other] The bot will soon erase the record of who was at { $meetings } past meetings.
    }

    It begins on { $begins }. It concerns meetings that took place on { $ended } at the latest. Counts, organisations and minutes stay. There is nothing to do. Why: <cmd:privacy>
