"""The title, the company and the seniority of a job."""

import re
from collections.abc import Sequence

from portfolio.ai.jobs.description import Seniority
from portfolio.ai.jobs.headings import ASKING_PARTS, Part, part_of_heading
from portfolio.ai.jobs.hints import beginnings
from portfolio.ai.jobs.lines import cut_lines
from portfolio.ai.jobs.orders import is_order
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
    r"[a-z]*entwickler(?:in)?|[a-z]*ingenieur(?:in)?|[a-z]*berater(?:in)?|[a-z]*leiter(?:in)?"
    r"|[a-z]*architekt(?:in)?|werkstudent(?:in)?)"
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
_AT_COMPANY = re.compile(
    rf"(?<!ublications )(?<!ublication )(?<!ublished )(?<!apers )(?<!alks )(?<!resented )"
    rf"(?<!xperience )(?<!peaking )(?<!tudied )(?<!orked )\b(?:at|join|About) {_NAME}(?=[,.:\n ]|$)"
)
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
_LABELLED_SENIORITY = re.compile(
    r"^\W*(?:seniority|experience level|career level|job level|level|karrierestufe)(?: level)?"
    r"\s*:\s*(.{2,40})$",
    re.I | re.M,
)
_NO_TITLE = re.compile(
    r"[|>\u203a\u00bb:]|\b(?:we|you|our|your|they|is|are|was|were|has|have|had|will|can|jobs"
    r"|careers|who|works?)\b",
    re.IGNORECASE,
)
_BELOW_TITLES = frozenset({*ASKING_PARTS, Part.DUTIES, Part.BENEFITS})
_LAST_TITLE_LINE = 15
_LONGEST_BELOW = 70
_LONGEST_TITLE = 100
_HEAD = 1500


def find_title(text: str) -> str | None:
    """From a label, the first line, or a sentence with `we are looking for`; as it is written."""
    labelled = _LABELLED_TITLE.search(text, 0, _HEAD)
    if labelled:
        return _tidy(labelled[1])
    titled = _find_title_line(text)
    if titled:
        return titled
    searched = _SEARCHED.search(text, 0, 2 * _HEAD)
    return _tidy(searched[1]) if searched else None


def _find_title_line(text: str) -> str | None:
    """The first line, or a later one above what is asked for, as on a page of a job portal."""
    is_first = True
    for line in list(cut_lines(text[:_HEAD]))[:_LAST_TITLE_LINE]:
        content = text[line.start : line.end].strip("#*_ ")
        part = part_of_heading(content) if content else None
        if part in _BELOW_TITLES or line.is_bullet:
            return None
        if not content or part is not None or is_order(content, beginnings(content)):
            continue
        sought = _SEARCHED.search(content)
        if _is_title(content) and (is_first or _may_be_below(content)):
            return _tidy(sought[1] if sought else content)
        if sought:
            return _tidy(sought[1])
        is_first = False
    return None


def _may_be_below(line: str) -> bool:
    """Whether it is a title even below other lines: short, no sentence and no way to other"
    " pages."""
    is_short = len(line) <= _LONGEST_BELOW and line[0].isupper()
    return is_short and not _NO_TITLE.search(line)


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


def find_seniority(title: str | None, text: str) -> Seniority | None:
    """What the title says, or else a label."""
    labelled = _LABELLED_SENIORITY.search(text, 0, 2 * _HEAD)
    for told in (title, labelled and labelled[1]):
        for seniority, pattern in _SENIORITIES:
            if told and re.search(rf"(?<!\w)(?:{pattern})(?!\w)", told, re.IGNORECASE):
                return seniority
    return None


def without_brackets(line: str) -> str:
    """As titles are told: `Developer (m/f/d) Python` is a `Developer Python`."""
    return _BRACKETS.sub("", line)


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
