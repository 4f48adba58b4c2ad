# Organisations and who is from which.
command-organisation = Say which organisation you are from
command-organisations = The list of organisations
organisations-head = <b>Organisations</b>
organisations-none = There is no confirmed organisation yet. To name yours: <cmd:organisation> and its name
organisation-name = { $name }
organisation-how =
    To name your organisation, write <cmd:organisation> and its name, for example: <cmd:organisation> Example Foundation
    A moderator will confirm it.
organisation-own = <b>Your organisations</b>. Only you and the moderators see them.
organisation-own-asked = { $organisation }: request number { $number } waits to be confirmed
organisation-own-member = { $organisation }: member
organisation-own-deputy = { $organisation }: deputy, may vote for it
organisation-own-delegate = { $organisation }: delegate, votes for it
organisation-leave = Leave: { $organisation }
organisation-left = No longer your organisation: { $organisation }. To come back: <cmd:organisation>
organisation-asked = The request was sent. Organisation: { $organisation }. Request number: { $number }. Tell a moderator this number if they ask for it. The answer will come in a direct chat with the bot.
organisation-waits = This request waits already. Organisation: { $organisation }. Request number: { $number }. Tell it to a moderator. All your organisations: <cmd:organisation>
organisation-yours-already = This is your organisation already: { $organisation }. All of them: <cmd:organisation>, written in a direct chat
organisation-too-many = 5 requests of yours wait already. Wait for an answer, or take one of them back: <cmd:organisation>
organisation-no-moderators = There is nobody to confirm it: no moderator has been named yet. Please try later. What you can do now: <cmd:help>
organisation-unknown-sender = The network did not say who is writing. Please write from your own account, best in a direct chat with the bot: <cmd:organisation>
organisation-name-bad = The name of an organisation has at most { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    } and needs letters. For example: <cmd:organisation> Example Foundation
organisation-request = <b>Request number { $number }</b>: somebody says they are from the organisation { $organisation }. This person’s accounts:
organisation-account = { $network }: { $account }
organisation-check = Check who it is: ask the person for the number of the request. It is enough that one moderator answers.
organisation-confirm-member = Confirm: member
organisation-confirm-deputy = Confirm: deputy
organisation-confirm-delegate = Confirm: delegate
organisation-refuse = Refuse
organisation-confirmed-toast = Request number { $number } is confirmed.
organisation-refused-toast = Refused. Request number { $number } is closed.
organisation-decided = This request is closed already. Others that wait: <cmd:organisations>
organisation-own-request = Your own request is confirmed by somebody else. Ask another moderator: <cmd:organisations>
organisation-moderators = Moderators confirm this. What you can do: <cmd:help>
organisation-given-member = Your membership is confirmed. Organisation: { $organisation }. All of them: <cmd:organisation>
organisation-given-deputy = Confirmed: as a deputy you may cast the organisation’s vote. Organisation: { $organisation }. All of them: <cmd:organisation>
organisation-given-delegate = Confirmed: as a delegate you cast the organisation’s vote. Organisation: { $organisation }. All of them: <cmd:organisation>
organisation-refused = The request was not confirmed. Organisation: { $organisation }. Talk to a moderator and send it again: <cmd:organisation>
