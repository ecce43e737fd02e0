"""Which skills a sentence of a portfolio denies: `I have never used Java`, `decided against it`."""

import re
from collections.abc import Sequence

from portfolio.ai.skills.concepts import Skill

_NOT_USED = re.compile(
    r"(?:\b(?:never|not|no longer|cannot)|n['\u2019]t)\s+(?:\w+\s+){0,2}?"
    r"(?:use[sd]?|using|work(?:ed|ing)?|touch(?:ed)?|know[ns]?|learn(?:ed|t)?|writ(?:e|ten)|wrote"
    r"|tried|try|had|have|met|need(?:ed)?|seen|speak)\b[^.;,!?]{0,40}$"
    r"|\b(?:no|without|zero|instead of|rather than|knows? nothing (?:of|about)|neither|nor)\s+"
    r"(?:(?:any|much|a|the|single|line|lines|of|in|with|experience|knowledge|real)\s+){0,4}$"
    r"|\b(?:want|like|hope|plan|eager|keen|wish|intend|going|yet)\w*\s+to\s+(?:\w+\s+)?"
    r"(?:learn|try|use|study|pick up|get into)\b[^.;!?]{0,40}$"
    r"|\b(?:decided|chose|voted|argued|advised)\s+against\s+(?:\w+\s+){0,2}$"
    r"|\b(?:reject(?:ed|s)?|ruled out|turned down|avoid(?:s|ed|ing)?)\s+(?:\w+\s+){0,1}$"
    r"|\b(?:chose|chosen|picked|preferred|favou?red|selected)\b[^.;!?]{0,60}\bover\s+$"
    r"|\b(?:my|a|our|another)\s+(?:colleague|team ?mate|friend|boss|manager|predecessor)s?\s+"
    r"(?:\w+\s+){0,2}(?:wrote|built|did|made|maintained|maintains|writes)\b[^.;,!?]{0,40}$"
    r"|\bI\s+(?:(?:will|would|do|did|could|can)\s+(?:not|never)|won['\u2019]t"
    r"|(?:would|do|did|could|can)n['\u2019]t|cannot)\s+(?!only\b|just\b|merely\b)"
    r"(?:(?!but\b|when\b|if\b|while\b|because\b|until\b|unless\b|that\b|so\b|and\b)"
    r"[\w'\u2019-]+\s+){1,10}$",
    re.IGNORECASE,
)
_BEFORE = 90
# What was used before it was given up is not among these: `Kafka, and then dropped it` is use.
_REJECTED = re.compile(
    r"\b(?:decided|chose|voted|argued|advised)\s+(?:against\s+(?:it|them|that|this|both)\b"
    r"|not\s+to\s+(?:use|adopt|introduce|take|buy)\b)"
    r"|\breject(?:ed)?\s+(?:it|them|both)\b|\bruled\s+(?:it|them|both)\s+out\b"
    r"|\bturned\s+(?:it|them|both)\s+down\b"
    r"|\b(?:is|are)\s+(?:not|never)\s+(?:my|our)\s+(?:thing|cup|choice)\b"
    r"|\b(?:is|are)n['\u2019]t\s+(?:my|our)\s+(?:thing|cup|choice)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"\b(?:because|since|as)\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[,/]|,?\s*\b(?:or|nor|and)\b)\s*(?:an?\s+|the\s+|any\s+)?")


def denied_names(text: str, start: int, end: int, skills: Sequence[Skill]) -> set[str]:
    """The names that a sentence denies, of its skills in their order.

    A list is denied as a whole, and what was looked at and rejected with all that is given as the
    reason.
    """
    denied: set[str] = set()
    before: Skill | None = None
    for skill in skills:
        is_listed = before is not None and _LISTED.fullmatch(text, before.end, skill.start)
        if is_negated(text, start, skill.start) or (is_listed and before and before.name in denied):
            denied.add(skill.name)
        before = skill
    rejection = _REJECTED.search(text, start, end)
    if rejection:
        reason = _REASON.search(text, rejection.end(), end)
        since = reason.start() if reason else end
        denied.update(s.name for s in skills if s.end <= rejection.start() or s.start >= since)
    return denied


def is_negated(text: str, start: int, skill_start: int) -> bool:
    """Whether what stands before a skill, in a sentence that begins at `start`, denies it."""
    return _NOT_USED.search(text[max(start, skill_start - _BEFORE) : skill_start]) is not None
