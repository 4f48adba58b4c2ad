# Rights: who moderates, who coordinates.
command-moderator = Appoint a moderator (in reply to their message), or take the rights away
command-coordinator = Appoint a coordinator (in reply to their message)
help-coordinators =
    <b>For coordinators</b>

    • Appoint a moderator: <cmd:moderator> in reply to their message in a group; in a direct chat <cmd:moderator> gives a code for them
    • Take rights away: <cmd:moderator> revoke, in reply to that person’s message
    • Change the list of areas: <cmd:area>
role-how =
    To give rights, reply to the person’s message in a group with just the command <cmd:moderator>. In a direct chat this command gives a code to send.

    To take rights away, reply: <cmd:moderator> revoke
role-reply-to-whom = Who is it about? Reply with the command to that person’s message in a group, for example: <cmd:moderator>. You can also send them a code: <cmd:moderator> in a direct chat with the bot.
role-nobody = That is a message of the bot. Reply with the command to a person’s message. You can also send them a code: <cmd:moderator> in a direct chat with the bot.
role-unknown-author = It can’t be seen who wrote that message. Send the person a code: write <cmd:moderator> in a direct chat with the bot. The same works for other roles, each has its own command.
role-code-moderator = A code for a new moderator:
role-code-coordinator = A code for a new coordinator:
role-code-how =
    <code>!start { $code }</code>

    Send them this line. They send it to the bot in a direct chat, on Telegram or on Matrix. The code works for 7 days and only once: the first to send it gets the rights. Don’t paste it into a group.
role-has-already = This person has these rights or more already. To take them away, reply to their message: <cmd:moderator> revoke
role-given-moderator = The author of this message is now a moderator. What that means: <cmd:help>
role-given-coordinator = The author of this message is now a coordinator. What that means: <cmd:help>
role-yours-moderator = You are now a moderator. What you can do: <cmd:help>
role-yours-coordinator = You are now a coordinator. What you can do: <cmd:help>
role-has-none = This person has no more rights than others: there is nothing to take away. To give some, reply to their message with just the command <cmd:moderator>
role-not-above = Only an owner can take these rights away: they are the same as yours, or more. What you can do: <cmd:help>
role-in-config = This person is named as an owner in the bot’s settings. Only whoever installed the bot can change that. What you can do: <cmd:help>
role-last-owner = This is the last owner. Without them nobody could give rights. First somebody else has to get full rights: whoever installed the bot makes the code. Help: <cmd:help>
role-taken = Rights taken away. The author of this message can now do what everybody can.
role-lost = Your rights as a moderator or coordinator were taken away. You can still ask and vote: <cmd:help>
