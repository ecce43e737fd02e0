"""What to do about the gaps. What stands in quotation marks is word for word in a text."""

from collections.abc import Iterator, Sequence

from portfolio.ai.jobs.description import JobDescription, Level
from portfolio.ai.matching.comparison import Comparison
from portfolio.ai.matching.judging import Judged, Verdict
from portfolio.ai.matching.report import (
    Asked,
    Match,
    Reason,
    Recommendation,
    Related,
)
from portfolio.ai.skills.concepts import Category

MOST = 20
_LONGEST_QUOTE = 160


def recommend(
    text: str,
    job: JobDescription,
    judged: Sequence[Judged],
    found_near: Sequence[Related],
    comparison: Comparison,
) -> tuple[Recommendation, ...]:
    """Required gaps first, each skill once; then years, degree and languages."""
    near = {(r.requirement.start, r.requirement.end): r for r in found_near}
    gaps = [one for one in judged if one.counts]
    gaps.sort(key=lambda one: one.item.level is not Level.REQUIRED)
    found: dict[str, Recommendation] = {}
    for one in gaps:
        # Any language is near any other by the vocabulary, and that helps nobody.
        is_language = any(skill.category is Category.LANGUAGE for skill in one.item.skills)
        related = None if is_language else near.get((one.item.start, one.item.end))
        for advice in _for_gap(text, one, related):
            found.setdefault(advice.text, advice)
    for advice in _for_the_rest(text, job, comparison):
        found.setdefault(advice.text, advice)
    return tuple(found.values())[:MOST]


def _for_gap(text: str, one: Judged, related: Related | None) -> Iterator[Recommendation]:
    asked = one.match.requirement
    if one.verdict is Verdict.MISSING:
        yield _advise("missing", asked, _say_missing(text, asked, related))
    elif one.verdict is Verdict.PARTIAL:
        for reason in one.match.reasons:
            words = _say_partial(text, one.match, reason)
            if words:
                yield _advise(reason.value, asked, words)


def _say_missing(text: str, asked: Asked, related: Related | None) -> str:
    nearest = ""
    if related:
        nearest = f" The nearest that it says: {_quote(related.evidence[0].citation.quote)}."
    several = len(asked.skills) > 1 and not asked.any_of
    it, was = ("them", "they were") if several else ("it", "it was")
    return (
        f"{_names(text, asked)} {_is_asked(asked)}, and the portfolio does not name {it}.{nearest} "
        f"If {was} used, say in which job or project."
    )


def _say_partial(text: str, match: Match, reason: Reason) -> str | None:
    asked = match.requirement
    uses = [use for use in match.uses if use.years is not None]
    least = min(uses, key=lambda use: use.years or 0.0, default=None)
    if reason is Reason.FEWER_YEARS and least and asked.years:
        return (
            f"{_names(text, asked)}: {asked.years:g} years are asked for, dated work shows "
            f"{least.years:g}. Date earlier work that used it, if there is any."
        )
    if reason is Reason.YEARS_UNKNOWN and match.evidence:
        quote = _quote(match.evidence[0].citation.quote)
        return (
            f"{_names(text, asked)}: years are asked for, and no dated job or project names it, "
            f"only {quote}. Name it where it was used."
        )
    if reason in {Reason.BROADER, Reason.NARROWER, Reason.OTHER_OF_KIND} and match.evidence:
        quote = _quote(match.evidence[0].citation.quote)
        return (
            f"{_names(text, asked)} {_is_asked(asked)}; the portfolio says {quote}, which is near. "
            "If the very thing was used, name it."
        )
    if reason is Reason.TOO_FEW:
        return (
            f"Of {_quote(asked.text)} the portfolio shows fewer than the {asked.at_least} that "
            "are needed. Name the others, if used."
        )
    if reason is Reason.SOME_SKILLS:
        return f"Of {_quote(asked.text)} the portfolio shows a part only. Name the rest, if used."
    return None


def _for_the_rest(
    text: str, job: JobDescription, comparison: Comparison
) -> Iterator[Recommendation]:
    for years in comparison.experience:
        if not years.skills and years.found is not None and years.found < years.asked:
            words = (
                f"{years.asked:g} years of experience are asked for; dated work adds up to "
                f"{years.found:g}. Date earlier jobs, if there are any."
            )
            yield Recommendation("experience", words, *_span(job.years))
    education = comparison.education
    if job.education and education.asked and education.found is None:
        words = (
            f"{_quote(text[job.education.start : job.education.end])} is asked for; the portfolio "
            "names no finished degree. Add it, if there is one."
        )
        yield Recommendation("education", words, job.education.start, job.education.end)
    for language in comparison.languages:
        if not language.credit:
            names = {language.name, *language.any_of}
            asked = [each for each in job.languages if each.name in names]
            written = " or ".join(_quote(text[each.start : each.end]) for each in asked)
            words = (
                f"{written} is asked for; the portfolio does "
                "not list it among the languages spoken."
            )
            yield Recommendation("language", words, asked[0].start, asked[-1].end)


def _span(place: object) -> tuple[int | None, int | None]:
    return getattr(place, "start", None), getattr(place, "end", None)


def _advise(kind: str, asked: Asked, words: str) -> Recommendation:
    return Recommendation(kind, words, asked.start, asked.end)


def _names(text: str, asked: Asked) -> str:
    """The skills as the description writes them."""
    written = [_quote(text[skill.start : skill.end]) for skill in asked.skills]
    written = list(dict.fromkeys(written))
    if not written:
        return _quote(asked.text)
    return (" or " if asked.any_of else " and ").join(written)


def _is_asked(asked: Asked) -> str:
    if asked.level is not Level.REQUIRED:
        return "would be nice to have"
    return "are required" if len(asked.skills) > 1 and not asked.any_of else "is required"


def _quote(words: str) -> str:
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rsplit(" ", 1)[0]
    return f"\u201c{words}\u201d"
