"""Answers come from the cache while they are true, for whom they are true, and no longer."""

import threading
from collections.abc import Callable

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from portfolio.extensions import db
from portfolio.services.chat.questions import normal_question
from tests.api.conftest import Headers
from tests.conversation.conftest import QUESTION, Ask, other_process, send
from tests.knowledge.conftest import Index
from tests.waiting import until

HIT = "hit"


def status(answer: dict[str, dict[str, str]]) -> str:
    return answer["cache"]["status"]


def test_a_repeated_question_is_a_hit_whatever_its_case_spacing_and_end(
    ask: Ask, published: str
) -> None:
    first = ask()
    assert status(first) == "miss"
    for question in (QUESTION, "which  DATABASES has she\nworked with", f"{QUESTION[:-1]} ??!"):
        again = ask(question)
        assert status(again) == HIT
        assert again["citations"] == first["citations"]
    until(lambda: ask()["cache"]["tier"] == "l1")
    assert status(ask("Which databases has he worked with?")) == "miss"


def test_what_the_answer_depends_on_is_in_its_key(ask: Ask, published: str) -> None:
    ask()
    for members in ({"profile": published}, {"project": "plainmeter"}, {"context": "skills"}):
        assert status(ask(**members)) == "miss", members
        assert status(ask(**members)) == HIT, members


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Does she know C?", "Does she know C++?"),
        ("Does she know C?", "Does she know C#?"),
        ("Does she know C++?", "Does she know C#?"),
        ("Is it .NET?", "Is it net?"),
        ("Does she know Go?", "Does she know go?"),
        ("Is she in IT?", "Is she in it?"),
        ("Does she use F*?", "Does she use F?"),
        # As it is written, it is an employer or something else.
        ("Was she employed by Amazon?", "Was she employed by amazon?"),
        ("Python, Flask", "Python Flask"),
    ],
)
def test_names_stay_apart(one: str, other: str) -> None:
    assert normal_question(one) != normal_question(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Does she know C++?", " does SHE know  c++ "),
        ("What\u2019s her job?", "what's her job"),
        ("\u00bfWho?", "who"),
    ],
)
def test_what_means_the_same_is_one(one: str, other: str) -> None:
    assert normal_question(one) == normal_question(other)


def test_nothing_but_punctuation_is_a_question_too() -> None:
    assert normal_question("?!") == "?!"


def test_an_edit_is_answered_from_at_once_in_every_process(
    make_app: Callable[..., APIFlask],
    client: FlaskClient,
    writer: Headers,
    published: str,
    index: Index,
) -> None:
    question = {"question": "What is moored?", "remember": False}
    clients = [client, other_process(make_app)]
    for each in clients:
        assert "zeppelin" not in send(each, question).text
    edit = {"description": "We moor a zeppelin."}
    client.patch("/api/v1/projects/plainmeter/", json=edit, headers=writer)
    for each in clients:
        changed = send(each, question).get_json()
        assert "zeppelin" in changed["answer"]
        assert changed["indexing"]
        # While the new text is not embedded, the answer may still become better.
        assert send(each, question).get_json()["cache"]["status"] == "miss"
    index()
    assert send(clients[0], question).get_json()["cache"]["status"] == "miss"
    assert send(clients[1], question).get_json()["cache"] == {"status": "hit", "tier": "l2"}
    client.patch("/api/v1/projects/plainmeter/", json={"visibility": "draft"}, headers=writer)
    for each in clients:
        assert "zeppelin" not in send(each, question).text


def test_an_edit_by_hand_is_answered_from_too(app: APIFlask, ask: Ask, published: str) -> None:
    question = "What is moored?"
    ask(question)
    with app.app_context():
        db.session.execute(text("UPDATE projects SET description = 'We moor a zeppelin.'"))
        db.session.commit()
    assert "zeppelin" in ask(question)["answer"]


def test_a_question_asked_by_many_at_once_is_computed_once(app: APIFlask, published: str) -> None:
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    answers = []
    start = threading.Barrier(8)

    def post() -> None:
        start.wait()
        body = {"question": QUESTION, "remember": False}
        answers.append(send(app.test_client(), body).get_json())

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    event.remove(engine, "before_cursor_execute", note)
    assert len({answer["answer"] for answer in answers}) == 1
    # The default profile is looked for by the computation alone.
    assert len([each for each in statements if "profiles.is_default DESC" in each]) <= 3


def test_follow_ups_are_kept_within_their_conversation(ask: Ask, published: str) -> None:
    first, other = ask(), ask()
    for begun in (first, other):
        number, secret = begun["conversation_id"], begun["access_token"]
        followed = ask("And before that?", secret, conversation_id=number)
        assert status(followed) == "miss"
    # Alone it means something else.
    assert status(ask("And before that?")) == "miss"
    assert status(ask("And before that?")) == HIT


def test_a_hit_costs_no_encoding_and_no_search(app: APIFlask, ask: Ask, published: str) -> None:
    ask(remember=False)
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    answer = ask(remember=False)
    event.remove(engine, "before_cursor_execute", note)
    assert status(answer) == HIT
    assert answer["timings"].keys() == {"total"}
    assert statements == []
