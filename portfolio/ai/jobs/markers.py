"""The phrases of a sentence that say how much something is wanted, or that it is not."""

import re
from enum import Enum
from typing import NamedTuple

from portfolio.ai.jobs.description import Level
from portfolio.ai.jobs.hints import beginnings, hints


class Side(Enum):
    """Whether a phrase speaks of what comes after it or of what came before."""

    AFTER = "after"
    BEFORE = "before"


class Marker(NamedTuple):
    """A phrase that says a level; `level` is None for one that says that it is not wanted."""

    start: int
    end: int
    level: Level | None
    side: Side


_NICE_AFTER = (
    r"\b(?:plus|advantage|asset)(?= if\b)|"
    r"\bideally\b(?!\s*(?:[.;)]|$))|\bpreferably\b|\bbonus(?: points)?(?: for| if)?\b"
    r"|\bnice[- ]to[- ]haves?(?=\s?:)|"
    r"\bpreference (?:for|given)|\bwould be (?:great|nice|good|helpful|a plus) if\b"
    r"|\bgood to have(?=\s?:)|"
    r"\bplus:|\boptional(?:ly)?:|\bidealerweise\b|\bdesirable:|\bpreferred:|\bwould (?:love"
    r"|like)\b"
)
_NICE_BEFORE = (
    r"\b(?:is|are|as|be|being|considered)?\s?(?:also |strongly |highly |seen as |considered )?"
    r"(?:an? )?(?:(?:big|huge|strong|definite|real|added|major|great|distinct|nice"
    r"|significant) )?"
    r"(?:plus(?:es)?(?=\W|$)(?! \d)|bonus|advantage|asset)\b(?! for| points| if)|\b(?:highly "
    r"|strongly )?preferred\b|"
    r"\bnice[- ]to[- ]have\b|\b(?:highly |very )?desir(?:able|ed)\b|\badvantageous\b"
    r"|\bbeneficial\b|"
    r"\boptional(?:ly)?\b|\bideally(?=\s*(?:[.;)]|$))"
    r"|\b(?:nicht|not|isn't|isn\u2019t) (?:\w+ )?(?:zwingend|a must(?=[^.]* but)"
    r"|mandatory(?=[^.]* but))"
    r"|\b(?:w\u00e4re|w\u00e4ren) (?:sch\u00f6n|toll|gut|prima|ideal|ein (?:plus|vorteil))\b"
    r"|\bgern(?:e)? gesehen\b|\bwould be (?:nice|great|good|helpful|useful|welcome|ideal|lovely"
    r"|cool|handy)\b|\bappreciated\b|"
    r"\b(?:is|are) (?:helpful|welcome|useful)\b|\bvon vorteil\b|\bw\u00fcnschenswert\b"
    r"|\bgood to have\b"
)
_MUST_AFTER = (
    r"\bmust\b|\b(?:essential|required|mandatory):|\byou (?:need|will need)\b|\bwe require\b"
)
_MUST_BEFORE = (
    r"(?<!not )(?<!n't )\b(?:required|mandatory|essential)\b|\b(?:is|are) (?:an? )?must\b"
    r"|\ba must\b|"
    r"\bmust[- ]haves?\b|\bzwingend\b|\berforderlich\b"
)
_NOT_AFTER = (
    r"\bno(?! (?:less|more|later|longer|matter|doubt|problem|one|fewer|need to worry))\b|"
    r"\bwithout\b(?!(?: \w+){1,6} you (?:won't|won\u2019t|will not|can't|can\u2019t|cannot"
    r"|are lost))"
    r"|\binstead of\b|\brather than\b|\bneither\b|\bnor\b|\bkeine?\b|"
    r"\bnot(?! (?:only|just|limited|required|needed|necessary|mandatory|essential|a must|afraid|"
    r"expected|least|to mention|solely|merely))\b|"
    r"\bwe(?:'ve|\u2019ve| have)? (?:\w+ )?(?:(?:moved|migrated|switched|turned|stepped"
    r"|shifted) (?:away |off )"
    r"(?:from )?|got(?:ten)? rid of|dropped|abandoned|ditched|retired|left behind|said goodbye to"
    r"|decided against|stopped using|gave up on)(?! (?:it|them)\b)|"
    r"\b(?:do not|don't|don\u2019t|doesn't|does not|needn't|need not)\b(?! hesitate)|\bnever\b"
)
_NOT_BEFORE = (
    r"(?:\bnot|n't|n\u2019t|\bno longer) (?:be )?(?:strictly |necessarily |absolutely )?"
    r"(?:required|needed|necessary|mandatory|essential|a must|expected|used)\b|\bunnecessary\b|"
    r"\b(?:is|are) not(?=\s*(?:[.;,)]|$))|"
    r"\b(?:is|are|was|were)(?: not|n't|n\u2019t) (?:what we|something (?:we|you|that)"
    r"|anything (?:we|you)"
    r"|a thing|our (?:thing|stack|focus|world|cup)|part of|on our|in our|for us|relevant|wanted"
    r"|welcome"
    r"|our job|needed|used|of interest)\b|[-\u2013\u2014,:(]\s?(?:no,? thanks?|no thank you"
    r"|not (?:here"
    r"|for us|any ?more|wanted|needed|interested|our thing|us))\b"
    r"|\bgot rid of (?:it|them|that)\b|\b(?:dropped|left|abandoned|ditched|retired|replaced) (?:it"
    r"|them)\b"
    r"|\b(?:is|are) (?:dead|gone|history|banned|forbidden|off the table)\b|"
    r"\bnicht (?:erforderlich|n\u00f6tig|notwendig)\b"
)
_PATTERN = re.compile(
    f"(?P<not_before>{_NOT_BEFORE})|(?P<nice_after>{_NICE_AFTER})|(?P<nice_before>{_NICE_BEFORE})|"
    f"(?P<must_before>{_MUST_BEFORE})|(?P<must_after>{_MUST_AFTER})|(?P<not_after>{_NOT_AFTER})",
    re.IGNORECASE,
)
_MARKERS = hints(
    "plus advantage asset ideally preferably preferred preference bonus nice would good optional"
    " optionally idealerweise desirable desired advantageous beneficial appreciated helpful welcome"
    " useful von w\u00fcnschenswert must essential required mandatory need require zwingend"
    " erforderlich"
    " no without instead rather neither nor kein keine not do don doesn needn isn aren wasn never"
    " unnecessary longer nicht sch\u00f6n w\u00e4re gern moved switched migrated got rid dropped"
    " stopped left"
    " thanks please lovely wish t"
)


def find_markers(text: str, start: int, end: int) -> list[Marker]:
    """The phrases of a stretch of text that say a level, in order."""
    markers: list[Marker] = []
    if _MARKERS.isdisjoint(beginnings(text[start:end])):
        return markers
    for match in _PATTERN.finditer(text, start, end):
        kind, _, side = (match.lastgroup or "").partition("_")
        level = {"nice": Level.NICE_TO_HAVE, "must": Level.REQUIRED}.get(kind)
        markers.append(Marker(match.start(), match.end(), level, Side(side)))
    return markers
