"""Which fields of a portfolio's documents hold text, and what is said of where a text stands.

A source is one document of the API: a profile, a project or an item of a section. A passage is
one text of it, or its short fields together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Field(NamedTuple):
    """A text of a document and the JSON Pointer (RFC 6901) to it."""

    pointer: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Texts that are cut together.

    Attributes:
        prefix: where the text stands, in words.
        prose: sentences, rather than words of a list.
    """

    prefix: str
    fields: tuple[Field, ...]
    prose: bool


@dataclass(frozen=True)
class Layout:
    """How the documents of one type are read.

    Attributes:
        title: what such a thing is called, in the words that people ask for it with.
        names: short fields that say which one it is, the foremost first.
        words: fields that hold words, or lists of them.
        prose: fields that hold sentences, or lists of paragraphs, each with what it is called.
        dates: fields of one date, or of beginning and end.
        facts: fields that are answered from and not searched.
    """

    title: str
    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    prose: tuple[tuple[str, str], ...] = ()
    dates: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that is searched; those of objects within are parted by slashes."""
        prose = (name for name, _called in self.prose)
        return (*self.names, *self.words, *prose, *self.dates)

    @property
    def members(self) -> tuple[str, ...]:
        """Every field that is read."""
        return (*self.fields, *self.facts)


_PERIOD = ("start_date", "end_date")
LAYOUTS: Mapping[str, Layout] = {
    "profile": Layout(
        "Profile",
        ("name", "label"),
        ("location/city", "location/region", "location/country_code"),
        (("summary", "about"),),
        facts=("url", "email", "phone"),
    ),
    "project": Layout(
        "Project",
        ("title", "role", "entity"),
        ("type", "technologies"),
        (
            ("summary", ""),
            ("description", ""),
            ("achievements", "achievement"),
            ("challenges", "challenge"),
            ("learnings", "lesson learned"),
        ),
        _PERIOD,
        (
            *("status", "team_size", "open_source"),
            *("url", "source_url", "demo_url", "documentation_url"),
        ),
    ),
    "work": Layout(
        "Work",
        ("position", "name"),
        ("location",),
        (("description", "employer"), ("summary", ""), ("highlights", "")),
        _PERIOD,
        ("url",),
    ),
    "volunteer": Layout(
        "Volunteer work",
        ("position", "organization"),
        prose=(("summary", ""), ("highlights", "")),
        dates=_PERIOD,
    ),
    "education": Layout(
        "Education, studies",
        ("study_type", "area", "institution"),
        ("score", "courses"),
        dates=_PERIOD,
    ),
    "award": Layout("Award", ("title", "awarder"), prose=(("summary", ""),), dates=("date",)),
    "certificate": Layout("Certificate, certification", ("name", "issuer"), dates=("date",)),
    "publication": Layout(
        "Publication",
        ("name", "publisher"),
        prose=(("summary", ""),),
        dates=("release_date",),
        facts=("url",),
    ),
    "skill": Layout("Skill", ("name",), ("level", "keywords")),
    "language": Layout("Language spoken", ("language",), ("fluency",)),
    "interest": Layout("Interest, hobby", ("name",), ("keywords",)),
    "reference": Layout("Reference: what others say", ("name",), prose=(("reference", ""),)),
    "social_profile": Layout("Account elsewhere", ("network", "username"), facts=("url",)),
}
"""By type of source. Contact details that may be private are never searched."""


def find_passages(source_type: str, document: Mapping[str, Any]) -> Iterator[Passage]:
    """The passages of a document: its short fields together, then each text."""
    layout = LAYOUTS[source_type]
    dates = _dates(layout, document)
    short = tuple(texts_of(document, (*layout.names, *layout.words)))
    if short:
        yield Passage(f"{layout.title}{dates}", short, prose=False)
    name = title_of(source_type, document)
    head = f"{layout.title}: {name}{dates}" if name else f"{layout.title}{dates}"
    for member, called in layout.prose:
        prefix = f"{head}; {called}" if called else head
        for field in texts_of(document, (member,)):
            yield Passage(prefix, (field,), prose=True)


def title_of(source_type: str, document: Mapping[str, Any]) -> str:
    """What a document is about, in a line."""
    return ", ".join(field.text for field in texts_of(document, LAYOUTS[source_type].names))


def texts_of(document: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Field]:
    """The texts of these members, also those of lists, that are not blank."""
    for name in names:
        value = _value(document, name)
        if isinstance(value, str):
            if value.strip():
                yield Field(f"/{name}", value)
        else:
            for place, item in enumerate(value or ()):
                if item.strip():
                    yield Field(f"/{name}/{place}", item)


def _value(document: Mapping[str, Any], name: str) -> Any:
    value: Any = document
    for step in name.split("/"):
        value = (value or {}).get(step)
    return value


def _dates(layout: Layout, document: Mapping[str, Any]) -> str:
    values = [document.get(name) for name in layout.dates]
    if not values or values[0] is None:
        return f", until {values[-1]}" if values and values[-1] else ""
    if len(values) == 1:
        return f", {values[0]}"
    return f", {values[0]} to {values[1] or 'present'}"
