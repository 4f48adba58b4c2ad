"""Markdown: its text as it stands, without what is only for layout. Runs in the child."""

import re

from bot.documents.model import Parsed
from bot.documents.plain import ITEM

_OURS = re.compile(r"\A\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_YAML = re.compile(r"\A---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_YAML_LINE = re.compile(r"^(title|date|lang)\s*:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?P<words>[^\s#>|*+-].*)\n(?P<line>=+|-{3,})[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((?:[^()\n]|\([^()\n]*\)){0,1000}\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,300})(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE)


def read_markdown(text: str) -> Parsed:
    """Take off metadata blocks, and the marks inside lines; headings, lists and tables stay."""
    head, told = "", {}
    if ours := _OURS.match(text):
        head, text = ours["head"], text[ours.end() :]
    elif yaml := _YAML.match(text):
        told, text = dict(_YAML_LINE.findall(yaml["head"])), text[yaml.end() :]
    text = _COMMENT.sub("", text)
    text = _UNDERLINED.sub(lambda found: ("# " if found["line"][0] == "=" else "## ") + found["words"], text)
    text = _RULE.sub("", text)
    for pattern, kept in ((_IMAGE, ""), (_LINK, r"\1"), (_CODE, r"\1"), (_STRONG, r"\2"), (_EMPHASIS, r"\2")):
        text = pattern.sub(kept, text)
    lines = [line.rstrip() if not ITEM.match(line) else line.rstrip().expandtabs(4) for line in text.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    title = _TITLE.search(text)
    return Parsed(
        "markdown",
        text,
        title=told.get("title") or (title[1] if title else ""),
        date=told.get("date", ""),
        lang=told.get("lang", ""),
        head=head,
    )
