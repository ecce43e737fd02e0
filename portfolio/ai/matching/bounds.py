"""How much a report holds at most, so that none is many times larger than its description."""

from collections.abc import Sequence
from dataclasses import replace

from portfolio.ai.jobs.description import Requirement

MOST_REQUIREMENTS = 150
MOST_SKILLS = 25
"""Of one requirement."""
LONGEST = 600
"""Characters of a requirement's text."""
MOST_EXCLUDED = 50
LONGEST_QUOTE = 500
_BEFORE_NAME = 100
"""Characters of a long sentence that are quoted before the name that it is quoted for."""


def bound_requirements(items: Sequence[Requirement]) -> tuple[list[Requirement], int]:
    """The first requirements without the ends of long ones, and how many are cut or left out."""
    kept = [_shortened(item) for item in items[:MOST_REQUIREMENTS]]
    cut = sum(short is not item for short, item in zip(kept, items, strict=False))
    return kept, cut + len(items) - len(kept)


def bound_quote(quote: str, name: str) -> tuple[int, int]:
    """What of a sentence is quoted for a name in it: all, or a stretch with the name."""
    if len(quote) <= LONGEST_QUOTE:
        return 0, len(quote)
    place = quote.find(name)
    start = 0 if place + len(name) <= LONGEST_QUOTE else place - _BEFORE_NAME
    end = max(start + LONGEST_QUOTE, place + len(name))
    return start, min(len(quote), end)


def _shortened(item: Requirement) -> Requirement:
    end = min(item.end, item.start + LONGEST)
    skills = tuple(skill for skill in item.skills if skill.end <= end)[:MOST_SKILLS]
    traits = tuple(skill for skill in item.soft_skills if skill.end <= end)[:MOST_SKILLS]
    if end == item.end and skills == item.skills and traits == item.soft_skills:
        return item
    text = item.text[: end - item.start]
    return replace(item, text=text, end=end, skills=skills, soft_skills=traits)
