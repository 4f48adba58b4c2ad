"""Open forms on both databases: one a chat, with whoever the chat belongs to."""

from dataclasses import replace
from datetime import timedelta

from bot.core.chats import ChatKind
from bot.core.forms import LIFETIME, OpenForm, State
from bot.core.refs import AccountRef, ChatRef
from storage.store import Store
from tests.storage.support import NOW, Box

HERE, THERE = ChatRef("telegram", "1"), ChatRef("matrix", "!dm")
OLA, JAN = AccountRef("telegram", "ola"), AccountRef("matrix", "@jan")
ANSWERS = {"name": "Zażółć „gęślą”", "several": ["a", "b"], "number": 3, "skipped": None, "options": [{"pl": "Tak"}]}


def new(box: Box, account: AccountRef = OLA, chat: ChatRef = HERE, answers: dict[str, object] = ANSWERS) -> OpenForm:
    def job(store: Store) -> OpenForm:
        person = store.people.of(account)
        store.chats.seen(chat, ChatKind.DIRECT, None, person.id)
        return store.forms.new("poll", "abc", person.id, chat, State("name", answers), "e1")

    return box.do(job)


def found(box: Box, person: str, chat: ChatRef = HERE) -> OpenForm | None:
    return box.do(lambda store: store.forms.of(person, chat))


def test_it_comes_back_as_it_was(box: Box) -> None:
    form = new(box)
    assert found(box, form.person_id) == form
    assert found(box, form.person_id, THERE) is None
    changed = replace(
        form, state=State("", {}), turn=7, wanted="poll.", paused=True, touched_at=NOW + timedelta(hours=1)
    )
    box.do(lambda store: store.forms.put(changed, "e2"))
    assert found(box, form.person_id) == changed
    box.do(lambda store: store.forms.close(changed, "e3"))
    assert found(box, form.person_id) is None


def test_a_chat_has_one_at_most(box: Box) -> None:
    first, second = new(box), new(box, answers={})
    assert first.id != second.id
    assert found(box, first.person_id) == second


def test_later_events_of_a_batch_see_it_and_know_who_moved_it(box: Box) -> None:
    def job(store: Store) -> None:
        person = store.people.of(OLA).id
        assert store.forms.of(person, HERE) is None
        form = store.forms.new("poll", "", person, HERE, State("name", {}), "e1")
        assert store.forms.of(person, HERE) == form
        assert store.forms.moved_by("e1")
        assert not store.forms.moved_by("e2")
        store.forms.close(form, "e2")
        assert store.forms.of(person, HERE) is None
        assert store.forms.moved_by("e2")

    box.do(job)


def test_it_waits_for_two_hours(box: Box) -> None:
    form = new(box)
    assert form.waiting(NOW + LIFETIME - timedelta(seconds=1))
    assert not form.waiting(NOW + LIFETIME)
    assert not replace(form, paused=True).waiting(NOW)


def test_linking_and_unlinking_take_it_along(box: Box) -> None:
    mine, theirs = new(box), new(box, JAN, THERE)
    box.do(lambda store: store.merge(theirs.person_id, mine.person_id))
    assert found(box, mine.person_id) == mine
    assert found(box, mine.person_id, THERE) == replace(theirs, person_id=mine.person_id)
    parted = box.do(lambda store: store.part(JAN, THERE))
    assert found(box, mine.person_id) == mine
    assert found(box, mine.person_id, THERE) is None
    assert found(box, parted, THERE) == replace(theirs, person_id=parted)


def test_a_chat_that_moves_takes_it_along(box: Box) -> None:
    form = new(box)
    box.do(lambda store: store.move(HERE, ChatRef("telegram", "2")))
    assert found(box, form.person_id, ChatRef("telegram", "2")) == replace(form, chat=ChatRef("telegram", "2"))
    other = new(box)
    box.do(lambda store: store.move(ChatRef("telegram", "2"), HERE))
    assert found(box, form.person_id) == other
    assert found(box, form.person_id, ChatRef("telegram", "2")) is None


def test_old_ones_are_dropped(box: Box) -> None:
    form = new(box)
    assert box.do(lambda store: store.forms.forget(NOW, 10)) == 0
    assert box.do(lambda store: store.forms.forget(NOW + timedelta(seconds=1), 10)) == 1
    assert found(box, form.person_id) is None
