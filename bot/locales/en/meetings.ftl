# Meetings: how they are made, the card in rooms, changes.
command-new-meeting = New meeting in your rooms
command-meetings = Coming meetings
command-change-meeting = Change the time, place or title of a meeting
command-cancel-meeting = Cancel a meeting
meeting-how =
    A meeting in one line:

    <code><cmd:new-meeting> Working meeting | 2.12.2026 17:00-19:00 | Community centre | multiculturalism</code>

    • The title and the start are enough. Then may come: the place or a link, and the thematic area.
    • Again and again: <code>every week</code>, <code>every second Tuesday</code>, <code>last Thursday of the month until 30.06.2027</code>, <code>every week 10 times</code>.
    • Also: <code>seats: 50</code> and <code>reminders: 7 days, 1 day, 2 hours</code>.

    The bot first shows what it understood. The rooms see the meeting only after you confirm.
meeting-title = <b>Meeting:</b> { $title }
meeting-when = When: { $when }
meeting-moved = This time only, instead of: { $when }
meeting-series = Repeats: { $rule }
meeting-place = Where: { $place }
meeting-area = Area: { $name }
meeting-capacity = Seats: { $count }
meeting-counts = Going: { $yes } · Maybe: { $maybe } · Not going: { $no }
meeting-free = Free seats: { $count } of { $most }
meeting-full = All seats ({ $most }) are taken. On the waiting list: { $count }
meeting-reminders = Reminders: { $offsets } before the start
meeting-no-reminders = No reminders
meeting-list = { $rest }, { $last }
before-days = { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
before-hours = { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
before-minutes = { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
meeting-cancelled = <b>Cancelled.</b> This meeting does not take place.
meeting-over = This meeting is over.
meeting-draft-where = { $rooms ->
        [one] The meeting will be shown in { $rooms } room ({ $where }). Is everything right?
       *[other] The meeting will be shown in { $rooms } rooms ({ $where }). Is everything right?
    }
meeting-send = Yes, tell the rooms
meeting-drop = Do not tell them
meeting-dropped = The rooms were not told of the meeting. New one: <cmd:new-meeting>
meeting-opened = { $rooms ->
        [one] The meeting is shown in { $rooms } room.
       *[other] The meeting is shown in { $rooms } rooms.
    }
meeting-opened-ways = Changes: answer the meeting’s card with <cmd:change-meeting> or <cmd:cancel-meeting>
meeting-opened-toast = The rooms are told.
meeting-dropped-toast = The rooms were not told.
meeting-draft-used = This meeting was shown or dropped already. New one: <cmd:new-meeting>
meeting-time-passed = That time is over, so nothing was changed. Write it again with a later time.
meeting-gone = This meeting is not there any more or is over. Coming ones: <cmd:meetings>
meeting-moderators = Moderators make and change meetings. Ask one of them.
meeting-anonymous = The network does not tell the bot who is writing. A meeting is made under one’s own account, not as an anonymous administrator. Help: <cmd:help>
meeting-no-rooms = The bot knows no room yet where a meeting can be shown. Add the bot to a room and write <cmd:rooms> there
meeting-no-title = The title is missing. First the title, then |, then the day and the time. How: <cmd:new-meeting>
meeting-title-long = The title is too long: at most { $limit } characters. Shorten it and send it again.
meeting-place-long = The place is too long: at most { $limit } characters. Shorten it and send it again.
meeting-no-start = The day and the time are missing. Write them after the title and |. How: <cmd:new-meeting>
meeting-part-unknown = The bot does not understand the part “{ $words }”. Names of areas: <cmd:areas>. How to write a meeting: <cmd:new-meeting>
meeting-seats-wrong = The number of seats is from 1 to { $most }. Write for example “seats: 50”.
meeting-reminders-unknown = The bot does not understand the reminders. Write for example “reminders: 7 days, 1 day, 2 hours” or “reminders: none”.
meeting-none = No meetings are planned now. Moderators make them: <cmd:new-meeting>
meeting-list-head = <b>Coming meetings</b>
meeting-list-room = To say whether you come, answer the meeting’s card: going, maybe or not going.
meeting-line = { $title }: { $when }
meeting-which = It is not clear which meeting is meant. Write the same in answer to the meeting’s card. Cards: <cmd:meetings>
meeting-change-how =
    Answer the meeting’s card with one change:

    • <code><cmd:change-meeting> start: 3.12.2026 18:00-20:00</code>
    • <code><cmd:change-meeting> place: Community centre</code>
    • <code><cmd:change-meeting> title: Working meeting</code>

    A new time is of this one meeting only. Place and title change in the whole series. To cancel: <cmd:cancel-meeting>
meeting-was = Now: { $when }
meeting-new-start = New time: { $when }
meeting-new-title = New title: { $words }
meeting-new-place = New place: { $words }
meeting-cancel-ask = Cancel it?
meeting-change-yes = Yes, do it
meeting-change-no = Change nothing
meeting-cancel-one = Cancel only this one
meeting-cancel-all = Cancel the whole series
meeting-change-settled = This change is settled. Coming meetings: <cmd:meetings>
meeting-change-toast = Done. The rooms get a short message.
meeting-left-toast = Nothing was changed.
meeting-change-used = This change is settled already.
meeting-changed-meanwhile = Somebody changed this meeting meanwhile, so this change was not made. Look at the card and write the change again.
meeting-notice = <b>Change: { $title }.</b> { $what }
meeting-notice-cancelled = <b>Cancelled:</b> { $title }, { $when }.
meeting-notice-all = <b>The whole series is cancelled:</b> { $title }. This one does not take place either: { $when }.
meeting-told-moved = <b>New time:</b> { $title }, { $when }. Are you coming?
meeting-move-one = Move only this one
meeting-move-all = Change the hour of the series
meeting-new-hour = The whole series has a new hour: { $start }
