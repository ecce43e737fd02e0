"""Short forms of words in questions, and what they stand for."""

import re

_SHORT_FORMS = (
    (re.compile(r"\b(what|who|where|when|how|why|which|it|that|there|she|he)['\u2019]s\b", re.I),
     r"\1 is"),
    (re.compile(r"\b(they|you|we)['\u2019]re\b", re.I), r"\1 are"),
    (re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should)n['\u2019]t\b",
                re.I), r"\1 not"),
    (re.compile(r"\b(they|you|we|i)['\u2019]ve\b", re.I), r"\1 have"),
    (re.compile(r"\b(she|he|they|you|i)['\u2019]d\b", re.I), r"\1 would"),
    (re.compile(r"['\u2019]s\b", re.I), ""),
    (re.compile(r"(?<=s)['\u2019](?=\s|$)"), ""),
    (re.compile(r"\b(did|does) (\w+ )found\b", re.I), r"\1 \2founded"),
    (re.compile(r"\b(?:wat|wot|whats)\b", re.I), "what is"),
    (re.compile(r"\b(\d+)\s*\+\s*(?=years?|yrs?)", re.I), r"at least \1 "),
    (re.compile(r"\byrs?\b", re.I), "years"),
    (re.compile(r"\bppl\b", re.I), "people"),
    (re.compile(r"\b(?:uni|varsity)\b", re.I), "university"),
    (re.compile(r"\bw/o\b", re.I), "without"),
    (re.compile(r"\bxp\b", re.I), "experience"),
    (re.compile(r"\b(?:u|ya)\b", re.I), "you"),
    (re.compile(r"\bur\b", re.I), "your"),
)  # fmt: skip


def written_out(text: str) -> str:
    """The text with short forms in their long form."""
    for pattern, form in _SHORT_FORMS:
        text = pattern.sub(form, text)
    return text
