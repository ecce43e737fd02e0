"""A résumé as people read it: headings, lines and lists, made from the exported document.

What it holds is plain text; how it looks and what has to be escaped is for those who write it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.vocabulary import Status

Item = Mapping[str, Any]

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - twelve words
_DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class Link:
    """An http(s) address and what is shown for it."""

    text: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A job, a project, a prize.

    Attributes:
        facts: where, for whom, how good; in one line.
        period: when, in words.
        about: what the place is.
        words: what belongs to it, such as technologies.
    """

    title: str
    facts: list[str] = field(default_factory=list)
    period: str = ""
    links: list[Link] = field(default_factory=list)
    about: str = ""
    text: str = ""
    points: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def says(self) -> bool:
        """Whether there is anything to read in it."""
        return any((self.title, self.facts, self.about, self.text, self.points, self.words))


@dataclass(frozen=True)
class Part:
    """A section.

    Attributes:
        brief: whether its entries are a line each.
    """

    title: str
    entries: list[Entry]
    brief: bool = False


@dataclass(frozen=True)
class Outline:
    """A whole résumé."""

    name: str
    label: str
    contacts: list[str | Link]
    summary: str
    parts: list[Part]


def outline_resume(document: Mapping[str, Any]) -> Outline:
    """What is on the page, in the order of reading; empty parts are left out."""
    basics = document["basics"]
    parts = (
        Part(title, [entry for item in items if (entry := make(item)).says], brief)
        for title, items, make, brief in _parts(document)
    )
    return Outline(
        basics["name"],
        basics.get("label", ""),
        list(_contacts(basics)),
        basics.get("summary", ""),
        [part for part in parts if part.entries],
    )


def date_words(partial: str | None) -> str:
    """`2019-06-03` as 3 Jun 2019, `2019-06` as Jun 2019."""
    if not partial:
        return ""
    year, month, day = (*partial.split("-"), "", "")[:3]
    return " ".join(filter(None, (day.lstrip("0"), month and _MONTHS[int(month) - 1], year)))


def period_words(start: str | None, end: str | None, *, goes_on: bool = True) -> str:
    """The months from the first to the last, or to the present.

    Args:
        goes_on: what no end means.
    """
    first, last = (date_words(day[:7]) if day else "" for day in (start, end))
    if not first:
        return f"until {last}" if last else ""
    if not last:
        return f"{first} {_DASH} present" if goes_on else first
    return first if first == last else f"{first} {_DASH} {last}"


def link_to(url: str | None) -> list[Link]:
    """The address, shown without what every address has; none if it is not http(s)."""
    if not url or not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return []
    return [Link(url.split("://", 1)[1].removeprefix("www.").rstrip("/"), url)]


def _parts(
    document: Mapping[str, Any],
) -> Iterable[tuple[str, list[Item], Callable[[Item], Entry], bool]]:
    projects = document.get("projects", [])
    chosen = [item for item in projects if item["x-portfolio"].get("featured")]
    others = [item for item in projects if item not in chosen]

    def items(name: str) -> list[Item]:
        found: list[Item] = document.get(name, [])
        return found

    yield "Experience", items("work"), _job, False
    yield "Selected projects", chosen, _project, False
    # Beside those that are put forward, the others are a line each; else the paper has no end.
    yield "More projects", others if chosen else [], _small_project, True
    yield "Projects", others if not chosen else [], _project, False
    yield "Skills", items("skills"), _skill, True
    yield "Education", items("education"), _studies, False
    yield "Certificates", items("certificates"), _certificate, True
    yield "Publications", items("publications"), _publication, False
    yield "Awards", items("awards"), _award, False
    yield "Volunteering", items("volunteer"), _volunteering, False
    yield "Languages", items("languages"), _language, True
    yield "Interests", items("interests"), _skill, True
    yield "References", items("references"), _reference, False


def _contacts(basics: Item) -> Iterable[str | Link]:
    place = basics.get("location", {})
    town = " ".join(filter(None, (place.get("postalCode"), place.get("city"))))
    land = place.get("region") or place.get("countryCode")
    where = ", ".join(filter(None, (place.get("address"), town, land)))
    yield from filter(None, (where, basics.get("phone"), basics.get("email")))
    yield from link_to(basics.get("url"))
    for account in basics.get("profiles", []):
        told = " ".join(filter(None, (account.get("network"), account.get("username"))))
        yield from link_to(account.get("url")) or filter(None, (told,))


def _entry(item: Item, *names: str, **further: Any) -> Entry:
    """An entry; the first of the named members that is there is its title, the rest are facts."""
    title, *facts = [item[name] for name in names if item.get(name)] or [""]
    period = period_words(item.get("startDate"), item.get("endDate"))
    given = {"facts": facts, "period": period, "links": link_to(item.get("url")), **further}
    text, points = item.get("summary", ""), item.get("highlights", [])
    return Entry(title, **{"text": text, "points": points, **given})


def _job(item: Item) -> Entry:
    return _entry(item, "position", "name", "location", about=item.get("description", ""))


def _volunteering(item: Item) -> Entry:
    return _entry(item, "position", "organization")


def _studies(item: Item) -> Entry:
    named = {**item, "title": ", ".join(filter(None, (item.get("studyType"), item.get("area"))))}
    return _entry(named, "title", "institution", "score", words=item.get("courses", []))


def _award(item: Item) -> Entry:
    return _entry(item, "title", "awarder", period=date_words(item.get("date")))


def _certificate(item: Item) -> Entry:
    return _entry(item, "name", "issuer", period=date_words(item.get("date")))


def _publication(item: Item) -> Entry:
    return _entry(item, "name", "publisher", period=date_words(item.get("releaseDate")))


def _skill(item: Item) -> Entry:
    return _entry(item, "name", "level", words=item.get("keywords", []))


def _language(item: Item) -> Entry:
    return _entry(item, "language", "fluency")


def _reference(item: Item) -> Entry:
    return _entry(item, "name", text=item.get("reference", ""))


def _small_project(item: Item) -> Entry:
    whole = _project(item)
    return Entry(whole.title, period=whole.period, links=whole.links[:1], text=whole.text)


def _project(item: Item) -> Entry:
    told = item["x-portfolio"]
    goes_on = told["status"] == Status.IN_PROGRESS
    addresses = (item.get("url"), told.get("sourceUrl"), told.get("demoUrl"))
    return _entry(
        item,
        "name",
        facts=[*item.get("roles", []), *filter(None, (item.get("entity"), item.get("type")))],
        period=period_words(item.get("startDate"), item.get("endDate"), goes_on=goes_on),
        links=[link for address in dict.fromkeys(addresses) for link in link_to(address)],
        text=item.get("description", ""),
        words=item.get("keywords", []),
    )
