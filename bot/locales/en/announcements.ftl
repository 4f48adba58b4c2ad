# Announcements: in the groups, at the desk of those who send them, and in reports.
command-announce = Announcement to all chats or to some
command-edit-announcement = Correct an announcement that is out
form-name-announcement = New announcement
form-name-correction = Corrections of an announcement
announce-head = <b>Announcement no. { $number }</b>
announce-again =
    <b>Announcement no. { $number } (once more)</b>

    It is not known whether the first message arrived here. If it is above, this one is the same.
announce-corrected = <i>The words of this announcement were corrected.</i>
announce-read = Read
announce-read-toast = Thank you. Only the number of people is kept.
announce-read-before = This is noted already. Thank you.
announce-read-anonymous = The network does not tell the bot who presses, so this can't be counted.
announce-preview = <b>Preview of announcement no. { $number }.</b> Nobody has it yet. It will look like this:
announce-in = <b>{ $language }:</b>
announce-other-languages = For groups in other languages
announce-to = To: { $target }
announce-network = { $network }: { $rooms ->
        [one] { $rooms } group
       *[other] { $rooms } groups
    }
announce-at = When: { $when }
announce-option-urgent = Urgent: in quiet hours too
announce-option-pin = Pinned where the bot has the right
announce-option-receipt = With a button “Read”; on Matrix it is a line with a number
announce-option-loud = Rings for everybody where the network has that and the bot has the right
announce-file = File in a message of its own: { $name }
announce-file-comes = File { $name }: the bot is fetching it
announce-file-failed = The file { $name } could not be fetched
announce-rooms = Groups:
announce-room = { $room }
announce-named = { $name } ({ $network })
announce-nameless = { $network }, group { $id }
announce-more = { $rooms ->
        [one] And { $rooms } more group.
       *[other] And { $rooms } more groups.
    }
announce-check = After “Send” there are 30 seconds to take it back.
announce-send = Send
announce-send-anyway = Send anyway
announce-fix = Change
announce-drop = Cancel
announce-undo = Undo
announce-approve = Approve
announce-refuse = I don't approve
announce-words = Correct the words
announce-pull = Withdraw
announce-pulled = Yes, withdraw everywhere
announce-retry = Try failed ones again
announce-twice = <b>The same announcement went to the same groups a moment ago.</b> Send it once more?
announce-twice-toast = The same announcement went out less than a minute ago. To send it a second time, press “Send anyway”.
announce-held = <b>Announcement no. { $number }</b> goes out: { $when }. { $rooms ->
        [one] { $rooms } group gets it.
       *[other] { $rooms } groups get it.
    }
announce-held-undo = Until then nobody has it, and it can be undone.
announce-held-toast = The announcement goes out after the time for undoing.
announce-quiet = These are quiet hours, so the announcement waits for their end. An urgent one does not wait: undo, change it and choose “urgent”.
announce-waits = <b>The announcement waits for a second moderator to approve,</b> since there are many groups ({ $rooms }).
announce-waits-toast = The moderators are asked to approve.
announce-approve-ask = <b>Announcement no. { $number } waits for a second person to approve.</b> { $rooms ->
        [one] It goes to { $rooms } group.
       *[other] It goes to { $rooms } groups.
    } Its words:
announce-approval-approved = ✓ Announcement no. { $number }: a second person approved.
announce-approval-refused = ✓ Announcement no. { $number }: the second person did not approve, so it is a draft again.
announce-approval-undone = The request to approve announcement no. { $number } was taken back.
announce-approved-toast = Approved. The announcement goes out after the time for undoing.
announce-refused = The second person did not approve announcement no. { $number }. It is a draft again: it can be changed and sent once more.
announce-refused-toast = The announcement does not go out. Who wrote it knows.
announce-second-person = A second person approves: not the one who wrote or sends this announcement.
announce-nobody-approves = An announcement to more than { $limit } groups is approved by a second moderator, and there is none. Ask for a role: <cmd:moderator>
announce-undone-toast = Undone. Nobody got it.
announce-dropped-toast = The announcement does not go out.
announce-dropped = Announcement no. { $number } was not sent. A new one: <cmd:announce>
announce-demoted = Announcement no. { $number } did not go out: who sent or approved it is no moderator any more. A new one: <cmd:announce>
announce-progress-send = <b>Announcement no. { $number }:</b> sending, { $done } of { $rooms }.
announce-progress-edit = <b>Announcement no. { $number }:</b> correcting, { $done } of { $rooms }.
announce-progress-withdraw = <b>Announcement no. { $number }:</b> withdrawing, { $done } of { $rooms }.
announce-readers = { $count ->
        [0] Nobody pressed “Read” yet.
        [one] “Read”: { $count } person.
       *[other] “Read”: { $count } people.
    }
