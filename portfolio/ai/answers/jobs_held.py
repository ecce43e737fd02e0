"""Questions about employers and positions, from the dates and names of work."""

import re
from collections.abc import Sequence

from .answer import Answer
from .items import Item
from .matching import best_matches, covers
from .reading import Question
from .replies import Part, describe, length, listed, months, refusal
from .words import family, in_words, roots

_JOB = (
    r"\b(?:work(?:s|ed|ing)?|jobs?|employ\w*|compan(?:y|ies)|positions?|roles?|titles?|careers?|"
    r"occupation|living|gig|firms?|joined?|doing|posts?)\b"
)

_CURRENT = (
    r"\b(?:current(?:ly)?|now|nowadays|these days|at the moment|at present|present(?:ly)?|"
    r"today|right now)\b"
)

_NOW = (
    r"^(?:where|who) (?:does|do|is|are) (?:she|he|they|you|\w+) (?:work|employed)\w*(?: for| at)?$|"
    r"^what (?:does|do) (?:she|he|they|you|\w+) do(?: for a living| for work)?$|"
    r"\bwhat is (?:her|his|their|your) (?:job|position|occupation|job title|title|profession|role)$"
)

_WHERE_NOW = (
    r"^where (?:does|do|is|are) (?:she|he|they|you|\w+) (?!live|reside|stay|based)\w+ "
    r"(?:now|currently|nowadays|these days|at the moment|at present)$"
)

_FIRST = r"\b(?:first|earliest|very first|start(?:ed)? (?:her|his|their|your|out)|begin|began)\b"

_LAST = r"\b(?:last|previous|former|prior)\b"

_BEFORE = r"\b(?:before|prior to|preceding|preceded)\b"

_BECAME = (
    r"\bbefore (?:\w+ ){0,2}?(?:became|become|becoming|was|being|started as|turning|into)"
    r"(?: an?)? ([\w ]+)$"
)

_AFTER = r"\b(?:after|next|following|followed|since leaving)\b"

_COUNT = r"\b(?:how many|number of|count)\b"

_COUNTS_OTHERS = (
    r"\bhow many (?!(?:different |other |previous )?(?:jobs|employers|compan|years|"
    r"months|positions|"
    r"roles|places|firms|organi|people has|people have))"
)

_LONGEST = r"\b(?:longest|most time)\b"

_SHORTEST = r"\b(?:shortest|least time)\b"

_BESIDE = (
    r"\b(?:same time|at once|in parallel|simultaneously|besides|on the side|alongside|meanwhile)\b"
)

_LIST = (
    r"\b(?:employers|companies|jobs|firms|organi[sz]ations|positions|roles|career|employment|"
    r"work(?:ing)? history|work experience|worked)\b"
)

_HOW_LONG = r"\bhow long\b|\bhow many (?:years|months)\b|\bhow much time\b"

_WHEN = (
    r"\b(?:when|since when|which year|what year|from when|dates?|start(?:ed)?|join(?:ed)?|until|"
    r"leave|left|begin|began|quit)\b"
)

JOB_WORDS = family(
    """
    work works worked working job jobs employ employed employer employers employee company
    companies position positions role roles title titles career careers occupation living gig firm
    firms join joined doing do post posts current currently now nowadays moment present presently
    first earliest very start started begin began out last previous former prior before after next
    following followed many number count longest shortest most least time stay stayed spend spent
    same parallel other jobs side alongside meanwhile how long history experience so far hold held
    organisation organisations organization organizations leave left until quit when year years
    month months date dates gave give offer offered from to be official place places who where whom
    right directly
    immediately just name employment be back hear heard two different earn earning list total
    professional day profession become serve served part full staff period
    """
)


