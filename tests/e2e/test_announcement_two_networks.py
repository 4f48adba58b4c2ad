"""One announcement, two networks, three languages: the real process between the fake Bot API and a real Synapse.

Written by a moderator on Matrix, for two areas. Meanwhile the bot is put out of a room, loses the right to write in
others, and groups become supergroups; what the reports say is compared with what people see in each room.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.matrix import table
from tests.crash.process import Bot
from tests.e2e.test_one_poll_two_networks import plain
from tests.fakes.ports import free_port
from tests.fakes.synapse.e2ee import EncryptedMember
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember
from tests.fakes.synapse.seen import Seen
from tests.fakes.synapse.server import SynapseServer
from tests.fakes.telegram import Chat, FakeTelegram, Person
from tests.platforms.matrix.test_native_polls import told

OWNER = 1
HELD = 45
"""Seconds within which what is held for thirty must be out."""
INTEGRATION, CULTURES, DOCUMENTS = "integration", "multiculturalism", "documents"
NUMBERS = {INTEGRATION: 3, CULTURES: 4}
WORDS = {
    "pl": ("Zapraszamy na spotkanie jutro", "Zapraszamy na spotkanie pojutrze"),
    "en": ("You are invited: meeting tomorrow", "You are invited: meeting on Friday"),
    "uk": ("Запрошуємо на зустріч завтра", "Запрошуємо на зустріч у п’ятницю"),
}
HEADS = {"pl": "Ogłoszenie nr 1", "en": "Announcement no. 1", "uk": "Оголошення № 1"}


def message(state: int) -> str:
    """The words in three languages, as they were written first or as they are after the correction."""
    given = WORDS["pl"][state]
    return f"**{given}**: https://example.org\nen:\n{WORDS['en'][state]}\nuk:\n{WORDS['uk'][state]}"


@dataclass
class Telegram:
    """Groups that the owner claims, with an area and a language each."""

    fake: FakeTelegram
    owner: Person

    async def group(self, name: str, area: str, lang: str, kind: str = "supergroup") -> Chat:
        group = self.fake.chat(kind, name, members=[self.owner])
        await self.fake.say(self.owner, group, "/obszary")
        switches = await self.fake.wait_for(lambda one: "reply_markup" in one, chat=group, timeout=15)
        [number] = [n for n, id_ in enumerate(("documents", "support", INTEGRATION, CULTURES)) if id_ == area]
        button = switches["reply_markup"]["inline_keyboard"][number][0]["callback_data"]
        await self.fake.wait_answer(await self.fake.press(self.owner, switches, button))
        await self.fake.say(self.owner, group, f"/jezyk {lang}")
        await self.fake.until(lambda: len(self.fake.sent(group)) >= 2, 15)
        return group

    def shown(self, group: Chat) -> list[str]:
        """Announcements as they stand there."""
        return [plain(words) for words in self.fake.texts(group) if any(head in words for head in HEADS.values())]


@dataclass
class Matrix:
    """Rooms that the moderator made, with an area and a language each, and the direct chat in which she writes."""

    ola: EncryptedMember
    bot: str
    direct: str = ""

    async def room(self, name: str, area: str, lang: str, *, encrypted: bool = False) -> str:
        room = await self.ola.plain.create_room(name=name, encrypted=encrypted, invite=[self.bot])
        await self.ola.wait_membership(room, self.bot, "join", 20)
        if encrypted:
            await self.ola.wait_ready(room, self.bot)
        await self.ola.text(room, "!obszary")
        switches = await told(self.ola, room, self.bot, "Wielokulturowość")
        await self.ola.text(room, str(NUMBERS[area]), reply_to=switches.event_id)
        await told(self.ola, room, self.bot, "Ta grupa ma teraz obszar")
        await self.ola.text(room, f"!język {lang}")
        return room

    async def seen(self, room: str) -> list[str]:
        """Announcements as they stand there: what was redacted is gone, what was edited says what it says now."""
        gone = {one["event_id"] for one in await self.ola.plain.messages(room) if not one.get("content")}
        first = [
            one
            for one in self.ola.seen
            if (one.room_id, one.sender) == (room, self.bot)
            and any(head in one.body for head in HEADS.values())
            and "m.new_content" not in one.content
            and one.event_id not in gone
        ]
        return [self._now(one) for one in first]

    def _now(self, first: Seen) -> str:
        edits = [
            one.content["m.new_content"]["body"]
            for one in self.ola.seen
            if one.content.get("m.relates_to", {}).get("event_id") == first.event_id and "m.new_content" in one.content
        ]
        return plain(edits[-1] if edits else first.body)

    async def silence(self, room: str) -> None:
        """Nobody but the moderator may write there any more."""
        levels = await self.ola.plain.state(room, "m.room.power_levels")
        await self.ola.plain.set_state(room, "m.room.power_levels", levels | {"events_default": 50})

    async def asks(self, words: str, *wanted: str, within: float = 20) -> Seen:
        """Write to the bot; what it says then."""
        after = len(self.ola.seen)
        await self.ola.text(self.direct, words)
        return await self.hears(*wanted, within=within, after=after)

    async def hears(self, *wanted: str, within: float = 20, after: int = 0) -> Seen:
        """Until a message of the bot, not the edit of one, says all of it."""
        return await self.ola.wait_for(
            lambda one: (
                (one.room_id, one.sender) == (self.direct, self.bot)
                and "m.new_content" not in one.content
                and all(part in plain(one.body) for part in wanted)
            ),
            within,
            after=after,
        )


def number_of(card: Seen, label: str) -> str:
    """The number of a choice on a card."""
    found = re.search(rf"^(\d+)\. {label}$", plain(card.body), re.MULTILINE)
    assert found, card.body
    return found[1]


def lines(report: Seen, *wanted: str) -> None:
    """The report has these lines, and no room has a line of trouble beside."""
    said = plain(report.body).splitlines()
    for line in wanted:
        assert any(line in one for one in said), (line, report.body)
    troubled = [one for one in said if re.search(r"\((Telegram|Matrix)\): ", one)]
    assert len(troubled) == sum("): " in line for line in wanted), report.body


def one_each(found: Sequence[tuple[list[str], str]], state: int) -> None:
    """In each of these rooms it stands once, in the language of the room and in no other."""
    for shown, lang in found:
        assert len(shown) == 1, shown
        assert HEADS[lang] in shown[0]
        assert WORDS[lang][state] in shown[0]
        others = [words for other, said in WORDS.items() for words in said if (other, words) != (lang, said[state])]
        assert not any(words in shown[0] for words in others), shown


async def test_an_announcement_is_everywhere_corrected_and_withdrawn_and_its_reports_are_true(
    tmp_path: Path, synapse: SynapseServer, make_account: MakeAccount, make_encrypted_member: MakeEncryptedMember
) -> None:
    token = f"{uuid.uuid4().int % 10**10}:{uuid.uuid4().hex}abc"
    account = await make_account("obrady")
    us = account.user_id
    ola = await make_encrypted_member("ola")
    async with FakeTelegram(token) as fake:
        marek = fake.user(OWNER, "Marek")
        tables = (
            f'[people]\nowners = ["telegram:{OWNER}", "matrix:{ola.user_id}"]\n'
            f'[platforms.telegram]\ntoken = "{token}"\nbase_url = "{fake.url}"\n'
            + table(tmp_path, synapse.url, account, ola.user_id)
        )
        async with Bot(tmp_path, tables, free_port()) as bot:
            await bot.start()
            await bot.ready()
            tg, mx = Telegram(fake, marek), Matrix(ola, us)
            kultura = await tg.group("Kultura", CULTURES, "pl")
            culture = await tg.group("Culture", INTEGRATION, "en")
            early = await tg.group("Wczesna", CULTURES, "pl", "group")
            late = await tg.group("Późna", INTEGRATION, "uk", "group")
            hostile = await tg.group("Niechętna", CULTURES, "pl")
            mute = await tg.group("Milcząca", INTEGRATION, "en")
            other = await tg.group("Inna", DOCUMENTS, "pl")
            sealed = await mx.room("Zespół", CULTURES, "uk", encrypted=True)
            team = await mx.room("Team", INTEGRATION, "en")
            quiet = await mx.room("Cisza", CULTURES, "pl")
            leaving = await mx.room("Wyszli", INTEGRATION, "pl")
            mx.direct = await ola.plain.create_room(direct=True, invite=[us])
            await ola.wait_membership(mx.direct, us, "join", 20)

            head = "!ogłoszenie do: Wielokulturowość, Integracja sektora\njak: pilne\n"
            card = await mx.asks(head + message(0), "Podgląd", "Telegram: 6 grup", "Matrix: 4 grupy", "Zespół (Matrix)")
            assert "Inna" not in card.body
            await mx.asks(number_of(card, "Wyślij"), "wyjdzie po czasie na cofnięcie")
            # Held for half a minute, in which the world goes on.
            await fake.kick_bot(hostile, marek)
            mute.may_write = False
            fault = fake.fault("migrate", method="sendMessage", chat=early.id)
            await mx.silence(quiet)
            assert not tg.shown(kultura)
            report = await mx.hears("Raport: ogłoszenie nr 1", within=HELD)
            assert fault.used == 1
            early_now = fake.world.chats[early.migrated_to or 0]
            lines(
                report,
                "Dotarło: 7 z 10",
                "Niechętna (Telegram): bot został usunięty z grupy",
                "Milcząca (Telegram): bot nie ma prawa pisać",
                "Cisza (Matrix): bot nie ma prawa pisać",
            )

            async def everywhere(state: int) -> None:
                on_telegram = [(kultura, "pl"), (culture, "en"), (early_now, "pl")]
                on_matrix = [(sealed, "uk"), (team, "en")]
                one_each([(tg.shown(group), lang) for group, lang in on_telegram], state)
                one_each([(await mx.seen(room), lang) for room, lang in on_matrix], state)
                for group in (hostile, mute, other, early):
                    assert not tg.shown(group)
                assert not await mx.seen(quiet)

            await everywhere(0)
            one_each([(tg.shown(late), "uk"), (await mx.seen(leaving), "pl")], 0)

            # One group becomes a supergroup, one room puts the bot out; then the words are corrected.
            await fake.migrate(late)
            await ola.plain.kick(leaving, us)
            await mx.asks(f"!popraw_ogłoszenie {message(1)}", "Nowa treść idzie do wszystkich grup")
            report = await mx.hears("Raport: poprawki ogłoszenia nr 1")
            lines(
                report,
                "W porządku: 8 z 10",
                "Poprawione: 5",
                "Nie ma go tam, więc nie trzeba poprawiać: 3",
                "Późna (Telegram): grupa zmieniła adres",
                "Wyszli (Matrix): bot został usunięty z grupy",
            )
            await everywhere(1)
            one_each([(tg.shown(late), "uk"), (await mx.seen(leaving), "pl")], 0)

            sure = await mx.asks(number_of(report, "Wycofaj"), "Wycofać ogłoszenie nr 1 wszędzie (10)?")
            await mx.asks(number_of(sure, "Tak, wycofaj wszędzie"), "Wycofywanie trwa")
            report = await mx.hears("Raport: wycofanie ogłoszenia nr 1")
            lines(
                report,
                "W porządku: 8 z 10",
                "Usunięte: 5",
                "Nie ma go tam, więc nie trzeba usuwać: 3",
                "Późna (Telegram): grupa zmieniła adres",
                "Wyszli (Matrix): bot został usunięty z grupy",
            )
            for group in (kultura, culture, early, early_now, hostile, mute, other):
                assert not tg.shown(group)
            for room in (sealed, team, quiet):
                assert not await mx.seen(room)
            # Where the report says that it could not be withdrawn it still stands.
            one_each([(tg.shown(late), "uk"), (await mx.seen(leaving), "pl")], 0)
            assert await bot.stop() == 0
        assert fake.violations == []
    log = bot.log.read_text("utf-8")
    assert not any(words in log for words in ("spotkanie", "meeting", "Marek", token, "Zespół"))
