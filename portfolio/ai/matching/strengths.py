"""What the portfolio has beyond what is asked: more years, and skills that nobody asked for."""

from collections.abc import Mapping, Sequence
from datetime import date

from portfolio.ai.matching.evidence import EvidenceFinder
from portfolio.ai.matching.judging import Judged, Verdict
from portfolio.ai.matching.report import SkillUse, Strength
from portfolio.ai.shown.portfolio_skills import PortfolioSkills, closure
from portfolio.ai.skills.concepts import Category
from portfolio.ai.skills.duration import Use

MOST = 8
_OF_THE_TRADE = frozenset(
    {
        *[Category.LANGUAGE, Category.FRAMEWORK, Category.LIBRARY, Category.DATABASE],
        *[Category.CLOUD, Category.DEVOPS, Category.DATA, Category.ML, Category.MOBILE],
        *[Category.TESTING, Category.SECURITY, Category.PROTOCOL, Category.OS, Category.LEARNED],
    }
)


def find_strengths(
    judged: Sequence[Judged], portfolio: PortfolioSkills, today: date
) -> tuple[Strength, ...]:
    """More years than asked first, then what was not asked, the longest used first."""
    finder = EvidenceFinder(portfolio, today)
    uses = portfolio.uses(today)
    more = _with_more_years(judged, finder)
    others = [
        Strength(name, None, SkillUse.of(name, uses), finder.all_of([name], ""))
        for name in _not_asked(judged, portfolio, uses)
    ]
    return tuple([*more, *others][:MOST])


def _with_more_years(judged: Sequence[Judged], finder: EvidenceFinder) -> list[Strength]:
    found: dict[str, Strength] = {}
    for one in judged:
        if one.verdict is not Verdict.MATCHED:
            continue
        for use in one.match.uses:
            years = one.item.years_of(use.skill)
            if years is not None and (use.years or 0) > years.minimum:
                evidence = finder.all_of([use.skill], one.item.text)
                found[use.skill] = Strength(use.skill, years.minimum, use, evidence)
    return list(found.values())


def _not_asked(
    judged: Sequence[Judged], portfolio: PortfolioSkills, uses: Mapping[str, Use]
) -> list[str]:
    asked = {skill.name for one in judged for skill in one.item.skills}
    asked |= {name for one in judged for use in one.match.uses for name in [use.skill]}
    around = closure(asked, portfolio.vocabulary)
    names = [name for name in portfolio.places if name not in around and _is_shown(name, portfolio)]
    return sorted(names, key=lambda name: (_rank(SkillUse.of(name, uses)), name))[:MOST]


def _is_shown(name: str, portfolio: PortfolioSkills) -> bool:
    concept = portfolio.vocabulary.concept(name) or portfolio.learned.concept(name)
    return concept is not None and concept.category in _OF_THE_TRADE


def _rank(use: SkillUse) -> tuple[bool, float, int]:
    """Used last of all, then for how long."""
    month = int((use.last_used or "0-0").replace("-", ""))
    return (not use.is_current, -(use.years or 0.0), -month)
