"""The dialect from before JSON Resume 1.0, and the harmless deviations of real files, as 1.0.

Each member is read by itself, so a file may mix both. Whatever is read as something else than it
says is noted; what cannot be read stays as it is, for validation to refuse.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portfolio.schemas.json_resume.resume_values import (
    is_blank,
    is_same_link,
    plain_number,
    read_date,
    read_link,
    read_list,
    read_mail,
    read_place,
    repeated_words,
)
from portfolio.schemas.json_resume.resume_words import (
    DATES,
    FORMER_NAMES,
    LINKS,
    LISTS,
    MAILS,
    SECTION_TEXTS,
    STRAY_NAMES,
    TEXTS,
)

Location = tuple[str | int, ...]


@dataclass
class Reading:
    """A document on its way to 1.0.

    Attributes:
        notes: places that were read as something else, with what was done.
        problems: places that nothing can be made of, with what is wrong.
    """

    document: dict[str, Any] = field(default_factory=dict)
    notes: list[tuple[Location, str]] = field(default_factory=list)
    problems: list[tuple[Location, str]] = field(default_factory=list)
    _origins: dict[Location, Location] = field(default_factory=dict)

    def came_from(self, place: Location) -> Location:
        """Where in the file a place of the document is."""
        for length in range(len(place), 0, -1):
            origin = self._origins.get(place[:length])
            if origin is not None:
                return origin + place[length:]
        return place

    def moved(self, place: Location, origin: Location) -> None:
        """Remember that what is at this place was elsewhere in the file."""
        if place != origin:
            self._origins[place] = origin

    def note(self, place: Location, text: str) -> None:
        """Tell what was done with the value at this place."""
        self.notes.append((self.came_from(place), text))

    def refuse(self, place: Location, text: str) -> None:
        """Tell what is wrong with the value at this place."""
        self.problems.append((self.came_from(place), text))


def read_dialect(given: Mapping[str, Any]) -> Reading:
    """The document in the words of 1.0. Nulls, blanks and empty items are left out."""
    reading = Reading()
    document = _renamed(reading, given, "", ())
    for name, text_stands_for in SECTION_TEXTS.items():
        if name in document:
            document[name] = _section(reading, document[name], name, (name,), text_stands_for)
    basics = document.get("basics")
    if isinstance(basics, dict):
        document["basics"] = _basics(reading, basics)
    reading.document = document
    return reading


def _basics(reading: Reading, given: Mapping[str, Any]) -> dict[str, Any]:
    place: Location = ("basics",)
    basics = _renamed(reading, given, "basics", place)
    where, accounts = basics.pop("location", None), basics.pop("profiles", None)
    name = basics.pop("name", None)
    basics = {"name": name, **_members(reading, basics, place)}
    if isinstance(where, str) and not is_blank(where):
        reading.note((*place, "location"), "is a text, read as the city")
        where = {"city": where}
    if isinstance(where, dict):
        where = _members(reading, where, (*place, "location"))
    if not is_blank(where):
        basics["location"] = where
    if not is_blank(accounts):
        basics["profiles"] = _section(reading, accounts, "profiles", (*place, "profiles"), None)
    return basics


def _section(
    reading: Reading, given: Any, name: str, place: Location, text_stands_for: str | None
) -> Any:
    if is_blank(given):
        return []
    origin = reading.came_from(place)
    if _is_one_item(given, name):
        reading.note(place, "is one item, read as a list of one")
        numbered = [(origin, given)]
    elif isinstance(given, str) and text_stands_for:
        numbered = [(origin, given)]
    elif isinstance(given, list):
        numbered = [((*origin, index), item) for index, item in enumerate(given)]
    else:
        return given
    items: list[Any] = []
    for source, item in numbered:
        if is_blank(item):
            continue
        here, refused = (*place, len(items)), len(reading.problems)
        reading.moved(here, source)
        if isinstance(item, str) and text_stands_for:
            reading.note(here, f"is a text, read as its {text_stands_for}")
            item = {text_stands_for: item}
        if isinstance(item, dict):
            item = _members(reading, _renamed(reading, item, name, here), here)
        # Of what is refused, all that is wrong is told.
        if not is_blank(item) or len(reading.problems) > refused:
            items.append(item)
    return items


def _is_one_item(given: Any, name: str) -> bool:
    return isinstance(given, dict) and bool(given.keys() & (TEXTS | _former_names(name).keys()))


def _former_names(section: str) -> dict[str, str]:
    return {**FORMER_NAMES.get(section, {}), **STRAY_NAMES.get(section, {})}


def _renamed(
    reading: Reading, given: Mapping[str, Any], section: str, place: Location
) -> dict[str, Any]:
    """The members under the names of 1.0."""
    document = dict(given)
    for old, new in _former_names(section).items():
        value = given.get(old)
        if is_blank(document.get(new)) and not is_blank(value):
            document[new] = value
            reading.moved((*place, new), (*reading.came_from(place), old))
        elif old in STRAY_NAMES.get(section, {}) and not is_blank(value):
            continue
        elif not (
            is_blank(value)
            or document[new] == value
            or (new in LINKS and is_same_link(document[new], value))
        ):
            text = f"differs from {new}, which is its name since 1.0: one of them has to go"
            reading.refuse((*place, old), text)
        document.pop(old, None)
    return document


def _members(reading: Reading, given: Mapping[str, Any], place: Location) -> dict[str, Any]:
    document = {}
    for name, value in given.items():
        kind = _KINDS.get(name)
        if kind is None:
            document[name] = value
        elif not is_blank(value):
            read = kind(reading, value, (*place, name))
            if not is_blank(read):
                document[name] = read
    return document


def _text(reading: Reading, value: Any, place: Location) -> Any:
    number = plain_number(value)
    if number is not None:
        reading.note(place, f"is a number, read as the text {number}")
        return number
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        reading.note(place, "is a list, read as one text with its items as paragraphs")
        return "\n\n".join(value)
    if place[-1] == "location" and (words := read_place(value)) is not None:
        reading.note(place, f"is an object, read as the text {words}")
        return words
    return value


def _list(reading: Reading, value: Any, place: Location) -> Any:
    items = read_list(value, split=place[-1] == "keywords")
    if items is not value:
        reading.note(place, f"is one text, read as a list of {len(items)}")
    if not isinstance(items, list):
        return items
    kept: list[Any] = []
    origin = reading.came_from(place)
    for index, item in enumerate(items):
        if is_blank(item):
            continue
        here = (*place, len(kept))
        if items is value:
            reading.moved(here, (*origin, index))
        number = plain_number(item)
        if number is not None:
            reading.note(here, f"is a number, read as the text {number}")
        kept.append(item if number is None else number)
    if place[0] == "projects" and place[-1] == "keywords" and (again := repeated_words(kept)):
        reading.note(place, f"repeats {again}, read once")
    return kept


def _date(reading: Reading, value: Any, place: Location) -> Any:
    read, wrong = read_date(value, may_go_on=place[-1] == "endDate")
    if wrong:
        reading.refuse(place, wrong)
    elif read is not None and read != str(value):
        reading.note(place, f"is read as {read}")
    return read


def _link(reading: Reading, value: Any, place: Location) -> Any:
    return _told(reading, value, read_link(value), place)


def _mail(reading: Reading, value: Any, place: Location) -> Any:
    return _told(reading, value, read_mail(value), place)


def _told(reading: Reading, value: Any, read: Any, place: Location) -> Any:
    if isinstance(value, str) and read != value.strip():
        reading.note(place, f"is read as {read}")
    return read


_Read = Callable[[Reading, Any, Location], Any]
_BY_KIND: Sequence[tuple[frozenset[str], _Read]] = (
    (TEXTS, _text),
    (LISTS, _list),
    (DATES, _date),
    (LINKS, _link),
    (MAILS, _mail),
)
_KINDS: dict[str, _Read] = {name: read for names, read in _BY_KIND for name in names}
