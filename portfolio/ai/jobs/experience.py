"""How many years a sentence asks for, and of what."""

import re
from collections.abc import Iterator, Sequence

from portfolio.ai.jobs.amounts import Mention, find_mentions
from portfolio.ai.jobs.description import Level, Years
from portfolio.ai.jobs.owners import find_owners
from portfolio.ai.jobs.tenure import SOFTWARE, is_work_as_such, speaks_of_work, trade_of
from portfolio.ai.jobs.wanted import level_of_sentence
from portfolio.ai.skills.concepts import Category, Skill
from portfolio.ai.skills.vocabulary import Vocabulary

_NOT_OF_EXPERIENCE = re.compile(
    r"\b(?:history|ago|old|in business|anniversar|funding|warranty|founded|of age|contract runs"
    r"|duration"
    r"|within (?:the )?(?:first|last)|every|per|we have been|our company)\b"
    r"|^\W*(?:we(?! (?:need|require|expect|are looking|want|seek|look|ask))|our|for (?:over"
    r"|more than)|since)\b",
    re.IGNORECASE,
)
_DEGREE = (
    r"\b(?:degree|diploma|bachelor\W?s?|master\W?s?|ph\.?d\.?|doctorate|b\.?sc\.?|m\.?sc\.?|BS|MS"
    r"|BA|studium|abschluss)(?!\w)"
)
_LEAST = r"(?:at least |a minimum of |minimum |over |more than |mindestens )?$"
# `Degree, or 5 years of work`: who has the one needs not the other.
_INSTEAD_OF_DEGREE = re.compile(
    rf"{_DEGREE}[^;.]{{0,60}}(?:\bor|\boder|/)\s(?:else |alternatively,? |with |have )?{_LEAST}",
    re.IGNORECASE,
)
# `Five years, or a PhD and two years`.
_WITH_DEGREE = re.compile(
    rf"\bor (?:an? )?{_DEGREE}[^;.]{{0,40}}\b(?:and|with|plus)\s{_LEAST}", re.IGNORECASE
)
_IN_LIEU = re.compile(
    r"[^;.]{0,60}\b(?:in lieu of|instead of|in place of) (?:an? )?", re.IGNORECASE
)
_WHOLE_TRADE = frozenset({Category.METHOD, Category.BUSINESS, Category.FIELD, Category.SOFT})
_BEFORE = 120


def find_years(
    text: str,
    start: int,
    end: int,
    skills: Sequence[Skill],
    levels: Sequence[Level | None],
    choices: Sequence[range],
    vocabulary: Vocabulary,
    default: Level = Level.REQUIRED,
) -> Iterator[Years]:
    """Each mention of years of experience in a sentence.

    Args:
        choices: which neighbours among the skills are an either/or.
    """
    mentions = find_mentions(text, start, end)
    if not mentions or _NOT_OF_EXPERIENCE.search(text[start:end]):
        return
    first = mentions[0]
    mentions = [m for m in mentions if not _is_instead(text, start, end, m, is_first=m is first)]
    owners = find_owners(text, start, end, mentions, skills, levels, choices)
    for mention, own in zip(mentions, owners, strict=True):
        span = (mention.least, mention.most, mention.start, mention.end)
        if own:
            level = levels[own[0]]
            if level is not None:
                yield Years(*span, level, tuple(dict.fromkeys(skills[i].name for i in own)))
            continue
        level = default if skills else level_of_sentence(text, start, end, default)
        trade = trade_of(text, end, mention, vocabulary)
        if trade is not None:
            yield Years(*span, level, (trade,))
        else:
            is_general = is_work_as_such(text, start, end, mention)
            if is_general or (not mention.is_part and speaks_of_work(text, start, end, mention)):
                yield Years(*span, level, is_general=is_general)


def general_years(mentions: Sequence[Years], skills: Sequence[Skill]) -> Years | None:
    """The most years of work as such, else of a whole trade, else of what no vocabulary knows."""
    whole = {skill.name for skill in skills if skill.category in _WHOLE_TRADE} | {SOFTWARE}
    required = [years for years in mentions if years.level is Level.REQUIRED]
    general = [years for years in required if years.is_general]
    trade = [years for years in required if whole.intersection(years.skills)]
    unknown = [years for years in required if not years.skills]
    return max(general or trade or unknown, key=lambda years: years.minimum, default=None)


def _is_instead(text: str, start: int, end: int, mention: Mention, *, is_first: bool) -> bool:
    """Whether the years stand for a degree or go with one that will do: nobody needs both."""
    before = text[max(start, mention.start - _BEFORE) : mention.start]
    return (
        _INSTEAD_OF_DEGREE.search(before) is not None
        or _IN_LIEU.match(text, mention.end, end) is not None
        or (not is_first and _WITH_DEGREE.search(before) is not None)
    )
