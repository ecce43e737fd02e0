"""A résumé as CommonMark. Whatever stands in it appears as the text that it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from portfolio.services.exports.resume_outline import Entry, Link, Outline, outline_resume

# What means something wherever it stands. An underscore inside a word does not, and an ampersand
# only before what may be the rest of an entity. Bars and tildes are for GitHub's dialect.
_ANYWHERE = re.compile(r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<!\S)#")
# What means something at the beginning of a line.
_FIRST = re.compile(r"[-+](?=[\s-]|$)|[=>]")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_NOT_IN_LINKS = re.compile(r"[\x00-\x20\x7f<>\\`]")
_BREAK = re.compile(r"\r\n?|\n")


def write_markdown(document: Mapping[str, Any]) -> str:
    """The document as Markdown that any reader of CommonMark shows alike."""
    return "\n\n".join(_blocks(outline_resume(document))) + "\n"


def escape(text: str) -> str:
    """One line of text, as text."""
    text = _ANYWHERE.sub(lambda found: "\\" + found[0], " ".join(text.split()))
    if _FIRST.match(text):
        return "\\" + text
    return _NUMBER.sub(r"\1\\\2", text, count=1) if _NUMBER.match(text) else text


def _blocks(outline: Outline) -> Iterator[str]:
    yield f"# {escape(outline.name)}"
    yield from _paragraphs(outline.label)
    yield from _line(outline.contacts)
    yield from _paragraphs(outline.summary)
    for part in outline.parts:
        yield f"## {part.title}"
        if part.brief:
            yield "\n".join(_point(_brief(entry)) for entry in part.entries)
        else:
            for entry in part.entries:
                yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    if entry.title:
        yield f"### {escape(entry.title)}"
    yield from _line([*entry.facts, entry.period, *entry.links])
    yield from _paragraphs(entry.about)
    yield from _paragraphs(entry.text)
    if entry.points:
        yield "\n".join(_point("\n\n".join(_paragraphs(point))) for point in entry.points)
    if entry.words:
        yield escape(", ".join(entry.words))


def _brief(entry: Entry) -> str:
    title = f"**{escape(entry.title)}**" if entry.title else ""
    facts = " · ".join(_line([*entry.facts, entry.period, *entry.links]))
    words = escape(", ".join(entry.words) or entry.text)
    told = " · ".join(filter(None, (title, facts)))
    return f"{told}: {words}" if told and words else told or words


def _point(text: str) -> str:
    return "- " + text.replace("\n", "\n  ").replace("\n  \n", "\n\n")


def _line(things: Iterable[str | Link]) -> Iterator[str]:
    line = " · ".join(_link(t) if isinstance(t, Link) else escape(t) for t in things if t)
    yield from filter(None, (line,))


def _link(link: Link) -> str:
    address = _NOT_IN_LINKS.sub(lambda found: quote(found[0]), link.url)
    address = re.sub(r"[()]|&(?=#?\w+;)", lambda found: "\\" + found[0], address)
    return f"[{escape(link.text)}]({address})"


def _paragraphs(text: str) -> Iterator[str]:
    """The text's paragraphs, in which every line stays a line."""
    for paragraph in re.split(r"\n\s*\n", _BREAK.sub("\n", text)):
        lines = [escape(line) for line in paragraph.split("\n") if line.strip()]
        if lines:
            yield "\\\n".join(lines)
