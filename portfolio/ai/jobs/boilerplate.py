"""Sentences that ask for nothing wherever they stand: equal opportunity, pay, how to apply."""

import re

from portfolio.ai.jobs.hints import hints

_BOILERPLATE = re.compile(
    r"equal (?:employment )?opportunit"
    r"|unabh\u00e4ngig von (?:\w+,? )?(?:alter|geschlecht|herkunft|religion)|without regard to"
    r"|regardless of (?:\w+,? ){0,3}"
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
    "equal unabh\u00e4ngig regard regardless celebrate diversity all race sexual veteran protected"
    " affirmative"
    " reasonable background verify privacy send apply 401 401k medical dental paid days day"
    " vacation"
    " stock pension parental competitive salary gym free annual company bonus learning training"
)

# Whom it welcomes, whatever they are; and how old the company is.
_WELCOMES = re.compile(
    r"\bwe (?:\w+ )?(?:welcome|encourage|hire|employ|recruit|invite|value|support) (?:\w+ ){0,2}?"
    r"(?:applicants?|applications?|people|candidates?|everyone|persons?) (?:of|from|with|who"
    r"|regardless|irrespective|whatever|no matter) (?:\w+ ){0,3}?(?:any|all|every|age|ages|race"
    r"|gender|religion|faith|origin|speak|disabilit\w+|walks?|different|diverse"
    r"|under-?represented)\b"
    r"|(?:regardless|irrespective) of\b[^.]{0,60}\b(?:age|gender|religion|race|origin|degree"
    r"|nationality|disability|beliefs?|orientation|background|colou?r|school)\b"
    r"|\b(?:age|gender|religion|race|origin|nationality)\b[^.]{0,40}\bdo(?:es)? not matter"
    r"|\bdiscriminat(?:e|es|ion) |\bpeople of (?:all|any|every) (?:age|gender|religion|race"
    r"|origin)|\bwe (?:have|bring|look back on|boast) (?:\w+ ){0,3}?years of",
    re.IGNORECASE,
)
_WHOM = hints("applicants applications people candidates everyone persons")
_WELCOMED = hints("welcome encourage hire employ recruit invite value support")
_WHATEVER = hints(
    "regardless irrespective age gender religion race origin nationality discriminate"
)
_YEARS, _HAVE = hints("years"), hints("have bring look boast")


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
    if not _HINTS.isdisjoint(begun) and _BOILERPLATE.search(sentence):
        return True
    return _may_welcome(begun) and _WELCOMES.search(sentence) is not None


def _may_welcome(begun: frozenset[str]) -> bool:
    return (
        not _WHATEVER.isdisjoint(begun)
        or not (_WHOM.isdisjoint(begun) or _WELCOMED.isdisjoint(begun))
        or not (_YEARS.isdisjoint(begun) or _HAVE.isdisjoint(begun))
    )


def is_about_the_company(sentence: str) -> bool:
    """Whether it tells what the company is, and nothing of whom it looks for."""
    return _OF_THE_COMPANY.search(sentence) is not None and not is_about_the_candidate(sentence)


def is_about_the_candidate(sentence: str) -> bool:
    """Whether it speaks to the candidate, or of what is asked for."""
    return _OF_THE_CANDIDATE.search(sentence) is not None
