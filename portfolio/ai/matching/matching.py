"""One function from a description and a portfolio to the report."""

from collections.abc import Sequence
from datetime import date

from portfolio.ai.jobs.description import Requirement
from portfolio.ai.matching.asked import Description, read_asked, to_asked, to_job
from portfolio.ai.matching.bounds import bound_requirements
from portfolio.ai.matching.compared import compare_education, compare_languages, compare_years
from portfolio.ai.matching.comparison import Comparison
from portfolio.ai.matching.judging import Judge, Judged, Verdict
from portfolio.ai.matching.recommendations import recommend
from portfolio.ai.matching.related import Neighbours, find_related
from portfolio.ai.matching.report import Match, Report, Versions
from portfolio.ai.matching.scoring import score
from portfolio.ai.matching.strengths import find_strengths
from portfolio.ai.shown.portfolio_skills import PortfolioSkills


def build_report(
    text: str,
    portfolio: PortfolioSkills,
    versions: Versions,
    today: date,
    neighbours: Neighbours,
) -> Report:
    """The report on a cleaned description: the same for the same arguments, byte for byte."""
    description = read_asked(text, portfolio)
    job = description.job
    judge = Judge(portfolio, today)
    items, left_out = bound_requirements(_items(description))
    judged = [judge.judge(item) for item in items]
    work = portfolio.years_of_work(today)
    comparison = Comparison(
        compare_years(job, judged, judge, work),
        compare_education(job, portfolio.documents, portfolio.vocabulary, today),
        compare_languages(job, portfolio.documents, portfolio.vocabulary),
    )
    related = find_related(judged, portfolio, today, neighbours)
    return Report(
        text=text,
        job=to_job(job),
        requirements=tuple(one.match.requirement for one in judged),
        matched=_of(judged, Verdict.MATCHED),
        partial=_of(judged, Verdict.PARTIAL),
        related=related,
        missing=_of(judged, Verdict.MISSING),
        unjudged=tuple(to_asked(j.item) for j in judged if j.verdict is Verdict.UNJUDGED),
        left_out=left_out,
        comparison=comparison,
        scores=score(judged, comparison, portfolio.documents, work),
        strengths=find_strengths(judged, portfolio, today),
        recommendations=recommend(text, job, judged, related, comparison),
        versions=versions,
    )


def _items(description: Description) -> list[Requirement]:
    own = description.learned
    kept = [
        item
        for item in description.job.requirements
        if item.skills or not any(item.start <= o.start and o.end <= item.end for o in own)
    ]
    return sorted([*kept, *own], key=lambda item: (item.start, item.end))


def _of(judged: Sequence[Judged], verdict: Verdict) -> tuple[Match, ...]:
    return tuple(one.match for one in judged if one.verdict is verdict)
