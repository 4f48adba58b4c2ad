# The engine's own words: choosing, errors, the bot's description and the list of commands.
choose-by-number = To choose, answer with the number alone, for example 1.
unknown-command = There is no such command. All commands: <cmd:help>
not-allowed = This command takes more rights. Ask the person who runs the group or the bot to help. What you can do: <cmd:help>
something-went-wrong = Something went wrong on the bot’s side. Please try again in a few minutes. If it happens again, tell the person who runs the bot.
answered-late = The bot was away for a while. This answers the message of { $when }.
message-withdrawn = This message was withdrawn.
press-expired = This button no longer works. Please start again: <cmd:help>
slow-down = Too many messages in a short time. Please wait a minute and write again. Votes count now too, only without confirmations.
unreadable = An encrypted message could not be read. Please send it again, or write to the bot in a direct chat. If the key arrives later, the answer will come by itself.
about = An assistant for NGOs: it answers with quotations from documents. Telegram and Matrix.
greeting =
    Obrady is an automatic assistant for NGOs. A program answers here, not a person.

    Write a question about the cooperation strategy or the meetings. The answer is a quotation from a document, with its source. When the documents don’t say, the question can be passed on to people.

    Help: <cmd:help>
    Privacy: <cmd:privacy>
    Language: <cmd:language>
command-start = Start the conversation
command-help = What you can do here
command-ask = Ask a question: the answer is a quotation from a document
command-language = Change the language
command-privacy = What the bot keeps and for how long
