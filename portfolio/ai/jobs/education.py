"""Which degree a description asks for, and in what."""

import re
from collections.abc import Sequence
from itertools import pairwise

from portfolio.ai.jobs.description import Degree, Education, Level
from portfolio.ai.jobs.hints import beginnings, hints
from portfolio.ai.jobs.markers import Marker, Side, find_markers
from portfolio.ai.skills.concepts import Category, Skill

_SAID = (
    r"required|preferred|desired|desirable|plus\b|a must|bonus|advantage|nice|ideal|optional"
    r"|or (?:higher|above|phd|ph\.d|equivalent)|minimum"
)
_DEGREES = [
    (Degree.DOCTORATE, r"ph\.?\s?d\.?|doctorate|doctoral|promotion in"),
    (
        Degree.MASTER,
        r"master(?:['\u2019]s|s)?(?= (?:degree|or|of (?:science|arts|engineering))|/|\s?\))"
        r"|master['\u2019]s"
        r"|m\.?\s?sc\.?|mba|m\.s\.|ms(?=[ /,]+(?:in|degree|or phd|phd))|meng|m\.eng\.?"
        r"|master['\u2019]?s?(?=\)?,? (?:(?:is |are |would be )?(?:a |strongly |highly )?"
        rf"(?:{_SAID})))"
        rf"|(?-i:MS|MA)(?=\)?,? (?:is |are |would be )?(?:a |strongly |highly )?(?:{_SAID}))"
        r"|(?<=bs[/,])(?-i:MS)|(?<=bs or )(?-i:MS)",
    ),
    (
        Degree.BACHELOR,
        r"bachelor(?:['\u2019]?s)?|b\.?\s?sc\.?|b\.s\.|b\.a\."
        rf"|(?-i:BS|BA)(?=\)?,? (?:is |are |would be )?(?:a |strongly |highly )?(?:{_SAID}))"
        r"|bs(?=[ /,]+(?:in|degree|or ms"
        r"|ms))|ba(?= (?:in|degree))"
        r"|beng|b\.eng\.?|b\.?\s?tech|undergraduate degree|(?:university|college|academic"
        r"|4-year|four-year"
        r"|technical|relevant|stem|science|engineering|computer science|cs) degree|degree (?:in"
        r"|level)|graduate degree"
        r"|hochschulabschluss|studium|abgeschlossenes studium",
    ),
    (
        Degree.ASSOCIATE,
        r"associate(?:['\u2019]?s)? degree|vocational (?:training|qualification)|ausbildung|hnd"
        r"|btec",
    ),
    (
        Degree.SECONDARY,
        r"high school (?:diploma|degree)|secondary (?:school|education)|a-levels|abitur|ged",
    ),
]
_PATTERN = re.compile(
    "|".join(rf"(?P<{degree.value}>(?<!\w)(?:{pattern})(?!\w))" for degree, pattern in _DEGREES),
    re.IGNORECASE,
)
_HINTS = hints(
    "ph phd doctorate promotion master msc mba ms meng m bachelor b bsc bs ba beng btech btec"
    " undergraduate degree graduate hochschulabschluss studium abgeschlossenes associate vocational"
    " ausbildung hnd high secondary levels abitur ged ma"
)
# Without a grade it is a bachelor's; a `high degree of` something is none.
_BARE_DEGREE = re.compile(r"(?P<bachelor>\bdegrees?\b)(?! of)", re.IGNORECASE)
# What goes on with a degree named before: `Master's degree in`, `MSc in Computer Science degree`.
_REST = re.compile(r"(?:(?:computer )?science |engineering )?degree(?: in| level)?", re.IGNORECASE)
_BEFORE_REST = re.compile(r"\s+(?:(?:of|in)\s+(?:\w+\s+){0,2})?")
_EQUIVALENT = re.compile(
    r"\bor (?:an? )?(?:\w+ )?equivalent|equivalent (?:\w+ )?(?:experience|qualification"
    r"|education)|"
    r"or (?:relevant|comparable|similar|proven|practical|work|professional|industry|hands-on"
    r"|demonstrable|extensive|sufficient|self-taught|on-the-job)(?: \w+){0,2}?"
    r" (?:experience|qualification|background|training|skills)"
    r"|\bor (?:experience|self-taught)\b"
    r"|(?:oder|bzw\.?) (?:\w+ )?(?:vergleichbar|gleichwertig|\u00e4hnlich)\w*"
    r" (?:\w+ )?(?:ausbildung|qualifikation|abschluss|berufserfahrung|erfahrung|kenntnisse)",
    re.IGNORECASE,
)
_AMOUNT = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|ten|several|many|zwei|drei|f\u00fcnf)\+?"
# Years of work in place of a degree, behind it or before it.
_OR_YEARS = re.compile(
    r"\b(?:or|oder)(?: else| alternatively,?| with| have| at least| a minimum of| minimum"
    rf"| more than| mindestens)* {_AMOUNT}(?: or more)? (?:years|yrs|jahre)\b"
    r"|\bin (?:lieu|place) of (?:an? )?(?:\w+ )?(?:degree|diploma)"
    r"|\b(?:instead of|substitut\w+ for) (?:an? )?(?:\w+ )?(?:degree|diploma)",
    re.IGNORECASE,
)
_YEARS_OR = re.compile(
    rf"{_AMOUNT}(?: or more)? (?:years|yrs|jahre)\b[^;.]{{0,60}}\b(?:or|oder)"
    r" (?:an? |the |have )*$",
    re.IGNORECASE,
)
_END = re.compile(
    r"[;.](?=\s|$)|\b\d|,\s(?:\w+\s){0,3}(?:experience|knowledge|understanding|skills)\b"
    r"|\b(?:and|with|plus)\s(?:\w+ ){0,3}(?:experience|knowledge|understanding"
    r"|skills)\b",
    re.IGNORECASE,
)
_NAMED_FIELD = frozenset(
    {
        Category.FIELD,
        Category.METHOD,
        Category.BUSINESS,
        Category.DATA,
        Category.ML,
        Category.DESIGN,
    }
)
_ORDER = list(Degree)
_NEAR = 50
_FURTHEST = 120
_JOINED = re.compile(
    r"^(?:\s?/\s?|[^;.,]{0,40}\b(?:or|oder)\b[^;.,]{0,20}|['\u2019s]*/)$", re.IGNORECASE
)


