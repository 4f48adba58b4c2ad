# Polls: the card, the result, answers to those who open and close.
command-poll = Open a poll in your groups
command-polls = Polls that are running, and the last results
command-results = Result of a poll
command-close = Close a poll and publish its result
command-withdraw = Withdraw a poll without a result
poll-title = <b>Poll:</b> { $question }
poll-option = { $number }. { $option }
poll-option-count = { $number }. { $option }: { $count }
poll-label = { $option }
poll-anew = Start again
poll-who = Who votes: people in the groups where this poll is shown. Each person has one vote, over all networks together.
poll-how-many = Several options can be chosen: from { $least } to { $most }.
poll-until = Voting is open until { $when }.
poll-no-end = Voting is open until somebody closes it. A vote can be changed.
poll-public = Open ballot: the bot stores who votes how, but does not announce it. A vote typed in a group, a reaction and a choice in the app's poll (Matrix) are seen by all in that group.
poll-ways = How to vote: by button, by a reaction with the number, by the number in a reply to this message, with <cmd:vote> 2, or by the number alone in a direct chat with the bot.
poll-votes = { $count ->
        [0] No votes yet.
        [one] { $count } person has voted (all networks together).
       *[other] { $count } people have voted (all networks together).
    }
poll-closing = <b>Time is over.</b> Votes under way still count. The result comes in half a minute.
poll-closed = <b>Poll closed:</b> { $when }. The result is in a message of its own.
poll-withdrawn = <b>Poll withdrawn.</b> The votes do not count and there will be no result.
poll-elsewhere = <b>This poll is now in another group only.</b> Votes cast here do not count.
poll-result = <b>Result of the poll:</b> { $question }
poll-so-far = <b>The poll is running, so far:</b> { $question }
poll-result-line = { $number }. { $option }: { $count } ({ $percent }%)
poll-no-votes = Nobody voted.
poll-percent-of-people = Percentages are shares of the people who voted. Several options could be chosen.
poll-share = { $network }: voters { $count } ({ $counts })
poll-bar = { $number }. { $bar } { $percent }%
poll-opinion = This is an opinion, not a resolution.
poll-result-undone = The closing was taken back, so this result does not count. How it stands now: <cmd:results>
poll-opened = { $rooms ->
        [one] The poll is open in { $rooms } group.
       *[other] The poll is open in { $rooms } groups.
    }
poll-opened-close = To close it and publish the result: <cmd:close>
poll-opened-ways = For a minute it can be kept in this group only, or taken back everywhere. The person who opened it can do that.
poll-opened-undo = For a minute it can be taken back. The person who opened it can do that.
poll-only-here = Only here
poll-undo = Undo
poll-start = Open
poll-fix = Change
poll-drop = Delete
poll-draft-where = { $rooms ->
        [one] The poll will be shown in { $rooms } group ({ $where }).
       *[other] The poll will be shown in { $rooms } groups ({ $where }).
    } Open it? The draft waits in the list: <cmd:drafts>
poll-draft-dropped = The draft of the poll is deleted. A new poll: <cmd:poll>
poll-shut = { $rooms ->
        [one] Poll closed. The result is in { $rooms } group.
       *[other] Poll closed. The result is in { $rooms } groups.
    }
poll-shut-undo = For 10 seconds this can be taken back.
poll-reopened = The closing was taken back: the poll goes on.
poll-undone-toast = Poll withdrawn.
poll-only-toast = The poll is now in this group only.
poll-started-toast = Poll opened.
poll-dropped-toast = The draft is deleted.
poll-how =
    A poll in one line:

    <code><cmd:poll> Where do we meet? | Library | Community centre | until 18:00</code>

    • Options can also be written one below the other.
    • A yes-or-no question without options gets Yes, No, I abstain. Any other question without options gets the thematic areas.
    • Before the question may stand: <code>secret</code>, <code>multiple</code> (several options), <code>consent</code> (for, against, abstain, concerns), <code>until 18:00</code>, <code>hidden results</code>, <code>for members</code>, <code>by organisations</code>, <code>quorum 15</code>, <code>threshold 2/3</code>, <code>area 1</code>.

    The poll is shown in all groups that hear the same things, on both networks.
