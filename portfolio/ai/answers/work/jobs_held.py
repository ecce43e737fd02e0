"""Questions about employers and positions, from the dates and names of work."""

import re
from collections.abc import Sequence

from ..answer import Answer
from ..book.items import Item, Sentence
from ..language.wordings import PATTERNS
from ..language.words import in_words, roots
from ..questions.described import described
from ..questions.matching import best_matches, covers
from ..questions.naming import is_its_name
from ..questions.reading import Question
from ..replies import Part, describe, length, listed, months, refusal
from .first_jobs import after_studies, at_the_same_time, before_becoming, held_until
from .job_words import (
    AFTER,
    AFTER_STUDIES,
    BECAME,
    BEFORE,
    BESIDE,
    COUNT,
    COUNTS_OTHERS,
    CURRENT,
    DID_THERE,
    HOW_LONG,
    JOB,
    JOB_WORDS,
    LAST,
    LIST,
    LONGEST,
    NOW,
    SHORTEST,
    THERE,
    TITLE,
    WHEN,
    WHERE_NOW,
)

_SEVERAL = rf"{BESIDE}|\bas an? \w+"
_YES_NO = r"(?:and |but )?(?:is|was|has|have|did|does|do|are|were)\b"
_GOES_ON = r"^(?:and |but )?(?:is|are|does|do)\b|\b(?:still|currently|now|nowadays|these days)\b"
_NO_FIELD = (
    r"^(?:and |but )?(?:how (?!long|many)|whose|"
    rf"who (?!(?:does|did|do|is|are|was|were|has|have|employ\w*|hired|gave)\b))|"
    rf"{PATTERNS['why_left']}"
)
_STUDIES = r"\b(?:what|which|where) .*\b(?:study|studied|graduate[d]?|degree)\b"
_JOINED = r"\b(?:join(?:ed)?|start(?:ed)? (?:at|with|working))\b"
_CLEAR = (
    rf"{HOW_LONG}|{TITLE}|{BESIDE}|^(?:and )?(?:since )?when\b(?! (?:the|a|an)\b)|\bwhen$|{_JOINED}"
)


_ASKS = f"{JOB}|{NOW}|{WHEN}|{HOW_LONG}|{LONGEST}|{SHORTEST}|{BESIDE}"


def answer_jobs(question: Question) -> Answer | None:
    """An answer from the list of jobs, if the question asks for nothing else."""
    if question.matches(f"{COUNTS_OTHERS}|{_NO_FIELD}|{_STUDIES}"):
        return None
    if question.matches(AFTER_STUDIES):
        return after_studies(question)
    if question.matches(WHERE_NOW) and not question.mentions:
        return listed([describe(work) for work in question.book.of("work") if work.is_current])
    works = sorted(
        question.book.of("work"), key=lambda work: (work.start, work.end or "9999"), reverse=True
    )
    if not works:
        return None
    match = re.search(BECAME, question.plain)
    if match:
        return before_becoming(works, roots(match[1]))
    named = question.named("work")
    known = {word for item in named for word in item.name_roots}
    rest = [word for word in question.content if word not in JOB_WORDS and word not in known]
    others = [
        mention
        for mention in question.mentions
        if not any(item.type == "work" for item in mention.items)
    ]
    if others:
        return None
    is_order = question.matches(BEFORE) or question.matches(AFTER)
    meant = list(named)
    if rest and not named:
        meant = best_matches(works, rest)
        is_told = any(_has_all(one, rest) for one in question.book.sentences)
        if not meant and not question.skills and question.matches(_CLEAR) and not is_told:
            meant = described(question, rest, several=question.matches(_SEVERAL))
        if not meant:
            return None
    elif rest and is_order:
        works = [*meant, *best_matches(works, rest)]
        works = sorted(dict.fromkeys(works), key=lambda work: work.start, reverse=True)
        if len(works) == len(meant):
            return None
    elif rest:
        return None
    if is_order:
        return _neighbour(question, works, meant)
    has_post = any(not is_its_name(question, one, one.items[0]) for one in question.mentions)
    asks_there = question.matches(THERE) or (question.years and question.matches(DID_THERE))
    is_there = bool(meant and (has_post or asks_there))
    if not is_there and not question.matches(_ASKS):
        return None
    if meant and question.matches(r"\b(?:first|earliest)\b"):
        return listed([describe(min(meant, key=lambda work: work.start))])
    if meant:
        return _about(question, meant, works)
    return _overall(question, works)


def _has_all(sentence: Sentence, words: Sequence[str]) -> bool:
    return sentence.prose and all(covers(sentence.roots, word) for word in words)


