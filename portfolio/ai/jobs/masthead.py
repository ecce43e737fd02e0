"""The lines under the title, which often are no more than the company, the town and the terms."""

import re
from typing import NamedTuple

from portfolio.ai.jobs.headings import part_of_heading
from portfolio.ai.jobs.lines import Line, cut_lines
from portfolio.ai.jobs.named import NamedPlaces
from portfolio.ai.jobs.title import without_brackets

_FIRM = re.compile(
    r"\b(?:GmbH|AG|SE|KG|Ltd|Limited|LLC|Inc|Corp|PLC|plc|BV|B\.V|NV|AB|AS|ASA|Oy|S\.A|SA|SARL"
    r"|Group"
    r"|Systems"
    r"|Software|Technologies|Technology|Labs?|Studios?|Solutions|Instruments|Analytics|Robotics"
    r"|Games|Media|Bank|Energy|Health|Logistics|Industries|Partners|Consulting|Digital|Networks"
    r"|Works|Foods|Motors|Airlines|Insurance|University|Institute|Council|Trust|Foundation"
    r"|Hospital|Clinic|Academy|School|College|Airport|Museum|Library|Pharma|Ministry|Stadtwerke"
    r"|Universit\u00e4t|Hochschule|Klinikum|Verlag|Versicherung)\b"
)
_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w\u00c0-\u024f.&' -]{1,40}")
_STRONG = re.compile(r"\s*[\u00b7|\u2022]\s*|\s+[-\u2013\u2014]\s+|\t+|\s{3,}")
_BRACKETS = re.compile(r"\s*\([^)\n]{0,40}\)")
_TERMS = re.compile(
    r"\b(?:remote|hybrid|on-?site|full|part|time|permanent|contract|salary|urgent|team|department"
    r"|job|posted|new|senior|junior|the|we|you|our|vollzeit|teilzeit|unbefristet|befristet|from"
    r"|start|ab|immediately|apply|save|share|days?|weeks?|months?|hours?|homeoffice)\b"
    r"|[\u00a3$\u20ac%\d]",
    re.IGNORECASE,
)
_OR_REMOTE = re.compile(
    r"(?:,| or| oder| /) (?:remote|hybrid|on-?site|home ?office)\b.*$", re.IGNORECASE
)
_LONGEST = 120
_HEAD = 1500


class Masthead(NamedTuple):
    """What the lines say; None for what they do not."""

    company: str | None
    place: str | None


def read_masthead(text: str, title: str | None, named: NamedPlaces) -> Masthead:
    """From the line right under the title, and the next one if it names a company alone."""
    below = _lines_below(text, title)
    first = _read_line(text, below[0], named) if below else Masthead(None, None)
    if first.company is None or first.place or len(below) < 2:
        return first
    return first._replace(place=_read_line(text, below[1], named).place)


def _lines_below(text: str, title: str | None) -> list[Line]:
    lines = [line for line in cut_lines(text[:_HEAD]) if line.start < line.end]
    for number, line in enumerate(lines):
        if title is not None and title in without_brackets(text[line.start : line.end]):
            return lines[number + 1 : number + 3]
    return []


def _read_line(text: str, line: Line, named: NamedPlaces) -> Masthead:
    content = _OR_REMOTE.sub("", _BRACKETS.sub("", text[line.start : line.end]))
    if line.is_bullet or len(content) > _LONGEST or part_of_heading(content) is not None:
        return Masthead(None, None)
    if named.has_tool(line.start, line.end) and not _FIRM.search(content):
        return Masthead(None, None)
    if content.isupper() or content[-1:] in {".", ":"}:
        return Masthead(None, None)
    parts = [part for part in _STRONG.split(content) if part and not _TERMS.search(part)]
    return _split(parts) if parts else Masthead(None, None)


def _split(parts: list[str]) -> Masthead:
    """A company with a firm's word and its town, or a town alone, with its country."""
    name, _, rest = parts[0].partition(", ")
    if _FIRM.search(name) and _NAME.fullmatch(name):
        return Masthead(name, _place(rest or (parts[1] if len(parts) > 1 else "")))
    return Masthead(None, _place(", ".join(parts)))


def _place(words: str) -> str | None:
    parts = words.split(", ")
    is_town = len(parts) <= 2 and all(
        _NAME.fullmatch(part) and len(part.split()) <= 2 for part in parts
    )
    return words if is_town else None
