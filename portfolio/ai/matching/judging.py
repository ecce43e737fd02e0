"""How much of a requirement a portfolio meets: by vocabulary and dates, never by likeness."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from portfolio.ai.jobs.description import Requirement, Years
from portfolio.ai.matching.asked import to_asked
from portfolio.ai.matching.comparison import Evidence
from portfolio.ai.matching.evidence import EvidenceFinder
from portfolio.ai.matching.report import Match, Reason, SkillUse
from portfolio.ai.shown.portfolio_skills import PortfolioSkills
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
    """Judges requirements against one portfolio, as of one day."""

    def __init__(self, portfolio: PortfolioSkills, today: date) -> None:
        self._portfolio = portfolio
        self._vocabulary = portfolio.vocabulary
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
        if item.years and item.years.skills:
            return self._judge_trade(item, item.years)
        if item.years and item.years.is_general and self._work is not None:
            return self._judge_years(item, item.years.minimum, self._work)
        match = Match(to_asked(item), 0.0, scored=False)
        return Judged(item, Verdict.UNJUDGED, match, counts=False)

    def years_of(self, name: str) -> tuple[bool, float | None]:
        """Whether a skill is there, and the years of it that are dated."""
        use = self._uses.get(name)
        return self._portfolio.has(name), use.years if use else None

    def _judge_skills(self, item: Requirement) -> Judged:
        standings = [self._stand(item, skill) for skill in item.skills]
        credit, taken = _take(item, standings)
        relevant = [standing for standing in taken if standing.credit]
        reasons = [standing.reason for standing in relevant if standing.reason]
        if item.any_of and credit == MET and len(standings) > len(relevant):
            reasons = [Reason.ONE_OF_SEVERAL]
        elif 0 < credit < MET and len(relevant) < max(len(taken), item.at_least):
            reasons.append(Reason.TOO_FEW if item.at_least > 1 else Reason.SOME_SKILLS)
        shown = list(dict.fromkeys(s.shown for s in relevant if s.shown))
        evidence = {s.evidence.citation: s.evidence for s in relevant if s.evidence}
        counts = credit == MET or not is_of_the_owner(item)
        match = Match(
            to_asked(item),
            round(credit, 4),
            tuple(dict.fromkeys(reasons)),
            tuple(SkillUse.of(name, self._uses) for name in shown),
            tuple(evidence.values())[:_MOST_EVIDENCE],
            counts,
        )
        return Judged(item, _verdict(credit), match, counts=counts)

    def _stand(self, item: Requirement, skill: Skill) -> _Standing:
        name = self._own_name(skill)
        evidence = self._finder.best(name, item.text)
        if evidence is None and skill.category is Category.UNLISTED:
            evidence = self._finder.best_word(name, item.text)
        if evidence is None:
            return self._stand_nearby(item, name)
        years = item.years_of(skill.name)
        if years is None:
            return _Standing(MET, None, name, evidence)
        asked = years.minimum
        _there, found = self.years_of(name)
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
        near = [(other, Reason.BROADER) for other in self._built_on(name)]
        if item.any_of:
            # Who knows SQL has not one of three tools of which one is written in it.
            shared = [self._built_on(self._own_name(skill)) for skill in item.skills]
            near = [pair for pair in near if all(pair[0] in own for own in shared)]
        near += [(other, Reason.NARROWER) for other in self._parts.get(name, ())]
        if item.any_of and _OPEN_CHOICE.search(item.text):
            near += [(other, Reason.OTHER_OF_KIND) for other in concept.alternatives]
        for other, reason in near:
            if self._portfolio.names(other):
                return _Standing(NEAR, reason, other, self._finder.best(other, item.text))
        return _Standing(0.0, None, None, None)

    def _built_on(self, name: str) -> list[str]:
        concept = self._vocabulary.concept(name)
        return [other for other in (*concept.implies, concept.part_of) if other] if concept else []

    def _judge_traits(self, item: Requirement) -> Judged:
        """Traits are shown where the text names them; nobody lacks what a text does not say."""
        evidence = self._finder.all_of((skill.name for skill in item.soft_skills), item.text)
        if not evidence:
            match = Match(to_asked(item), 0.0, scored=False)
            return Judged(item, Verdict.UNJUDGED, match, counts=False)
        credit = MET
        reasons: tuple[Reason, ...] = ()
        if item.years is not None:
            found = max(self.years_of(skill.name)[1] or 0.0 for skill in item.soft_skills)
            credit = max(WITHOUT_YEARS, share_of_years(found, item.years.minimum))
            short = Reason.FEWER_YEARS if found else Reason.YEARS_UNKNOWN
            reasons = (short,) if credit < MET else ()
        match = Match(
            to_asked(item), credit, reasons, evidence=evidence[:_MOST_EVIDENCE], scored=False
        )
        return Judged(item, _verdict(credit), match, counts=False)

    def _judge_trade(self, item: Requirement, years: Years) -> Judged:
        """Years as a developer: of the skill that stands for the trade."""
        name = years.skills[0]
        evidence = self._finder.best(name, item.text)
        is_there, found = self.years_of(name)
        reason = Reason.FEWER_YEARS
        credit = share_of_years(found or 0.0, years.minimum) if is_there else 0.0
        if is_there and found is None:
            credit, reason = WITHOUT_YEARS, Reason.YEARS_UNKNOWN
        reasons = (reason,) if 0 < credit < MET else ()
        uses = (SkillUse.of(name, self._uses),) if is_there else ()
        shown = (evidence,) if evidence else ()
        match = Match(to_asked(item), credit, reasons, uses, shown, scored=False)
        return Judged(item, _verdict(credit), match, counts=False)

    def _judge_years(self, item: Requirement, asked: float, found: float) -> Judged:
        credit = share_of_years(found, asked)
        reasons = (Reason.FEWER_YEARS,) if credit < MET else ()
        match = Match(to_asked(item), credit, reasons, scored=False)
        return Judged(item, _verdict(credit), match, counts=False)


def share_of_years(found: float, asked: float) -> float:
    """How much of the years asked for is there, 0 to 1."""
    return round(min(MET, found / asked), 4) if asked else MET


def _take(item: Requirement, standings: Sequence[_Standing]) -> tuple[float, list[_Standing]]:
    """The credit, and the skills that it is of: all, or the best alternatives of an either/or."""
    if not item.any_of:
        return _mean(standings, len(standings)), list(standings)
    named = zip(item.skills, standings, strict=True)
    alternatives = [[standing] for standing in standings]
    if item.alternatives:
        by_name = {skill.name: standing for skill, standing in named}
        alternatives = [
            [by_name[name] for name in names if name in by_name] for names in item.alternatives
        ]
    ranked = sorted(filter(None, alternatives), key=lambda own: -_mean(own, len(own)))
    best = ranked[: item.at_least]
    credit = sum(_mean(own, len(own)) for own in best) / item.at_least
    return credit, [standing for own in best for standing in own]


def _mean(standings: Sequence[_Standing], count: int) -> float:
    return sum(standing.credit for standing in standings) / count


def is_of_the_owner(item: Requirement) -> bool:
    """Whether only the owner's lists know it: listing it may raise scores and never lower them."""
    return any(skill.category is Category.LEARNED for skill in item.skills)


def _verdict(credit: float) -> Verdict:
    if credit == MET:
        return Verdict.MATCHED
    return Verdict.PARTIAL if credit else Verdict.MISSING
