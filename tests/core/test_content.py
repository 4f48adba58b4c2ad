"""What the bot wants to say waits as JSON and comes back as it was."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import (
    Arg,
    Body,
    Button,
    CommandName,
    Items,
    Lines,
    Link,
    Quoted,
    Say,
    Text,
    body_in,
    body_out,
    text,
    text_in,
    text_out,
)

IDS = st.from_regex(r"[a-z][a-z-]{0,20}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
SIMPLE: st.SearchStrategy[Arg] = st.one_of(
    WORDS,
    st.integers(),
    st.dates(),
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))])),
    st.builds(Link, WORDS, WORDS),
    st.builds(CommandName, IDS),
)
TEXTS: st.SearchStrategy[Text] = st.recursive(
    st.builds(Text, IDS),
    lambda inner: st.builds(
        lambda id_, args: Text(id_, tuple(args.items())),
        IDS,
        st.dictionaries(IDS, st.one_of(SIMPLE, inner), max_size=4),
    ),
    max_leaves=4,
)
BUTTONS = st.builds(Button, TEXTS, st.text(st.characters(codec="ascii"), max_size=40))
BLOCKS = st.one_of(
    st.builds(Say, TEXTS),
    st.builds(Quoted, WORDS),
    st.builds(Items, st.lists(TEXTS, max_size=3).map(tuple)),
    st.builds(Lines, st.lists(TEXTS, max_size=3).map(tuple)),
)
BODIES = st.builds(
    Body, st.lists(BLOCKS, max_size=4).map(tuple), st.lists(BUTTONS, max_size=3).map(tuple), st.booleans()
)


@given(BODIES)
def test_a_body_comes_back_from_json(body: Body) -> None:
    back = body_in(json.loads(json.dumps(body_out(body))))
    assert back == body
    assert body_out(back) == body_out(body)


@given(TEXTS)
def test_a_text_comes_back_from_json(value: Text) -> None:
    assert text_in(json.loads(json.dumps(text_out(value)))) == value


@pytest.mark.parametrize(
    "arg",
    [date(2022, 9, 2), datetime(2022, 9, 2, 17, tzinfo=UTC), 7, "7", Link("https://a"), text("b", c=1)],
)
def test_an_argument_keeps_its_kind(arg: Arg) -> None:
    [(_, back)] = text_in(json.loads(json.dumps(text_out(text("a", value=arg))))).args
    assert type(back) is type(arg)
    assert back == arg


@pytest.mark.parametrize(
    "row",
    [
        {"v": 2, "blocks": []},
        {"v": 0, "blocks": []},
        {"v": 1, "blocks": [{"z": ["a"]}]},
        {"v": 1, "blocks": [{"s": ["a", {"b": {"z": 1}}]}]},
        {"v": 1, "blocks": [], "buttons": [[["a"], "ą"]]},
    ],
)
def test_what_a_newer_version_wrote_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"format|unknown|ASCII"):
        body_in(row)


def test_an_action_that_a_network_could_not_carry_is_refused_when_it_is_made() -> None:
    Button(text("a"), "x" * 40)
    for action in ("x" * 41, "głos:1"):
        with pytest.raises(ValueError, match="40 ASCII characters"):
            Button(text("a"), action)
