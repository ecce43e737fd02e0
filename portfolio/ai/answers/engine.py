"""How a question becomes an answer: each step either answers or leaves it to the next."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..retrieval import Hit
from .answer import Answer, AnswerKind, Context, Turn
from .book.book import Book
from .conversation.followups import ask_back, rests_on, stand_alone
from .conversation.parts import parts_of, with_lead
from .conversation.smalltalk import respond
from .extracts.extraction import extract
from .extracts.told_elsewhere import refuse_told_elsewhere
from .language.question_types import SECTIONS
from .language.words import clean
from .person.circumstances import answer_circumstances
from .person.contact import answer_contact
from .person.introduction import answer_who
from .person.sections import answer_section
from .person.spoken import answer_spoken
from .projects.project_lists import PROJECT_LIST_WORDS, answer_projects
from .projects.projects import answer_project
from .projects.told import answer_told
from .questions.reading import Question, Search
from .questions.typed import with_names_spelled, with_words_spelled
from .refusals.attitudes import refuse_attitude
from .refusals.elsewhere import refuse_elsewhere
from .refusals.making import refuse_making
from .refusals.numbered import refuse_numbered
from .refusals.other_people import refuse_other_person
from .refusals.out_of_time import refuse_out_of_time
from .refusals.presumed import refuse_never, refuse_post, refuse_presumed
from .refusals.strangers import told_of_strangers
from .refusals.support import refuse_unsupported
from .refusals.unconnected import refuse_unconnected
from .skills.skill_levels import answer_level
from .skills.skill_lists import answer_which_skills
from .skills.skill_use import SKILL_WORDS
from .skills.skills_asked import answer_skill
from .verdicts.thresholds import answer_threshold
from .verdicts.verdicts import honest
from .work.careers import answer_gap, answer_title
from .work.job_words import JOB_WORDS
from .work.jobs_held import answer_jobs
from .work.told_at_work import answer_told_at_work
from .work.two_jobs import answer_two_jobs

CHUNKS = 100
"""So many are looked at, the likeliest first: of most portfolios nearly all."""
LONGEST = 600
"""Code points of a question that are read; a longer one says what it wants at its end."""

_STEPS: tuple[Callable[[Question], Answer | None], ...] = (
    answer_circumstances,
    refuse_unsupported,
    refuse_numbered,
    refuse_other_person,
    refuse_attitude,
    refuse_unconnected,
    refuse_out_of_time,
    refuse_making,
    refuse_post,
    refuse_never,
    refuse_elsewhere,
    answer_who,
    answer_contact,
    answer_spoken,
    answer_level,
    answer_threshold,
    answer_gap,
    answer_told,
    answer_project,
    answer_projects,
    answer_two_jobs,
    answer_title,
    answer_told_at_work,
    answer_jobs,
    answer_section,
    answer_which_skills,
    answer_skill,
    refuse_presumed,
)
_EXPLAINED: dict[Callable[[Question], Answer | None], frozenset[str]] = {
    answer_projects: PROJECT_LIST_WORDS,
    answer_jobs: JOB_WORDS,
    answer_section: frozenset().union(*(section.words for section in SECTIONS)),
    answer_skill: SKILL_WORDS,
}
"""By step, the words that it understands; what the others say yes to, they compared."""
_PARTS = re.compile(r"[^.!?\n]+[.!?\n]?")


@dataclass(frozen=True)
class Asked:
    """What a visitor asks, where, when and after what."""

    question: str
    today: date
    project: str | None = None
    context: Context = Context.GENERAL
    earlier: tuple[Turn, ...] = ()


def answer_from(asked: Asked, book: Book, search: Search) -> Answer:
    """What the book says to it.

    Args:
        search: finds so many chunks of the same portfolio.
    """
    text = clean(asked.question)
    reply = _small_talk(text, asked, book)
    if reply is not None:
        return reply
    question = with_lead(_read(text, asked, book, search))
    answer = None
    if all(rests_on(question, turn) for turn in asked.earlier[-1:]):
        question = stand_alone(question, asked.earlier)
    else:
        answer = ask_back(question)
    answer = answer or answer_by_rules(question)
    answer = answer or _from_sentences(question, search)
    if question.text != text and answer.kind is not AnswerKind.SMALLTALK:
        return replace(answer, understood=question.text)
    return answer


def understand(asked: Asked, book: Book, search: Search) -> Question | None:
    """The question as it stands alone; None for small talk."""
    text = clean(asked.question)
    if _small_talk(text, asked, book) is not None:
        return None
    return stand_alone(with_lead(_read(text, asked, book, search)), asked.earlier)


def answer_by_rules(question: Question) -> Answer | None:
    """The answer that is made of fields, or refused at once; None leaves it to sentences."""
    answer = _from_fields(question)
    for part in parts_of(question) if answer is None else ():
        found = _from_fields(part)
        if found is not None and found.kind is AnswerKind.FACT:
            return found
    return answer


def find_chunks(question: Question, search: Search) -> Sequence[Hit]:
    """What the sentences are taken from."""
    return search(question.searched, CHUNKS)


def _from_sentences(question: Question, search: Search) -> Answer:
    elsewhere = refuse_told_elsewhere(question)
    if elsewhere is not None:
        return elsewhere
    return told_of_strangers(question, extract(question, find_chunks(question, search)))


def _from_fields(question: Question) -> Answer | None:
    for step in _STEPS:
        answer = step(question)
        if answer is not None:
            return honest(question, answer, _EXPLAINED.get(step))
    return None


def _small_talk(text: str, asked: Asked, book: Book) -> Answer | None:
    spelled = with_words_spelled(text, book) if len(text) <= LONGEST else text
    return respond(spelled, asked.question, book)


def _read(text: str, asked: Asked, book: Book, search: Search) -> Question:
    page = next(
        (item for item in book.of("project") if asked.project and item.slug == asked.project), None
    )
    if len(text) > LONGEST:
        asking = [part for part in _PARTS.findall(text) if part.endswith("?") and part != "?"]
        text = (asking[-1] if asking else text)[-LONGEST:].strip()
    spelled = with_names_spelled(text, book)
    return Question(spelled, book, asked.today, asked.context, page, search=search)
