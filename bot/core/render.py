"""From content to markup: the words of one language, laid out for one network. The words themselves come by a port."""

from collections.abc import Callable

from bot.core.capabilities import Capabilities
from bot.core.clean import inert
from bot.core.content import Body, Items, Lines, Quoted, Say, Text
from bot.core.markup import Markup, Paragraph, Run, paragraph

Words = Callable[[Text, str, Capabilities], tuple[Paragraph, ...]]
"""A text's paragraphs in a language (`bot.locales.Texts.words`)."""


def render(body: Body, lang: str, capabilities: Capabilities, words: Words) -> tuple[Markup, tuple[str, ...]]:
    """Lay a message out. Returns the markup and the labels of its buttons, in order.

    Where the network has no buttons the choices stand in the text as numbered lines with a line that says how to
    choose.
    """
    out: list[Paragraph] = []
    for block in body.blocks:
        match block:
            case Say():
                out += words(block.text, lang, capabilities)
            case Quoted():
                out.append(paragraph("quote", [Run(inert(block.words))]))
            case Items():
                out += [paragraph("item", _line(item, lang, capabilities, words)) for item in block.items]
            case Lines():
                out.append(paragraph("para", _joined([_line(line, lang, capabilities, words) for line in block.lines])))
    choices = body.choices(buttons=capabilities.buttons)
    labels = tuple(label_of(button.label, lang, capabilities, words) for button in choices)
    if body.listed:
        labels = tuple(f"{number}. {label}" for number, label in enumerate(labels, 1))
    elif labels and not capabilities.buttons:
        lines = "\n".join(f"{number}. {label}" for number, label in enumerate(labels, 1))
        out.append(paragraph("para", [Run(lines)]))
        out += words(Text("choose-by-number"), lang, capabilities)
    return tuple(out), labels


def label_of(text: Text, lang: str, capabilities: Capabilities, words: Words) -> str:
    """A text as one plain line, for buttons and toasts."""
    return " ".join("".join(run.text for run in _line(text, lang, capabilities, words)).split())


def _joined(lines: list[list[Run]]) -> list[Run]:
    return [run for index, line in enumerate(lines) for run in ([Run("\n"), *line] if index else line)]


def _line(text: Text, lang: str, capabilities: Capabilities, words: Words) -> list[Run]:
    return [run for part in words(text, lang, capabilities) for run in part.runs]
