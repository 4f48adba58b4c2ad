# What somebody needs at a meeting.
command-access-needs = What people need at a meeting
needs-ask = Do you need anything at the meeting “{ $title }”? You can choose several things. The organisers see numbers only, no names. You don’t have to answer.
need-sign = Sign language (PJM)
need-loop = Induction loop
need-captions = Captions
need-step-free = A way without steps
need-assistant = An assistant
need-other = Something else
need-none = I’d rather not say
needs-saved = Saved: { $words }. You can choose more.
needs-none = Saved: nothing is told.
needs-line = { $words }: { $count }
needs-nobody = Nobody has said anything yet.
needs-sent = The numbers are in the private chat.
