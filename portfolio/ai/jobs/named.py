"""Where a text names skills, asked by place."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from portfolio.ai.skills.concepts import Category, Skill

_IN_HEADINGS = frozenset(
    {Category.SOFT, Category.METHOD, Category.BUSINESS, Category.FIELD, Category.SPOKEN}
)


_TECHNICAL = frozenset(
    {
        *[Category.LANGUAGE, Category.FRAMEWORK, Category.LIBRARY, Category.DATABASE],
        *[Category.CLOUD, Category.DEVOPS, Category.MOBILE, Category.PROTOCOL, Category.OS],
    }
)
_FEWEST_OF_TRADE = 3


class NamedPlaces:
    """The skills of a text in order."""

    def __init__(self, skills: Sequence[Skill]) -> None:
        self._skills = skills
        self._starts = [skill.start for skill in skills]
        self._tools = [s.start for s in skills if s.category not in _IN_HEADINGS]

    @property
    def are_technical(self) -> bool:
        """Whether so many technologies are named that the text is about making software."""
        names = {skill.name for skill in self._skills if skill.category in _TECHNICAL}
        return len(names) >= _FEWEST_OF_TRADE

    def between(self, start: int, end: int) -> Sequence[Skill]:
        """The skills that begin there."""
        return self._skills[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def has_tool(self, start: int, end: int) -> bool:
        """Whether a tool or technique is named there, which no heading does."""
        return bisect_left(self._tools, start) < bisect_left(self._tools, end)

    def is_within(self, place: int) -> bool:
        """Whether a cut there would divide a name."""
        index = bisect_right(self._starts, place - 1) - 1
        return index >= 0 and place < self._skills[index].end
