# Rooms (groups in which the bot is) and audiences.
command-rooms = All groups and their state; in a group: its settings
command-audience = Audience: the rooms that hear the same things
room-offer = <b>For moderators:</b> to have polls from other groups here too, press “Claim this room”. The rest can stay as it is:
room-claim = Claim this room
room-claim-done = ✓ Room claimed
room-chosen = ✓ { $choice }
room-claimed = <b>This room is claimed.</b> Polls of its audience will be here too.
room-archived = <b>This group is archived.</b> Polls of the audience and announcements don’t come here. To take it back, press “Claim this room”.
room-claimed-toast = The room is claimed.
room-claimed-before = This room is claimed already.
room-language = Language: { $language }
room-polls = Polls are opened by: { $who }
room-polls-moderators = moderators
room-polls-everybody = everybody
room-polls-set-moderators = Saved: only moderators open polls here.
room-polls-set-everybody = Saved: everybody may open polls here.
room-let-everybody = Polls: everybody
room-let-moderators = Polls: moderators
room-about = Areas: { $areas }
room-about-all = all
room-and-more = { $first }; { $rest }
room-areas = Choose areas
room-audience = Audience: { $audience }
room-who = Moderators change this: with the buttons, or with <cmd:audience> and the name of an audience.
room-moderators = A room’s settings are changed by its moderators. What you can do: <cmd:help>
audience-name = “{ $name }”
audience-default = default
audience-head = <b>Audience: { $audience }.</b> Rooms that hear the same things:
audience-empty = <b>Audience: { $audience }.</b> There is no room in it yet.
audience-network = { $network }: { $rooms ->
        [one] { $rooms } room
       *[other] { $rooms } rooms
    }
audience-moved = Saved. This room is now in this audience:
audience-how =
    To change it: <cmd:audience> and a name, written in the room. A new name makes a new audience.
    Back again: <cmd:audience> default
audience-in-room = An audience is changed in the room that it is for. Write there: <cmd:audience> and a name. All audiences: <cmd:rooms>
audience-name-bad = The name of an audience has at most { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    } and needs a letter or a digit. Please write another: <cmd:audience> Culture