def _overall(question: Question, works: Sequence[Item]) -> Answer | None:
    current = [work for work in works if work.is_current]
    if question.years:
        return _at(question, works)
    if question.matches(COUNT) and not question.matches(HOW_LONG):
        return _count(question, works)
    if question.matches(LONGEST) or question.matches(SHORTEST):
        return _extreme(question, works)
    if question.matches(CURRENT) or question.matches(NOW):
        now = current or works[:1]
        if question.matches(HOW_LONG):
            return listed([_with_length(question, work) for work in now])
        return listed([describe(work) for work in now])
    if question.matches(r"\bfirst|earliest\b") and question.matches(JOB):
        return listed([describe(works[-1])])
    if question.matches(LAST) and question.matches(JOB):
        past = [work for work in works if not work.is_current]
        return listed([describe(work) for work in past[:1]]) if past else None
    if question.matches(HOW_LONG) and question.matches(r"\b(?:work|career|professional)"):
        number = months(works, question.today)
        return _career(works, number) if number else None
    if question.matches(LIST) and not question.matches(r"^(?:why|how)\b"):
        return listed([describe(work) for work in works])
    return None


def _career(works: Sequence[Item], number: int) -> Answer:
    parts = [describe(work) for work in works]
    return listed(parts, f"{length(number)} of work, by its dates: ")


def _count(question: Question, works: Sequence[Item]) -> Answer:
    names = list(dict.fromkeys(work.name for work in works))
    number = len(works) if question.matches(r"\b(?:jobs|positions|roles)\b") else len(names)
    parts = [describe(work) for work in works]
    said = in_words(number)
    return listed(parts, f"{said.capitalize() if said.isalpha() else said} ({number}): ")


def _extreme(question: Question, works: Sequence[Item]) -> Answer:
    by_name: dict[str, list[Item]] = {}
    for work in works:
        by_name.setdefault(work.name, []).append(work)
    choose = min if question.matches(SHORTEST) else max
    best = choose(by_name.values(), key=lambda own: months(own, question.today))
    return listed([_with_length(question, work) for work in best])


def _with_length(question: Question, work: Item) -> Part:
    part = describe(work)
    number = months([work], question.today)
    return Part(f"{part.text}: {length(number)}", part.citations) if number else part


def _at(question: Question, works: Sequence[Item]) -> Answer:
    found = [work for work in works if any(is_active(work, year) for year in question.years)]
    if found:
        return listed([describe(work) for work in found])
    years = " or ".join(map(str, question.years))
    return refusal(f"The portfolio names no job in {years}.")


def is_active(item: Item, year: int) -> bool:
    """Whether the item's period has a part of that year."""
    if not item.start:
        return False
    first = int(item.start[:4])
    last = int(item.end[:4]) if item.end else 9999
    return first <= year <= last


def _neighbour(question: Question, works: Sequence[Item], meant: Sequence[Item]) -> Answer | None:
    before = question.matches(BEFORE)
    if not meant:
        current = [work for work in works if work.is_current] or works[:1]
        if not before or question.matches(r"\bbefore (?:she|he|they|you)\b"):
            return None
        meant = current[-1:]
    order = [work for work in works if work.start]
    places = [order.index(work) for work in meant if work in order]
    if not places:
        return None
    place = max(places) + 1 if before else min(places) - 1
    if 0 <= place < len(order):
        found = order[place]
        beside = [
            work for work in order if work not in (found, *meant) and work.start == found.start
        ]
        held = held_until(works, meant) if before else []
        jobs = dict.fromkeys([found, *beside, *held])
        return listed([describe(work) for work in jobs])
    said = describe(order[min(places) if not before else max(places)])
    word = "before" if before else "after"
    return refusal(
        f"The portfolio names no job {word} that one. It says: {said.text}.", said.citations
    )


def _about(question: Question, meant: Sequence[Item], works: Sequence[Item]) -> Answer | None:
    if question.matches(BESIDE):
        return at_the_same_time(meant, works, _whether(question, ()))
    if question.years and not any(
        is_active(work, year) for work in meant for year in question.years
    ):
        said = [describe(work) for work in meant]
        answer = listed(said)
        return refusal(
            f"Not according to the portfolio, which says: {answer.text}", answer.citations
        )
    parts = [_with_length(question, work) for work in meant]
    if len(meant) > 1 and question.matches(HOW_LONG):
        total = length(months(meant, question.today))
        return listed(parts, f"{total} together: ")
    return listed(parts, _whether(question, meant))


def _whether(question: Question, jobs: Sequence[Item]) -> str:
    """Yes, but No to what is asked as if it went on and has an end."""
    if not re.match(_YES_NO, question.plain):
        return ""
    return (
        "No: " if jobs and question.matches(_GOES_ON) and all(job.end for job in jobs) else "Yes: "
    )
