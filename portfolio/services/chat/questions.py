"""The form of a question by which its answer is kept: exact but for case, spacing, punctuation.

Case is dropped where it says nothing. A capital within a sentence may make a word a name, and
another answer: "employed by Amazon" asks for an employer, "Go" is no "go", "IT" no "it".
"""

import re
from functools import cache

from portfolio.ai.skills.vocabulary_data import read_rules

_ENDS = re.compile(r"^[\s¿¡]+|[\s?!.…\u3002\uff1f\uff01]+$")
_WORD = re.compile(r"[^\W_]+[+#]*")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_AMBIGUOUS = frozenset({"it", "us"})
_ORDINARY = frozenset(
    """
    a about above after again ago all also am among an and any anyone anything are as at be because
    been before being best between big both but by can code could current currently did do does
    doing done during each else ever every experience experienced favourite few find first for from
    get gets getting give given go good got great had has have having he her here hers him his how
    i if in into is its job jobs just know known knows last later least less like list long made
    main make makes many me mean more most much my name near need never new next no not now of off
    often old on once one only or other our out over own part people person project projects really
    recent recently say says see she should show since skill skills so some someone something still
    such sure tell than that the their them then there these they thing things this those through
    time to today together too two under until up use used uses using very want was we well went
    were what when where whether which while who whom whose why will with within without work
    worked working works would write written wrote year years yes yet you your yours
    achievements award awards background build builds building built certificate certificates
    company companies databases database degree degrees developer education employer employers
    engineer framework frameworks hobbies interests language languages learn learned live lives
    name names role roles speak speaks spoken studied study team teams technologies technology
    tool tools university
    """.split()  # noqa: SIM905 - as a list, one word a line, nobody would read it
)
"""Words that are no names, however they are written."""


def normal_question(question: str) -> str:
    """The question without what ends a sentence, with small letters where case says nothing.

    The signs that belong to names stay: `C`, `C++`, `C#` and `.NET` are four.
    """
    text = " ".join(question.translate(_QUOTES).split())
    text = _ENDS.sub("", text) or text
    first = _WORD.search(text)
    begins = first.start() if first else -1
    return _WORD.sub(lambda found: _folded(found[0], first=found.start() == begins), text)


def _folded(word: str, *, first: bool) -> str:
    small = word.lower()
    if small in _meaningful_in_case():
        return word
    is_plain = first and word[1:].islower()
    return small if is_plain or small in _ORDINARY or word[-1] in "+#" else word


@cache
def _meaningful_in_case() -> frozenset[str]:
    """Words that name a skill when they are written as it is."""
    rules = (rule for rule in read_rules() if rule.then != rule.otherwise)
    return _AMBIGUOUS.union(rule.word.lower() for rule in rules)
