"""Asking questions with known answers, and judging what is answered."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from portfolio.ai.answers.answer import Answer, Context, Turn
from portfolio.ai.evaluation.retrieval_quality import Judged, judge
from portfolio.ai.evaluation.schema import Question, QuestionFile
from portfolio.ai.evaluation.scoring import Documents, Outcome, score
from portfolio.ai.normal import normalise
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_resume
from portfolio.services.knowledge.answering import answer_question
from portfolio.services.knowledge.encoding import current_encoding, embed_question
from portfolio.services.knowledge.indexing import run_job
from portfolio.services.knowledge.jobs import open_jobs
from portfolio.services.knowledge.shelf import current_knowledge
from portfolio.services.knowledge.sources import find_profiles, read_sources

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""


@dataclass
class Evaluation:
    """What came of all questions.

    Attributes:
        judged: the questions that retrieval is measured by.
        seconds: what each question took that was answered, without those before it.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def evaluate(
    files: Sequence[QuestionFile],
    resumes: Mapping[str, Path],
    progress: Progress = lambda _done, _of: None,
) -> Evaluation:
    """Import the résumés that questions are about, embed them, and ask all questions in order.

    Args:
        resumes: by the questions' names for them; each becomes a profile of that slug, here.

    Raises:
        EncoderUnavailable: there is no model.
        ResumeRefused: a résumé cannot be imported.
    """
    evaluation = Evaluation()

    def ask(question: Question, day: date, documents: Documents) -> None:
        _ask(question, day, documents, evaluation)

    for_each_question(files, resumes, ask, progress)
    return evaluation


def for_each_question(
    files: Sequence[QuestionFile],
    resumes: Mapping[str, Path],
    do: Callable[[Question, date, Documents], None],
    progress: Progress,
) -> None:
    """Import and embed the résumés that questions are about, then do something with each question.

    Args:
        do: is given the question, its day, and what visitors may read of its résumé.
    """
    asked = [(question, file.as_of) for file in files for question in file.questions]
    names = sorted({question.resume for question, _day in asked})
    of = len(names) + len(asked)
    # Raised before anything is done.
    _ = current_encoding().exported
    for number, name in enumerate(names):
        progress(number, of)
        import_resume(read_resume(resumes[name].read_bytes()), profile_slug=name)
        for job, _slug in open_jobs(name):
            run_job(job)
    documents = {name: _visible(name) for name in names}
    for number, (question, day) in enumerate(asked):
        progress(len(names) + number, of)
        do(question, day, documents[question.resume])
    progress(of, of)


def _ask(question: Question, day: date, documents: Documents, evaluation: Evaluation) -> None:
    earlier = earlier_turns(question, day)
    begin = time.perf_counter()
    answer = _answer(question.question, question, day, earlier)
    evaluation.seconds.append(time.perf_counter() - begin)
    evaluation.outcomes.append(score(question, answer, documents))
    if question.evidence:
        index = current_knowledge(question.resume, private=False).index
        vector = embed_question(question.question)
        judged = judge(question, vector, index, documents)
        evaluation.judged += [judged] if judged else []


def earlier_turns(question: Question, day: date) -> list[Turn]:
    """The conversation that a question follows, as it is answered now."""
    earlier: list[Turn] = []
    for before in question.after:
        answer = _answer(before, question, day, earlier)
        if answer is not None:
            earlier.append(Turn(before, answer))
    return earlier


def _answer(text: str, question: Question, day: date, earlier: Sequence[Turn]) -> Answer | None:
    if not normalise(text):
        return None  # as the API refuses what has nothing to be seen in it
    answered = answer_question(
        text,
        profile=question.resume,
        project=question.project,
        context=Context(question.context),
        earlier=tuple(earlier),
        today=day,
    )
    return answered.answer


def _visible(slug: str) -> Documents:
    """What visitors may read of a profile, by type and id."""
    sources = read_sources(find_profiles(slug, private=False), private=False)
    return {(source.type, source.id): source.document for source in sources}