def answer_jobs(question: Question) -> Answer | None:
    """An answer from the list of jobs, if the question asks for nothing else."""
    if question.matches(_COUNTS_OTHERS):
        return None
    if question.matches(_WHERE_NOW) and not question.mentions:
        return listed([describe(work) for work in question.book.of("work") if work.is_current])
    works = sorted(
        question.book.of("work"), key=lambda work: (work.start, work.end or "9999"), reverse=True
    )
    if not works:
        return None
    match = re.search(_BECAME, question.plain)
    if match:
        return _before_becoming(works, roots(match[1]))
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
    is_order = question.matches(_BEFORE) or question.matches(_AFTER)
    meant = list(named)
    if rest and not named:
        meant = best_matches(works, rest)
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
    if not question.matches(f"{_JOB}|{_NOW}|{_WHEN}|{_HOW_LONG}|{_LONGEST}|{_SHORTEST}|{_BESIDE}"):
        return None
    if meant and question.matches(r"\b(?:first|earliest)\b"):
        return listed([describe(min(meant, key=lambda work: work.start))])
    if meant:
        return _about(question, meant, works)
    return _overall(question, works)


def _before_becoming(works: Sequence[Item], profession: Sequence[str]) -> Answer | None:
    """The jobs before the first one of a profession."""
    own = [
        work
        for work in works
        if any(covers(frozenset(roots(work.text("/position"))), word) for word in profession)
    ]
    if not own:
        return None
    first = min(work.start for work in own)
    found = [work for work in works if work.start < first and work not in own]
    return listed([describe(work) for work in found]) if found else None


def _overall(question: Question, works: Sequence[Item]) -> Answer | None:
    current = [work for work in works if work.is_current]
    if question.years:
        return _at(question, works)
    if question.matches(_COUNT) and not question.matches(_HOW_LONG):
        return _count(question, works)
    if question.matches(_LONGEST) or question.matches(_SHORTEST):
        return _extreme(question, works)
    if question.matches(_CURRENT) or question.matches(_NOW):
        return listed([describe(work) for work in current or works[:1]])
    if question.matches(r"\bfirst|earliest\b") and question.matches(_JOB):
        return listed([describe(works[-1])])
    if question.matches(_LAST) and question.matches(_JOB):
        past = [work for work in works if not work.is_current]
        return listed([describe(work) for work in past[:1]]) if past else None
    if question.matches(_HOW_LONG) and question.matches(r"\b(?:work|career|professional)"):
        number = months(works, question.today)
        return _career(works, number) if number else None
    if question.matches(_LIST) and not question.matches(r"^(?:why|how)\b"):
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
    choose = min if question.matches(_SHORTEST) else max
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
    before = question.matches(_BEFORE)
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
        return listed([describe(work) for work in [found, *beside]])
    said = describe(order[min(places) if not before else max(places)])
    word = "before" if before else "after"
    return refusal(
        f"The portfolio names no job {word} that one. It says: {said.text}.", said.citations
    )


def _about(question: Question, meant: Sequence[Item], works: Sequence[Item]) -> Answer | None:
    if question.matches(_BESIDE):
        return _beside(meant, works)
    if question.years and not any(
        is_active(work, year) for work in meant for year in question.years
    ):
        said = [describe(work) for work in meant]
        answer = listed(said)
        return refusal(
            f"Not according to the portfolio, which says: {answer.text}", answer.citations
        )
    parts = [_with_length(question, work) for work in meant]
    if len(meant) > 1 and question.matches(_HOW_LONG):
        total = length(months(meant, question.today))
        return listed(parts, f"{total} together: ")
    lead = (
        "Yes: " if re.match(r"(?:is|was|has|have|did|does|do|are|were)\b", question.plain) else ""
    )
    return listed(parts, lead)


def _beside(meant: Sequence[Item], works: Sequence[Item]) -> Answer | None:
    beside = [
        work
        for work in works
        if work not in meant
        and any(
            work.start <= (own.end or "9999") and own.start <= (work.end or "9999") for own in meant
        )
    ]
    return listed([describe(work) for work in beside]) if beside else None
