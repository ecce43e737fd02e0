"""Whether a name is all that a bullet or a row of a table is about, or the end of a sentence."""

import re

_BULLET = re.compile(
    r"(?:^|\n)[ \t]*(?:[-*\u2022\u00b7\u2023\u25aa\u25cf\u25e6\u2013]|\d{1,2}[.)])[\W_]*$"
)
# What may follow the name that a bullet or a row is about: `(optional)`, `: nice`, `| 5`.
_ALONE = re.compile(
    r"[ \t*`_.,]{0,4}(?:$|\n)|[ \t*`_]{0,4}(?:[(:=|\u2013\u2014-]|\t)[ \t]*(?:an? |very "
    r"|highly )?(?:nice|optional"
    r"|bonus|plus|helpful|useful|handy|preferred|desirable|desired|required|must|mandatory|needed"
    r"|essential|welcome|acceptable|not |no\b|yes\b|\d|\||any\b)[^\n]{0,40}(?:$|\n)"
    r"|[ \t](?:(?:is|are|be|would be) )?(?:optional|acceptable|helps?|preferred|desirable|required"
    r"|(?:an? )?(?:plus|bonus|must))"
    r"[ \t.!]{0,3}(?:$|\n)"
)
_ROW = re.compile(r"[ \t*`_]{0,4}[|\t]")


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but how much it is wanted stands beside it."""
    if _ALONE.match(text, end) is None:
        return False
    is_row = _ROW.match(text, end) is not None
    if is_row and not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t|*"):
        return True
    return _BULLET.search(text[max(0, start - 12) : start]) is not None


def ends_a_sentence(text: str, start: int) -> bool:
    """Whether a word leads up to it: what begins the next line is no list with it."""
    return text[max(0, start - 2) : start - 1].isalpha() and text[start - 1] == " "