announce-readers-later = How many people pressed “Read” is shown in the message above.
announce-report-send = <b>Report: announcement no. { $number }.</b> Arrived: { $good } of { $rooms }.
announce-report-edit = <b>Report: corrections of announcement no. { $number }.</b> In order: { $good } of { $rooms }.
announce-report-withdraw = <b>Report: withdrawal of announcement no. { $number }.</b> In order: { $good } of { $rooms }.
announce-send-there = Arrived: { $rooms }
announce-send-unsure = Not known whether it arrived: { $rooms }
announce-send-absent = It is not there: { $rooms }
announce-send-stopped = Stopped: { $rooms }
announce-edit-there = Corrected: { $rooms }
announce-edit-unsure = Not known whether it is there, so it can't be corrected: { $rooms }
announce-edit-absent = It is not there, so there is nothing to correct: { $rooms }
announce-edit-stopped = Nothing to correct: { $rooms }
announce-withdraw-there = Deleted: { $rooms }
announce-withdraw-unsure = Not known whether it is there, so it can't be deleted: { $rooms }
announce-withdraw-absent = It is not there, so there is nothing to delete: { $rooms }
announce-withdraw-stopped = Stopped before it went out: { $rooms }
announce-outcome-waits = The bot is still trying: { $rooms }
announce-outcome-again = Sent once more with its number, since the network did not confirm the first: { $rooms }
announce-outcome-gone = The bot may not write there: { $rooms }
announce-outcome-refused = The network refused: { $rooms }
announce-outcome-too-large = Too large for the network: { $rooms }
announce-outcome-moved = The group has a new address, the old message can't be touched: { $rooms }
announce-outcome-mistake = A mistake of the bot: { $rooms }
announce-outcome-replaced = The network deletes this message no more, it says “withdrawn” now: { $rooms }
announce-unpinned = Not pinned, since the bot has no right to: { $rooms }
announce-no-file = Without the file, since the network did not take it: { $rooms }
announce-not-loud = Did not ring for everybody, since the bot has no right to: { $rooms }
announce-room-why = { $room }: { $why }
announce-names-direct = Names of groups are told only in a private chat with the bot and in the moderators’ room.
announce-why-waits = the bot is still trying
announce-why-again = sent once more, it may be there twice
announce-why-unsure = not known whether it arrived
announce-why-out = the bot was removed from the group
announce-why-silent = the bot has no right to write in this group
announce-why-refused = the network refused
announce-why-too-large = too large for this network
announce-why-moved = the group has a new address
announce-why-mistake = a mistake of the bot
announce-failed-send = <b>Announcement no. { $number } did not arrive everywhere.</b> { $bad ->
        [one] It is missing, or may be, in { $bad } group of { $rooms }.
       *[other] It is missing, or may be, in { $bad } groups of { $rooms }.
    }
announce-failed-edit = <b>Announcement no. { $number } is not corrected everywhere.</b> Groups with a problem: { $bad } of { $rooms }.
announce-failed-withdraw = <b>Announcement no. { $number } is not withdrawn everywhere.</b> Groups with a problem: { $bad } of { $rooms }.
announce-failed-old = <b>Announcement no. { $number }: it did not work everywhere.</b> The report of whoever sent it says which groups these are.
announce-failed-retry = First bring the bot or its right to write back there, then press “Try failed ones again”. List: <cmd:rooms>
announce-failed-what = The bot can't do this by itself. Look into these groups, then press “Done”. List: <cmd:rooms>
announce-failed-was-again = ✓ Announcement no. { $number }: the bot is trying once more. If it fails again, this comes back.
announce-failed-was-left = ✓ Announcement no. { $number }: the groups where it failed are seen to.
announce-failed-was-over = ✓ Announcement no. { $number }: there is a newer change, so there is nothing to do here.
announce-left = Done
announce-left-toast = Saved: done.
announce-no-hope = There is no group now where it could work. First bring the bot or its right to write back there. List: <cmd:rooms>
announce-retry-toast = The bot is trying once more.
announce-correct-begun = The new words go to all groups. A report comes at the end.
announce-correct-how = In reply to the announcement write: <cmd:edit-announcement> and the new words. In a private chat the bot asks for them step by step.
announce-correct-how-toast = Words are corrected in a private chat with the bot: <cmd:edit-announcement>
announce-pull-ask = Withdraw announcement no. { $number } everywhere ({ $rooms })? This can't be undone. If not, there is nothing to do.
announce-pulled-toast = It is being withdrawn. A report comes at the end.
announce-none = There is no announcement to correct. A new one: <cmd:announce>
announce-not-out = This announcement is not out, so there is nothing to correct everywhere. A new one: <cmd:announce>
announce-gone = This announcement is there no more. A new one: <cmd:announce>
announce-already = Somebody has done that already with this announcement. The bot's message shows how it is now. A new one: <cmd:announce>
announce-too-late = It is too late to undo. It can be withdrawn everywhere by the button “Withdraw”.
announce-time-passed = That time has passed. Press “Change” and give another one.
announce-moderators = Announcements are sent by moderators. What you can do: <cmd:help>
announce-preview-direct = The preview of the announcement is in your private chat with the bot.
announce-how =
    An announcement is written in one message:

    <code><cmd:announce> Words of the announcement</code>

    • You can also answer the message that is to be the announcement with the command, or attach a file.
    • Before the words there may be lines: <code>to: Culture</code>, <code>when: 18:00</code>, <code>how: urgent, pin, receipt</code>.
    • Another language begins with a line <code>pl:</code> or <code>uk:</code>.

    In a private chat the command alone asks for everything step by step.
