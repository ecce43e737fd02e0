"""Parts of a sentence that tell of others than the candidate, though the rest of it asks."""

import re
from collections.abc import Sequence

from portfolio.ai.skills.concepts import Category, Skill

_THEY = (
    r"(?:compan(?:y|ies)|customers?|clients?|organi[sz]ations?|firms?|enterprises?|business(?:es)?"
    r"|start-?ups?|users|people|competitors|rivals|partners?|suppliers?|shops|banks|brands"
    r"|departments?|hospitals|schools|universities|agencies|institutions|merchants|retailers"
    r"|colleagues|co-?workers|employees|teammates)"
)
_OF_THEM = re.compile(
    rf"\b{_THEY}(?:,)? (?:that|who|which|whose \w+)(?: \w+ly)? (?:use|run|write|work (?:with|in|on)"
    r"|rely|build|are (?:built|based|running)|have|depend|operate|speak|come from|know|love|prefer"
    r"|develop|sell|moved|left)s?\b"
    r"|\bour (?:\w+ )?(?:people|team|teams|colleagues|staff|employees|workforce"
    r"|members) (?:\w+ly )?"
    r"(?:speaks?|comes? from|knows?)\b",
    re.IGNORECASE,
)
_LEADS = ("who", "that", "which", "whose", "our ", "Our ")
_TO_YOU = re.compile(r"[;()]|\b(?:and|but|so|while) (?:you|we)\b|[.!?]\s", re.IGNORECASE)
_SPEAKING = re.compile(
    rf"[- ]speaking (?:\w+ )?(?:{_THEY}|countr(?:y|ies)|markets?|offices?|stakeholders?|communit"
    r"(?:y|ies)|regions?|staff|parts?|guests|patients|audiences?|world|areas?|visitors|members)\b",
    re.IGNORECASE,
)
# Whoever looks for a person says so before; what they are like is asked for.
_LOOKED_FOR = re.compile(
    r"\b(?:looking for|seek(?:s|ing)?|need|want|hiring|recruiting|search\w* for|suit"
    r"|you are)\b[^.;]{0,40}$",
    re.IGNORECASE,
)


def without_what_others_have(
    text: str, start: int, end: int, skills: Sequence[Skill]
) -> Sequence[Skill]:
    """The skills of a sentence without those of customers, rivals and colleagues."""
    if not skills:
        return skills
    spans = list(_spans_of_others(text, start, end))
    return [
        skill
        for skill in skills
        if not any(first <= skill.start < past for first, past in spans)
        and not (skill.category is Category.SPOKEN and _SPEAKING.match(text, skill.end, end))
    ]


def _spans_of_others(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    content = text[start:end]
    if not any(word in content for word in _LEADS):
        return spans
    for told in _OF_THEM.finditer(text, start, end):
        if _LOOKED_FOR.search(text[start : told.start()]) is None:
            past = _TO_YOU.search(text, told.end(), end)
            spans.append((told.end(), past.start() if past else end))
    return spans
