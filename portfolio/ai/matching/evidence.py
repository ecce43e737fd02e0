"""Which places show a skill best: dated work before lists, then the words of the requirement."""

from collections.abc import Iterable, Mapping
from datetime import date

from portfolio.ai.answers.answer import Citation
from portfolio.ai.lexical import stems
from portfolio.ai.matching.bounds import bound_quote
from portfolio.ai.matching.comparison import Evidence
from portfolio.ai.shown.places import Place
from portfolio.ai.shown.portfolio_skills import PortfolioSkills

DIRECT, IMPLIED = 1.0, 0.8
"""A citation's score where the text names the skill, and where it follows from what it names."""

# A sentence shares these with most requirements, whatever either is about.
_OF_MOST = frozenset(
    stems("year years experience experienced professional minimum least knowledge strong good")
)


class EvidenceFinder:
    """Finds the best place for each skill of one portfolio, as of one day."""

    def __init__(self, portfolio: PortfolioSkills, today: date) -> None:
        self._portfolio = portfolio
        self._months: Mapping[tuple[str, str], int] = portfolio.last_months(today)
        self._stems: dict[str, frozenset[str]] = {}

    def best(self, skill: str, asked: str) -> Evidence | None:
        """The best place of a skill for a requirement in these words."""
        shown = self._portfolio.shown_by(skill)
        if not shown:
            return None
        words = self._stems_of(asked)
        place, name = min(shown, key=lambda each: self._rank(each[0], each[1] != skill, words))
        return Evidence(name, to_citation(place, name, DIRECT if name == skill else IMPLIED))

    def best_word(self, word: str, asked: str) -> Evidence | None:
        """The same for a name that no vocabulary knows."""
        places = self._portfolio.find_word(word)
        words = self._stems_of(asked)
        best = min(places, key=lambda place: self._rank(place, False, words), default=None)
        return Evidence(word, to_citation(best, word, DIRECT)) if best else None

    def all_of(self, skills: Iterable[str], asked: str) -> tuple[Evidence, ...]:
        """The best place of each, no place twice."""
        found = (self.best(skill, asked) for skill in skills)
        return tuple({each.citation: each for each in found if each}.values())

    def _stems_of(self, asked: str) -> frozenset[str]:
        if asked not in self._stems:
            self._stems[asked] = frozenset(stems(asked)) - _OF_MOST
        return self._stems[asked]

    def _rank(self, place: Place, is_implied: bool, words: frozenset[str]) -> tuple[int, ...]:
        last = self._months.get((place.source_type, place.source_id), 0)
        # A listed name says less than work from which the skill follows.
        is_weak = place.tier > 1
        return (
            is_weak,
            place.denies,
            is_implied,
            place.tier,
            -len(place.stems & words),
            -last,
            place.order,
        )


def to_citation(place: Place, name: str, score: float) -> Citation:
    """The place as answers cite it; of a very long sentence what is around the name."""
    start, end = bound_quote(place.quote, place.names[name])
    return Citation(
        place.source_type,
        place.source_id,
        place.field,
        place.start + start,
        place.start + end,
        place.quote[start:end],
        score,
    )