poll-direct = A poll is opened in a group: write <cmd:poll> and the question there. In a direct chat one can vote: <cmd:polls>
poll-no-rooms = The bot knows no group yet in which a poll can be opened. Add the bot to a group and write there <cmd:poll>
poll-moderators = In this group polls are opened by those who moderate it. Ask one of them. Running polls: <cmd:polls>
poll-anonymous = The network does not tell the bot who is writing. A poll is opened under one’s own account, not as an anonymous administrator. Help: <cmd:help>
poll-no-question = The question is missing. First the question, then the options. How: <cmd:poll>
poll-question-long = The question is too long: at most { $limit } characters. Shorten it and send it again. How: <cmd:poll>
poll-until-wrong = { $why } How: <cmd:poll>
poll-consent-fixed = A “consent” poll has fixed options: for, against, abstain, concerns. Write the question alone. How: <cmd:poll>
poll-how-many-wrong = It is not clear how many options can be chosen. Write for example “multiple 1-3”. How: <cmd:poll>
poll-few-options = Too few options: at least { $fewest } are needed. Separate them with | or write one below the other. How: <cmd:poll>
poll-many-options = Too many options ({ $count }): there can be at most { $most }. Join similar ones and send it again. How: <cmd:poll>
poll-option-long = Option { $number } is too long: at most { $limit } characters. Shorten it and send it again. How: <cmd:poll>
poll-same-options = This option is there twice: { $option }. Change one and send it again. How: <cmd:poll>
poll-gone = This poll is not there any more. Running polls: <cmd:polls>
poll-not-yours = Only the person who opened the poll can do this. Running polls: <cmd:polls>
poll-not-yours-close = Only the person who closed the poll can take that back. A new poll: <cmd:poll>
poll-too-late = The time to take it back is over. To close the poll: <cmd:close> To withdraw it without a result: <cmd:withdraw>
poll-too-late-reopen = The time to take it back is over: the result is published. A new poll: <cmd:poll>
poll-time-passed = The closing time is past already. Press “Change” and give another one, or find the draft here: <cmd:drafts>
poll-draft-used = This poll is open or deleted already. Running polls: <cmd:polls>
poll-close-others = A poll is closed or withdrawn by the person who opened it, or by a moderator. Running polls: <cmd:polls>
poll-none-running = No poll is running now. Last results: <cmd:results> A new poll: <cmd:poll>
poll-none = There has been no poll here yet. A new poll: <cmd:poll>
poll-which-close = Several polls are running. Which one is to be closed?
poll-which-withdraw = Several polls are running. Which one is to be withdrawn?
poll-which-here = Several polls are running. Reply to the message with the poll that is meant.
poll-list-running = <b>Running:</b>
poll-list-ended = <b>Ended:</b>
poll-list-line = { $question } (voters: { $count })
poll-list-until = { $question } (until { $when }, voters: { $count })
poll-list-ways = To vote: the button under the poll, <cmd:vote> and the number, or the number in a direct chat. Result: <cmd:results>
poll-option-both = { $number }. { $option }: people { $people }, organisations { $organisations }
poll-area = Area: { $area }
poll-who-members = Who votes: people with a confirmed membership in an organisation. Each person has one vote, over all networks together.
poll-who-organisations = Who votes: organisations, each with one vote. It is cast by the organisation’s delegate or a deputy.
poll-who-both = Who votes: people in the groups where this poll is shown and, apart from them, organisations. Each person and each organisation has one vote.
poll-who-both-members = Who votes: people with a confirmed membership and, apart from them, organisations. Each person and each organisation has one vote.
poll-quorum-count = Quorum: at least { $count } have to vote.
poll-quorum-part = Quorum: at least { $part } of the entitled have to vote.
poll-threshold = Threshold: at least { $part } of { $base }.
poll-base-votes = votes without abstentions
poll-base-voters = those who voted
poll-base-entitled = the entitled
poll-no-end-secret = Voting is open until somebody closes it.
poll-until-all = When all the entitled have voted the poll closes by itself.
poll-hidden = Results are shown only after the close.
poll-secret = <b>Secret ballot:</b> the bot stores who has voted, but not how. The result comes after the close. <b>A secret vote cannot be changed.</b> { $buttons ->
        [yes] Nobody in the group sees which button is pressed.
       *[no] Votes in the group do not count, since everybody sees them.
    } This is an opinion poll, not a statutory vote: whoever runs the network, or reads the bot’s disk while the poll runs, could see a vote.
