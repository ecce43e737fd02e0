"""What holds where a text asks for something in one place and does not in another."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from portfolio.ai.jobs.description import Level, Requirement
from portfolio.ai.jobs.phrases import FORGIVING
from portfolio.ai.skills.concepts import Skill

_FORGIVING = re.compile(FORGIVING, re.IGNORECASE)


def forgiven_names(sentence: str, skills: Sequence[Skill]) -> set[str]:
    """What one may come without: `Don't worry if you have never seen GraphQL`."""
    is_forgiving = " if you" in sentence and _FORGIVING.search(sentence) is not None
    return {skill.name for skill in skills} if is_forgiving else set()


def lower_forgiven(requirements: Iterable[Requirement], forgiven: set[str]) -> list[Requirement]:
    """With all that may be missing as nice to have, wherever it is named."""
    return [
        replace(item, level=Level.NICE_TO_HAVE)
        if item.skills and forgiven.issuperset(skill.name for skill in item.skills)
        else item
        for item in requirements
    ]


def really_excluded(excluded: Iterable[Skill], requirements: Iterable[Requirement]) -> list[Skill]:
    """Without what is asked for elsewhere: `Java 17 (no Java 8)` asks for Java."""
    asked = {skill.name for item in requirements for skill in item.skills}
    return [skill for skill in excluded if skill.name not in asked]
