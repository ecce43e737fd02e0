"""How real résumés write single values: dates, links, places, lists and numbers."""

import re
from collections import Counter
from typing import Any

from portfolio.schemas.text import clean_line, clean_text
from portfolio.schemas.values import A_PARTIAL_DATE
from portfolio.vocabulary import PARTIAL_DATE_PATTERN

GOING_ON = frozenset(
    (
        "-",
        "\N{EN DASH}",
        "\N{EM DASH}",
        "present",
        "present day",
        "current",
        "currently",
        "now",
        "today",
        "ongoing",
        "to date",
        "to present",
        "till now",
        "till date",
        "until now",
        "until present",
        "heute",
    )
)
"""What stands in an end date when there is no end."""

_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")
_LOOSE_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?")
_MONTH_FIRST = re.compile(r"(\d{1,2}|[A-Za-z]{3,9}\.?)[\s,/.-]+(\d{4})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_NUMBERS = {
    word: number
    for number, name in enumerate(_MONTHS, 1)
    for word in (name, name[:3], name[:4] if name == "september" else name)
}
_EXPECTED = re.compile(r"(?:expected|anticipated):?\s+|\s+\(?(?:expected|anticipated)\)?", re.I)
_HOST_FIRST = re.compile(r"(?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
_FILE_NAME = re.compile(r"[^/]+\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)", re.IGNORECASE)


def is_blank(value: Any) -> bool:
    """Whether the value says nothing: null, text that nobody sees, an empty list or object."""
    return value in (None, [], {}) or (isinstance(value, str) and not clean_text(value))


def plain_number(value: Any) -> str | None:
    """A number as text; None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(value)


def read_date(value: Any, *, may_go_on: bool) -> tuple[Any, str | None]:
    """A partial date, None for one that goes on, and what is wrong if it is no date."""
    if isinstance(value, float):
        # 2019.1 may have been written 2019.10.
        return None, 'should be a text such as "2019-06": a number has no month'
    number = plain_number(value)
    text = value if number is None else number
    if not isinstance(text, str):
        return value, None
    text = text.strip()
    if may_go_on and text.casefold() in GOING_ON:
        return None, None
    text = _EXPECTED.sub("", text)
    if with_time := _WITH_TIME.fullmatch(text):
        text = with_time[1]
    elif loose := _LOOSE_DATE.fullmatch(text):
        text = "-".join(part.zfill(2) for part in (loose[1], loose[3], loose[4]) if part)
    elif month_first := _MONTH_FIRST.fullmatch(text):
        month = month_first[1].rstrip(".").casefold()
        text = f"{month_first[2]}-{str(_MONTH_NUMBERS.get(month, month)).zfill(2)}"
    if re.fullmatch(PARTIAL_DATE_PATTERN, text):
        return text, None
    going_on = ", or left out while it goes on" if may_go_on else ""
    return None, f"{A_PARTIAL_DATE}{going_on}"


def read_link(value: Any) -> Any:
    """An address with its scheme: people leave out `https://`."""
    if isinstance(value, str) and _HOST_FIRST.fullmatch(value.strip()):
        text = value.strip().removeprefix("//")
        return value if _FILE_NAME.fullmatch(text) else f"https://{text}"
    return value


def is_same_link(one: Any, other: Any) -> bool:
    """Whether two addresses differ at most by their scheme and a slash at the end."""
    first, second = (
        re.sub("^https?://", "", link.strip()).rstrip("/") if isinstance(link, str) else link
        for link in (read_link(one), read_link(other))
    )
    return bool(first == second)


def read_mail(value: Any) -> Any:
    """An e-mail address without the scheme that it has in a link."""
    return re.sub("^mailto:", "", value.strip(), flags=re.I) if isinstance(value, str) else value


def read_list(value: Any, *, split: bool) -> Any:
    """A text as the list that it stands for; with `split`, commas and semicolons part it."""
    if not isinstance(value, str):
        return value
    parts = re.split(r"[,;]", value) if split else [value]
    return [part.strip() for part in parts if not is_blank(part)]


def repeated_words(words: list[Any]) -> str:
    """Those that come more than once, whatever their case, as people list them."""
    seen = [clean_line(word).casefold() for word in words if isinstance(word, str)]
    return ", ".join(f"“{word}”" for word, count in Counter(seen).items() if count > 1)


def read_place(value: Any) -> str | None:
    """A place that is an object as one line; None if it is something else."""
    if not isinstance(value, dict) or not value:
        return None
    if not all(item is None or isinstance(item, str) for item in value.values()):
        return None
    return ", ".join(item for item in value.values() if item)
