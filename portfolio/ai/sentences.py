"""Where the sentences of a text begin and end, in code points of the text as it is."""

import re

Bounds = tuple[int, int]

_ABBREVIATIONS = frozenset(
    """
    approx ca cf dr e.g eg est fig i.e ie inc jr ltd mr mrs nr prof resp rev sr vol vs
    """.split()  # noqa: SIM905 - as a list, one word a line, nobody would read it
)
_CLOSING = "\"'\u201d\u2019\u00bb)\\]"
_OPENING = "\"'\u201c\u2018\u00ab(\\["
_END = re.compile(
    # A mark before a capital or a figure; before a small letter only what is no full stop.
    f"[.!?…]+[{_CLOSING}]*(?=[ \\t]+[{_OPENING}]*[^\\Wa-z_])"
    r"|[!?]+(?=\s|$)"
    # The marks of scripts that put no blank behind them.
    "|[\u3002\uff01\uff1f]+"
    r"|\s*\n\s*"
)
_LAST_WORD = re.compile(r"[\w.]*$")


def split_sentences(text: str) -> list[Bounds]:
    """The sentences, without the blanks around them; together they hold all that is not blank."""
    found = []
    start = 0
    for end in _END.finditer(text):
        if "\n" not in end[0] and _is_abbreviation(text[start : end.start()], end[0]):
            continue
        found.append(_trimmed(text, start, end.end()))
        start = end.end()
    found.append(_trimmed(text, start, len(text)))
    return [bounds for bounds in found if bounds[0] < bounds[1]]


def _is_abbreviation(before: str, mark: str) -> bool:
    if mark != ".":
        return False
    found = _LAST_WORD.search(before)
    word = found[0].lower() if found else ""
    is_initial = len(word) == 1 and word.isalpha()
    return is_initial or word in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> Bounds:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())
