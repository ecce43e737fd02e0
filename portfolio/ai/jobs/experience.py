"""How many years a sentence asks for, and of what."""

import re
from collections.abc import Iterator, Sequence

from portfolio.ai.jobs.description import Level, Years
from portfolio.ai.jobs.links import link_of
from portfolio.ai.skills.concepts import Category, Skill

_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_GERMAN = ["ein", "zwei", "drei", "vier", "f\u00fcnf", "sechs", "sieben", "acht", "neun", "zehn"]
_NUMBERS = {
    **{word: float(number) for number, word in enumerate(_WORDS, start=1)},
    **{word: float(number) for number, word in enumerate(_GERMAN, start=1)},
    "eleven": 11.0,
    "twelve": 12.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "a couple of": 2.0,
    "half a": 0.5,
    "half an": 0.5,
    "a": 1.0,
    "one and a half": 1.5,
}
_LONG_FIRST = sorted(_NUMBERS, key=len, reverse=True)
_NUMBER = rf"(?:\d{{1,2}}(?:[.,]5)?|\b(?:{'|'.join(_LONG_FIRST)}))"
_YEARS = re.compile(
    rf"(?<![\w.,$\u20ac\u00a3])(?P<least>{_NUMBER})(?:\s?\(\d{{1,2}}\))?\s?(?:\+|plus\b"
    rf"|or more\b)?"
    rf"(?:\s?(?:-|\u2013|\u2014|to|and|or|bis)\s?(?P<most>{_NUMBER}))?\s?\+?\s?(?:or more "
    rf"|full |solid )?"
    r"-?(?P<unit>years?|yrs?|jahr(?:en?)?|months?|monaten?|decades?)\b['\u2019]?\+?",
    re.IGNORECASE,
)
_UNITS = ("year", "yr", "jahr", "month", "monat", "decade")
_OF_EXPERIENCE = re.compile(
    r"experience|\bexp\b|erfahrung|working|background|hands-on|track record"
    r"|\b(?:overall|in total|altogether|all in all|insgesamt|gesamt|of work|on the job|in (?:the"
    r"|this) (?:job"
    r"|field|trade|industry))\b",
    re.IGNORECASE,
)
_NOT_OF_EXPERIENCE = re.compile(
    r"\b(?:history|ago|old|in business|anniversar|funding|warranty|founded|of age|contract runs"
    r"|duration"
    r"|within (?:the )?(?:first|last)|every|per|we have been|our company)\b"
    r"|^\W*(?:we(?! (?:need|require|expect|are looking|want|seek|look|ask))|our|for (?:over"
    r"|more than)|since)\b",
    re.IGNORECASE,
)
# What names the most and no least.
_AT_MOST = re.compile(
    r"\b(?:up to|at (?:the )?most|no more than|not more than|less than|fewer than|under"
    r"|max(?:imum)?\.?"
    r"(?: of)?|h\u00f6chstens|bis zu|maximal)\s+$",
    re.IGNORECASE,
)
_FROM_YEARS_TO_SKILL = re.compile(r"\.?[^;.()]{0,80}$|\)[^;.()]{0,30}$")
_FROM_SKILL_TO_YEARS = re.compile(
    r"[\s.\d+x]{0,9} (?:for|over|since) $"
    r"|[^;.,\w]{0,4}(?:\w+[^;.,\w]{1,3}){0,3}$|\W{1,4}$"
)
# What nobody's years are counted for alone: they are years in the trade.
_WHOLE_TRADE = frozenset({Category.METHOD, Category.BUSINESS, Category.FIELD, Category.SOFT})
_BEFORE = 20


def find_years(
    text: str, start: int, end: int, skills: Sequence[Skill], levels: Sequence[Level | None]
) -> Iterator[Years]:
    """Each mention of years of experience in a sentence."""
    sentence = text[start:end]
    lower = sentence.lower()
    if not any(unit in lower for unit in _UNITS):
        return
    if _NOT_OF_EXPERIENCE.search(sentence):
        return
    for match in _YEARS.finditer(text, start, end):
        if _AT_MOST.search(text, max(start, match.start() - _BEFORE), match.start()):
            continue
        owners = _owners(text, match, skills)
        if owners or _OF_EXPERIENCE.search(sentence):
            level = levels[owners[0]] if owners else Level.REQUIRED
            names = tuple(dict.fromkeys(skills[i].name for i in owners))
            least, most = _amount(match, "least"), _amount(match, "most")
            if level is not None and least is not None:
                yield Years(least, most, match.start(), match.end(), level, names)


def general_years(mentions: Sequence[Years], skills: Sequence[Skill]) -> Years | None:
    """The most years that are asked for without a skill, or with one that is the whole trade."""
    whole = {skill.name for skill in skills if skill.category in _WHOLE_TRADE}
    general = [
        years
        for years in mentions
        if years.level is Level.REQUIRED and (not years.skills or whole.intersection(years.skills))
    ]
    return max(general, key=lambda years: years.minimum, default=None)


def _owners(text: str, match: re.Match[str], skills: Sequence[Skill]) -> list[int]:
    """The skills that the years are of: the list that follows, or the one that precedes."""
    after = [i for i, skill in enumerate(skills) if skill.start >= match.end()]
    if after and _FROM_YEARS_TO_SKILL.fullmatch(text, match.end(), skills[after[0]].start):
        run = [after[0]]
        while run[-1] + 1 < len(skills) and link_of(text, skills[run[-1]], skills[run[-1] + 1]):
            run.append(run[-1] + 1)
        return run
    before = [i for i, skill in enumerate(skills) if skill.end <= match.start()]
    if before and _FROM_SKILL_TO_YEARS.fullmatch(text, skills[before[-1]].end, match.start()):
        return [before[-1]]
    return []


def _amount(match: re.Match[str], group: str) -> float | None:
    written = match[group]
    if written is None:
        return None
    word = written.lower()
    number = float(_NUMBERS[word]) if word in _NUMBERS else float(word.replace(",", "."))
    unit = match["unit"].lower()[:3]
    return {"mon": round(number / 12, 2), "dec": 10 * number}.get(unit, number)