announce-empty = The announcement has no words. Write them behind the command: <cmd:announce> We invite you to a meeting
announce-long = The words are too long: { $count } characters, at most { $limit } may be. Make them shorter, or send the rest as a file. How: <cmd:announce>
announce-language-twice = The language “{ $lang }” is given twice. Keep one and send it again. How: <cmd:announce>
announce-no-such-target = There is no such audience, area, network or group: { $name }. List of groups: <cmd:rooms>
announce-which-target = Several things are called “{ $name }”. Write for example: to: area { $name }. How: <cmd:announce>
announce-no-such-option = There is no such option: { $word }. There are: urgent, pin, receipt, notify all.
announce-no-rooms = There is no group there in which the bot may write. List of groups: <cmd:rooms>
announce-file-unfit = This can't be sent on. Attach an ordinary file or a picture and send it again. How: <cmd:announce>
announce-file-large = The file is too large: it may have { $limit } MB at most. Make it smaller, or put a link into the announcement.
announce-file-lost = The file could not be fetched. Send the announcement with the file again: <cmd:announce>
announce-file-wait = The bot is still fetching the file. Press “Send” in a moment.
announce-file-failed-toast = The file could not be fetched. Send the announcement with the file again: <cmd:announce>
announce-target-all = all groups
announce-target-audience = the audience “{ $name }”
announce-target-default = the default audience
announce-target-area = the area “{ $name }”
announce-target-network = the network { $name }
announce-target-room = the group { $name }
announce-now = Now
announce-step-target = To whom
announce-step-words = Words
announce-step-words-in = Words: { $language }
announce-step-languages = Other languages
announce-step-when = When
announce-step-options = How
announce-ask-target = Where is the announcement to go? You can also write the name of an audience, an area, a network or a group.
announce-ask-words = What are the words? **This** makes bold, and “- ” at the beginning of a line makes a list. A file is added in another way: send it with the caption <cmd:announce> and the words.
announce-ask-words-in = What are the words in this language: { $language }?
announce-ask-languages = Are there versions in other languages? Groups without one of their own get the first words.
announce-ask-when = When? Press “Now”, or write for example “18:00” or “1.12 18:00”.
announce-ask-options = How is it to be sent?
announce-choose-urgent = Urgent
announce-choose-pin = Pin
announce-choose-receipt = Button “Read”
announce-choose-loud = Notify everybody
rooms-head = <b>Groups: { $count }.</b> Page { $page } of { $pages }.
rooms-line = { $name } · { $network } · { $state } · audience: { $audience } · areas: { $areas } · { $language }
rooms-state-active = works
rooms-state-desk = the moderators’ room
rooms-state-silent = the bot has no right to write
rooms-state-gone = the bot was removed
rooms-state-offered = waits to be claimed
rooms-state-archived = archived
rooms-label = { $name }
rooms-nameless = group { $id }
rooms-next = Next page
rooms-previous = Previous page
rooms-how = Choose a group to change its audience. Audiences: <cmd:audience>
rooms-none = There is no group yet. Add the bot to a group and press “Claim this room” there. Help: <cmd:help>
rooms-move = Audience: { $audience }
rooms-move-how = Choose an audience for this group. A new audience is made in the group: <cmd:audience> and a name.
rooms-archive = Archive
rooms-archive-toast = Saved: the group is archived. Announcements, polls and meetings of its audience don’t come there.
rooms-archive-not = This group is archived already, or it is the moderators’ room.
rooms-restore = Take back from the archive
rooms-restore-toast = Saved: the group is back from the archive.
rooms-restore-not = This group is not archived.
rooms-moved-toast = Saved. The group is now in the audience: { $audience }.
rooms-gone = This group or this audience is there no more. List: <cmd:rooms>
rooms-direct = The list of groups is in a private chat with the bot: write <cmd:rooms> there
