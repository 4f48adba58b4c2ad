# Language, privacy. Names of languages and confirmations are the same in every file: each in its own language.
language-name-pl = Polski
language-name-en = English
language-name-uk = Українська
language-set-pl = Zapisano: język polski.
language-set-en = Saved: English.
language-set-uk = Збережено: українська мова.
language-choose = In which language should the bot answer?
language-choose-room = In which language should the bot answer in this group? Its moderators choose.
language-unknown = The bot speaks three languages. Please choose one of them:
language-unknown-room = The bot speaks three languages. Please choose one of them for this group:
language-moderators = The language of a group is set by its moderators. You can set the language for yourself in a direct chat with the bot: <cmd:language>
privacy-kept =
    <b>What the bot keeps</b>

    • The identifier of your account on the network (a number or an address; no name or picture from the profile), language, rights, the areas you follow, your organisations, the time you were last active, and the numbers of chats. With these the bot answers the right person in their language. They stay until they are erased on request.
    • A question that the documents don’t answer: for 24 hours, so that it can be passed on. Once passed on: 30 days from asking.
    • A log of acts: who linked accounts, gave rights, opened a poll, and when. Never how anybody votes.
    • A vote in an open poll: the choice, the account, network and chat, the time. The bot does not announce who votes how. It stays until it is erased on request.
    • Announcements: their words, who sent them, names of groups. Who pressed “Read”: 30 days, to count people; then only the number.
    • Numbers of messages, without their text, so as not to answer twice and to recognise a reply to the bot: up to 30 days.
    • The bot’s answers: only until they are sent. Encrypted messages that can’t be read: still encrypted, while they wait for the key, for two days at most.

    The bot stores no other messages, neither from groups nor from direct chats.
privacy-networks =
    <b>What the networks see and keep</b>

    • Telegram: its company keeps conversations on its servers and has its seat outside the European Economic Area.
    • Matrix: a conversation is kept by the servers of those who take part. In an encrypted room they hold it encrypted.
    • In a group all members see the questions and the answers.

    The bot can’t erase the networks’ copies.
privacy-rights =
    <b>Your rights</b>

    To see, correct or erase your data, write to the person or organisation that runs this bot. You can lodge a complaint with the data protection authority (in Poland: Prezes Urzędu Ochrony Danych Osobowych).
