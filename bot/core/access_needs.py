"""What people need to take part in a meeting, and how they are asked."""

from bot.core.content import Body, Button, say, text
from bot.core.meetings import Meeting

NEEDS = ("sign", "loop", "captions", "step-free", "assistant", "other")
NOTHING = "none"


def asked(meeting: Meeting) -> Body:
    """The question in the direct chat: several may be pressed, one after another."""
    buttons = tuple(Button(text(f"need-{need}"), f"need:{meeting.id}:{need}") for need in (*NEEDS, NOTHING))
    return Body((say("needs-ask", title=meeting.plan.title),), buttons)
