# Courtesies.
smalltalk-hello = Hello! Just write your question, for example: { $example }
smalltalk-thanks = You’re welcome!
smalltalk-bye = Goodbye!
smalltalk-who = This is Obrady: a program, not a person. It answers questions with quotations from documents. What you can do: <cmd:help>
smalltalk-choice = To choose something, use the button or the number in the message. To ask, write the whole question.
