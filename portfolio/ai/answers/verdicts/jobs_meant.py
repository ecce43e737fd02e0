"""Which jobs a question for so many years is about: some of them, or all."""

import re

from ..book.items import Item
from ..language.words import number_of, root
from ..questions.described import described
from ..questions.matching import best_matches
from ..questions.reading import Question
from ..skills.skill_use import SKILL_WORDS
from ..work.job_words import JOB_WORDS

_ONE = (
    r"\b(first|earliest|last|previous|current|present|latest) "
    r"(?:employer|job|company|position|role)"
)


def _says(question: Question, work: Item) -> bool:
    """Whether the job calls itself the first or last, as the question does."""
    one = re.search(_ONE, question.plain)
    own = rf"\bmy {one[1]} (?:employer|job|company|position|role)\b" if one else ""
    return bool(own) and any(re.search(own, text.text, re.IGNORECASE) for text in work.sentences)


def works_meant(question: Question) -> list[Item]:
    """The jobs that it names, describes or counts; none if it speaks of something else."""
    works = question.book.of("work")
    named = question.named("work")
    if named:
        return named
    told = [work for work in works if _says(question, work)]
    if told:
        return told
    order = sorted((work for work in works if work.start), key=lambda work: work.start)
    one = re.search(_ONE, question.plain)
    if one and order:
        past = [work for work in order if not work.is_current]
        if one[1] in ("first", "earliest"):
            return order[:1]
        return past[-1:] if one[1] in ("last", "previous") else order[-1:]
    counted = {root(word) for word in question.words if number_of(word) is not None}
    known = JOB_WORDS | SKILL_WORDS | counted
    rest = [word for word in question.content if word not in known]
    if not rest:
        return works
    return best_matches(works, rest) or described(question, rest, by_meaning=False)
