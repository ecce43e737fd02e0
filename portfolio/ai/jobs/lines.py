"""Cutting a description into lines, also where it was pasted without its line breaks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BULLET = re.compile(
    r"[ \t]*(?:[-*+\u2022\u00b7\u2023\u25aa\u25cf\u25e6\u2013\u2014\u25a0\u2713\u2714\u27a2\uf0b7o]"
    r"(?=[ \t\u00a0])|(?P<number>\(?\d{1,2}[.)](?=[ \t\u00a0]))|\u2022"
    r"|\d{1,2}(?:\.\d{1,2}){1,2}[.)]?(?=[ \t\u00a0])(?!\s*(?:\+|-|\u2013|years?|yrs?|jahre?"
    r"|months?|to\b)))[ \t\u00a0]*"
)
# Headings and bullets in the middle of a line: a text that was pasted without its line breaks.
_RUN_ON = re.compile(
    r"(?<=\S)[ \t](?=(?:(?:Job|Our|Your|The|Key|Employee|Additional|Minimum|Basic|Technical"
    r"|Required|Preferred|Main|Core|Essential|Desired|Soft) )?(?:[Bb]enefits|[Pp]erks"
    r"|[Rr]equirements|[Qq]ualifications|[Rr]esponsibilities|[Dd]uties|[Tt]asks|[Ss]kills"
    r"|[Pp]rofile|Job"
    r" [Dd]escription|Company [Dd]escription|About (?:us|you|the \w+)|Who (?:we|you) are"
    r"|What (?:we|you)(?:['\u2019]ll)? (?:offer|bring|need|do)|We offer|Nice[- ]to[- ]have"
    r"|Must[- ]have|Tech stack"
    r"|Industry|Company (?:size|type)|Experience level|Job type):[ \t])"
)
_RUN_ON_BULLET = re.compile(
    r"(?<=\S)[ \t](?=(?:[\u2022\u25aa\u25cf\u25e6\u2023\u00b7]|\*(?=[ \t][A-Z]))[ \t])"
)
_FEWEST_BULLETS = 2
_LONG_RUN = 120


class Line(NamedTuple):
    """A line without its bullet."""

    start: int
    end: int
    is_bullet: bool
    is_numbered: bool = False


def cut_lines(text: str) -> Iterator[Line]:
    """The lines in order, without bullets and outer blanks; empty ones, too."""
    start = 0
    for raw in _cut_run_ons(text):
        bullet = _BULLET.match(raw)
        offset = bullet.end() if bullet else 0
        content = raw[offset:]
        begin = start + offset + len(content) - len(content.lstrip())
        is_numbered = bullet is not None and bullet["number"] is not None
        end = max(begin, start + len(raw.rstrip()))
        yield Line(begin, end, bullet is not None, is_numbered)
        start += len(raw) + 1


def _cut_run_ons(text: str) -> Iterator[str]:
    """The lines, and what runs on within one; one character is between each and the next."""
    for line in text.split("\n"):
        if len(line) < _LONG_RUN:
            yield line
            continue
        places = [match.start() for match in _RUN_ON.finditer(line)]
        bullets = [match.start() for match in _RUN_ON_BULLET.finditer(line)]
        if len(bullets) >= _FEWEST_BULLETS:
            places = sorted(places + bullets)
        start = 0
        for place in places:
            yield line[start:place]
            start = place + 1
        yield line[start:]
