"""What holds for every question: quotes are verbatim, nothing raises, nothing absent is claimed."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.ai.answers.answer import Answer, AnswerKind
from tests.ai.answers.conftest import FIELDS, Ask, documents

WORDS = st.sampled_from(
    """
    what which who when where why how many long is was did does has can she her he you your Ilse
    and before after that there it in at with of the a Kestrel Marl Lindwurm Tolle Graz Go Python
    C work project team years more than 5 languages award study? speak build seats 2016 stack
    Angular Kotlin salary e-mail else first current other
    """.split()  # noqa: SIM905 - as a list, one word a line, nobody would read it
)
QUESTIONS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
ANYTHING = st.text(max_size=400) | st.text("aZ 0?!<>{}$'\"\\/\u200b\u202e\x00", max_size=4000)
GENTLE = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
BY_ID = {(document.type, document.id): document.fields for document in documents()}


def value_at(fields: Any, pointer: str) -> str:
    for step in pointer.split("/")[1:]:
        fields = fields[int(step)] if isinstance(fields, list) else fields[step]
    assert isinstance(fields, str)
    return fields


def check(answer: Answer) -> None:
    assert answer.text.strip()
    assert 0 <= answer.confidence <= 1
    for citation in answer.citations:
        text = value_at(BY_ID[citation.source_type, citation.source_id], citation.field)
        assert citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.quote
        assert 0 <= citation.score <= 1
    if answer.kind in (AnswerKind.FACT, AnswerKind.EXTRACT):
        assert answer.citations


@GENTLE
@given(QUESTIONS)
def test_every_quote_is_verbatim_in_its_document(ask: Ask, question: str) -> None:
    check(ask(question))


@GENTLE
@given(QUESTIONS, QUESTIONS, st.sampled_from([None, "kestrel", "marl", "no-such-project"]))
def test_every_quote_is_verbatim_in_a_conversation(
    ask: Ask, before: str, question: str, project: str | None
) -> None:
    check(ask(question, before, project=project))


@GENTLE
@given(ANYTHING)
def test_no_text_makes_it_fail(ask: Ask, text: str) -> None:
    check(ask(text))


@GENTLE
@given(QUESTIONS, st.sampled_from(["Angular", "Kotlin", "Terraform", "Haskell"]))
def test_a_question_that_names_an_absent_skill_gets_no_claim(
    ask: Ask, words: str, absent: str
) -> None:
    answer = ask(f"{words} {absent}?")
    assert answer.kind in (AnswerKind.REFUSAL, AnswerKind.SMALLTALK)


def test_the_small_portfolio_names_none_of_the_absent_skills() -> None:
    assert not {"Angular", "Kotlin", "Terraform", "Haskell"} & set(str(FIELDS).split())
