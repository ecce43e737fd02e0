"""What the weights of answers are fitted to: questions with known answers, and their sentences."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from portfolio.ai import retrieval
from portfolio.ai.answers.answer import Context
from portfolio.ai.answers.book.items import Sentence
from portfolio.ai.answers.engine import Asked, answer_by_rules, find_chunks, understand
from portfolio.ai.answers.extracts.asking import Asking
from portfolio.ai.answers.extracts.features import candidates, describe
from portfolio.ai.evaluation.learning import Example
from portfolio.ai.evaluation.schema import Evidence, Kind, Question, QuestionFile
from portfolio.ai.evaluation.scoring import Documents, is_source
from portfolio.ai.retrieval import Hit
from portfolio.services.knowledge.encoding import embed_question
from portfolio.services.knowledge.evaluation import Progress, earlier_turns, for_each_question
from portfolio.services.knowledge.shelf import current_knowledge


def gather_examples(
    files: Sequence[QuestionFile],
    resumes: Mapping[str, Path],
    progress: Progress = lambda _done, _of: None,
) -> list[Example]:
    """The examples of these questions; nothing is learned from those that are held out.

    Raises:
        EncoderUnavailable: there is no model.
        ResumeRefused: a résumé cannot be imported.
    """
    examples: list[Example] = []

    def add(question: Question, day: date, documents: Documents) -> None:
        if question.kind in (Kind.ANSWERABLE, Kind.UNANSWERABLE) and not question.held_out:
            example = _example(question, day, documents)
            examples.extend([example] if example else [])

    for_each_question(files, resumes, add, progress)
    return examples


def _example(question: Question, day: date, documents: Documents) -> Example | None:
    knowledge = current_knowledge(question.resume, private=False)
    asked = Asked(
        question.question,
        day,
        question.project,
        Context(question.context),
        tuple(earlier_turns(question, day)),
    )

    def search(text: str, limit: int) -> list[Hit]:
        return retrieval.retrieve(knowledge.index, text, embed_question(text), limit)

    understood = understand(asked, knowledge.book, search)
    if understood is None:
        return None

    hits = find_chunks(understood, search)
    asking = Asking(understood)
    sentences = candidates(asking, hits)
    if not sentences:
        return None
    names, rows = describe(asking, sentences, hits)
    right = [
        any(_holds(one, sentence, documents) for one in question.evidence) for sentence in sentences
    ]
    return Example(
        question.resume,
        asking,
        names,
        rows,
        np.array(right, np.bool_),
        question.kind is Kind.ANSWERABLE,
        answer_by_rules(understood) is None,
    )


def _holds(evidence: Evidence, sentence: Sentence, documents: Documents) -> bool:
    """Whether a part of the evidence's quote is in the sentence."""
    item = sentence.item
    document = documents[item.type, item.document.id]
    if not evidence.quote or not is_source(evidence, item.type, document):
        return False
    start = item.text(sentence.mark.field).find(evidence.quote)
    return (
        start >= 0
        and start < sentence.mark.end
        and sentence.mark.start < start + len(evidence.quote)
    )
