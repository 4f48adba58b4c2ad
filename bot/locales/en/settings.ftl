# Language. Names of languages and confirmations are the same in every file: each in its own language.
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
