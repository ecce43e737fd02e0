"""The title, the company and the seniority of a job."""

import re
from collections.abc import Sequence

from portfolio.ai.jobs.blocks import cut_lines
from portfolio.ai.jobs.description import Seniority
from portfolio.ai.jobs.headings import part_of_heading
from portfolio.ai.skills.concepts import Skill

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
    r"^\W*(?:job title|post title|position title|title|vacancy|position|role|post|job|stelle"
    r"|stellenanzeige|stellenbezeichnung|wir suchen|we are hiring|now hiring|hiring|wanted)\s*:\s*"
    r"([^\n]{2,100}?)(?=$|\.\s|\s{2,}\S|;)",
    re.I | re.M,
)
_SEARCHED = re.compile(
    r"\b(?:[Ll]ooking for|[Hh]iring|[Ss]eeking|[Rr]ecruiting|[Ss]earching for|[Ii]n search of|need"
    r"|[Jj]oin (?:us|\w+) as)"
    r" (?:an? |our next |for an? |the )?(?:new |experienced |talented |passionate |skilled "
    r"|motivated )*"
    rf"((?:[A-Z][\w+#./&-]*[ ]|of |and "
    rf"|& ){{0,6}}?(?:[A-Z]\w*)?(?i:{_ROLE})(?:,? (?:[A-Z][\w+#.]*)){{0,2}})(?=\W|$)"
)
_BRACKETS = re.compile(r"\s*[(\[][^)\]\n]{0,60}[)\]]")
_TAIL = re.compile(
    r"\s+job description.*$|\s+(?:who|with|needed|wanted|gesucht|required)\b.*$|:\s.*$"
    r"|\s+\*{2,}.*$|\s+[-|\u2013\u2014@]\s.*$|\s+at\s+[A-Z].*$|,\s*(?:remote|hybrid).*$",
    re.IGNORECASE,
)
_SHOUT = re.compile(
    r"^(?:\W*\b(?:urgent(?:ly)?(?: required| hiring)?|hot(?: job)?|asap|now hiring|immediate start"
    r"|apply now|new|we'?re hiring|dringend)\b[\s*!:\u2013\u2014-]+)+",
    re.IGNORECASE,
)
_LABELLED_COMPANY = re.compile(
    r"^\W*(?:company|employer|firma|organi[sz]ation)(?: name)?\s*:\s*(.{2,100})$", re.I | re.M
)
_PART = r"[\w&'-]{0,30}(?:\.[\w&'-]{1,30})?"
_NAME = rf"((?:[A-Z0-9]{_PART})(?:[ ](?:[A-Z0-9&]{_PART}|of|and)){{0,4}})"
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
        *["Company", "Role", "Job", "Team", "A1", "A2", "B1", "B2", "C1", "C2"],
        *["Least", "Work", "Scale", "Home", "Once", "All", "My", "Their", "University", "School"],
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
                sought = _SEARCHED.search(content)
                return _tidy(sought[1] if sought else content)
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


def outside_of_name(text: str, skills: Sequence[Skill], company: str | None) -> Sequence[Skill]:
    """Without what the company's name holds: wherever a name of several words stands, or once."""
    if not company:
        return skills
    places = [match.span() for match in re.finditer(re.escape(company), text)]
    if " " not in company:
        places = places[:1]
    return [s for s in skills if not any(first <= s.start < past for first, past in places)]


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
    shorter = _SHOUT.sub("", _BRACKETS.sub("", title).strip(" #*_`")).strip(" #*_`")
    cut = _TAIL.sub("", shorter).rstrip(" ,.").lstrip(" ,")
    return (cut if _HAS_ROLE.search(cut) else shorter) or None
