"""The formulas. They are printed in docs/job-match.md; a change to any of them raises SCORING."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from portfolio.ai.jobs.description import Level
from portfolio.ai.matching.compared import DEGREES, lists_languages
from portfolio.ai.matching.comparison import Comparison
from portfolio.ai.matching.judging import Judged
from portfolio.ai.matching.report import Scores
from portfolio.ai.shown.places import Document

WEIGHTS = {"skills": 60, "experience": 20, "education": 10, "languages": 10}
REQUIRED_WEIGHT, NICE_WEIGHT = 3, 1
EQUIVALENT_YEARS = 4
"""Years of dated work that stand for a degree, where the description takes an equivalent."""
_WEIGHTED = (
    f"100 * sum(weight * credit) / sum(weight); weight {REQUIRED_WEIGHT} if required, "
    f"{NICE_WEIGHT} if nice to have"
)
FORMULAS = {
    "overall": "sum(weight * score) / sum(weight) over the scores that are not null; weight "
    + ", ".join(f"{name} {weight}" for name, weight in WEIGHTS.items()),
    "skills": f"{_WEIGHTED}; over the requirements in matched, partial and missing whose scored "
    "is true, each set of skills once with its highest weight and lowest credit; credit 1 if met, "
    "0.5 + 0.5 * years found / years asked if years are missing, 0.3 if only something broader, "
    "narrower or of the same kind is there, 0 if nothing; the mean of all skills of a "
    "requirement; of an either/or the sum of the at_least best alternatives / at_least, an "
    "alternative of several skills counting as their mean",
    "experience": f"{_WEIGHTED}; one for the years in general, one for those of each set "
    "of skills; credit min(1, years found / years asked), of a skill that is there 0.5 at least; "
    "the mean of all skills of a requirement, of an either/or as in skills",
    "education": "100 * min(1, level found / level asked); levels "
    + ", ".join(f"{degree.value} {level}" for level, degree in enumerate(DEGREES, start=1))
    + f"; 100 if an equivalent will do and {EQUIVALENT_YEARS} years of work are dated",
    "languages": f"{_WEIGHTED}; credit 1 if spoken as asked, 0.5 if less well, 0 if not "
    "listed; the best of an either/or",
}


class Scored(NamedTuple):
    """A score with what it was computed from, or without one and why."""

    value: float | None
    inputs: dict[str, Any]
    unscored: str = ""


def score(
    judged: Sequence[Judged],
    comparison: Comparison,
    documents: Sequence[Document],
    work: float | None,
) -> Scores:
    """All scores; the same for the same arguments."""
    parts = {
        "skills": score_skills(judged),
        "experience": _score_experience(comparison),
        "education": _score_education(comparison, work),
        "languages": _score_languages(comparison, documents),
    }
    scored = {"overall": _score_overall(parts), **parts}
    values = {name: each.value for name, each in scored.items()}
    return Scores(
        overall=values["overall"],
        skills=values["skills"],
        experience=values["experience"],
        education=values["education"],
        languages=values["languages"],
        formula=FORMULAS,
        inputs={name: each.inputs for name, each in scored.items()},
        unscored={name: each.unscored for name, each in scored.items() if each.value is None},
    )


def weight_of(level: Level) -> int:
    """How much a requirement of this level counts."""
    return REQUIRED_WEIGHT if level is Level.REQUIRED else NICE_WEIGHT


def score_skills(judged: Iterable[Judged]) -> Scored:
    """Each set of skills once: with the highest weight and the lowest credit of its mentions."""
    sets: dict[tuple[frozenset[str], int], tuple[int, float]] = {}
    for one in judged:
        if one.counts:
            names = frozenset(skill.name for skill in one.item.skills)
            is_choice = one.item.any_of and (len(names) > 1 or one.item.at_least > 1)
            key = (names, one.item.at_least if is_choice else 0)
            weight, credit = sets.get(key, (0, 1.0))
            sets[key] = (
                max(weight, weight_of(one.item.level)),
                min(credit, one.match.credit),
            )
    return _weighted(
        [
            (
                {"skills": sorted(names), "any_of": number > 0, "at_least": number or None},
                weight,
                credit,
            )
            for (names, number), (weight, credit) in sets.items()
        ],
        "The description names no skill that can be looked for.",
    )


def _score_experience(comparison: Comparison) -> Scored:
    known = [each for each in comparison.experience if each.credit is not None]
    if comparison.experience and not known:
        return Scored(None, {"items": []}, "The portfolio dates no work.")
    return _weighted(
        [
            (
                {"skills": list(each.skills), "asked": each.asked, "found": each.found},
                weight_of(each.level),
                each.credit or 0.0,
            )
            for each in known
        ],
        "The description asks for no years.",
    )


def _score_education(comparison: Comparison, work: float | None) -> Scored:
    education = comparison.education
    inputs: dict[str, Any] = {
        "asked": education.asked,
        "found": education.found,
        "or_equivalent": education.or_equivalent,
        "years_of_work": work,
    }
    if education.asked is None:
        return Scored(None, inputs, "The description asks for no degree.")
    if education.or_equivalent and (work or 0.0) >= EQUIVALENT_YEARS:
        return Scored(100.0, inputs)
    if education.found is None:
        return Scored(None, inputs, "The portfolio names no finished degree.")
    levels = {degree.value: level for level, degree in enumerate(DEGREES, start=1)}
    share = levels[education.found] / levels[education.asked]
    return Scored(round(100 * min(1.0, share), 1), inputs)


def _score_languages(comparison: Comparison, documents: Sequence[Document]) -> Scored:
    if comparison.languages and not lists_languages(documents):
        return Scored(None, {"items": []}, "The portfolio lists no languages.")
    return _weighted(
        [
            ({"name": each.name, "any_of": list(each.any_of)}, weight_of(each.level), each.credit)
            for each in comparison.languages
        ],
        "The description asks for no language.",
    )


def _score_overall(parts: dict[str, Scored]) -> Scored:
    known = [(name, part.value) for name, part in parts.items() if part.value is not None]
    inputs = {name: {"weight": WEIGHTS[name], "score": value} for name, value in known}
    if not known:
        return Scored(None, inputs, "Nothing that the description asks for can be scored.")
    total = sum(WEIGHTS[name] for name, _value in known)
    return Scored(round(sum(WEIGHTS[n] * value for n, value in known) / total, 1), inputs)


def _weighted(items: Sequence[tuple[dict[str, Any], int, float]], otherwise: str) -> Scored:
    inputs = {
        "items": [{**what, "weight": weight, "credit": credit} for what, weight, credit in items]
    }
    total = sum(weight for _what, weight, _credit in items)
    if not total:
        return Scored(None, inputs, otherwise)
    value = 100 * sum(weight * credit for _what, weight, credit in items) / total
    return Scored(round(value, 1), inputs)
