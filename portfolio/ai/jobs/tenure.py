"""Of what years are that no named skill owns: of work as such, of a trade, or of neither."""

import re

from portfolio.ai.jobs.amounts import Mention
from portfolio.ai.skills.vocabulary import Vocabulary

SOFTWARE = "Software development"
_PLAIN = (
    r"(?:(?:professional|relevant|work|working|job|industry|industrial|commercial|practical"
    r"|hands-on|proven|solid|strong|overall|total|full-time|part-time|paid|real-world|related"
    r"|similar|comparable|equivalent|recent|previous|prior|demonstrable|demonstrated|progressive"
    r"|verifiable|documented|career|combined|minimum|required|post-?graduate|business|practice"
    r"|international|einschl\u00e4gige[rn]?|relevante[rn]?|praktische[rn]?|berufliche[rn]?"
    r"|mehrj\u00e4hrige[rn]?)(?:\s?[,/]\s?|\s(?:and |or |und )?))"
)
_EXPERIENCE = r"(?:experience|exp\b|background|track record|(?:berufs)?erfahrung|employment|work)"
_PLACE = (
    r"(?:\sin (?:an? |the |this |that |such an? |our |your )?(?:(?:similar|comparable|same|related"
    r"|relevant|equivalent|professional|commercial|fast-paced|international|corporate|agile|start"
    r"-?up|production)\s){0,2}"
    r"(?:roles?|positions?|fields?|industry|industries|jobs?|area|environments?|capacity|function"
    r"|setting|trade|profession|sector|company)\b|\son the job|\sof work)"
)
_REST = (
    r"(?:\s(?:overall|altogether|all in all|in total|insgesamt|instead|as such|or more|at least"
    r"|minimum))?"
)
_STOP = (
    r"(?=\s*(?:$|[;.,()|\u2013\u2014:]|-\s|\b(?:and|or|but|who|that|which|is|are|required|needed"
    r"|preferred|preferably|ideally|desired|expected|including|plus|und|oder)\b))"
)
_AFTER = re.compile(
    rf"\s?(?:of |in )?{_PLAIN}{{0,5}}(?:{_EXPERIENCE}{_PLACE}?|(?:working)?{_PLACE}"
    rf"|(?:in total|overall|altogether|all in all|insgesamt|gesamt|in industry))"
    rf"{_REST}{_STOP}",
    re.IGNORECASE,
)
_NO_MORE = re.compile(rf"(?:{_PLACE}|{_REST}){_STOP}", re.IGNORECASE)
_LEADS = (
    r"(?:at least|a minimum|minimum|min\.?|over|more than|about|mindestens|mind\.?|of|von|is|~|>=?"
    r"|\u2265)"
)
# Experience named before: nothing but words of no field may stand before it in its clause.
_BEFORE = re.compile(
    r"(?:^|[;.,(:|*]|\b(?:have|has|with|your|the|an?|and|you|bring|mit|of|need|require|requires"
    rf"|years))\s*{_PLAIN}{{0,4}}(?:experience|(?:berufs)?erfahrung|seniority|tenure)\b"
    rf"\s?[:(,\u2013\u2014-]?\s?(?:{_LEADS}\s?){{0,3}}$",
    re.IGNORECASE,
)
_ALONE_BEFORE = re.compile(rf"[^\w]*(?:{_LEADS}\s?){{0,3}}", re.IGNORECASE)
_ALONE_AFTER = re.compile(r"\s?(?:required|preferred|minimum|or more|\+|exp\.?)?\W*", re.IGNORECASE)
_ROLE = re.compile(
    r"\s?(?:of )?(?:\w+ ){0,3}(?:as|als|in the role of|working as) (?:an? )?(?:(?:senior|junior"
    r"|lead|professional|practi[cs]ing|full-time|mid-level|staff|principal|experienced) ){0,2}"
    r"(?P<field>(?:[\w/-]+ ){0,3}?)(?P<role>engineer|developer|programmer|entwickler(?:in)?"
    r"|scientist|analyst|designer|administrator|architect|manager)\b",
    re.IGNORECASE,
)
_KINDS = {
    "engineer": ("development", "engineering", ""),
    "developer": ("development", "programming", ""),
    "scientist": ("science",),
    "analyst": ("analysis", "analytics"),
    "designer": ("design",),
    "administrator": ("administration", ""),
    "manager": ("management",),
    "architect": ("architecture",),
}
_MADE = re.compile(
    r"\s?(?:of |in )?(?:(?:[\w-]+,? ){0,3}(?:experience )?(?:in )?)?(?:building|designing"
    r"|developing|writing|shipping|delivering|creating|engineering|coding|maintaining)\b"
    r"[^;.()]{0,50}\b(?:software|web applications?|applications?|apps|web services|services|code"
    r"|software systems|back ?ends?|apis)\b"
    rf"|\s?(?:of )?{_PLAIN}{{0,3}}(?:experience )?in (?:the )?(?:software|tech|it)(?: industry"
    r"| sector)?\b(?! \w+ing\b)",
    re.IGNORECASE,
)
_OF_EXPERIENCE = re.compile(
    r"experience|\bexp\b|erfahrung|working|background|hands-on|track record|seniority|requirement"
    r"|\bmust\b|qualification",
    re.IGNORECASE,
)
_OF_SOMETHING = re.compile(r"['\u2019]?\s(?:of|as|als|in an?) ", re.IGNORECASE)
_OF_STUDY = re.compile(
    r"['\u2019]?\s(?:of |in )?(?:your |an? |the )?(?:university|college|school|stud(?:y|ies)"
    r"|bachelor|master|degree|training|apprenticeship|course|age\b)",
    re.IGNORECASE,
)
_WINDOW = 120


def is_work_as_such(text: str, start: int, end: int, mention: Mention) -> bool:
    """Whether the years are of experience in general, and of no field."""
    if mention.is_labelled:
        return True
    if mention.is_part:
        return False
    past = min(end, mention.end + _WINDOW)
    if _AFTER.match(text, mention.end, past):
        return True
    before = text[max(start, mention.start - _WINDOW) : mention.start]
    if _BEFORE.search(before) and _NO_MORE.match(text, mention.end, past):
        return True
    alone = _ALONE_BEFORE.fullmatch(text, start, mention.start)
    if alone is None or not _ALONE_AFTER.fullmatch(text, mention.end, end):
        return False
    label = text[text.rfind("\n", 0, start) + 1 : start]
    return ":" not in label or _OF_EXPERIENCE.search(label) is not None


def speaks_of_work(text: str, start: int, end: int, mention: Mention) -> bool:
    """Whether the years are of some work, of whatever kind."""
    if _OF_STUDY.match(text, mention.end, end):
        return False
    if _OF_EXPERIENCE.search(text, start, end):
        return True
    return _OF_SOMETHING.match(text, mention.end, end) is not None


def trade_of(text: str, end: int, mention: Mention, vocabulary: Vocabulary) -> str | None:
    """The skill that somebody has who did this: `5 years as a data engineer`."""
    past = min(end, mention.end + _WINDOW)
    role = _ROLE.match(text, mention.end, past)
    if role is None:
        return SOFTWARE if _MADE.match(text, mention.end, past) else None
    field, noun = role["field"].strip().lower(), role["role"].lower()
    if not field or field in {"software", "application", "applications"}:
        is_software = noun in {"developer", "programmer"} or (field and noun == "engineer")
        return SOFTWARE if is_software or noun.startswith("entwickler") else None
    kinds = _KINDS.get(noun, ("development",))
    named = (vocabulary.name_of(f"{field} {kind}".strip()) for kind in kinds)
    return next((name for name in named if name), None)