poll-secret-ways =
    { $buttons ->
        [yes] How to vote: by a button here, or by the number alone in a <bot>direct chat with the bot</bot>.
       *[no] How to vote: by the number alone in a <bot>direct chat with the bot</bot>.
    }
poll-secret-ways-several = How to vote: by the numbers of all chosen options at once, for example “1 3”, in a <bot>direct chat with the bot</bot>.
poll-turnout-people = People who have voted: { $count }.
poll-turnout-people-of = People who have voted: { $count } of { $entitled } entitled.
poll-turnout-organisations = Organisations that voted: { $count }.
poll-turnout-organisations-of = Organisations that voted: { $count } of { $entitled }.
poll-results-later = Results come after the poll is closed. Its opener or a moderator can close it: <cmd:close>
poll-result-people = <b>People</b>
poll-result-organisations = <b>Organisations</b>
poll-result-few = There are fewer than { $few } secret votes, so they are not shown: one could guess who voted how.
poll-quorum-reached = <b>Quorum reached:</b> { $voters } voted, { $needed } were needed.
poll-quorum-missed = <b>Quorum not reached:</b> { $voters } voted, { $needed } were needed.
poll-quorum-reached-of = <b>Quorum reached:</b> { $voters } of { $entitled } entitled voted, { $needed } were needed.
poll-quorum-missed-of = <b>Quorum not reached:</b> { $voters } of { $entitled } entitled voted, { $needed } were needed.
poll-threshold-reached = <b>Threshold reached:</b> “{ $option }” has { $count } of { $total } ({ $base }), at least { $part } was needed.
poll-threshold-missed = <b>Threshold not reached:</b> “{ $option }” has { $count } of { $total } ({ $base }), at least { $part } was needed.
poll-threshold-tied = <b>Threshold not reached:</b> several options have the most votes, equally many.
poll-ballot = Choose an option: press it or write its number.
poll-ballot-of = Vote of the organisation: { $organisation }
poll-ballot-secret = A secret vote cannot be changed.
poll-ballot-several = Reply to this message with the numbers of all chosen options at once, for example “1 3”. A secret vote cannot be changed.
poll-list-area = { $question } [{ $area }]
poll-secret-too-much = A secret poll with several options can be for people only, not by organisations. Choose one option, or votes of people. How: <cmd:poll>
poll-entitled-unknown = It is not known how many people are entitled, so no part of them can be counted. Add “for members” or “by organisations”, or give the quorum as a number: “quorum 15”. How: <cmd:poll>
poll-quorum-wrong = There can be no such quorum. Write for example “quorum 15” or “quorum 1/2”. How: <cmd:poll>
poll-threshold-wrong = A threshold is a part of the votes. Write for example “threshold 50%” or “threshold 2/3 of the entitled”. How: <cmd:poll>
poll-no-such-area = There is no area of this name. List of areas: <cmd:areas>. If this is the beginning of the question, begin it with another word. How: <cmd:poll>
poll-secret-stays = Somebody has voted secretly, so the bot cannot tell which votes are from this group. The poll can be taken back everywhere and a new one opened: <cmd:poll>
poll-secret-closed = A secret poll that was closed cannot be opened again: the next vote would not be secret. A new poll: <cmd:poll>
form-name-poll = New poll
command-drafts = Drafts of polls that wait to be opened
command-edit = Change a poll before anybody votes
form-name-wording = Changes in a poll
poll-step-question = Question
poll-step-options = Options
poll-step-kind = How many options a person chooses
poll-step-how-many = Fewest and most options
poll-step-until = Until when
poll-step-audience = Where
poll-ask-question = What is the question? For example: Where do we meet?
poll-ask-options = What are the options? Choose ready ones or write your own, each on its own line.
poll-ask-same-options = Write the options anew, each on its own line. There must be as many as now.
poll-ask-kind = How many options may one person choose?
poll-ask-how-many = How many options can be chosen? Write for example “3” (three at most) or “1-3”.
poll-ask-until = Until when can people vote? Write an hour, for example “18:00”. That is today, or tomorrow if the hour is past.
poll-ask-audience = In which audience is the poll to be?
poll-step-terms = Terms
poll-step-secrecy = Open or secret
poll-step-who = Who votes
poll-step-results = When results are seen
poll-step-quorum = Quorum
poll-step-threshold = Threshold
poll-step-area = Area
poll-ask-terms = What are the terms? Usually a poll is open, everybody in the groups may vote, and results are seen at once. Organisations, membership, hidden results, quorum, threshold and area: “Other terms”.
poll-ask-secrecy = Open or secret? In a secret one the bot doesn’t store who votes how, a vote can’t be changed, and the result comes when it is closed.
poll-ask-who = Who votes?
poll-ask-results = When are the results to be seen?
poll-ask-quorum = How many have to vote for the result to count? Write a number, for example “15”, or a part of the entitled, for example “1/2”.
poll-ask-threshold = What part of the votes does an option need? Write for example “50%”, “2/3 of voters” or “1/2 of the entitled”.
poll-ask-area = Which area is the poll about?
poll-terms-usual = Open, for everybody
poll-terms-secret = Secret, for everybody
poll-terms-step-by-step = Other terms
poll-secrecy-open = Open
poll-secrecy-secret = Secret
poll-for-people = People in the groups
poll-for-members = Members
poll-for-organisations = Organisations
poll-for-both = People, and organisations apart
poll-for-both-members = Members, and organisations apart
poll-results-at-once = At once
poll-results-at-end = When it is closed
poll-share-of = { $part } of { $base }
poll-quorum-number = Nobody knows how many people are entitled here, so the quorum can only be a number, for example “15”.
poll-threshold-voters = Nobody knows how many people are entitled here. The threshold can be a part of votes or of voters, for example “50%”.
poll-options-yes-no = Yes / No / I abstain
poll-options-areas = Thematic areas
poll-options-consent = Consent: for / against / I abstain / I have concerns
poll-kind-single = One
poll-kind-multiple = Several
poll-any-number = As many as one likes
poll-until-by-hand = Until somebody closes it
poll-drafts = { $count ->
        [one] { $count } draft. Choose what to do with it:
       *[other] { $count } drafts. Choose one:
    }
poll-drafts-none = There are no drafts. New poll: <cmd:poll>
poll-drafts-direct = Drafts are shown in the direct chat with the bot alone. Write there: <cmd:drafts>
poll-fix-how = Reply to the message with the poll and write the new words on one line, for example: <cmd:edit> Where do we meet? | Library | Community centre
poll-fix-none = There is no poll that can be changed now. It can be done until somebody votes, and only with one's own poll. Drafts: <cmd:drafts>
poll-fix-voted = Somebody has voted, so the words can't be changed. Withdraw the poll: <cmd:withdraw> New one: <cmd:poll>
poll-fix-done = The poll is changed in all groups.
poll-fix-draft-done = The draft is changed. All drafts: <cmd:drafts>
poll-fix-count = There must be as many options as now: { $count }. Write each on its own line. Another number is a new poll: <cmd:poll>
poll-which-fix = Which poll should be changed?
