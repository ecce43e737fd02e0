"""What sentences say of when a skill was used: `Introduced Kubernetes in 2019`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.ai.shown.places import Place

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_MONTH = "|".join(MONTHS)
_DATE = rf"(?:(?P<month>{_MONTH}) )?(?P<year>(?:19[5-9]|20[0-9])\d)\b"
_BEGAN = re.compile(
    r"\b(?:introduc\w*|adopt\w*|(?:brought|bring) in|start\w*|beg[aiu]n|learn\w*|took up|"
    r"picked up)\b",
    re.IGNORECASE,
)
_IN = re.compile(rf"^(?: [\d.]+)?(?: \([^)]*\))?,? (?:in|since|from) {_DATE}")
_SINCE = re.compile(rf"^(?: [\d.]+)?,? since {_DATE}")
_UNTIL = re.compile(rf"^(?: [\d.]+)?,? (?:until|till) {_DATE}")


@dataclass(frozen=True)
class Dating:
    """Since when and until when sentences say that a skill was used; empty if they do not."""

    began: str = ""
    ended: str = ""
    said: tuple[Place, ...] = ()


def read_dating(name: str, places: Iterable[Place]) -> Dating:
    """What places that name a skill say of its dates."""
    began, ended, said = "", "", []
    for place in places:
        first, last = _dates_in(place.quote, place.names[name])
        if first or last:
            began = min(filter(None, (began, first)), default="")
            ended = max(ended, last)
            said.append(place)
    return Dating(began, ended, tuple(said))


def narrow(start: str, end: str, dating: Dating) -> tuple[str, str]:
    """A period within what is told; as it was where nothing would be left."""
    first = max(start, dating.began)
    last = min(filter(None, (end, dating.ended)), key=_last_month, default="")
    return (first, last) if not last or first[:7] <= _last_month(last) else (start, end)


def _last_month(written: str) -> str:
    return written[:7] if "-" in written else f"{written}-12"


def _dates_in(sentence: str, surface: str) -> tuple[str, str]:
    """From when and until when a sentence says that what it calls so was used."""
    for skill in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", sentence):
        before, after = sentence[: skill.start()], sentence[skill.end() :]
        left = _UNTIL.search(after)
        if left:
            return "", _date(left)
        began = _SINCE.search(after) or (_IN.search(after) if _BEGAN.search(before) else None)
        if began:
            return _date(began), ""
    return "", ""


def _date(match: re.Match[str]) -> str:
    if match["month"]:
        return f"{match['year']}-{MONTHS.index(match['month']) + 1:02}"
    return match["year"]
