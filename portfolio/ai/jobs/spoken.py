"""Which languages are to be spoken, and how well."""

import re
from collections.abc import Iterator, Sequence

from portfolio.ai.jobs.description import Level, SpokenLanguage
from portfolio.ai.skills.concepts import Category, Skill

_PROFICIENCY = re.compile(
    r"\b(?:[ABC][12](?!\w)|native(?:-level)?|fluent(?:ly)?|fluency|business[- ]fluent"
    r"|conversational|proficient|"
    r"bilingual|mother tongue|verhandlungssicher\w*|flie\u00dfend\w*|elementary|limited|beginner\w*"
    r"|grundkenntnisse|near-native|upper[- ]intermediate|muttersprache"
    r"|professional proficiency|"
    r"excellent|very good|good|basic|advanced|intermediate)",
    re.IGNORECASE,
)
_BEFORE = 40
_AFTER = 30


def find_languages(
    text: str, start: int, end: int, skills: Sequence[Skill], levels: Sequence[Level | None]
) -> Iterator[SpokenLanguage]:
    """The spoken languages of a sentence that are wanted."""
    for skill, level in zip(skills, levels, strict=True):
        if skill.category is Category.SPOKEN and level is not None:
            proficiency = _proficiency(text, start, end, skill)
            yield SpokenLanguage(skill.name, proficiency, level, skill.start, skill.end)


def _proficiency(text: str, start: int, end: int, skill: Skill) -> str | None:
    """A grade right behind the language, or the last word of quality before it."""
    behind = re.match(r"[^,;.]*", text[skill.end : min(end, skill.end + _AFTER)])
    if behind and (match := _PROFICIENCY.search(behind.group())):
        return match.group()
    before = re.split(r"[,;)]", text[max(start, skill.start - _BEFORE) : skill.start])[-1]
    grades = _PROFICIENCY.findall(before)
    return grades[-1] if grades else None
