"""What of a match report is on paper, in the order of reading and in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Plain = Mapping[str, Any]

SUMMARISED = "worded by a language model; what counts is the report below"
_SCORES = ("overall", "skills", "experience", "education", "languages")
_LEVELS = {"required": "required", "nice_to_have": "nice to have"}
_REASONS = {
    "one_of_several": "one of several is there",
    "other_of_kind": "another of its kind is there",
    "some_skills": "some of it is there",
    "too_few": "fewer of them are there than are needed",
    "fewer_years": "fewer years than asked for",
    "years_unknown": "the years are not known",
    "broader": "what it builds on is there",
    "narrower": "a part of it is there",
}
_LISTS = {"matched": "Met", "partial": "Met in part", "missing": "Missing", "related": "Related"}
WORDS = {
    "scores": _SCORES,
    "levels": _LEVELS,
    "reasons": _REASONS,
    "lists": _LISTS,
    "summarised": SUMMARISED,
}
"""What a page that shows reports by itself calls their parts."""


@dataclass(frozen=True)
class Quote:
    """Words of the portfolio, and where they are from."""

    text: str
    source: str
    url: str


@dataclass(frozen=True)
class Point:
    """A requirement or a recommendation, and what is to be said of it."""

    text: str
    notes: list[str] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)


@dataclass(frozen=True)
class Score:
    """A number of 0 to 100, or why there is none, and how it came about."""

    name: str
    value: str
    formula: str


@dataclass(frozen=True)
class Chapter:
    """A heading and what is below it."""

    title: str
    points: list[Point]


@dataclass(frozen=True)
class ReportOutline:
    """A whole report.

    Attributes:
        summary: of a language model; empty without one.
    """

    title: str
    facts: list[str]
    summary: str
    scores: list[Score]
    chapters: list[Chapter]


def outline_report(document: Plain) -> ReportOutline:
    """What is on the page; empty chapters are left out."""
    sources = {(s["source_type"], s["source_id"]): s for s in document["sources"]}
    chapters = (
        Chapter(title, [_point(one, sources) for one in document[name]])
        for name, title in _LISTS.items()
    )
    rest = (
        Chapter("Compared", list(_compared(document, sources))),
        Chapter("Beyond what is asked", [_strength(s, sources) for s in document["strengths"]]),
        Chapter("What to do", [Point(one["text"]) for one in document["recommendations"]]),
        Chapter("Not judged", [Point(_words(one["text"])) for one in document["unjudged"]]),
    )
    return ReportOutline(
        document["title"] or "Match report",
        list(_facts(document)),
        document["summary"] or "",
        list(_scores(document)),
        [chapter for chapter in (*chapters, *rest) if chapter.points],
    )


def _facts(document: Plain) -> Iterator[str]:
    if document["company"]:
        yield str(document["company"])
    yield f"matched with {document['profile']}"
    versions = document["versions"]
    if versions is None:
        yield f"status: {document['status']}"
        return
    yield document["created_at"][:10]
    yield f"scoring {versions['scoring']}, text {versions['knowledge'][:12]}"
    if document["left_out"]:
        yield f"too long: {document['left_out']} requirements are cut or left out"


def _scores(document: Plain) -> Iterator[Score]:
    scores = document["scores"] or {}
    for name in _SCORES:
        if name in scores:
            value = scores[name]
            if value is None:
                why = scores["unscored"].get(name, "not scored").removesuffix(".")
                yield Score(name.capitalize(), why, "")
            else:
                yield Score(name.capitalize(), _number(value), scores["formula"].get(name, ""))


def _point(one: Plain, sources: Mapping[Any, Plain]) -> Point:
    asked = one["requirement"]
    notes = [_LEVELS.get(asked["level"], asked["level"])]
    if (asked.get("at_least") or 1) > 1:
        notes.append(f"{asked['at_least']} of them are needed")
    notes += [_REASONS.get(reason, reason) for reason in one.get("reasons", ())]
    notes += [_use(use) for use in one.get("uses", ()) if use["years"] is not None]
    if not one.get("scored", True):
        notes.append("not scored")
    return Point(_words(asked["text"]), notes, _quotes(one["evidence"], sources))


def _strength(one: Plain, sources: Mapping[Any, Plain]) -> Point:
    use = one["use"]
    notes = [_use(use)] if use["years"] is not None else []
    return Point(one["skill"], notes, _quotes(one["evidence"], sources))


def _use(use: Plain) -> str:
    until = "today" if use["is_current"] else use["last_used"] or "an unknown day"
    return f"{use['skill']}: {_years(use['years'])}, until {until}"


def _compared(document: Plain, sources: Mapping[Any, Plain]) -> Iterator[Point]:
    comparison = document["comparison"] or {}
    for one in comparison.get("experience", ()):
        what = ", ".join(one["skills"]) or "Experience"
        found = "not known" if one["found"] is None else _years(one["found"])
        yield Point(what, [f"asked: {_years(one['asked'])}", f"found: {found}"])
    studies = comparison.get("education")
    if studies and (studies["asked"] or studies["preferred"]):
        asked = studies["asked"] or studies["preferred"]
        notes = [f"asked: {asked}", f"found: {studies['found'] or 'none'}"]
        yield Point("Education", notes, _quotes(studies["evidence"], sources))
    for one in comparison.get("languages", ()):
        notes = [f"asked: {one['asked'] or 'yes'}", f"found: {one['found'] or 'not said'}"]
        name = " or ".join(one.get("any_of", ())) or one["name"]
        yield Point(name, notes, _quotes(one["evidence"], sources))


def _quotes(evidence: Iterable[Plain], sources: Mapping[Any, Plain]) -> list[Quote]:
    quotes = []
    for one in evidence:
        citation = one["citation"]
        source = sources.get((citation["source_type"], citation["source_id"]), {})
        title, url = source.get("title", ""), source.get("url", "")
        quotes.append(Quote(_words(citation["quote"]), title, url))
    return list(dict.fromkeys(quotes))


def _words(text: str) -> str:
    return " ".join(text.split())


def _number(value: float) -> str:
    return f"{value:g}"


def _years(value: float) -> str:
    return f"{value:g} year{'' if value == 1 else 's'}"
