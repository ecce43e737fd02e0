"""Years, degrees and spoken languages: what is asked for beside what is there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from portfolio.ai.answers.answer import Citation
from portfolio.ai.jobs.description import (
    Degree,
    JobDescription,
    Requirement,
    SpokenLanguage,
    Years,
)
from portfolio.ai.jobs.education import highest_degree
from portfolio.ai.matching.comparison import (
    EducationCompared,
    Evidence,
    LanguageCompared,
    YearsCompared,
)
from portfolio.ai.matching.judging import Judge, Judged, is_of_the_owner, share_of_years
from portfolio.ai.shown.places import Document
from portfolio.ai.skills.vocabulary import Vocabulary

DEGREES = list(Degree)
BELOW = 0.5
"""Credit of a language that is spoken less well than asked for, the least of a skill's years."""
_FLUENCY = [
    (5, r"native|mother tongue|bilingual|c2|muttersprach"),
    (4, r"fluent|proficient|professional|business|full|advanced|excellent|very good|c1|verhandl"),
    (3, r"good|upper|b2|working"),
    (2, r"intermediate|conversational|b1|limited"),
    (1, r"basic|beginner|elementary|a1|a2|notions"),
]


def compare_years(
    job: JobDescription, judged: Sequence[Judged], judge: Judge, work: float | None
) -> tuple[YearsCompared, ...]:
    """Years in general first, then those of skills, each group of skills once."""
    compared = []
    if job.years and job.years.is_general:
        asked = job.years.minimum
        credit = None if work is None else share_of_years(work, asked)
        compared.append(YearsCompared(asked, work, credit, (), job.years.level))
    seen: set[frozenset[str]] = set()
    for one in judged:
        own = [_compare(one.item, years, names, judge) for years, names in _asked_of_skills(one)]
        groups = [frozenset(each.skills) for each in own]
        if one.item.any_of and len(own) > 1:
            # The best of them, and as many for every portfolio.
            own = sorted(own, key=lambda each: -(each.credit or 0.0))[: one.item.at_least]
            groups = [frozenset().union(*groups)] * len(own)
        compared += [each for each, group in zip(own, groups, strict=True) if group not in seen]
        seen.update(groups)
    return tuple(compared)


def _asked_of_skills(one: Judged) -> Iterator[tuple[Years, tuple[str, ...]]]:
    """The years that a requirement asks for, each with its skills."""
    item = one.item
    if is_of_the_owner(item):
        return
    for years in filter(None, (item.years, *item.other_years)):
        names = tuple(dict.fromkeys(s.name for s in item.skills if s.name in years.skills))
        if names:
            yield years, names
        elif not item.skills and not item.soft_skills and years.skills:
            yield years, years.skills


def _compare(
    item: Requirement, years: Years, names: tuple[str, ...], judge: Judge
) -> YearsCompared:
    """Of all the skills, or of as many as are needed: the mean of what is there."""
    number = min(item.at_least, len(names)) if item.any_of else len(names)
    own = [_years_of_skill(years.minimum, *judge.years_of(name)) for name in names]
    best = sorted(own, key=lambda each: each[1], reverse=True)[:number]
    credit = round(sum(credit for _found, credit in best) / number, 4)
    return YearsCompared(years.minimum, best[-1][0], credit, names, item.level)


def _years_of_skill(
    asked: float, is_there: bool, found: float | None
) -> tuple[float | None, float]:
    """Of a skill that is there but not dated nobody knows the years: half of them are assumed."""
    if not is_there:
        return 0.0, 0.0
    return found, max(BELOW, share_of_years(found or 0.0, asked))


def compare_education(
    job: JobDescription, documents: Sequence[Document], vocabulary: Vocabulary, today: date
) -> EducationCompared:
    """The highest degree that is finished; where it was taken is not read."""
    asked, preferred = job.education, job.preferred_education
    held = [(d, *_degree_of(d)) for d in documents if d.type == "education" and _ended(d, today)]
    graded = [(document, degree, field) for document, degree, field in held if degree and field]
    best = max(graded, key=lambda each: DEGREES.index(each[1]), default=None)
    wanted = asked or preferred
    fields = wanted.fields if wanted else ()
    return EducationCompared(
        asked=asked.degree if asked else None,
        preferred=preferred.degree if preferred else None,
        or_equivalent=asked.equivalent if asked else False,
        fields=fields,
        found=best[1] if best else None,
        field_found=_has_field(held, fields, vocabulary) if fields and held else None,
        evidence=(_cite(best[0], best[2]),) if best else (),
    )


def compare_languages(
    job: JobDescription, documents: Sequence[Document], vocabulary: Vocabulary
) -> tuple[LanguageCompared, ...]:
    """Each language asked for, of an either/or the best, with the grade in the portfolio."""
    spoken = {
        vocabulary.name_of(name) or name: document
        for document in documents
        if document.type == "language" and (name := document.document.get("language"))
    }
    best: dict[frozenset[str], LanguageCompared] = {}
    for asked in job.languages:
        group = frozenset([asked.name, *asked.others])
        own = _compare_language(asked, spoken.get(asked.name))
        if group not in best or best[group].credit < own.credit:
            best[group] = own
    return tuple(best.values())


def lists_languages(documents: Iterable[Document]) -> bool:
    """Whether the portfolio says which languages are spoken."""
    return any(document.type == "language" for document in documents)


def _degree_of(document: Document) -> tuple[Degree | None, str | None]:
    """The degree, and the member that names it; `area` may hold `B.Sc. Physics`."""
    for member in ("study_type", "area"):
        degree = highest_degree(str(document.document.get(member) or ""))
        if degree:
            return degree, member
    return None, None


def _ended(document: Document, today: date) -> bool:
    start, end = (document.document.get(name) for name in ("start_date", "end_date"))
    if not end:
        return not start
    return str(end) <= today.isoformat()[: len(str(end))]


def _has_field(
    held: Iterable[tuple[Document, object, object]], fields: Sequence[str], vocabulary: Vocabulary
) -> bool:
    areas = [str(document.document.get("area") or "") for document, *_ in held]
    names = {vocabulary.name_of(area) or area for area in areas}
    return bool(names.intersection(fields)) or any(
        field.casefold() in area.casefold() for field in fields for area in areas
    )


def _cite(document: Document, member: str) -> Evidence:
    text = document.document[member]
    return Evidence(
        None, Citation(document.type, document.id, f"/{member}", 0, len(text), text, 1.0)
    )


def _compare_language(asked: SpokenLanguage, document: Document | None) -> LanguageCompared:
    names = tuple(sorted([asked.name, *asked.others])) if asked.others else ()
    if document is None:
        return LanguageCompared(asked.name, asked.level, asked.proficiency, None, 0.0, (), names)
    found = document.document.get("fluency")
    wanted, given = _grade(asked.proficiency), _grade(found)
    is_below = wanted is not None and given is not None and given < wanted
    return LanguageCompared(
        asked.name,
        asked.level,
        asked.proficiency,
        found,
        BELOW if is_below else 1.0,
        (_cite(document, "language"),),
        names,
    )


def _grade(words: str | None) -> int | None:
    for grade, pattern in _FLUENCY:
        if words and re.search(rf"(?<!\w)(?:{pattern})", words, re.IGNORECASE):
            return grade
    return None
