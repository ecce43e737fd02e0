"""Names of skills that are words as well, in questions typed without capitals."""

import re

from ..language.lexicon import ASKING

_CAPITAL = re.compile(r"(?<!^)(?<![.!?:] )\b(?!I\b)[A-Z]")
_CUE = re.compile(
    r"\b(?:in|with|using|uses?|used|on|from|to|and|or|of|either|knows?|writ(?:e|es|ing)|wrote|the|"
    r"her|his|their|your) $"
)
_OBJECT = re.compile(r"\b(?:of|in|with|using|knows?|writes?|wrote|her|his|their|your) $")
"""For words that questions are made of: years of go, but not wants to go."""


def stands_for_a_name(text: str, surface: str, place: int) -> bool:
    """Whether it stands where a name does, in a text that writes names small."""
    cue = _OBJECT if surface in ASKING else _CUE
    return not _CAPITAL.search(text) and bool(cue.search(text[:place].lower()))
