"""`answer_question` on real servers and with the real model."""

from datetime import date
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from portfolio.ai.answers.answer import AnswerKind, Context, Turn
from portfolio.services.knowledge.answering import Answered, answer_question
from tests.api.conftest import Headers, Make
from tests.api.conftest import make_profile as make_profile
from tests.api.conftest import make_project as make_project
from tests.api.conftest import writer as writer
from tests.knowledge.conftest import Index

TODAY = date(2026, 11, 22)


def ask(app: APIFlask, question: str, profile: str | None, **more: Any) -> Answered:
    with app.app_context():
        return answer_question(question, profile=profile, today=TODAY, **more)


@pytest.mark.parametrize(
    ("question", "kind", "says"),
    [
        ("Where does she work?", AnswerKind.FACT, "Quillhaven Energy"),
        ("Did they end up using MongoDB?", AnswerKind.EXTRACT, "decided against it"),
        ("Does she know Angular?", AnswerKind.REFUSAL, "does not mention Angular"),
        ("what's her phone number?", AnswerKind.REFUSAL, "does not show"),
        ("Hello!", AnswerKind.SMALLTALK, "Tamsin"),
    ],
)
def test_questions_get_their_kind_of_answer(
    app: APIFlask, sample: str, index: Index, question: str, kind: AnswerKind, says: str
) -> None:
    index()
    answered = ask(app, question, sample)
    assert answered.answer.kind is kind
    assert says in answered.answer.text
    assert not answered.indexing
    assert answered.timings.keys() >= {"retrieval", "answer"}


def test_citations_point_into_the_documents_of_the_api(
    app: APIFlask, client: FlaskClient, sample: str, index: Index
) -> None:
    index()
    answered = ask(app, "What went wrong in Plainmeter?", sample)
    assert answered.answer.citations
    document = client.get("/api/v1/projects/plainmeter/").get_json()
    for citation in answered.answer.citations:
        assert citation.source_id == document["id"]
        value = document
        for step in citation.field.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value[step]
        assert value[citation.start : citation.end] == citation.quote


def test_without_embeddings_words_alone_answer_and_it_is_said(app: APIFlask, sample: str) -> None:
    answered = ask(app, "Why was MongoDB evaluated?", sample)
    assert answered.indexing
    assert "MongoDB" in answered.answer.text


def test_an_edit_changes_the_answer_and_the_version(
    app: APIFlask, client: FlaskClient, writer: Headers, sample: str, index: Index
) -> None:
    index()
    before = ask(app, "How many people work on Plainmeter?", sample)
    assert "(8)" in before.answer.text
    client.patch("/api/v1/projects/plainmeter/", json={"team_size": 11}, headers=writer)
    after = ask(app, "How many people work on Plainmeter?", sample)
    assert "(11)" in after.answer.text
    assert after.version != before.version


def test_a_draft_and_hidden_contact_details_answer_nothing_to_visitors(
    app: APIFlask, client: FlaskClient, writer: Headers, make_profile: Make, make_project: Make
) -> None:
    make_profile("Ines Calder", email="ines@example.org", summary="I keep lighthouses.")
    make_project("Heliograph", visibility="draft", summary="Flashes across the bay.")
    asked = "What is Heliograph?"
    assert ask(app, asked, "ines-calder").answer.kind is AnswerKind.REFUSAL
    assert "Flashes across" in ask(app, asked, "ines-calder", private=True).answer.text
    asked = "What is her e-mail address?"
    assert ask(app, asked, "ines-calder").answer.kind is AnswerKind.REFUSAL
    client.patch("/api/v1/profiles/ines-calder/", json={"show_email": True}, headers=writer)
    assert "ines@example.org" in ask(app, asked, "ines-calder").answer.text


def test_the_page_and_the_conversation_say_what_is_meant(
    app: APIFlask, sample: str, index: Index
) -> None:
    index()
    page = ask(app, "How big is the team?", sample, project="plainmeter", context=Context.PROJECT)
    assert "(8)" in page.answer.text
    first = ask(app, "Where did she do her master's?", sample)
    turns = [Turn("Where did she do her master's?", first.answer)]
    assert "Severnside" in ask(app, "and the other degree?", sample, earlier=turns).answer.text


def test_an_empty_portfolio_says_nothing(app: APIFlask) -> None:
    for question in ("Where does she work?", "Python?", "Who is this?", "Hi"):
        answer = ask(app, question, None).answer
        assert answer.kind in (AnswerKind.REFUSAL, AnswerKind.SMALLTALK)
        assert not answer.citations
