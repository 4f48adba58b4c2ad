"""The guided forms of announcements: step by step, and other words for one that is out."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.core.announcement_form import LANGUAGES, Facts, fault_of, read_target, read_words
from bot.core.announcements import GIVEN, Draft, Options
from bot.core.content import Arg, Text, text
from bot.core.forms import Answers, Choice, Form, Scene, Step
from bot.core.places import EVERYWHERE
from bot.core.poll_form import read_closing
from bot.core.refs import network_of

NOW = "now"


def announcement_form() -> Form:
    """An announcement, step by step. Its card is the review."""
    return Form(
        (
            Step(
                "target",
                text("announce-step-target"),
                lambda _scene: text("announce-ask-target"),
                read=_named_targets,
                show=_target_shown,
                choices=_targets,
                several=True,
            ),
            _new(GIVEN),
            Step(
                "languages",
                text("announce-step-languages"),
                lambda _scene: text("announce-ask-languages"),
                choices=lambda _scene: [Choice(lang, text(f"language-name-{lang}")) for lang in LANGUAGES],
                optional=True,
                several=True,
            ),
            *(_new(lang) for lang in LANGUAGES),
            Step(
                "when",
                text("announce-step-when"),
                lambda _scene: text("announce-ask-when"),
                read=_when,
                choices=lambda _scene: [Choice(NOW, text("announce-now"), ("teraz", "now", "зараз"))],
                show=_when_shown,
            ),
            Step(
                "options",
                text("announce-step-options"),
                lambda _scene: text("announce-ask-options"),
                choices=lambda _scene: [
                    Choice(name, text(f"announce-choose-{name}")) for name in ("urgent", "pin", "receipt", "loud")
                ],
                optional=True,
                several=True,
            ),
        )
    )


def words_form() -> Form:
    """Other words for an announcement that is out, in each language that it has."""
    return Form(tuple(_correction(lang) for lang in (GIVEN, *LANGUAGES)))


def draft_of(answers: Answers) -> Draft:
    """The announcement that the answers make."""
    when = answers["when"]
    chosen = answers.get("options") or ()
    return Draft(
        words_of(answers),
        ",".join(answers["target"]),
        Options(**dict.fromkeys(chosen, True)),
        None if when == NOW else datetime.fromisoformat(when),
    )


def words_of(answers: Answers) -> tuple[tuple[str, str], ...]:
    """The words in each language that has some."""
    return tuple((lang, said) for lang in (GIVEN, *LANGUAGES) if (said := answers.get(_id(lang))))


def answers_of(draft: Draft) -> dict[str, Any]:
    """The inverse of `draft_of`."""
    words = dict(draft.words)
    answers = correction_of(draft)
    # Words that came under a language alone are what the others read, too.
    answers.setdefault(_id(GIVEN), draft.words[0][1])
    return answers | {
        "target": draft.target.split(","),
        "languages": [lang for lang in LANGUAGES if lang in words] or None,
        "when": draft.send_at.isoformat() if draft.send_at else NOW,
        "options": draft.options.chosen() or None,
    }


def correction_of(draft: Draft) -> dict[str, Any]:
    """The words of an announcement as answers."""
    return {_id(lang): said for lang, said in draft.words}


def _id(lang: str) -> str:
    return f"words-{lang}" if lang else "words"


def _words_step(lang: str, applies: Callable[[Scene], bool]) -> Step:
    label = text(f"language-name-{lang}") if lang else None
    return Step(
        _id(lang),
        text("announce-step-words-in", language=label) if label else text("announce-step-words"),
        lambda _scene: text("announce-ask-words-in", language=label) if label else text("announce-ask-words"),
        read=_read_words,
        applies=applies,
    )


def _new(lang: str) -> Step:
    return _words_step(lang, lambda scene: not lang or lang in (scene.answers.get("languages") or ()))


def _correction(lang: str) -> Step:
    return _words_step(lang, lambda scene: lang in dict(scene.facts.words))


def _read_words(words: str, _scene: Scene) -> str | Text:
    said = read_words(words)
    if isinstance(said, Text):
        return said
    return fault_of(words) or words


def _named_targets(words: str, scene: Scene) -> list[str] | Text:
    found = read_target(words, scene.facts)
    return found if isinstance(found, Text) else found.split(",")


def _target_shown(value: Any, scene: Scene) -> Arg:
    """A room, which is no choice but may be named."""
    found = [place.name for place in scene.facts.places if value == f"room:{place.id}"]
    return text("announce-target-room", name=found[0] if found else str(value))


def _targets(scene: Scene) -> Sequence[Choice]:
    facts: Facts = scene.facts
    found = [Choice(EVERYWHERE, text("announce-target-all"))]
    found += [
        Choice(
            f"audience:{id_}", text("announce-target-audience", name=name) if name else text("announce-target-default")
        )
        for id_, name in facts.audiences().items()
    ]
    found += [Choice(f"area:{id_}", text("announce-target-area", name=names)) for id_, names in facts.areas]
    found += [
        Choice(f"network:{one}", text("announce-target-network", name=network_of(one))) for one in facts.networks()
    ]
    return found


def _when(words: str, scene: Scene) -> str | Text:
    at = read_closing(words, scene.now, scene.facts.zone)
    return at if isinstance(at, Text) else at.isoformat()


def _when_shown(value: Any, _scene: Scene) -> Arg:
    return text("announce-now") if value == NOW else datetime.fromisoformat(value)
