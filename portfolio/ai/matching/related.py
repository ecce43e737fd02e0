"""What is near a requirement that is not met: by relations of the vocabulary, else by meaning.

It is a column of its own: nothing here makes a match or moves a score.
"""

from collections.abc import Callable, Sequence
from datetime import date

from portfolio.ai.answers.answer import Citation
from portfolio.ai.matching.comparison import Evidence
from portfolio.ai.matching.evidence import EvidenceFinder
from portfolio.ai.matching.judging import Judged, Verdict
from portfolio.ai.matching.report import Kinship, Related
from portfolio.ai.shown.portfolio_skills import PortfolioSkills

MOST = 40
"""Most requirements that are compared by meaning: they are encoded in one batch."""
LIKE = 0.45
"""Least cosine of a sentence that is shown as related."""
Neighbours = Callable[[Sequence[str]], list[Citation | None]]
"""For each text the nearest sentence of the portfolio, with the cosine as its score."""


def find_related(
    judged: Sequence[Judged], portfolio: PortfolioSkills, today: date, neighbours: Neighbours
) -> tuple[Related, ...]:
    """In the order of the requirements; each at most once."""
    finder = EvidenceFinder(portfolio, today)
    open_ones = [j for j in judged if j.verdict in {Verdict.MISSING, Verdict.UNJUDGED}]
    kin = {id(one): _find_kin(one, portfolio, finder) for one in open_ones}
    rest = sorted((j for j in open_ones if not kin[id(j)]), key=lambda j: not j.counts)[:MOST]
    citations = neighbours([one.item.text for one in rest]) if rest else []
    near = {id(one): citation for one, citation in zip(rest, citations, strict=True)}
    related = []
    for one in open_ones:
        citation = near.get(id(one))
        if kin[id(one)]:
            found = Related(one.match.requirement, Kinship.VOCABULARY, kin[id(one)])
            related.append(found)
        elif citation is not None and citation.score >= LIKE:
            evidence = (Evidence(None, citation),)
            related.append(Related(one.match.requirement, Kinship.MEANING, evidence))
    return tuple(related)


def _find_kin(
    one: Judged, portfolio: PortfolioSkills, finder: EvidenceFinder
) -> tuple[Evidence, ...]:
    """Skills that may stand where this one is asked for."""
    concepts = (portfolio.vocabulary.concept(skill.name) for skill in one.item.skills)
    others = [other for concept in concepts if concept for other in concept.alternatives]
    named = [other for other in dict.fromkeys(others) if portfolio.names(other)]
    return finder.all_of(named[:2], one.item.text)