def find_education(
    text: str, start: int, end: int, skills: Sequence[Skill], default: Level
) -> list[Education]:
    """What a sentence asks for: the lowest of its degrees, and one that is only preferred."""
    degrees = _find_degrees(text, start, end)
    if not degrees:
        return []
    if any(marker.level is None for marker in find_markers(text, start, end)):
        degrees = [degree for degree in degrees if not _is_unwanted(text, start, end, degree)]
    if not degrees:
        return []
    markers = [m for m in find_markers(text, start, end) if m.level is not None]
    own = fields_of(text, start, end, skills)
    others = [skill.start for skill in skills if skill not in own]
    groups: dict[Level, list[re.Match[str]]] = {}
    for number in range(len(degrees)):
        level = _level_of(text, degrees[number:], markers, others) or default
        groups.setdefault(level, []).append(degrees[number])
    return [_to_education(text, start, end, skills, level, own) for level, own in groups.items()]


def _level_of(
    text: str, degrees: Sequence[re.Match[str]], markers: Sequence[Marker], others: Sequence[int]
) -> Level | None:
    """What is said right behind the first, or behind those that an `or` joins to it, else before.

    Args:
        others: where skills begin that are not studied.
    """
    degree = degrees[0]
    behind = (m for m in markers if m.side is Side.BEFORE and m.start >= degree.end())
    marker = next(behind, None)
    if marker is not None:
        chain = [each for each in degrees if each.start() < marker.start]
        is_joined = all(_JOINED.search(text[a.end() : b.start()]) for a, b in pairwise(chain))
        if is_joined and not any(degree.end() <= place < marker.start for place in others):
            return marker.level
    before = [m for m in markers if m.side is Side.AFTER and m.end <= degree.start()]
    return before[-1].level if before else None


def _is_unwanted(text: str, start: int, end: int, degree: re.Match[str]) -> bool:
    """`Degree not required`, `no degree needed`: nothing of the same clause asks for it."""
    clause_start = max(text.rfind(sign, start, degree.start()) for sign in ",;.(") + 1
    cuts = [cut for sign in ",;(" if (cut := text.find(sign, degree.end(), end)) >= 0]
    near = find_markers(text, max(start, clause_start), min(cuts, default=end))
    return any(
        marker.level is None
        and ((marker.side is Side.BEFORE) == (marker.start >= degree.end()))
        and abs(marker.start - degree.start()) < _NEAR
        for marker in near
    )


def _to_education(
    text: str,
    start: int,
    end: int,
    skills: Sequence[Skill],
    level: Level,
    degrees: Sequence[re.Match[str]],
) -> Education:
    lowest = min((Degree(m.lastgroup or "") for m in degrees), key=_ORDER.index)
    fields = fields_of(text, start, end, skills)
    names = tuple(dict.fromkeys(skill.name for skill in fields))
    first, past = degrees[0].start(), degrees[-1].end()
    is_alternative = _YEARS_OR.search(text[max(start, first - _FURTHEST) : first]) is not None
    equivalent = is_alternative or any(
        pattern.search(text, start, end) for pattern in (_EQUIVALENT, _OR_YEARS)
    )
    return Education(lowest, names, equivalent, level, first, past, is_alternative)


def fields_of(text: str, start: int, end: int, skills: Sequence[Skill]) -> list[Skill]:
    """What is studied in a sentence that names a degree: no skill is asked for by that."""
    degrees = _find_degrees(text, start, end)
    if not degrees:
        return []
    degree = degrees[0]
    stop = _END.search(text, degree.end(), end)
    past = stop.start() if stop else end
    before = [skill for skill in skills if skill.end <= degree.start()]
    subject = [s for s in before if s.category is Category.FIELD]
    return subject + [
        skill
        for skill in skills
        if degree.start() <= skill.start < past and skill.category in _NAMED_FIELD
    ]


def _find_degrees(text: str, start: int, end: int) -> list[re.Match[str]]:
    graded: list[re.Match[str]] = []
    if _HINTS.isdisjoint(beginnings(text[start:end])):
        return graded
    for match in _PATTERN.finditer(text, start, end):
        is_rest = _REST.fullmatch(match[0]) is not None
        if not (
            is_rest and graded and _BEFORE_REST.fullmatch(text, graded[-1].end(), match.start())
        ):
            graded.append(match)
    comparable = [match.span() for match in _EQUIVALENT.finditer(text, start, end)]
    asked = [
        match
        for match in graded
        if not any(first <= match.start() < past for first, past in comparable)
    ]
    return asked or graded or list(_BARE_DEGREE.finditer(text, start, end))


def highest_degree(text: str) -> Degree | None:
    """The highest degree that a line of a résumé names."""
    named = [Degree(match.lastgroup or "") for match in _find_degrees(text, 0, len(text))]
    return max(named, key=_ORDER.index, default=None)
