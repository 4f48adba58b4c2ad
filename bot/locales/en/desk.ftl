# What waits for a moderator: the moderators' room, reports, rooms that nobody claimed.
command-moderators-room = Make this group the moderators’ room
command-desk = What waits for a moderator
command-report = Report a message (in reply to it)
desk-made =
    <b>This is the moderators’ room now.</b> What needs a human comes here: requests for membership, questions without an answer, reported messages, new rooms, announcements to approve, groups that the bot can’t reach. It is enough to handle each once. Polls and announcements don’t come here.

    What waits: <cmd:desk>
desk-already = This is the moderators’ room already. What waits: <cmd:desk>
desk-off = Make it an ordinary room
desk-off-done = It is an ordinary room again. What waits comes in direct chats, or in another moderators’ room.
desk-off-already = It is an ordinary room already.
desk-in-room = The moderators’ room is chosen in the room that is to be it. Write there: <cmd:moderators-room>
desk-coordinators = Coordinators choose the moderators’ room. Ask one of them.
desk-moderators = Moderators handle this. What you can do: <cmd:help>
desk-handled = This is handled already. Thank you!
desk-not-here = What waits is shown in the moderators’ room and in a direct chat with the bot. Write there: <cmd:desk>
desk-nothing = Nothing waits.
desk-waiting = <b>{ $count ->
        [one] { $count } thing waits
       *[other] { $count } things wait
    }.</b> The oldest ({ $number }) are below.
desk-room = <b>A new room.</b> Somebody who is no moderator added the bot to a group. Network: { $network }. Group: { $name }
desk-room-what = A claimed room hears what its audience hears. If you don’t know whose group it is, leave it.
desk-room-yes = Claim this room
desk-room-no = Leave it as it is
desk-room-claimed = ✓ The room is claimed.
desk-room-left = ✓ The room stays unclaimed. It can be claimed later: it is enough that a moderator writes to the bot there.
desk-room-gone = The bot is no longer there.
desk-room-left-toast = Saved: the room stays unclaimed.
desk-room-archived = ✓ The group is archived.
lost-silent = <b>The bot has no right to write in a group.</b> Group: { $name }. Network: { $network }
lost-silent-what = Give it that right again in the settings of the group, then press “Try”. Archive a group that is needed no more: <cmd:rooms>
lost-gone = <b>The bot was removed from a group.</b> Group: { $name }. Network: { $network }
lost-gone-what = If this is a mistake, add the bot to the group once more and press “Claim this room” there. Archive a group that is needed no more: <cmd:rooms>
lost-try = Try
lost-leave = Leave it as it is
lost-here = The bot may write here again.
lost-try-toast = The bot is writing in that group now. If it fails, this comes back.
lost-left-toast = Saved: it stays as it is.
lost-was-tried = ✓ The bot is writing again in the group { $name } ({ $network }). If it fails, this comes back.
lost-was-left = ✓ The group { $name } ({ $network }) stays as it is.
lost-was-back = ✓ The bot is back in the group { $name } ({ $network }) and may write there.
lost-was-archived = ✓ The group { $name } ({ $network }) is archived.
room-desk = <b>This is the moderators’ room.</b> Polls of the audience don’t come here.
organisation-was-confirmed = ✓ Request number { $number } is confirmed. Organisation: { $organisation }.
organisation-was-refused = ✓ Request number { $number } is refused. Organisation: { $organisation }.
organisation-was-ended = Request number { $number } was taken back. Organisation: { $organisation }.
report-how = To report a message, reply to it in the group and write: <cmd:report>
report-anonymous = The network did not say who is writing. Please report the message from your own account: <cmd:report>
report-nobody = There is nobody to report to: no moderator has been named yet. You can write to the people who run this group.
report-sent = Reported. Moderators will see the message and the id of your account. The answer will come in a direct chat with the bot.
report-before = You have reported this message already, and it waits.
report-card = <b>A reported message.</b> Network: { $network }. { $count ->
        [one] Reported by { $count } person
       *[other] Reported by { $count } people
    }:
report-link = Message: { $link }
report-words = What it says:
report-find = The bot does not know what it says. Group: { $name }
report-what = If needed, delete the message or talk to its author. Then press a button.
report-done = Done
report-reject = Reject
report-was-done = ✓ Reported message: done. Network: { $network }.
report-was-rejected = ✓ Reported message: rejected. Network: { $network }.
report-toast-done = Saved: done.
report-toast-rejected = Saved: rejected.
report-told-done = Your report was handled. Thank you for your attention!
report-told-rejected = A moderator read the message that you reported and sees nothing to be done. Thank you for your attention! If in doubt, talk to a moderator.
