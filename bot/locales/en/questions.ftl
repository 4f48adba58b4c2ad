# Answers from the documents, and questions that the documents don't answer.
answer-intro = Found in the documents:
answer-place = { $title }, section “{ $place }”
answer-page = { $title }, p. { $page }
answer-pages = { $title }, pp. { $page }–{ $last }
answer-source-summary = Quoted from our summary: { $document }, { $date }. Source: { $source }
answer-source-original = Quoted from the document: { $document }, { $date }. Source: { $source }
answer-expired = <b>Note:</b> the period of this document ended on { $date }. Please check what applies now.
answer-automatic = <i>Automatic answer: a program chose the quotations.</i>
question-unknown = The documents don’t answer this question.
question-offer = It can be passed on to people. The question goes, without a name, to moderators and on the list <cmd:questions>.
question-pass = Pass the question on
question-try = You can also ask in other words, or see what the documents are about: <cmd:areas>
question-nobody = There is nobody to pass the question on to: no one has been named to run this bot yet. Try asking in your group or at a meeting.
question-passed =
    The question was passed on to people, without a name. It is on the list <cmd:questions>.

    If somebody answers, the answer will come in a direct chat with the bot.
question-missed = The question could not be passed on: the bot could not reach any of the people who run it. It is worth asking in your group or at a meeting. You can also try again later.
question-passed-toast = The question was passed on.
question-passed-already = This question has been passed on already.
question-not-yours = Only the person who asked this question can pass it on. To ask your own: <cmd:ask>
question-gone = The bot no longer has this question. You can ask it again: <cmd:ask>
question-from-direct = A question that the documents don’t answer. It was asked in a direct chat with the bot. Network: { $network }.
question-from-room = A question that the documents don’t answer. It was asked in a group. Network: { $network }.
question-for-meeting = <b>A question for a meeting.</b> Network: { $network }.
question-from-next = The bot doesn’t say who is asking. <b>To answer, reply to this message:</b> all who want to know get the answer in a direct chat, as an answer of a human.
question-empty = What is your question? For example: <cmd:ask> { $example }
question-too-long = This question is too long: the bot reads up to { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    }. Please write it shorter, best in one sentence.
question-only-text = For now the bot reads text only, no files or recordings. Please write your question in words, for example: { $example }
