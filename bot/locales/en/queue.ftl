# Questions that a person answers.
command-questions = Questions that wait for an answer
command-for-meeting = Put a question forward for a meeting
queue-head = <b>Questions that wait for a person’s answer:</b>
queue-line = { $number }. { $question } (👍 { $count })
queue-list-how = The number of a question means: I want to know too. To ask your own: <cmd:for-meeting>
queue-up-number = 👍 { $number }
queue-none = No question waits. To put one forward: <cmd:for-meeting> and its words. To ask the bot: <cmd:ask>
queue-mistaken = This is a list. To ask the bot: <cmd:ask>. To put a question forward for a meeting: <cmd:for-meeting>
queue-own = Your questions on this list:
queue-off = Withdraw: { $question }
queue-how = Write <cmd:for-meeting> and the question, for example: <cmd:for-meeting> When will there be new premises?
queue-anonymous = The network did not say who is writing. Please write from your own account, best in a direct chat with the bot.
queue-too-many = 5 questions of yours wait already. Wait for an answer, or withdraw one of them in the direct chat: <cmd:questions>
queue-card = <b>A question for a meeting</b>
queue-people = { $count ->
        [one] { $count } person wants to know the answer.
       *[other] { $count } people want to know the answer.
    }
queue-card-what = The question is on the list <cmd:questions>, without a name. The answer will come in a direct chat with the bot to all who want to know it.
queue-up = 👍 I want to know too
queue-joined = Saved. The answer will come in a direct chat with the bot.
queue-joined-before = That is saved already. The answer will come in a direct chat with the bot.
queue-closed = This question waits no more. Those that wait: <cmd:questions>
queue-not-yours = You can only withdraw a question of your own that still waits. The list: <cmd:questions>
queue-withdrawn-toast = The question is withdrawn.
queue-withdrawn = The question was withdrawn.
queue-card-answered = ✓ A question for a meeting. The answer went to those who wanted to know it.
queue-card-dropped = The question was closed without an answer.
queue-drop = Close without an answer
queue-desk-answered = ✓ Answered. { $count ->
        [one] The answer went to { $count } person.
       *[other] The answer went to { $count } people.
    }
queue-desk-unreached = { $count ->
        [one] { $count } person could not be told.
       *[other] { $count } people could not be told.
    }
queue-drop-ask = Close this question without an answer? If that number was the answer, reply to the message with the question once more and add a word, such as “1 person”. If it is not to be closed, there is nothing to do.
queue-drop-sure = Yes, close without an answer
queue-desk-dropped = ✓ Closed without an answer.
queue-dropped-toast = The question is closed.
queue-dropped = Moderators closed this question without an answer:
queue-dropped-next = It is worth asking in a group or at a meeting. You can ask the bot in other words: <cmd:ask>
queue-answer = <b>A human moderator answers, not a program.</b> Question:
queue-answer-is = Answer:
queue-answer-sent = { $count ->
        [0] Saved. The network did not say who had asked, so the answer went to nobody.
        [one] The answer went to { $count } person. Thank you!
       *[other] The answer went to { $count } people. Thank you!
    }
queue-answer-moderators = Moderators answer questions. You can say that you want to know the answer too: <cmd:questions>
queue-answer-words = An answer has to be text. Reply to the message with the question again, in words.
queue-answer-long = The answer is too long: it may have up to { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    }. Make it shorter and reply again.
