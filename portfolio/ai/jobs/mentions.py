"""What a sentence mentions without asking for it: colleagues, the company's business, tasks."""

import re
from collections.abc import Sequence

from portfolio.ai.jobs.asking import names_knowledge, speaks_to_somebody
from portfolio.ai.jobs.headings import Part
from portfolio.ai.jobs.sentences import Sentence
from portfolio.ai.skills.concepts import Category, Skill

# Who writes `a Java developer` asks for Java; who writes `a product manager` names a colleague.
_PRACTICES = frozenset(
    {
        *[Category.METHOD, Category.BUSINESS, Category.FIELD, Category.DESIGN, Category.TESTING],
        *[Category.DATA, Category.ML, Category.SECURITY, Category.DEVOPS, Category.CLOUD],
        *[Category.MOBILE],
    }
)
_OF_BUSINESS = frozenset({Category.BUSINESS, Category.FIELD})
_PASSING = _PRACTICES - {Category.DEVOPS, Category.CLOUD, Category.MOBILE}
_USED = re.compile(
    r"\b(?:us(?:e|es|ing)|with|through|via|follow(?:s|ing)?|based on|focus(?:ing)? on|around"
    r"|participat\w+ in|appl(?:y|ies|ying)|such as|like|including|practi[cs]es? (?:of|in|for)"
    r"|area of|field of)\s(?:[\w-]+\s){0,2}\Z",
    re.IGNORECASE,
)
_NO_NAME = (
    r"(?!(?:in|with|for|of|to|within|as|by|on|at|from|your|our|the|an?|or|is|are|who|that)\b)"
)
_PEOPLE = (
    r"(?:engineers?|developers?|devs?|managers?|architects?|analysts?|specialists?|consultants?"
    r"|scientists?|designers?|testers?|administrators?|researchers?|directors?|officers?|owners?"
    r"|masters?|heads?|leads?|leaders?|teams?|squads?|departments?|dept|groups?|guilds?"
    r"|communit(?:y|ies)|colleagues|coworkers|staff|professionals|practitioners|stakeholders"
    r"|organi[sz]ations|compan(?:y|ies)|divisions?|industr(?:y|ies)|startups?|scale-?ups?"
    r"|vendors?|partners?|firms?|agenc(?:y|ies)|consultanc(?:y|ies)|studios?|entwickler(?:in)?"
    r"|abteilung(?:en)?)"
)
_FOLLOWED = re.compile(
    rf"[ -](?:{_NO_NAME}[\w/-]+ ){{0,2}}(?:(?:and|&|und) (?:{_NO_NAME}[\w/-]+ ){{1,2}})?"
    rf"{_PEOPLE}\b",
    re.IGNORECASE,
)
_LED_BY = re.compile(
    r"\b(?:managers?|heads?|directors?|vp|chief)[ ,](?:(?:of|for) )?$", re.IGNORECASE
)
_WORKED_AS = re.compile(r"\b(?:as|als) (?:an? |eine? )?(?:[\w-]+ ){0,2}$", re.IGNORECASE)
_BEFORE = 40


def without_mentions(
    text: str, sentence: Sentence, skills: Sequence[Skill], *, asks_apart: bool
) -> list[Skill]:
    """The skills of a sentence that it asks for.

    Args:
        asks_apart: whether the description is of a technical job and says under a heading of its
            own what it asks for; then practices that its tasks name in passing are not asked for.
    """
    asked = [skill for skill in skills if not _stands_for_people(text, skill)]
    if sentence.part not in {Part.OPEN, Part.DUTIES} or not _PASSING.intersection(
        skill.category for skill in asked
    ):
        return asked
    content = text[sentence.start : sentence.end]
    if not sentence.is_bullet and not speaks_to_somebody(content):
        asked = [skill for skill in asked if skill.category not in _OF_BUSINESS]
    if asks_apart and not names_knowledge(content):
        asked = [skill for skill in asked if not _is_in_passing(text, skill)]
    return asked


def names_a_trade(text: str, skill: Skill) -> bool:
    """Whether it says what somebody is: `a senior Java developer`, `our DevOps team`."""
    if text[skill.end : skill.end + 1] not in {" ", "-"}:
        return False
    if _FOLLOWED.match(text, skill.end) is None:
        return False
    return _WORKED_AS.search(text[max(0, skill.start - _BEFORE) : skill.start]) is None


def _is_in_passing(text: str, skill: Skill) -> bool:
    """Whether it is a practice in small letters that nothing is said to be done with."""
    surface = skill.surface
    if skill.category not in _PASSING or not (
        surface.islower() or (" " in surface and surface.istitle())
    ):
        return False
    return _USED.search(text, max(0, skill.start - _BEFORE), skill.start) is None


def _stands_for_people(text: str, skill: Skill) -> bool:
    if skill.category not in _PRACTICES:
        return False
    before = text[max(0, skill.start - _BEFORE) : skill.start]
    return names_a_trade(text, skill) or _LED_BY.search(before) is not None
