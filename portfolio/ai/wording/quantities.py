"""Numbers, dates and measures of a text, in a form in which two texts can be compared."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "January Jan",
            "February Feb",
            "March Mar",
            "April Apr",
            "May",
            "June Jun",
            "July Jul",
            "August Aug",
            "September Sept Sep",
            "October Oct",
            "November Nov",
            "December Dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(_MONTHS)
_YEAR = r"[12]\d{3}"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?<!\w)(?:(?P<iso_year>{_YEAR})-(?P<iso>0[1-9]|1[0-2])(?:-(?P<iso_day>\d\d))?(?!\w)"
    rf"|(?P<slash>0?[1-9]|1[0-2])/(?P<slash_year>{_YEAR})(?!\w)"
    rf"|(?:{_DAY}(?: of)? )?\b(?P<name>{_MONTH})\b\.?,?(?: {_DAY},?)?(?: of)? (?P<year>{_YEAR})"
    r"(?!\w))"
)
_LONE_MONTH = re.compile(rf"(?<=\w )\b({_MONTH})\b")
_SMALL = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
    """.split()  # noqa: SIM905 - as a list, one word a line, nobody would read it
_NUMERALS = {word: str(number) for number, word in enumerate(_SMALL)} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "dozen": "12",
    "half": "1/2",
    "twice": "x2",
    "double": "x2",
    "doubled": "x2",
    "triple": "x3",
    "tripled": "x3",
    "hundreds": "hundreds",
    "thousands": "thousands",
    "millions": "millions",
    "decade": "decade",
}
_UNITS = (
    r"%|percent|per cent|[kKM](?!\w)|bn(?!\w)|hundred|thousand|million|billion|years?|months?"
    r"|weeks?|days?|hours?|minutes?|seconds?|ms(?!\w)|people|engineers?|developers?|users?"
    r"|customers?|clients?|teams?|projects?|companies|services?|times|x(?!\w)|[kmgtKMGT]b(?!\w)"
)
_COMPARED = {
    "more": "more than|over|above|at least|exceeding|beyond|minimum of",
    "less": "less than|fewer than|under|below|up to|at most|maximum of",
    "rough": "about|around|approximately|roughly|nearly|almost|circa",
    "until": "until|till|before|by|to|through",
    "after": "after",
}
_COMPARATOR = "|".join(f"(?P<{name}>{words})" for name, words in _COMPARED.items())
_FIGURE = re.compile(
    rf"(?:\b(?:{_COMPARATOR}) )?(?:the |year )?(?P<money>[$\u20ac\u00a3])?"
    rf"(?<![\w.])(?P<figure>\d+(?:[.,]\d+)*|(?:{'|'.join(_NUMERALS)})(?!\w))(?P<plus>\+)?"
    rf"(?:[ -]?(?:more |other |different )?(?P<unit>{_UNITS}))?",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(r"\b(?:no|any|every|some)[ -]?one\b|\bone (?:of|another)\b", re.IGNORECASE)


class Quantities(NamedTuple):
    """Sets of what a text names; each figure with how it is compared and what it measures."""

    dates: frozenset[tuple[int, int, int]]
    months: frozenset[int]
    figures: frozenset[tuple[str, str]]
    measures: frozenset[tuple[str, str]]


def read_quantities(text: str) -> Quantities:
    """What a text in its normal form names."""
    dates = [date for _start, _end, date in find_dates(text)]
    bare = _NO_NUMBER.sub(" ", _DATE.sub(" ; ", text))
    figures: set[tuple[str, str]] = set()
    measures: set[tuple[str, str]] = set()
    for match in _FIGURE.finditer(bare):
        number = canonical_number(match["figure"])
        compared = next(
            (name for name in _COMPARED if match[name]), "more" if match["plus"] else ""
        )
        figures.add((compared, number))
        for unit in (match["unit"], match["money"]):
            if unit:
                measures.add((number, unit.lower().removesuffix("s").replace("percent", "%")))
    figures.update(("", str(year)) for year, _month, _day in dates)
    months = {month for _year, month, _day in dates}
    months.update(_MONTHS[name] for name in _LONE_MONTH.findall(bare))
    return Quantities(frozenset(dates), frozenset(months), frozenset(figures), frozenset(measures))


def are_supported(claimed: Quantities, given: Quantities) -> bool:
    """Whether everything that the first names is named by the second."""
    exact = given.dates | {(year, month, 0) for year, month, _day in given.dates}
    return (
        claimed.dates <= exact
        and claimed.months <= given.months
        and claimed.figures <= given.figures
        and claimed.measures <= given.measures
    )


def is_numeral(word: str) -> bool:
    """Whether a word is a number, in figures or in letters, or belongs to one."""
    return word[:1].isdigit() or word.lower() in _NUMERALS or word == "percent"


def find_dates(text: str) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
    """Where dates begin and end, and year, month and day; 0 for a day that is not told."""
    for match in _DATE.finditer(text):
        if match["iso"]:
            date = int(match["iso_year"]), int(match["iso"]), int(match["iso_day"] or 0)
        elif match["slash"]:
            date = int(match["slash_year"]), int(match["slash"]), 0
        else:
            day = next((group for group in match.groups()[5:] if group and len(group) < 3), "0")
            date = int(match["year"]), _MONTHS[match["name"]], int(day)
        yield *match.span(), date


def canonical_number(figure: str) -> str:
    """The same for a number in letters, in figures and with signs between thousands."""
    word = _NUMERALS.get(figure.lower())
    if word is not None:
        return word
    plain = re.sub(r",(?=\d{3}(?!\d))", "", figure)
    return plain.lstrip("0") or "0"
