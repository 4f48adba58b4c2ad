"""Poll events as clients write them, and as nobody should, to the bot's own."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import PollEnded, PollResponded
from bot.core.markup import Run, paragraph
from bot.core.refs import AccountRef, ChatRef
from bot.platforms.matrix import polls
from bot.platforms.matrix.parse import Where, parse
from bot.platforms.matrix.rights import Rights
from bot.platforms.port import Outgoing, PollForm
from tests.platforms.matrix.test_parse import AT, ME, ROOM, WHERE, event
from tests.platforms.matrix.test_parse_fuzz import JSON

RESPONSE, STABLE = "org.matrix.msc3381.poll.response", "m.poll.response"
END = "org.matrix.msc3381.poll.end"
TO = {"m.relates_to": {"rel_type": "m.reference", "event_id": "$start"}}
POWER = {"users": {"@anna:example.org": 50}}
MODERATED = Where(ME, ROOM, WHERE.kind, Rights("11", frozenset({"@ola:example.org"}), POWER))


def response(answers: Any, kind: str = RESPONSE) -> PollResponded:
    found = parse(event({**TO, kind: {"answers": answers}}, kind), WHERE)
    assert isinstance(found, PollResponded)
    return found


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (RESPONSE, {RESPONSE: {"answers": ["a", "b"]}}),
        (STABLE, {STABLE: {"answers": ["a", "b"]}}),
        (STABLE, {"m.selections": ["a", "b"]}),
        (STABLE, {"m.selections": ["x"], RESPONSE: {"answers": ["a", "b"]}}),
    ],
)
def test_a_choice_in_every_shape_that_clients_write(kind: str, content: dict[str, Any]) -> None:
    assert parse(event({**TO, **content}, kind), WHERE) == PollResponded(
        key="matrix:$e1",
        at=AT,
        chat=ChatRef("matrix", ROOM),
        kind=WHERE.kind,
        sender=AccountRef("matrix", "@anna:example.org"),
        id="$e1",
        post="$start",
        answers=("a", "b"),
    )


@pytest.mark.parametrize("answers", [[], None, "a", {"a": 1}, [1], ["a", 2], [["a"]], [None]])
def test_a_choice_of_nothing_readable_is_one_that_is_spoilt(answers: Any) -> None:
    assert response(answers).answers == ()
    assert parse(event({**TO}, RESPONSE), WHERE) is not None


def test_choices_without_end_are_cut_and_cleaned() -> None:
    assert len(response([str(number) for number in range(5_000)]).answers) == 100
    assert response(["a\x00b"]).answers == ("a\ufffdb",)


@pytest.mark.parametrize("kind", [RESPONSE, STABLE, END, "m.poll.end"])
@pytest.mark.parametrize(
    "relation",
    [None, [], {}, {"rel_type": "m.replace", "event_id": "$start"}, {"rel_type": "m.thread", "event_id": "$start"}],
)
def test_what_belongs_to_no_poll_is_nothing(kind: str, relation: Any) -> None:
    content = {"m.relates_to": relation, RESPONSE: {"answers": ["a"]}}
    assert parse(event(content, kind), MODERATED) is None


def test_what_was_redacted_before_it_was_read_is_nothing() -> None:
    assert parse(event({}, RESPONSE), WHERE) is None
    assert parse(event({}, END), MODERATED) is None


@pytest.mark.parametrize("kind", [END, "m.poll.end"])
def test_only_who_may_redact_others_ends_a_poll(kind: str) -> None:
    found = parse(event({**TO, END: {}}, kind), MODERATED)
    assert isinstance(found, PollEnded)
    assert (found.id, found.post) == ("$e1", "$start")
    assert parse(event({**TO, END: {}}, kind, sender="@jan:example.org"), MODERATED) is None
    assert parse(event({**TO, END: {}}, kind, sender="@ola:example.org"), MODERATED) is None
    # From room version 12 on its creators stand above all levels.
    rights = Rights("12", frozenset({"@ola:example.org"}), POWER)
    where = Where(ME, ROOM, WHERE.kind, rights)
    assert isinstance(parse(event({**TO}, kind, sender="@ola:example.org"), where), PollEnded)


def test_the_bots_own_end_is_nothing() -> None:
    assert parse(event({**TO, END: {}}, END, sender=ME.user_id), MODERATED) is None


CONTENT = st.fixed_dictionaries(
    {},
    optional={
        "m.relates_to": st.just(TO["m.relates_to"]) | JSON,
        RESPONSE: st.fixed_dictionaries({"answers": JSON}) | JSON,
        STABLE: st.fixed_dictionaries({"answers": JSON}) | JSON,
        "m.selections": JSON,
    },
)


@settings(max_examples=400, deadline=None)
@given(CONTENT | JSON, st.sampled_from([*polls.RESPONSES, *polls.ENDS]), st.just("$e1") | JSON, st.integers() | JSON)
def test_whatever_stands_in_a_poll_event_it_is_read_or_set_aside(content: Any, kind: str, id_: Any, ts: Any) -> None:
    found = parse(event(content, kind, event_id=id_, origin_server_ts=ts), MODERATED)
    if isinstance(found, PollResponded):
        assert all(isinstance(answer, str) and "\x00" not in answer for answer in found.answers)
        assert found.post == found.post.encode("utf-8", "replace").decode()


# --- what is written ---


def outgoing(form: PollForm, **fields: Any) -> Outgoing:
    markup = (paragraph("para", [Run("Co?")]), paragraph("para", [Run("1. a\n2. b")]))
    return Outgoing(id="o", seq=1, op="send", chat=ChatRef("matrix", ROOM), markup=markup, poll=form, **fields)


def test_a_poll_is_written_as_clients_read_it() -> None:
    form = PollForm("Co?", (("p-1", "1. a"), ("p-2", "2. b")), 2)
    assert polls.start(outgoing(form), {}) == {
        "org.matrix.msc1767.text": "Co?\n\n1. a\n2. b",
        "org.matrix.msc3381.poll.start": {
            "kind": "org.matrix.msc3381.poll.undisclosed",
            "max_selections": 2,
            "question": {"org.matrix.msc1767.text": "Co?", "body": "Co?", "msgtype": "m.text"},
            "answers": [
                {"id": "p-1", "org.matrix.msc1767.text": "1. a"},
                {"id": "p-2", "org.matrix.msc1767.text": "2. b"},
            ],
        },
        "m.mentions": {},
    }
    relation = {"rel_type": "m.thread", "event_id": "$t"}
    assert polls.start(outgoing(form), relation)["m.relates_to"] == relation


def test_an_end_has_words_for_clients_without_polls() -> None:
    content = polls.end(outgoing(PollForm("Co?", (), ended=True), message_id="$start"))
    assert content["m.relates_to"] == {"rel_type": "m.reference", "event_id": "$start"}
    assert content["org.matrix.msc3381.poll.end"] == {}
    assert content["org.matrix.msc1767.text"] == content["body"] == "Co?\n\n1. a\n2. b"
