# Linking accounts: the code, refusals, unlinking.
command-link = Link accounts: one person on Telegram and on Matrix
command-unlink = Unlink this account
link-code = The code to link your accounts: <b>{ $code }</b>
link-how =
    Type it on your other account, in a direct chat with the bot: <code>{ $code }</code>
    It works for 10 minutes and only once. Don’t give it to anybody: whoever types it will act in your name.
link-alone = This account is not linked with any other yet. Network: { $networks }
link-networks = Networks in which your accounts are linked: { $networks }. To unlink this account: <cmd:unlink>
link-room = Accounts are linked in a direct chat with the bot, not in a group. Write there: <cmd:link>
link-seen = A code is typed in a direct chat with the bot, not in a group: others see it here, so it doesn’t work any more. For a new code write <cmd:link> in a direct chat.
link-no-code = This doesn’t look like a code for linking accounts. A code looks like K7-4QX2. To get one, write just <cmd:link> on one account, and type the code on the other. To ask a question: <cmd:ask>
link-wrong = This code doesn’t work: it is wrong, used already, or has expired. For a new one write <cmd:link> on your other account.
link-wait = Too many wrong codes. Wait 10 minutes, then get a new code on your other account: <cmd:link>
link-own = This code is from this very account. Type it in a direct chat with the bot on your other account. How that works: <cmd:link>
link-already = These accounts are linked already. The networks: <cmd:link>
link-sure =
    You have more rights here than others. This code will link your account with an account on { $network }. Whoever has that account will get the same rights.

    If somebody else sent you this code, don’t link the accounts.
link-yes = It is my account: link
link-no = Don’t link
link-declined = The accounts are not linked, and the code doesn’t work any more.
link-gone = This code doesn’t work any more. For a new one: <cmd:link> on your other account.
link-done = Accounts linked: this account and the one on { $network } now belong to one person. Your vote counts once. If this is a mistake, unlink them at once: <cmd:unlink>
link-done-toast = Accounts linked.
link-votes =
    { $count ->
        [one] In { $count } open poll there was a vote from both accounts.
       *[other] In { $count } open polls there was a vote from both accounts.
    } The newer vote counts. You can change it while the poll runs.
unlink-room = Accounts are unlinked in a direct chat with the bot, not in a group. Write there: <cmd:unlink>
unlink-nothing = This account is not linked with any other. To link it: <cmd:link>
unlink-sure =
    Unlink this account? It will be a person of its own, without votes and rights.

    Votes, rights and everything else will stay with the account on: { $networks }
unlink-yes = Unlink
unlink-no = Leave it
unlink-stays = Nothing changes: the accounts are linked.
unlink-done = Account unlinked. It is now a person of its own. You can link it again at any time: <cmd:link>
unlink-done-toast = Account unlinked.
unlink-done-there = The account on { $network } is unlinked. Votes and rights stayed here. You can link it again at any time: <cmd:link>
