# Greetings, help, the one-time code.
welcome-hello =
    Hello! This is <b>Obrady</b>, an automatic assistant for NGOs.

    Just write your question. The answer is a quotation from a document, with its source. For example:
welcome-about =
    A program answers here, not a person. Conversations are not stored; the exceptions: <cmd:privacy>
    Language: <cmd:language>
    Help: <cmd:help>
welcome-after =
    This is <b>Obrady</b>, an automatic assistant for NGOs: a program answers here, not a person.

    • Privacy: conversations are not stored; the exceptions: <cmd:privacy>
    • Language: <cmd:language>
    • What else you can do: <cmd:help>
welcome-room =
    Hello! This is <b>Obrady</b>, an automatic assistant for NGOs. A program answers here, not a person.

    To ask, write <cmd:ask> and your question, mention the bot, or reply to its message. The answer is a quotation from a document, with its source. The bot stores no other conversations: <cmd:privacy>
    Help: <cmd:help>
example-who = Who led the meeting on 2 September 2022?
example-years = Which years does the strategy cover?
example-areas = Which areas were discussed at the meeting?
help-members =
    <b>What you can do here</b>

    • Ask: <cmd:ask> and your question; in a direct chat the question alone is enough, in a group also a mention of the bot or a reply to its message
    • Vote in a poll: by button, <cmd:vote> 2 or the number alone in a direct chat; polls and results: <cmd:polls>
    • See the next meetings and answer an invitation: <cmd:meetings>
    • Choose the thematic areas that you want to follow: <cmd:areas>; name your organisation: <cmd:organisation>
    • Change the language: <cmd:language>; link accounts on two networks: <cmd:link>
    • Check what the bot keeps: <cmd:privacy>
help-moderators =
    <b>For moderators</b>

    • Open a poll in the groups: <cmd:poll>; close it and publish the result: <cmd:close>; drafts: <cmd:drafts>
    • Invite to a meeting: <cmd:new-meeting>; change it: <cmd:change-meeting>
    • Count hands in the hall: <cmd:hall>; show the poll on the hall’s screen: <cmd:screen>, in a direct chat
    • Claim a group, change its language and settings: <cmd:rooms>, written in that group
    • Choose an audience, the groups that hear the same things: <cmd:audience>
    • Confirm who is from which organisation: <cmd:organisations>, in a direct chat
help-owners =
    <b>For those who run the bot</b>

    • Questions that the documents don’t answer come in the direct chat
code-owner = The code was accepted. You now have full rights over this bot. Questions that the documents don’t answer will come here. More: <cmd:help>
code-accepted = The code was accepted. Your rights have changed. What you can do: <cmd:help>
code-refused = This code doesn’t work: it is wrong, used already, or has expired. Ask the person who sent it for a new one. Questions need no code: <cmd:help>
