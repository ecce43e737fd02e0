"""Whether a sentence of a portfolio says that a skill is not there: `I have never used Java`."""

import re

_NOT_USED = re.compile(
    r"(?:\b(?:never|not|no longer|cannot)|n['\u2019]t)\s+(?:\w+\s+){0,2}?"
    r"(?:use[sd]?|using|work(?:ed|ing)?|touch(?:ed)?|know[ns]?|learn(?:ed|t)?|writ(?:e|ten)|wrote"
    r"|tried|try|had|have|met|need(?:ed)?|seen|speak)\b[^.;,!?]{0,40}$"
    r"|\b(?:no|without|zero|instead of|rather than|knows? nothing (?:of|about)|neither|nor)\s+"
    r"(?:(?:any|much|a|the|single|line|lines|of|in|with|experience|knowledge|real)\s+){0,4}$"
    r"|\b(?:want|like|hope|plan|eager|keen|wish|intend|going|yet)\w*\s+to\s+(?:\w+\s+)?"
    r"(?:learn|try|use|study|pick up|get into)\b[^.;!?]{0,40}$",
    re.IGNORECASE,
)
_BEFORE = 90


def is_negated(text: str, start: int, skill_start: int) -> bool:
    """Whether what stands before the skill, in a sentence that begins at `start`, denies it."""
    return _NOT_USED.search(text[max(start, skill_start - _BEFORE) : skill_start]) is not None
