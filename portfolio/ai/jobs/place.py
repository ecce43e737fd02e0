"""Where the work is done, and on what terms."""

import re
from collections.abc import Iterable

from portfolio.ai.jobs.description import Employment, Workplace

_LABELLED = re.compile(
    r"^\W*(?:location|place|city|place of work|workplace|office|standort|based in"
    r"|arbeitsort)\s*:\s*(.{2,80})$",
    re.I | re.M,
)
_WORD = r"[A-Z][\w\u00c0-\u024f.'-]{1,30}"
_IN = re.compile(
    r"\b(?:based in|located in|(?:position|role|team|offices?|on-?site|hybrid|job|work) in"
    r"|in our) "
    rf"({_WORD}(?:[ -]{_WORD}){{0,2}}(?:, {_WORD}(?: {_WORD})?)?)"
)
_TERMS = re.compile(
    r"\s*(?:[,/|\u00b7;]|\bor\b|\boder\b|\s[-\u2013\u2014]\s)\s*(?:fully |partly "
    r"|partially )?(?:hybrid|remote"
    r"|on-?site|home ?office|flexible)\b.*$",
    re.IGNORECASE,
)
_FULL_OR_PART = re.compile(
    r"\b(?:full|voll)(?:[- ]?(?:time|zeit))?\W{1,3}(?:or |oder |and |und )?(?:part"
    r"|teil)-?\s?(?:time|zeit)"
    r"|\b(?:part|teil)(?:[- ]?(?:time|zeit))?\W{1,3}(?:or |oder |and |und )?(?:full"
    r"|voll)-?\s?(?:time|zeit)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^)\n]{0,60}\)")
_NOT_REMOTE = re.compile(
    r"\b(?:no|not|non|isn't|without) (?:a |an |fully |offer |offering |possible |for "
    r"|available )*-?remote\b"
    r"|\bremote(?: work\w*| ok| possible| allowed)?\s*[:=?]\s*(?:no|none|nein|not)\b|remote "
    r"(?:work )?(?:is )?not|remote work is not possible",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"\b(?:fully |100\s?% |all-)?remote(?:ly)?\b(?! (?:sensing|control|monitoring|access"
    r"|desktop|teams?|servers?|procedure|support|method|sites))"
    r"|work(?:ing)? from home|home ?office|telecommut|work from anywhere",
    re.IGNORECASE,
)
_HYBRID = re.compile(
    r"\bhybrid\b(?! (?:cloud|app|mobile|it|infrastructure|environment|model of|apps|systems?"
    r"|vehicles?|search|application))"
    r"|partially remote|days? (?:a|per) week in (?:the|our) office|days? remote"
    r"|remote (?:\w+ ){1,2}days?",
    re.IGNORECASE,
)
_ON_SITE = re.compile(
    r"\bon-?site\b(?! (?:search|seo|gym|parking|support|customer))|\bon site\b|\bin-office\b"
    r"|in person\b",
    re.IGNORECASE,
)
_EMPLOYMENTS = [
    (Employment.INTERNSHIP, r"(?<!non-)internship|praktikum|working student|werkstudent(?:in)?"),
    (Employment.FREELANCE, r"freelance(?:r)?|freiberuflich"),
    (
        Employment.CONTRACT,
        r"contract (?:role|position|basis|job|opportunity|assignment)|contract-to-hire"
        r"|contractor|"
        r"\d+[- ]?months? contract|fixed[- ]term|c2c|\(contract|contract\)|type:\s*contract"
        r"|befristet",
    ),
    (
        Employment.TEMPORARY,
        r"temporary (?:role|position|contract|job)|temp-to-perm|type:\s*temporary",
    ),
    (Employment.PART_TIME, r"part[- ]time|teilzeit"),
    (
        Employment.FULL_TIME,
        r"full[- ]time|vollzeit|permanent (?:role|position|contract|job)|unbefristet",
    ),
]
_COMPILED = [
    (kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE))
    for kind, pattern in _EMPLOYMENTS
]
# Without one of these a pattern is not tried: a long text is searched for them much sooner.
_NEEDED = {
    Employment.INTERNSHIP: ("intern", "prakti", "student"),
    Employment.FREELANCE: ("freelance", "freiberuf"),
    Employment.CONTRACT: ("contract", "fixed", "c2c", "befristet"),
    Employment.TEMPORARY: ("tempor", "temp-"),
    Employment.PART_TIME: ("part", "teilzeit"),
    Employment.FULL_TIME: ("full", "vollzeit", "permanent", "befristet"),
}
_OF_HYBRID = ("hybrid", "remote", "office")
_OF_REMOTE = ("remote", "home", "telecommut", "anywhere")
_OF_SITE = ("site", "in-office", "in person")
_HEAD = 3000


def find_location(text: str) -> str | None:
    """From a label, or from `based in`; as it is written."""
    labelled = _LABELLED.search(text, 0, _HEAD)
    if labelled:
        place = _TERMS.sub("", _BRACKETS.sub("", labelled[1])).strip(" *_,.")
        return None if _is_no_place(place) else place
    named = _IN.search(text, 0, _HEAD)
    return named[1].rstrip(".,") if named else None


def find_workplace(text: str) -> Workplace | None:
    """Remote, hybrid or on site."""
    lower = text.lower()
    if "remote" in lower and _NOT_REMOTE.search(text):
        return Workplace.ON_SITE
    if _has_any(lower, _OF_HYBRID) and _HYBRID.search(text):
        return Workplace.HYBRID
    if _has_any(lower, _OF_REMOTE) and _REMOTE.search(text):
        return Workplace.REMOTE
    return Workplace.ON_SITE if _has_any(lower, _OF_SITE) and _ON_SITE.search(text) else None


def find_employment(text: str, first_line: str) -> Employment | None:
    """What is said first in the list above; who may choose may work full time."""
    if re.search(r"\bintern\b", first_line, re.IGNORECASE):
        return Employment.INTERNSHIP
    text = _FULL_OR_PART.sub("full-time", text)
    lower = text.lower()
    return next(
        (
            kind
            for kind, pattern in _COMPILED
            if _has_any(lower, _NEEDED[kind]) and pattern.search(text)
        ),
        None,
    )


def _has_any(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def _is_no_place(place: str) -> bool:
    return _REMOTE.fullmatch(place) is not None or _HYBRID.fullmatch(place) is not None
