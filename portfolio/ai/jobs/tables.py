"""Years in tables: a column that its head calls so, as Markdown and pasted tables have it."""

import re
from collections.abc import Sequence

from portfolio.ai.jobs.description import Level, Years
from portfolio.ai.skills.concepts import Skill

_HEAD = re.compile(
    r"\W*(?:(?:min(?:imum|\.)?|required|least) )?(?:years?|yrs?|jahre)(?: (?:of )?(?:experience|exp"
    r"|required|needed))?\W*|\W*experience \((?:in )?(?:years|yrs)\)\W*|\W*erfahrung in jahren\W*",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\s*(?:\W{0,3}|min\.? |at least )(?P<least>\d{1,2}(?:\.5)?)\s?\+?"
    r"(?:\s?[-\u2013]\s?(?P<most>\d{1,2}))?\s?\+?\s?(?:years?|yrs?|y)?\s*",
    re.IGNORECASE,
)
_FURTHEST = 40
"""How many lines above a row its head may stand."""


def years_in_row(
    text: str, start: int, end: int, skills: Sequence[Skill], levels: Sequence[Level | None]
) -> list[Years]:
    """The years of the skills in a row, if the sentence is one."""
    sign = "|" if "|" in text[start:end] else "\t"
    if not skills or sign not in text[start:end]:
        return []
    first = text.rfind("\n", 0, start) + 1
    cells = _cells(text, first, end, sign)
    column = _column(text, first, sign, len(cells))
    if column is None or column >= len(cells):
        return []
    begin, past = cells[column]
    amount = _AMOUNT.fullmatch(text, begin, past)
    if amount is None or levels[0] is None:
        return []
    names = tuple(dict.fromkeys(skill.name for skill in skills))
    most = float(amount["most"]) if amount["most"] else None
    return [Years(float(amount["least"]), most, *amount.span("least"), levels[0], names)]


def _column(text: str, end: int, sign: str, count: int) -> int | None:
    """Which column the head above calls years: the first of the lines with the same cells."""
    for _ in range(_FURTHEST):
        start = text.rfind("\n", 0, max(0, end - 1)) + 1
        cells = _cells(text, start, max(start, end - 1), sign)
        if end == 0 or abs(len(cells) - count) > 2 or len(cells) < 2:
            return None
        for number, (first, past) in enumerate(cells):
            if _HEAD.fullmatch(text, first, past):
                return number
        end = start
    return None


def _cells(text: str, start: int, end: int, sign: str) -> list[tuple[int, int]]:
    """Where the cells of a line lie, from the line's beginning."""
    while start < end and text[start] in " \t":
        start += 1
    if text[start:end].startswith(sign):
        start += 1
    cells = []
    for cell in text[start:end].split(sign):
        cells.append((start, start + len(cell)))
        start += len(cell) + len(sign)
    return cells
