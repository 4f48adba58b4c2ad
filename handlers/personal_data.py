"""Personal data: what is kept, one's own as a file, and its end."""

import json
import re
from collections.abc import Sequence
from datetime import timedelta

from bot.core.chats import ChatKind
from bot.core.content import Body, Button, Text, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.files import File
from bot.core.intents import Acknowledge, Direct, Intent, Refresh, Reply, SendFile
from bot.core.people import Role
from bot.core.refs import CardRef, account_named
from bot.core.retention import Retention
from bot.core.routing import Names, Router
from storage import Store
from storage.people import MARK
from storage.personal import ERASED

FORMAT = 1
"""Of the file: raised when a section or a field changes its meaning (docs/privacy.md describes them)."""
ANSWER_WITHIN = timedelta(minutes=10)
"""So long the question whether to erase can be answered: a number typed much later may mean something else."""
_ACTION = re.compile(r"erase:([0-9a-f]+)\.([0-9a-f]{1,10})")


def router(keep: Retention) -> Router[Store]:
    """Privacy, export, erasure."""
    routes: Router[Store] = Router()

    @routes.command("privacy", Names("prywatność", "privacy", "приватність", also=("конфіденційність",)))
    def privacy(_message: Message, _argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
        return what_is_kept(keep)

    @routes.press("erase")
    def confirmed(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        return forget(keep, event, ctx)

    routes.command("my-data", Names("moje_dane", "my_data", "мої_дані"))(my_data)
    routes.file("my-data")(as_file)
    routes.command("erase-me", Names("usuń_moje_dane", "erase_me", "видалити_мої_дані"))(erase)
    routes.press("erase.no")(stay)
    return routes


def what_is_kept(keep: Retention) -> Sequence[Intent]:
    """What is kept, how long, what the networks see, how to see and erase it."""
    kept = say(
        "privacy-kept",
        votes=_span("months", keep.votes_months),
        presence=_span("months", keep.meetings_months),
        audit=_span("months", keep.audit_months),
        questions=_span("days", keep.questions_days),
        offers=_span("hours", keep.offers_hours),
        posts=_span("days", max(keep.posts_days, keep.outbox_days)),
        parked=_span("hours", keep.parked_hours),
    )
    return [Reply(Body((kept, say("privacy-networks"), say("privacy-rights"))))]


def my_data(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Everything about the person as a file, made when it is sent: it is kept nowhere."""
    if message.kind is not ChatKind.DIRECT or ctx.person is None:
        return [_reply(text("my-data-room"))]
    return [SendFile(CardRef("my-data", ctx.person.id), Body((say("my-data-here"),)))]


def as_file(store: Store, person: str, _lang: str) -> File | None:
    """The file as it is now; None when the person was erased meanwhile."""
    if not store.people.accounts(person):
        return None
    told = {"format": FORMAT, "made_at": store.now.isoformat(timespec="seconds"), **store.personal(person)}
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return File("moje-dane.json", "application/json", content)


def erase(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Say what goes and what stays, and ask. Owners also for others: by a reply, or by an account in a direct chat."""
    direct, owner = message.kind is ChatKind.DIRECT, ctx.role >= Role.OWNER
    if ctx.person is None:
        return [_reply(text("erase-room"))]
    if direct and argument:
        return _by_account(argument, ctx) if owner else [_reply(text("erase-others-owners"))]
    if direct:
        return [_question(ctx.person.id, ctx)]
    if owner and message.reply_to is not None:
        return _by_reply(message, ctx)
    return [_reply(text("erase-room"))]


def forget(keep: Retention, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """It was confirmed. Who may is looked at anew."""
    match, store = _ACTION.fullmatch(event.action or ""), ctx.store
    person = store.people.marked(match[1]) if match else None
    if match is None or person is None or ctx.person is None or event.kind is not ChatKind.DIRECT:
        return [Acknowledge(text("erase-expired"), alert=True)]
    if ctx.now.timestamp() - int(match[2], 16) > ANSWER_WITHIN.total_seconds():
        return [Acknowledge(text("erase-expired"), alert=True)]
    own = person == ctx.person.id
    if not own and ctx.role < Role.OWNER:
        return [Acknowledge(text("erase-others-owners"), alert=True)]
    if refused := _refusal(person, ctx):
        return [_reply(refused)]
    lang = store.people.language(person)
    others = [chat for chat in store.chats.direct_chats(person, writable=True) if chat != event.chat]
    withdrawn = store.erase(person)
    store.audit.note(ERASED if own else ctx.person.id, "person-erased", ERASED, own=own)
    done = text("erase-done", left=_span("days", max(keep.posts_days, keep.outbox_days)))
    return [
        _reply(done if own else text("erase-done-other"), lang=ctx.lang),
        *(Reply(Body((say(done.id, **dict(done.args)),)), chat=chat, lang=lang) for chat in others),
        *(Refresh(CardRef("poll", poll)) for poll in withdrawn),
    ]


def stay(_event: Pressed, _ctx: Context[Store]) -> Sequence[Intent]:
    """Everything stays as it is."""
    return [Acknowledge(text("erase-stays"))]


def _by_account(address: str, ctx: Context[Store]) -> Sequence[Intent]:
    account = account_named(address)
    person = ctx.store.people.find(account) if account else None
    return [_question(person.id, ctx) if person else _reply(text("erase-no-account"))]


def _by_reply(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
    """Others read the room: the question comes in the owner's direct chat."""
    author = message.reply_to_sender
    person = ctx.store.people.find(author) if author and ctx.post is None else None
    if person is None or ctx.person is None:
        return [_reply(text("erase-no-author"))]
    return [_reply(text("erase-asked-aside")), Direct(ctx.person.id, _question(person.id, ctx).body)]


def _question(person: str, ctx: Context[Store]) -> Reply:
    if refused := _refusal(person, ctx):
        return _reply(refused)
    own = ctx.person is not None and ctx.person.id == person
    accounts = len(ctx.store.people.accounts(person))
    votes = len(ctx.store.voters.running_of(person))
    action = f"erase:{person[:MARK]}.{int(ctx.now.timestamp()):x}"
    buttons = (Button(text("erase-yes"), action), Button(text("erase-no"), "erase.no"))
    return Reply(
        Body(
            (
                say("erase-sure" if own else "erase-sure-other", accounts=accounts),
                say("erase-goes"),
                say("erase-votes", count=votes),
                say("erase-remains"),
            ),
            buttons,
        )
    )


def _refusal(person: str, ctx: Context[Store]) -> Text | None:
    """Why not: without its last owner nobody could give rights; the config would make its owners anew; and who voted
    secretly and is erased could vote again as somebody else."""
    people = ctx.store.people
    if people.named_in_config(person):
        return text("erase-in-config")
    if people.with_role(Role.OWNER) == [person]:
        return text("erase-last-owner")
    if running := ctx.store.polls.secret.running_of(person):
        return text("erase-secret-running", question=running[0])
    return None


def _span(unit: str, count: int) -> Text:
    return text(f"span-{unit}", count=count)


def _reply(one: Text, lang: str | None = None) -> Reply:
    return Reply(Body((say(one.id, **dict(one.args)),)), lang=lang)
