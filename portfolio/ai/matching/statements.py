"""A report as sentences that a language model may word: of vocabulary and numbers alone.

Nothing that a description says in words of its own is in them: no title, no requirement's text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portfolio.ai.matching.report import Reason
from portfolio.ai.skills.concepts import Category
from portfolio.ai.skills.vocabulary import Vocabulary

Plain = Mapping[str, Any]
MOST = 40
_NAMES = 12
"""Skills in one statement."""
_IN_PART = {Reason.SOME_SKILLS, Reason.ONE_OF_SEVERAL}
_NEARBY = {Reason.BROADER, Reason.NARROWER, Reason.OTHER_OF_KIND}
_LEVELS = {"required": "required", "nice_to_have": "nice to have"}


def state_report(report: Plain, vocabulary: Vocabulary) -> list[str]:
    """What a report says, the most telling first."""
    statements = [
        *_state_scores(report["scores"]),
        *_state_counts(report),
        *_state_skills(report, vocabulary),
        *_state_years(report),
        *_state_comparison(report["comparison"]),
        *_state_strengths(report["strengths"]),
    ]
    return list(dict.fromkeys(statements))[:MOST]


def _state_scores(scores: Plain) -> Iterator[str]:
    if scores["overall"] is not None:
        yield f"The overall score is {scores['overall']:g} of 100."
    for name in ("skills", "experience", "education", "languages"):
        if scores[name] is not None:
            yield f"The score for {name} is {scores[name]:g} of 100."


def _state_counts(report: Plain) -> Iterator[str]:
    met, partly, missing = (len(report[name]) for name in ("matched", "partial", "missing"))
    total = met + partly + missing
    if total:
        yield (
            f"Of {total} requirement{'' if total == 1 else 's'} that could be judged, "
            f"{_are(met)} met, {_are(partly)} met in part and {_are(missing)} missing."
        )


def _state_skills(report: Plain, vocabulary: Vocabulary) -> Iterator[str]:
    """Required ones first; each name once."""
    told: set[str] = set()
    for level, words in _LEVELS.items():
        shown, lacking = [], []
        for one in [*report["matched"], *report["partial"], *report["missing"]]:
            if one["requirement"]["level"] == level:
                has, has_not = _divide(one, vocabulary)
                shown += has
                lacking += has_not
        for verb, joint, names in (("shows", "and", shown), ("does not name", "or", lacking)):
            new = [name for name in dict.fromkeys(names) if name not in told]
            told.update(new)
            for start in range(0, len(new), _NAMES):
                some = new[start : start + _NAMES]
                be = "is" if len(some) == 1 else "are"
                yield f"The portfolio {verb} {_join(some, joint)}, which {be} {words}."
    for one in report["partial"]:
        names, uses = _names_of(one), one["uses"]
        if _NEARBY.intersection(one["reasons"]) and len(names) == len(uses) == 1:
            yield f"The portfolio names {uses[0]['skill']}, which is near {names[0]}."


def _divide(one: Plain, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """The skills of a requirement that the portfolio shows, and those that it does not."""
    names = [n for n in _names_of(one) if _is_known(n, vocabulary)]
    reasons = set(one["reasons"])
    if not one["credit"]:
        return [], names
    if reasons & _NEARBY:
        return [], []
    if reasons & _IN_PART or one["requirement"]["any_of"]:
        uses = {use["skill"] for use in one["uses"]}
        shown = [name for name in names if name in uses]
        in_vain = [] if one["requirement"]["any_of"] else [n for n in names if n not in uses]
        return shown, in_vain
    return names, []


def _state_years(report: Plain) -> Iterator[str]:
    for one in [*report["matched"], *report["partial"]]:
        years, uses = one["requirement"]["years"], one["uses"]
        if years and len(uses) == 1 and uses[0]["skill"] in _names_of(one):
            name, found = uses[0]["skill"], uses[0]["years"]
            asked = f"{name} is {_LEVELS[one['requirement']['level']]} with {_years(years)}"
            if Reason.YEARS_UNKNOWN in one["reasons"]:
                yield f"{asked}, and no dated work names it."
            elif found is not None and (found < years) == (Reason.FEWER_YEARS in one["reasons"]):
                yield f"{asked}, and dated work shows {_years(found)}."


def _state_comparison(comparison: Plain) -> Iterator[str]:
    for one in comparison["experience"]:
        if not one["skills"] and one["found"] is not None:
            yield (
                f"{_years(one['asked']).capitalize()} of experience are {_LEVELS[one['level']]}, "
                f"and dated work adds up to {one['found']:g}."
            )
    asked, found = comparison["education"]["asked"], comparison["education"]["found"]
    if asked:
        named = f"names {_article(found)}" if found else "names no finished degree"
        yield f"{_article(asked).capitalize()} is asked for, and the portfolio {named}."
    for one in comparison["languages"]:
        if one["credit"] == 1:
            yield f"The portfolio lists {one['name']}, which is asked for."
        elif not one["credit"]:
            yield f"The portfolio does not list {one['name']}, which is asked for."


def _state_strengths(strengths: Iterable[Plain]) -> Iterator[str]:
    beyond = [one for one in strengths if one["asked"] is None]
    if beyond:
        names = [one["skill"] for one in beyond]
        yield f"Beyond what is asked for, the portfolio shows {_join(names, 'and')}."
    for one in beyond:
        if one["use"]["years"]:
            yield f"Dated work shows {_years(one['use']['years'])} of {one['skill']}."


def _names_of(one: Plain) -> list[str]:
    return [skill["name"] for skill in one["requirement"]["skills"]]


def _is_known(name: str, vocabulary: Vocabulary) -> bool:
    """Whether it is one of our own names, and more than a trait of character."""
    concept = vocabulary.concept(name)
    return concept is not None and concept.category is not Category.SOFT


def _are(number: int) -> str:
    return f"{number} {'is' if number == 1 else 'are'}"


def _article(degree: str) -> str:
    return f"{'an' if degree == 'associate' else 'a'} {degree} degree"


def _years(number: float) -> str:
    return f"{number:g} year{'' if number == 1 else 's'}"


def _join(names: Sequence[str], joint: str) -> str:
    *most, last = names
    return f"{', '.join(most)} {joint} {last}" if most else last
