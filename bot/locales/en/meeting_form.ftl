# Meetings step by step, and what a meeting may have beside its time and place.
form-name-meeting = New meeting
meeting-step-title = Title
meeting-step-start = Day and hours
meeting-step-repeat = Whether it repeats
meeting-step-place = Place or link
meeting-step-access = Access to the place
meeting-step-area = Area
meeting-step-capacity = Seats
meeting-step-chair = Who leads it
meeting-step-agenda = Agenda
meeting-step-audience = Where to tell
meeting-ask-title = What is the meeting called? For example: Working meeting
meeting-ask-start = When? Write the day and the hours, for example “2.12.2026 17:00-19:00” or “tomorrow 18:00”.
meeting-ask-repeat = Does the meeting repeat? Choose, or write it your way, for example “last Thursday of the month until 30.06.2027”.
meeting-ask-place = Where? Write the place or paste a link.
meeting-ask-access = How can everybody get in? For example: “no steps, lift, induction loop”.
meeting-ask-area = Which area is the meeting about?
meeting-ask-capacity = How many seats are there? When they are taken, the bot keeps a waiting list.
meeting-ask-chair = Who leads the meeting?
meeting-ask-agenda = What is the agenda? A few sentences are enough.
meeting-ask-audience = Which audience should hear of the meeting?
meeting-repeat-once = No, only once
meeting-repeat-unknown = The bot does not understand how often. Write for example “every week” or “last Thursday of the month”.
meeting-start-series = { $when }; { $rule }
meeting-fix = Change
meeting-access = Access: { $words }
meeting-chair = Led by: { $words }
meeting-agenda = Agenda: { $words }
meeting-quorum-people = Quorum: { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
meeting-quorum-organisations = Quorum: { $count ->
        [one] { $count } organisation
       *[other] { $count } organisations
    }
meeting-quorum-both = Quorum: people { $people }, organisations { $organisations }
meeting-quorum-wrong = The bot does not understand the quorum. Write for example “quorum: 15 organisations” or “quorum: 20 people”.
meeting-term-long = This is too long: at most { $limit } characters. Shorten it and send it again.
meeting-term-empty = There is nothing here. Write it in words and send it again.
meeting-step-invited = Organisations invited
meeting-ask-invited = Which organisations are invited? Write their names, with commas between. Those who vote for them are told in the chat with the bot.
meeting-invited = Organisations invited: { $names }
meeting-invitation = <b>Invitation:</b> { $title }, { $when }. An organisation that you may vote for is invited. Will you come?
meeting-organisation-unknown = The bot does not know the organisation “{ $name }”. Names: <cmd:organisations>. Put a comma between several names.
meeting-invited-many = Too many organisations: { $most } at most. Shorten the list and send it again.
