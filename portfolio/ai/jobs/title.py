"""The title, the company and the seniority of a job."""

import re

from portfolio.ai.jobs.blocks import cut_lines
from portfolio.ai.jobs.description import Seniority
from portfolio.ai.jobs.headings import part_of_heading

_ROLE = (
    r"(?:engineer|developer|architect|manager|scientist|analyst|designer|administrator"
    r"|consultant|lead|intern|"
    r"specialist|master|tester|programmer|officer|director|head|researcher|technician|assistant"
    r"|coordinator|"
    r"owner|expert|trainee|devops|sre|statistician|writer|accountant|recruiter|representative"
    r"|associate|advisor|"
    r"strategist|executive|president|cto|cio|ciso|vp|dba|student|apprentice|professor|teacher"
    r"|nurse|"
    r"entwickler(?:in)?|ingenieur(?:in)?|berater(?:in)?|leiter(?:in)?|architekt(?:in)?"
    r"|werkstudent(?:in)?)"
)
_HAS_ROLE = re.compile(rf"\b{_ROLE}s?\b", re.IGNORECASE)
_LABELLED_TITLE = re.compile(
    r"^\W*(?:job title|title|position|role|stelle)\s*:\s*(.{2,100})$", re.I | re.M
)
_SEARCHED = re.compile(
    r"\b(?:looking for|hiring|seeking|recruiting|searching for|in search of|need|join (?:us"
    r"|\w+) as)"
    r" (?:an? |our next |for an? |the )?(?:new |experienced |talented |passionate |skilled "
    r"|motivated )*"
    rf"((?:[A-Z][\w+#./&-]*[ ]|of |and "
    rf"|& ){{0,6}}?(?:[A-Z]\w*)?(?i:{_ROLE})(?:,? (?:[A-Z][\w+#.]*)){{0,2}})(?=\W|$)"
)
_BRACKETS = re.compile(r"\s*[(\[][^)\]\n]{0,60}[)\]]")
_TAIL = re.compile(
    r"\s+job description.*$|\s+[-|\u2013\u2014@]\s.*$|\s+at\s+[A-Z].*$|,\s*(?:remote|hybrid).*$",
    re.IGNORECASE,
)
_LABELLED_COMPANY = re.compile(
    r"^\W*(?:company|employer|firma|organi[sz]ation)(?: name)?\s*:\s*(.{2,100})$", re.I | re.M
)
_NAME = r"((?:[A-Z0-9][\w&.'-]{0,30})(?:[ ](?:[A-Z0-9&][\w&.'-]{0,30}|of|and)){0,4})"
_HIRING_COMPANY = re.compile(
    rf"{_NAME},? (?:is|are) (?:currently |now |actively )?(?:looking|hiring|seeking|searching"
    rf"|recruiting)\b"
)
_AT_COMPANY = re.compile(rf"\b(?:at|join|About) {_NAME}(?=[,.:\n ]|$)")
_NOT_COMPANIES = frozenset(
    {
        *[
            "We",
            "Our",
            "Us",
            "I",
            "It",
            "This",
            "That",
            "They",
            "The",
            "You",
            "Your",
            "Who",
            "What",
        ],
        *["Company", "Role", "Job", "Team"],
    }
)
_SENIORITIES = [
    (
        Seniority.INTERN,
        r"intern(?:ship)?|trainee|working student|werkstudent(?:in)?|apprentice(?:ship)?"
        r"|graduate programme",
    ),
    (
        Seniority.PRINCIPAL,
        r"principal|staff(?= \w+ (?:engineer|developer|scientist)| engineer| software)"
        r"|distinguished|fellow",
    ),
    (Seniority.DIRECTOR, r"director|head of|vp|vice president|chief|cto|cio|ciso"),
    (Seniority.LEAD, r"lead|team lead(?:er)?|tech lead"),
    (Seniority.SENIOR, r"senior|sr\.?|experienced|erfahrene[rn]?"),
    (Seniority.JUNIOR, r"junior|jr\.?|entry[- ]level|graduate|berufseinsteiger(?:in)?"),
    (Seniority.MID, r"mid(?:dle)?(?:[- ]level)?|intermediate|medior"),
]
_LONGEST_TITLE = 100
_HEAD = 1500


def find_title(text: str) -> str | None:
    """From a label, the first line, or a sentence with `we are looking for`; as it is written."""
    labelled = _LABELLED_TITLE.search(text, 0, _HEAD)
    if labelled:
        return _tidy(labelled[1])
    for line in cut_lines(text[:_HEAD]):
        content = text[line.start : line.end].strip("#*_ ")
        if content and part_of_heading(content) is None:
            if _is_title(content):
                return _tidy(content)
            break
    searched = _SEARCHED.search(text, 0, 2 * _HEAD)
    return _tidy(searched[1]) if searched else None


def find_company(text: str) -> str | None:
    """From a label, or from who is hiring in the beginning."""
    labelled = _LABELLED_COMPANY.search(text, 0, _HEAD)
    if labelled:
        return labelled[1].strip(" *_")
    for pattern in [_HIRING_COMPANY, _AT_COMPANY]:
        for match in pattern.finditer(text, 0, _HEAD):
            if match[1].split()[0] not in _NOT_COMPANIES:
                return match[1].rstrip(".,")
    return None


def find_seniority(title: str | None) -> Seniority | None:
    """What the title says."""
    for seniority, pattern in _SENIORITIES:
        if title and re.search(rf"(?<!\w)(?:{pattern})(?!\w)", title, re.IGNORECASE):
            return seniority
    return None


def _is_title(line: str) -> bool:
    return (
        len(line) <= _LONGEST_TITLE
        and not line.endswith((".", ":"))
        and bool(_HAS_ROLE.search(line))
    )


def _tidy(title: str) -> str | None:
    """Without brackets, and without what follows a dash: a place, a contract, a company."""
    shorter = _BRACKETS.sub("", title).strip(" #*_`")
    cut = _TAIL.sub("", shorter).strip(" ,.")
    return (cut if _HAS_ROLE.search(cut) else shorter) or None
