"""Random résumés: JSON Resume 1.0 with members of this program and unknown ones."""

from typing import Any

from hypothesis import strategies as st

from portfolio.schemas.text import clean_line, clean_text

HOSTILE = "<b>&amp;*_`[x](javascript:1)|~\\#-+=>1.) "
_letters = st.sampled_from([*"abcde ÅßжØ漢,;:-'\"", *HOSTILE, "\n", "\n\n", "--- ", "C++ ", "👩‍💻"])
lines = st.lists(_letters, min_size=1, max_size=12).map("".join).map(clean_line).filter(bool)
texts = st.lists(_letters, min_size=1, max_size=30).map("".join).map(clean_text).filter(bool)
words = st.lists(lines, max_size=3)
links = st.sampled_from(["https://a.example.org", "http://b.example.org/x?a=1&copy;=(2)"])
years = st.integers(1950, 2040).map(str)
dates = st.one_of(years, st.dates().map(lambda day: f"{min(day.year + 1900, 2900)}-07-03"))
dates = st.one_of(dates, st.builds("{}-{:02}".format, years, st.integers(1, 12)))
odd = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.sampled_from([0.5, "", "x\ny"])),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(lines, inner, max_size=2),
    max_leaves=4,
)


def members(extra: str, **known: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with some of the members, and perhaps one that nobody knows."""
    return st.fixed_dictionaries({}, optional={**known, extra: odd})


def section(**known: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(members("zodiac", **known).map(in_order), max_size=2)


def in_order(part: dict[str, Any]) -> dict[str, Any]:
    """The same with an end that is not before the start."""
    start, end = part.get("startDate"), part.get("endDate")
    if start and end and end[: len(start)] < start[: len(end)]:
        return {**part, "startDate": end, "endDate": start}
    return part


PERIOD = {"startDate": dates, "endDate": dates}
_long = st.builds(lambda text, times: clean_text(f"{text} " * times), texts, st.integers(90, 200))
_own_words = {
    "status": st.sampled_from(["planning", "completed", "archived"]),
    "difficulty": st.sampled_from(["beginner", "expert"]),
    "complexity": st.integers(1, 10),
    "featured": st.booleans(),
    "openSource": st.booleans(),
    "teamSize": st.integers(1, 9),
    "longDescription": st.one_of(texts, _long),
    "achievements": st.lists(texts, max_size=2),
    "challenges": st.lists(texts, max_size=2),
    "learnings": st.lists(texts, max_size=2),
    "sourceUrl": links,
    "demoUrl": links,
    "documentationUrl": links,
    "visibility": st.sampled_from(["draft", "unlisted", "public"]),
    "order": st.integers(0, 5),
}
_projects = st.lists(
    members(
        "zodiac",
        description=st.one_of(texts, _long),
        highlights=st.lists(texts, max_size=2),
        keywords=st.lists(lines, max_size=3, unique_by=str.casefold),
        url=links,
        roles=st.lists(lines, max_size=3),
        entity=lines,
        type=lines,
        **PERIOD,
        **{"x-portfolio": st.fixed_dictionaries({}, optional=_own_words)},
    ).map(in_order),
    max_size=3,
).map(lambda items: [{"name": f"Project {n}", **item} for n, item in enumerate(items)])
_basics = members(
    "birthday",
    label=lines,
    image=links,
    email=st.just("ines@example.org"),
    phone=st.just("+44 117 496 0142"),
    url=links,
    summary=texts,
    location=members(
        "planet",
        address=lines,
        postalCode=lines,
        city=lines,
        countryCode=st.just("GB"),
        region=lines,
    ),
    profiles=section(network=lines, username=lines, url=links),
).map(lambda basics: {"name": "Ines Calder", **basics})

resumes = st.fixed_dictionaries(
    {"basics": _basics},
    optional={
        "$schema": st.just("https://example.org/schema.json"),
        "work": section(
            name=lines, location=lines, description=texts, position=lines, url=links,
            summary=texts, highlights=st.lists(texts, max_size=2), **PERIOD,
        ),
        "volunteer": section(
            organization=lines, position=lines, url=links, summary=texts,
            highlights=st.lists(texts, max_size=2), **PERIOD,
        ),
        "education": section(
            institution=lines, url=links, area=lines, studyType=lines, score=lines,
            courses=words, **PERIOD,
        ),
        "awards": section(title=lines, date=dates, awarder=lines, summary=texts),
        "certificates": section(name=lines, date=dates, issuer=lines, url=links),
        "publications": section(
            name=lines, publisher=lines, releaseDate=dates, url=links, summary=texts
        ),
        "skills": section(name=lines, level=lines, keywords=words),
        "languages": section(language=lines, fluency=lines),
        "interests": section(name=lines, keywords=words),
        "references": section(name=lines, reference=texts),
        "projects": _projects,
        "favourites": odd,
        "meta": members("tool", canonical=links, version=st.just("v1.0.0"), lastModified=lines),
    },
)  # fmt: skip
"""Whole documents; every text in them is clean already."""
