"""An open form in the direct chat: answers, ways out, commands in between, coming back, permission."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.core.content import Body, Text, say, text
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.events import FromChat, Message
from bot.core.form_talk import start
from bot.core.forms import LIFETIME, Answers, Choice, Form, OpenForm, Step
from bot.core.intents import Intent, Reply
from bot.core.people import Role
from bot.core.refs import AccountRef, CardRef, ChatRef
from bot.core.routing import FormRoute, Names, Router
from bot.knowledge import Knowledge
from handlers import forms as module
from handlers import routers
from storage import Store
from tests.handlers.world import MATRIX, Shown, World, elsewhere, ids


def _plain(words: str) -> Text:
    return text("form-label", words=words)


STEPS = (
    Step("name", _plain("Nazwa"), lambda _scene: _plain("Jaka nazwa?"), read=lambda words, _scene: _name(words)),
    Step(
        "room",
        _plain("Sala"),
        lambda _scene: _plain("Która sala?"),
        choices=lambda scene: [Choice(name, _plain(name), (name,)) for name in scene.facts],
    ),
    Step("note", _plain("Uwaga"), lambda _scene: _plain("Jakaś uwaga?"), read=lambda words, _: words, optional=True),
)


def _name(words: str) -> str | Text:
    return text("vote-how") if words == "źle" else words


class Bookings:
    """A capability of the tests' own."""

    def __init__(self) -> None:
        self.done: list[tuple[Answers, str]] = []
        self.trouble = False

    def router(self) -> Router[Store]:
        routes: Router[Store] = Router()
        self.route = routes.form(
            FormRoute(
                "booking",
                Form(STEPS, act=_plain("Wyślij")),
                finish=self.finish,
                allowed=lambda ctx, _argument: text("not-allowed") if ctx.role < Role.MODERATOR else None,
                facts=lambda _ctx, _argument: ["Duża", "Mała"],
            )
        )
        routes.command("book", Names("rezerwuj", "book", "бронювати"))(self.book)
        return routes

    def book(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        return start(self.route, message, ctx, argument)

    def finish(self, _event: FromChat, answers: Answers, argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
        if self.trouble:
            raise UserError(text("something-went-wrong"))
        self.done.append((answers, argument))
        return [Reply(Body((say("smalltalk-thanks"),)))]


@pytest.fixture
def bookings() -> Bookings:
    return Bookings()


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form of the tests has a name among the texts."""
    monkeypatch.setattr("bot.core.form_talk._name", lambda _kind: _plain("Rezerwacja"))


@pytest.fixture
def world(engine: Engine, knowledge: Knowledge, bookings: Bookings) -> World:
    own = bookings.router()
    *others, _ = routers(knowledge)
    table = [*others, own, module.router({**{k: v for r in others for k, v in r.forms.items()}, **own.forms})]
    return World(engine, table, owners=frozenset({AccountRef("telegram", "olga"), AccountRef("matrix", "olga")}))


def fill(world: World, *words: str) -> list[Shown]:
    shown: list[Shown] = []
    for one in words:
        shown = world.say("olga", one)
    return shown


def form(world: World, who: str = "olga") -> OpenForm | None:
    person = world.person(who)
    return world.store(lambda store: store.forms.of(person, ChatRef(world.platform, f"dm-{who}")))


def action(shown: list[Shown], label: str) -> str:
    [found] = [a for one in shown for b, a in zip(one.buttons, one.actions, strict=True) if label in b]
    return found


def test_from_the_first_question_to_the_end(world: World, bookings: Bookings) -> None:
    asked = fill(world, "/rezerwuj")[-1] if world.say("olga", "cześć") else None
    assert asked
    assert "krok 1 z 3" in asked.text
    assert "Jaka nazwa?" in asked.text
    assert asked.buttons == ("Anuluj",)
    asked = fill(world, "Warsztaty")[0]
    assert asked.buttons == ("Duża", "Mała", "Wstecz", "Anuluj")
    assert "wstecz, anuluj" in asked.text
    asked = world.press("olga", action([asked], "Mała"))[0]
    assert asked.buttons == ("Pomiń", "Wstecz", "Anuluj")
    review = fill(world, "pomiń")[0]
    assert "Nazwa: Warsztaty" in review.text
    assert "Sala: Mała" in review.text
    assert "Uwaga: pominięte" in review.text
    assert review.buttons == ("Wyślij", "Popraw", "Anuluj")
    assert form(world) is not None
    world.press("olga", action([review], "Wyślij"))
    assert bookings.done == [({"name": "Warsztaty", "room": "Mała", "note": None}, "")]
    assert form(world) is None


def test_where_there_are_no_buttons_numbers_choose_and_words_move(world: World, bookings: Bookings) -> None:
    world = elsewhere(world, capabilities=MATRIX, platform="matrix")
    asked = fill(world, "cześć", "!rezerwuj", "Warsztaty")[0]
    assert "1. Duża\n2. Mała" in asked.text
    assert "3." not in asked.text
    assert len(asked.actions) == 2
    review = fill(world, "2", "wstecz", "1", "skip")[0]
    assert "1. Wyślij\n2. Popraw\n3. Anuluj" in review.text
    which = fill(world, "2")[0]
    assert "1. Nazwa\n2. Sala\n3. Uwaga" in which.text
    fill(world, "1", "Wykład", "1")
    assert bookings.done == [({"name": "Wykład", "room": "Duża", "note": None}, "")]


def test_a_number_is_no_vote_while_a_form_is_open(world: World) -> None:
    world.say("olga", "/czaty", "ngo")
    world.say("olga", "/ankieta Czy idziemy?", "ngo")
    fill(world, "/rezerwuj", "Warsztaty", "2")
    [poll] = world.store(lambda store: store.polls.running())
    assert world.store(lambda store: store.polls.tally(poll).voters) == 0
    # A reply to the card is about the card.
    world.say("olga", "2", reply=CardRef("poll", poll.id))
    assert world.store(lambda store: store.polls.tally(poll).voters) == 1
    fill(world, "anuluj", "1")
    assert world.store(lambda store: store.polls.tally(poll).counts) == (1, 0, 0)


def test_bad_input_gets_the_reason_and_the_question_again(world: World) -> None:
    shown = fill(world, "/rezerwuj", "źle")
    assert ids(world.intents)[:3] == ["vote-how", "form-step", "form-label"]
    assert "Jaka nazwa?" in shown[0].text
    shown = fill(world, "Warsztaty", "7")
    assert "od 1 do 2" in shown[0].text
    assert "Która sala?" in shown[0].text
    shown = world.say("olga", "", files=("photo",))
    assert "potrzebny jest tekst" in shown[0].text or "od 1 do 2" in shown[0].text


@pytest.mark.parametrize("words", ["anuluj", "Cancel", "скасувати", "/anuluj", "!cancel"])
def test_it_can_always_be_left(world: World, words: str, bookings: Bookings) -> None:
    for before in ((), ("Warsztaty",), ("Warsztaty", "1", "skip"), ("Warsztaty", "1", "skip", "popraw")):
        fill(world, "/rezerwuj", *before)
        assert ids((fill(world, words), world.intents)[1]) == ["form-left"]
        assert form(world) is None
    assert bookings.done == []


def test_to_leave_without_a_form_is_answered_too(world: World) -> None:
    fill(world, "cześć", "anuluj")
    assert ids(world.intents) == ["form-none"]


def test_words_that_begin_like_a_command_are_answers(world: World) -> None:
    fill(world, "/rezerwuj", "Pytanie o lokale")
    opened = form(world)
    assert opened
    assert opened.state.answers == {"name": "Pytanie o lokale"}


def test_a_command_in_between_is_carried_out_and_the_form_waits(world: World) -> None:
    fill(world, "cześć", "/rezerwuj", "Warsztaty")
    shown = fill(world, "/pomoc")
    assert len(shown) == 2
    assert "czeka na odpowiedź" in shown[1].text
    assert "Która sala?" in shown[1].text
    assert shown[1].buttons[:2] == ("Duża", "Mała")
    opened = form(world)
    assert opened
    assert opened.state.step == "room"
    assert "Jakaś uwaga?" in fill(world, "1")[0].text


def test_an_old_question_takes_no_second_answer(world: World) -> None:
    first = fill(world, "/rezerwuj", "Warsztaty")
    world.press("olga", action(first, "Duża"))
    [again] = world.press("olga", action(first, "Mała"))
    assert again.kind == "alert"
    opened = form(world)
    assert opened
    assert opened.state.answers["room"] == "Duża"


def test_forged_foreign_and_late_presses_do_nothing(world: World) -> None:
    fill(world, "cześć")
    world.say("anna", "cześć")
    shown = fill(world, "/rezerwuj", "Warsztaty")
    real = action(shown, "Duża")
    for who, forged in (
        ("anna", real),
        ("olga", "form.do:zz"),
        ("olga", "form.do:000000000000.2.1"),
        ("olga", real.rpartition(".")[0] + ".99"),
        ("olga", real.rpartition(".")[0] + ".f"),
        ("olga", "form.resume:1"),
        ("olga", "form.begin:1"),
    ):
        told = world.press(who, forged)[0]
        assert told.kind == "alert", forged
    assert world.press("olga", real.rpartition(".")[0] + ".zz") == []
    world.say("olga", "anuluj")
    assert world.press("olga", real)[0].kind == "alert"


def test_nobody_fills_in_another_ones_form(world: World) -> None:
    fill(world, "/rezerwuj", "Warsztaty")
    world.say("anna", "1")
    assert form(world, "anna") is None
    opened = form(world)
    assert opened
    assert opened.state.step == "room"


def test_after_two_hours_it_is_put_aside_with_a_word_and_can_be_gone_on_with(world: World, bookings: Bookings) -> None:
    fill(world, "cześć", "/rezerwuj", "Warsztaty", "1")
    world.later(LIFETIME)
    shown = fill(world, "dziękuję")
    assert ids(world.intents) == ["form-expired", "smalltalk-thanks"]
    assert ids((fill(world, "dziękuję"), world.intents)[1]) == ["smalltalk-thanks"], "it is told once"
    back = world.press("olga", action(shown, "Wróć"))
    assert "Jakaś uwaga?" in back[0].text
    fill(world, "skip", "wyślij")
    assert bookings.done[0][0]["name"] == "Warsztaty"


def test_a_button_of_it_still_works_after_that(world: World) -> None:
    shown = fill(world, "/rezerwuj", "Warsztaty")
    world.later(LIFETIME * 2)
    assert "Jakaś uwaga?" in world.press("olga", action(shown, "Duża"))[0].text


def test_what_nobody_goes_on_with_is_dropped_after_a_day(world: World) -> None:
    fill(world, "/rezerwuj", "Warsztaty")
    world.later(timedelta(hours=23))
    world.fire("housekeeping")
    assert form(world) is not None
    world.later(timedelta(hours=2))
    world.fire("housekeeping")
    assert form(world) is None


def test_another_form_asks_which_to_go_on_with(world: World) -> None:
    fill(world, "/rezerwuj", "Warsztaty")
    shown = fill(world, "/rezerwuj druga")
    assert shown[0].buttons == ("Wróć do formularza", "Zacznij nowy")
    assert "Która sala?" in fill(world, "1")[0].text
    fill(world, "/rezerwuj druga")
    assert "Otwarty jest już" in fill(world, "co?")[0].text
    assert "Jaka nazwa?" in fill(world, "2")[0].text
    opened = form(world)
    assert opened
    assert (opened.argument, opened.state.answers) == ("druga", {})
    # With nothing to lose there is nothing to ask.
    assert "Jaka nazwa?" in fill(world, "/rezerwuj")[0].text


def test_another_form_by_button(world: World) -> None:
    fill(world, "/rezerwuj", "Warsztaty")
    shown = fill(world, "/rezerwuj druga")
    assert "Która sala?" in world.press("olga", action(shown, "Wróć"))[0].text
    assert world.press("olga", action(shown, "Zacznij"))[0].kind == "alert"
    shown = fill(world, "/rezerwuj druga")
    assert "Jaka nazwa?" in world.press("olga", action(shown, "Zacznij"))[0].text


def test_who_may_is_asked_at_the_start_and_at_the_end(world: World, bookings: Bookings) -> None:
    world.say("anna", "cześć")
    assert ids((world.say("anna", "/rezerwuj"), world.intents)[1]) == ["not-allowed"]
    assert form(world, "anna") is None
    person = world.person("anna")
    world.store(lambda store: store.people.grant(person, Role.MODERATOR))
    for words in ("/rezerwuj", "Warsztaty", "1", "skip"):
        world.say("anna", words)
    world.store(lambda store: store.people.revoke(person))
    assert ids((world.say("anna", "wyślij"), world.intents)[1]) == ["not-allowed"]
    assert bookings.done == []
    assert form(world, "anna") is not None
    world.say("anna", "anuluj")
    assert form(world, "anna") is None


def test_a_handler_that_refuses_leaves_the_answers(world: World, bookings: Bookings) -> None:
    fill(world, "/rezerwuj", "Warsztaty", "1", "skip")
    bookings.trouble = True
    fill(world, "wyślij")
    assert form(world) is not None
    bookings.trouble = False
    fill(world, "wyślij")
    assert bookings.done[0][0]["name"] == "Warsztaty"


def test_in_a_room_it_is_not_opened(world: World) -> None:
    world.say("olga", "/czaty", "ngo")
    world.say("olga", "/rezerwuj", "ngo")
    assert "form-direct" in ids(world.intents)


def test_each_chat_has_its_own_and_one_person_may_have_two(world: World) -> None:
    there = elsewhere(world, capabilities=MATRIX, platform="matrix")
    fill(world, "/rezerwuj", "Warsztaty")
    fill(there, "!rezerwuj", "Wykład")
    old, new = there.person("olga"), world.person("olga")
    world.store(lambda store: store.merge(old, new))
    mine, other = form(world), form(there)
    assert mine
    assert other
    assert (mine.state.answers, other.state.answers) == ({"name": "Warsztaty"}, {"name": "Wykład"})
    account = AccountRef("matrix", "olga")
    parted = world.store(lambda store: store.part(account, ChatRef("matrix", "dm-olga")))
    other = form(there)
    assert other
    assert other.person_id == parted


def test_a_chat_that_moves_takes_its_form_along(world: World) -> None:
    fill(world, "/rezerwuj", "Warsztaty")
    person = world.person("olga")
    new = ChatRef("telegram", "dm-new")
    world.store(lambda store: store.move(ChatRef("telegram", "dm-olga"), new))
    assert world.store(lambda store: store.forms.of(person, new))
    assert form(world) is None


WORDS = ["/rezerwuj", "/rezerwuj x", "Warsztaty", "1", "2", "9", "wstecz", "pomiń", "popraw", "gotowe", "/pomoc", "źle"]
PRESSES = ["press 1", "press 2", "press b", "press s", "press k", "press f", "press ok"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS) | st.sampled_from(PRESSES) | st.text(max_size=12), max_size=14))
def test_whatever_happens_it_can_be_left(world: World, moves: list[str]) -> None:
    world.say("olga", "anuluj")
    for move in moves:
        opened = form(world)
        if move.startswith("press ") and opened:
            world.press("olga", f"form.do:{opened.id}.{opened.turn}.{move.split()[1]}")
        elif not move.startswith("press "):
            world.say("olga", move)
        now = form(world)
        if opened and now and now.id == opened.id:
            assert now.state.answers.keys() >= opened.state.answers.keys()
    world.say("olga", "anuluj")
    assert form(world) is None
