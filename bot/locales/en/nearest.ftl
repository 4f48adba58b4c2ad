# How sure an answer is: near passages, follow-ups, several documents.
answer-several = The quotations are from { $count ->
        [one] { $count } document
       *[other] { $count } documents
    }. Where they differ, check the dates: a newer document usually replaces an older one.
answer-near = { $count ->
        [one] The bot is not sure, but this is the nearest passage:
       *[other] The bot is not sure, but these are the nearest passages:
    }
answer-chosen = This passage was marked as the answer:
answer-chosen-gone = The marked passage is no longer in the documents. You can ask again: <cmd:ask>
answer-follow-up = The bot takes this as going on from before: “{ $question }”. If you mean something else, please ask in a full sentence.
question-yes = This answers it
question-more = Show more
question-yes-toast = Thank you. The passage stays as the answer.
question-more-toast = The next passage.
