"""Sentences that ask for nothing wherever they stand: equal opportunity, pay, how to apply."""

import re

from portfolio.ai.jobs.hints import hints

_BOILERPLATE = re.compile(
    r"equal (?:employment )?opportunit|without regard to|regardless of (?:\w+,? ){0,3}"
    r"(?:race|gender|age|religion|origin)|celebrate diversity|all qualified applicants|race, |"
    r"sexual orientation|veteran status|protected (?:by law|veteran|characteristic)"
    r"|affirmative action|"
    r"reasonable accommodation|background check|e-verify|privacy (?:notice|policy)|"
    r"send (?:us )?your (?:cv|resume|r\u00e9sum\u00e9|application)"
    r"|(?<!ability )(?<!able )(?<!how )(?<!want )to apply(?=[:,]| (?:please|now|for|via|send|click"
    r"|visit"
    r"|online|simply|through))|apply (?:now|online"
    r"|via|today)|"
    r"401\s?\(?k\)?|medical, dental|dental and vision|paid (?:time off|vacation|leave|holidays)"
    r"|days? of vacation|"
    r"vacation days|stock options|pension (?:scheme|plan)|parental leave|competitive salary"
    r"|salary range|gym membership|"
    r"free (?:fruit|coffee|drinks|lunch|snacks|parking)|annual leave|company car|bonus scheme|"
    r"learning budget|training budget",
    re.IGNORECASE,
)
_HINTS = hints(
    "equal regard regardless celebrate diversity all race sexual veteran protected affirmative"
    " reasonable background verify privacy send apply 401 401k medical dental paid days day"
    " vacation"
    " stock pension parental competitive salary gym free annual company bonus learning training"
)


_OF_THE_COMPANY = re.compile(
    r"^\W*(?:we are (?:an?|the|one of)\b|our (?:mission|vision|values|customers|clients"
    r"|company)\b|founded\b"
    r"|(?:\w[\w&.'-]{0,30}\s){1,5}is (?:an?|the|one of|part of) [^.]{0,120}\b(?:company"
    r"|provider|leader"
    r"|start-?up|firm|agency|organi[sz]ation|employer|group|consultancy|subsidiary)\b)",
    re.IGNORECASE,
)
_OF_THE_CANDIDATE = re.compile(
    r"\byou\b|\byour\b|candidate|looking for|seeking|hiring|experience|knowledge|skills"
    r"|\bmust\b|require",
    re.IGNORECASE,
)


def is_boilerplate(sentence: str, begun: frozenset[str]) -> bool:
    """Whether it names benefits or law, or says how to apply."""
    if _HINTS.isdisjoint(begun):
        return False
    return _BOILERPLATE.search(sentence) is not None


def is_about_the_company(sentence: str) -> bool:
    """Whether it tells what the company is, and nothing of whom it looks for."""
    return _OF_THE_COMPANY.search(sentence) is not None and not is_about_the_candidate(sentence)


def is_about_the_candidate(sentence: str) -> bool:
    """Whether it speaks to the candidate, or of what is asked for."""
    return _OF_THE_CANDIDATE.search(sentence) is not None
