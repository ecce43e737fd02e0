"""The line under the title, which often is no more than the company and the town."""

import re
from typing import NamedTuple

from portfolio.ai.jobs.blocks import cut_lines
from portfolio.ai.jobs.headings import part_of_heading
from portfolio.ai.jobs.named import NamedPlaces

_FIRM = re.compile(
    r"\b(?:GmbH|AG|SE|KG|Ltd|Limited|LLC|Inc|Corp|PLC|BV|B\.V|NV|AB|AS|Oy|S\.A|SA|SARL|Group|Systems"
    r"|Software|Technologies|Technology|Labs?|Studios?|Solutions|Instruments|Analytics|Robotics"
    r"|Games|Media|Bank|Energy|Health|Logistics|Industries|Partners|Consulting|Digital|Networks"
    r"|Works|Foods|Motors|Airlines|Insurance|University|Institute|Council|Trust|Foundation)\b"
)
_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w\u00c0-\u024f.&' -]{1,40}")
_SEPARATOR = re.compile(r"\s*[,\u00b7|\u2022]\s*|\s+[-\u2013\u2014]\s+")
_BRACKETS = re.compile(r"\s*\([^)\n]{0,40}\)$")
_NO_PLACE = re.compile(
    r"\b(?:remote|hybrid|on-?site|full|part|time|permanent|contract|salary|urgent|team|department"
    r"|job|posted|new|senior|junior|the|we|you|our)\b",
    re.IGNORECASE,
)
_LONGEST = 60
_HEAD = 600


class Masthead(NamedTuple):
    """What the line says; None for what it does not."""

    company: str | None
    place: str | None


def read_masthead(text: str, title: str | None, named: NamedPlaces) -> Masthead:
    """From the line right under a title that is the first line."""
    lines = [line for line in cut_lines(text[:_HEAD]) if line.start < line.end][:2]
    if title is None or len(lines) < 2 or title not in text[lines[0].start : lines[0].end]:
        return Masthead(None, None)
    line = lines[1]
    content = _BRACKETS.sub("", text[line.start : line.end])
    if line.is_bullet or len(content) > _LONGEST or part_of_heading(content) is not None:
        return Masthead(None, None)
    if named.between(line.start, line.end) or _NO_PLACE.search(content) or content.isupper():
        return Masthead(None, None)
    return _split(_SEPARATOR.split(content))


def _split(parts: list[str]) -> Masthead:
    """A company with a firm's word and its town, or a town alone, with its country."""
    if len(parts) > 2 or not all(_NAME.fullmatch(part) for part in parts) or parts[-1][-1] in ".:":
        return Masthead(None, None)
    if _FIRM.search(parts[0]):
        return Masthead(parts[0], parts[1] if len(parts) > 1 else None)
    is_town = all(len(part.split()) <= 2 for part in parts)
    return Masthead(None, ", ".join(parts) if is_town else None)
