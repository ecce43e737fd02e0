"""Other questions are answered by sentences, word for word."""

from dataclasses import replace

import pytest

from portfolio.ai.answers.answer import AnswerKind
from portfolio.ai.answers.book.book import Book
from portfolio.ai.answers.extracts.extraction import extract
from portfolio.ai.answers.extracts.weights import fitted_weights
from portfolio.ai.answers.questions.fitting import cannot_answer
from portfolio.ai.answers.questions.reading import Question
from portfolio.ai.chunks import cut_source
from portfolio.ai.retrieval import Hit
from portfolio.ai.word_pieces import WordPieces
from tests.ai.answers.conftest import FIELDS, TODAY, Ask, asking, documents


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("How many seats does Kestrel hold?", "9,000 seats a second"),
        ("why did they leave Oracle?", "because it was dear"),
        ("what was hard about Kestrel?", "Clocks ran apart"),
        ("what did she learn from Kestrel", "trust no clock"),
        ("how did builds get quicker at Tolle Maps", "from 40 to 7 minutes"),
        ("has she led a team?", "Lead a team of six engineers"),
        ("What does Marl draw?", "Draws maps of peat"),
    ],
)
def test_the_sentence_that_answers_is_quoted(ask: Ask, question: str, quoted: str) -> None:
    answer = ask(question)
    assert answer.kind in (AnswerKind.EXTRACT, AnswerKind.FACT)
    assert any(quoted in citation.quote for citation in answer.citations), answer.text
    assert quoted in answer.text


def test_on_a_projects_page_its_own_text_answers(ask: Ask) -> None:
    assert "Clocks ran apart" in ask("what was the hardest part?", project="kestrel").text
    assert "PostgreSQL" in ask("what is the stack?", project="kestrel").text
    assert "Author" in ask("What was your role?", project="marl").text


def test_a_question_about_one_thing_is_not_answered_with_another(ask: Ask) -> None:
    assert ask("how many seats does Marl hold?").kind is AnswerKind.REFUSAL


def test_nothing_is_quoted_twice_and_no_quote_ends_in_the_middle(ask: Ask) -> None:
    answer = ask("Which clocks of Kestrel ran apart?")
    quotes = [citation.quote for citation in answer.citations]
    assert len(quotes) == len(set(quotes))
    assert all(a.strip(".") not in b for a in quotes for b in quotes if a != b)


@pytest.mark.parametrize("asked", ["German for a chat?", "Fluent for a chat?"])
def test_a_level_is_quoted_with_the_name_of_its_language(
    book: Book, pieces: WordPieces, asked: str
) -> None:
    languages = [document for document in documents() if document.type == "language"]
    hits = [
        Hit(chunk, 1.0, 1.0, 0.0)
        for document in languages
        for chunk in cut_source(document.type, document.id, document.fields, pieces)
    ]
    answer = extract(Question(asked, book, TODAY), hits, replace(fitted_weights(), least=0.0))
    assert answer.text.startswith("“German” “Fluent”")
    assert [citation.field for citation in answer.citations[:2]] == ["/language", "/fluency"]


def test_a_noun_before_another_is_not_asked_for_by_name(book: Book) -> None:
    (sentence,) = (one for one in book.sentences if "six engineers" in one.text)
    for asked, cannot in (
        ("What is the engineers story?", False),
        ("Which engineers were led?", True),
        ("What is the engineers of?", True),
    ):
        assert cannot_answer(Question(asked, book, TODAY), sentence) is cannot


def test_a_certificate_is_found_by_its_name_and_what_it_is(pieces: WordPieces) -> None:
    certificate = {"name": "Google Cloud Professional Data Engineer", "issuer": "Google Cloud"}
    sources = documents({"profile": FIELDS["profile"], "certificate": [certificate]})
    ask = asking(sources, Book(sources, pieces.count), pieces)
    answer = ask("Does she have a Google Cloud certification?")
    assert answer.kind is AnswerKind.FACT
    assert answer.citations[0].quote == certificate["name"]
    assert ask("Does she have an Azure certification?").kind is AnswerKind.REFUSAL
