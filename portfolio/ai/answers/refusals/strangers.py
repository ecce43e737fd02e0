"""What the question speaks of and the portfolio has no word for: said before anything is quoted."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ...lexical import fold
from ..answer import Answer, AnswerKind
from ..language.lexicon import ABOUT_WORK, ASKING, COMMON_NAMES, OWNER
from ..language.quantities import amount_of, amounts_in
from ..language.words import family, listed_words, root, roots, words_of
from ..questions.reading import Question
from ..questions.short_forms import written_out
from ..skills.skill_use import present

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019+#][^\W_]*)*")
_GAP = re.compile(r"\s+")
_NO_NOUN_FOLLOWS = (OWNER - {"her", "his", "their", "your", "hers"}) | frozenset(
    listed_words(
        """
        to not will would can could may might shall should must how why when where what never ever
        also really be been being is are was were i we it there so too just still already actually
        that who if because
        """
    )
)
"""Of the words that questions are made of: those before verbs, rather than nouns."""
_SUBJECTS = frozenset({"she", "he", "they", "you", "ever", "also"})
"""What follows these and is no word of asking is a verb, or the name of none of its things."""
_VERBS = family(
    """
    accept add agree aim allow appear apply argue ask assume avoid base begin behave believe
    bring buy call care carry catch cause change choose claim come consider continue cost
    count cover cut deal decide depend describe do draw drive end enjoy expect explain face
    fall feel fill fit follow give go grow handle happen hate help hold hope improve include
    involve join jump keep kill lead learn let like listen live look lose love manage matter
    mean meet mind miss move need occur offer open own pass pay pick plan play prefer prove
    pull push put reach react read receive rely remember remove require run save see seem sell
    send serve set settle share show spend stand start stay stop suggest supply support take
    talk tend think throw touch train treat try turn understand view visit wait walk want
    watch win wish wonder
    """
)
"""The commonest verbs: they end what is named."""
_VAGUE = family(
    "lot place stuff way bit case point part real true full big bigger huge little small large good"
    " bad hard new old young high low highest lowest available possible necessary away whole main"
)
"""Words of which it says little that they are missing."""
SURE = 0.9
"""From this confidence on it is enough that the portfolio has the words at all."""
_LONGEST = 4
_MOST = 3
_NUMBER = re.compile(r"(?<![\w.,#/-])\d[\d.,]*\b(?!(?:st|nd|rd|th)\b)")
_LEAST = 3
"""Smaller numbers are often counted by whoever asks."""


def told_of_strangers(question: Question, answer: Answer) -> Answer:
    """The answer, after a word on what its quotes do not mention."""
    if answer.kind is not AnswerKind.EXTRACT:
        return answer
    names = [*strangers(question), *_amounts(question, answer)]
    if answer.confidence < SURE:
        names += _beside(question, answer)
    named = " or ".join(list(dict.fromkeys(names))[:_MOST])
    return (
        replace(answer, text=f"This does not mention {named}: {answer.text}") if named else answer
    )


def _amounts(question: Question, answer: Answer) -> Iterator[str]:
    """Numbers of the question that no quote has."""
    told = {amount for citation in answer.citations for amount in amounts_in(citation.quote)}
    for match in _NUMBER.finditer(question.asking_part):
        amount = amount_of(match[0], None)
        if amount is not None and amount >= _LEAST and amount not in told:
            yield match[0]


def strangers(question: Question) -> Iterator[str]:
    """Runs of words that stand where nouns do, and that the portfolio has nowhere together."""
    for run in _runs(question):
        if any(_is_unknown(question, word) for word in run) or _is_apart(question, run):
            yield " ".join(run[-_LONGEST:])


def _beside(question: Question, answer: Answer) -> Iterator[str]:
    """Such runs of which the quotes, and the names of what they are from, lack a word."""
    items = (question.book.item(one.source_type, one.source_id) for one in answer.citations)
    told = {word for citation in answer.citations for word in roots(citation.quote)}
    told = told.union(*(item.name_roots for item in items if item))
    for run in _runs(question):
        if not all(_family(question, word) & told for word in run):
            yield " ".join(run[-_LONGEST:])


def _family(question: Question, word: str) -> frozenset[str]:
    small = root(fold(word))
    return question.book.family(small) | {small}


def _runs(question: Question) -> Iterator[list[str]]:
    """Words where nouns stand, up to the next that is none of theirs; no names of things."""
    named = {word for one in question.mentions for word in question.words[one.start : one.end]}
    for run in _all_runs(question):
        if not all(fold(part) in named for word in run for part in words_of(word)):
            yield run


def _all_runs(question: Question) -> Iterator[list[str]]:
    skip = ASKING | OWNER | COMMON_NAMES
    run: list[str] = []
    end, opened = 0, True
    text = written_out(question.text)
    is_after = False
    for match in _WORD.finditer(text):
        word = fold(match[0])
        apart = not _GAP.fullmatch(text[end : match.start()])
        ends = word in skip or word.isdigit() or word in question.book.own_names
        is_verb = root(word) in _VERBS or (is_after and not ends)
        if run and (apart or ends or is_verb):
            yield run
            run = []
        if not ends and (run or opened) and not (is_verb and not opened):
            run.append(match[0])
        is_before = word in skip and word not in _NO_NOUN_FOLLOWS
        opened = is_before or (is_verb and not run) or word.endswith(("'s", "\u2019s"))
        is_after = word in _SUBJECTS
        end = match.end()
    if run:
        yield run


def _is_apart(question: Question, run: list[str]) -> bool:
    """Whether words that the portfolio has are together nowhere in it."""
    wanted = [_family(question, word) for word in run]
    return len(run) > 1 and not any(
        all(one & sentence.roots or one & item.name_roots for one in wanted)
        for item in question.book.items
        if all(one & item.roots for one in wanted)
        for sentence in item.sentences
    )


def _is_unknown(question: Question, word: str) -> bool:
    book = question.book
    small = fold(book.spelling.correct(fold(word)))
    if small.endswith(("ed", "ly")):
        return False
    if small in ABOUT_WORK or root(small) in _VERBS | _VAGUE or small in book.words:
        return False
    parts = [part for part in re.split(r"[-'\u2019]", small) if part]
    return not any(_is_known(question, part) for part in (small, *parts))


def _is_known(question: Question, word: str) -> bool:
    name = question.book.vocabulary.name_of(word)
    return bool(name and present(question, name)) or any(
        question.book.has(other) for other in _family(question, word)
    )
