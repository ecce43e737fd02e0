"""How much of a requirement a portfolio meets: by vocabulary and dates, never by likeness."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from portfolio.ai.jobs.description import JobDescription, Requirement
from portfolio.ai.matching.asked import to_asked
from portfolio.ai.matching.evidence import EvidenceFinder
from portfolio.ai.matching.portfolio_skills import PortfolioSkills, describe_use
from portfolio.ai.matching.report import Evidence, Match, Reason
from portfolio.ai.skills.concepts import Category, Skill
from portfolio.ai.skills.duration import Use

MET = 1.0
WITHOUT_YEARS = 0.5
"""Of a skill that is there with too few years; the share of years that is there adds the rest."""
NEAR = 0.3
"""Of a skill of which only the broader, a part, or another one of its kind is there."""
_OPEN_CHOICE = re.compile(
    r"\b(?:such as|like|e\.g|for example|for instance|similar|equivalent|comparable|z\.\s?b)\b",
    re.IGNORECASE,
)
_MOST_EVIDENCE = 5


class Verdict(StrEnum):
    """Which list a requirement belongs to."""

    MATCHED = "matched"
    PARTIAL = "partial"
    MISSING = "missing"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Judged:
    """A requirement with what the portfolio has of it.

    Attributes:
        counts: whether it is scored: it names a skill that is more than a trait of character.
    """

    item: Requirement
    verdict: Verdict
    match: Match
    counts: bool


class _Standing(NamedTuple):
    """How one skill stands: its credit, why it is less than all, and what shows it."""

    credit: float
    reason: Reason | None
    shown: str | None
    evidence: Evidence | None


class Judge:
    """Judges the requirements of one description against one portfolio, as of one day."""

    def __init__(self, portfolio: PortfolioSkills, job: JobDescription, today: date) -> None:
        self._portfolio = portfolio
        self._vocabulary = portfolio.vocabulary
        self._job = job
        self._finder = EvidenceFinder(portfolio, today)
        self._uses: Mapping[str, Use] = portfolio.uses(today)
        self._work = portfolio.years_of_work(today)
        self._parts: dict[str, list[str]] = {}
        for held in sorted(portfolio.places):
            concept = self._vocabulary.concept(held)
            if concept and concept.part_of:
                self._parts.setdefault(concept.part_of, []).append(held)

    def judge(self, item: Requirement) -> Judged:
        """What the portfolio has of it."""
        if item.skills:
            return self._judge_skills(item)
        if item.soft_skills:
            return self._judge_traits(item)
        if item.years and self.means_work_as_such(item) and self._work is not None:
            return self._judge_years(item, item.years.minimum, self._work)
        return Judged(item, Verdict.UNJUDGED, Match(to_asked(item), 0.0), counts=False)

    def means_work_as_such(self, item: Requirement) -> bool:
        """Whether its years are those asked for in general."""
        general = self._job.years
        return (
            item.years is not None
            and general is not None
            and (item.years.start, item.years.end) == (general.start, general.end)
        )

    def years_of(self, item: Requirement, name: str) -> tuple[bool, float | None]:
        """Whether a skill is there, and the years that are dated of what the item asks years of."""
        use = self._uses.get(name)
        years = use.years if use else None
        if self.means_work_as_such(item) and self._work is not None:
            years = max(self._work, years or 0.0)
        return self._portfolio.has(name), years

    def _judge_skills(self, item: Requirement) -> Judged:
        standings = [self._stand(item, skill) for skill in item.skills]
        parts = [standing.credit for standing in standings]
        credit = max(parts) if item.any_of else sum(parts) / len(parts)
        relevant = [s for s in standings if s.credit and (not item.any_of or s.credit == credit)]
        reasons = [standing.reason for standing in relevant if standing.reason]
        if item.any_of and credit == MET and len(standings) > len(relevant):
            reasons = [Reason.ONE_OF_SEVERAL]
        elif not item.any_of and 0 < credit < MET and 0 in parts:
            reasons.append(Reason.SOME_SKILLS)
        shown = list(dict.fromkeys(s.shown for s in relevant if s.shown))
        evidence = {s.evidence.citation: s.evidence for s in relevant if s.evidence}
        match = Match(
            to_asked(item),
            round(credit, 4),
            tuple(dict.fromkeys(reasons)),
            tuple(describe_use(name, self._uses) for name in shown),
            tuple(evidence.values())[:_MOST_EVIDENCE],
        )
        return Judged(item, _verdict(credit), match, counts=True)

    def _stand(self, item: Requirement, skill: Skill) -> _Standing:
        name = self._own_name(skill)
        evidence = self._finder.best(name, item.text)
        if evidence is None and skill.category is Category.UNLISTED:
            evidence = self._finder.best_word(name, item.text)
        if evidence is None:
            return self._stand_nearby(item, name)
        asked = item.years.minimum if item.years and skill.name in item.years.skills else None
        if asked is None:
            return _Standing(MET, None, name, evidence)
        _there, found = self.years_of(item, name)
        if found is None:
            return _Standing(WITHOUT_YEARS, Reason.YEARS_UNKNOWN, name, evidence)
        if found >= asked:
            return _Standing(MET, None, name, evidence)
        credit = WITHOUT_YEARS + (MET - WITHOUT_YEARS) * found / asked
        return _Standing(credit, Reason.FEWER_YEARS, name, evidence)

    def _own_name(self, skill: Skill) -> str:
        """What the portfolio calls a skill that no vocabulary knows."""
        if skill.category is not Category.UNLISTED:
            return skill.name
        return self._portfolio.learned.name_of(skill.name) or skill.name

    def _stand_nearby(self, item: Requirement, name: str) -> _Standing:
        """By what the skill builds on, a part of it, or another one where the choice is open."""
        concept = self._vocabulary.concept(name)
        if concept is None:
            return _Standing(0.0, None, None, None)
        near = [(other, Reason.BROADER) for other in (*concept.implies, concept.part_of) if other]
        near += [(other, Reason.NARROWER) for other in self._parts.get(name, ())]
        if item.any_of and _OPEN_CHOICE.search(item.text):
            near += [(other, Reason.OTHER_OF_KIND) for other in concept.alternatives]
        for other, reason in near:
            if self._portfolio.names(other):
                return _Standing(NEAR, reason, other, self._finder.best(other, item.text))
        return _Standing(0.0, None, None, None)

    def _judge_traits(self, item: Requirement) -> Judged:
        """Traits are shown where the text names them; nobody lacks what a text does not say."""
        evidence = self._finder.all_of((skill.name for skill in item.soft_skills), item.text)
        if not evidence:
            return Judged(item, Verdict.UNJUDGED, Match(to_asked(item), 0.0), counts=False)
        match = Match(to_asked(item), MET, evidence=evidence[:_MOST_EVIDENCE])
        return Judged(item, Verdict.MATCHED, match, counts=False)

    def _judge_years(self, item: Requirement, asked: float, found: float) -> Judged:
        credit = min(MET, found / asked) if asked else MET
        reasons = (Reason.FEWER_YEARS,) if credit < MET else ()
        match = Match(to_asked(item), round(credit, 4), reasons)
        return Judged(item, _verdict(credit), match, counts=False)


def _verdict(credit: float) -> Verdict:
    if credit == MET:
        return Verdict.MATCHED
    return Verdict.PARTIAL if credit else Verdict.MISSING
