"""The questions that the chat is measured by are right: each evidence stands where it is said to,
and nothing that is said to be missing is there."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from portfolio.ai.evaluation.schema import Evidence, Kind, Question, QuestionFile
from portfolio.ai.evaluation.split import is_held_out
from portfolio.ai.evaluation.wording import contains
from portfolio.vocabulary import SourceType

FOLDER = Path("portfolio/ai/evaluation")
RESUMES = {
    "sample": Path("portfolio/local/sample.json"),
    **{path.stem: path for path in sorted(FOLDER.glob("**/resumes/*.json"))},
}
# Where the items of a source stand in JSON Resume, and what names them.
SECTIONS = {
    SourceType.SOCIAL_PROFILE: ("profiles", "network"),
    SourceType.WORK: ("work", "name"),
    SourceType.VOLUNTEER: ("volunteer", "organization"),
    SourceType.EDUCATION: ("education", "institution"),
    SourceType.AWARD: ("awards", "title"),
    SourceType.CERTIFICATE: ("certificates", "name"),
    SourceType.PUBLICATION: ("publications", "name"),
    SourceType.SKILL: ("skills", "name"),
    SourceType.LANGUAGE: ("languages", "language"),
    SourceType.INTEREST: ("interests", "name"),
    SourceType.REFERENCE: ("references", "name"),
    SourceType.PROJECT: ("projects", "name"),
}
HIDDEN_BASICS = {"email": "showEmail", "phone": "showPhone"}
# What answers say of numbers and states stands in no field in these words.
COMPUTED = re.compile(
    r"\d+|one|two|three|four|five|eight|alone|public|on hold|open[ -]source|\d.* (year|month)s?"
)


def texts(value: Any) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def read(folder: str) -> dict[str, QuestionFile]:
    """The files of questions of a folder, by their names."""
    paths = sorted((FOLDER / folder).glob("*.json"))
    return {path.stem: QuestionFile.model_validate_json(path.read_bytes()) for path in paths}


OPEN, HELD_OUT, FURTHER = read("questions"), read("held_out"), read("further/questions")
LATER, LATER_HELD_OUT = read("later/questions"), read("later/held_out")
ALL = (OPEN, HELD_OUT, FURTHER, LATER, LATER_HELD_OUT)
CONTENT = {name: json.loads(path.read_text("utf-8")) for name, path in RESUMES.items()}
QUESTIONS = [question for files in ALL for file in files.values() for question in file.questions]
MEASURED = [
    question for files in (OPEN, HELD_OUT) for file in files.values() for question in file.questions
]


def public_content(resume: str) -> dict[str, Any]:
    """A résumé without what visitors do not see."""
    content = CONTENT[resume]
    shown = content["meta"]["x-portfolio"]
    secret = {name for name, switch in HIDDEN_BASICS.items() if not shown[switch]}
    basics = {name: value for name, value in content["basics"].items() if name not in secret}
    basics["location"] = {**basics["location"], "address": "", "postalCode": ""}
    accounts = basics["profiles"]
    projects = [p for p in content["projects"] if p["x-portfolio"]["visibility"] == "public"]
    return {**content, "basics": basics, "profiles": accounts, "projects": projects}


def public_items(resume: str, evidence: Evidence) -> list[dict[str, Any]]:
    """The items that this evidence may cite."""
    content = public_content(resume)
    if evidence.source_type is SourceType.PROFILE:
        return [content["basics"]]
    section, name = SECTIONS[evidence.source_type]
    return [item for item in content[section] if evidence.item in (None, item[name])]


def of_kind(kind: Kind) -> list[Question]:
    return [question for question in QUESTIONS if question.kind is kind]


def cases(questions: list[Question]) -> Any:
    return pytest.mark.parametrize(
        "question", questions, ids=[question.id for question in questions]
    )


def test_ids_are_unique_and_say_whom_the_question_is_about() -> None:
    ids = [question.id for question in QUESTIONS]
    assert len(set(ids)) == len(ids)
    for files in ALL:
        for name, file in files.items():
            assert {question.resume for question in file.questions} == {name}
    assert {question.resume for question in QUESTIONS} == RESUMES.keys()


def test_there_are_enough_of_each_kind() -> None:
    follow_ups = [question for question in MEASURED if question.after]
    counts = Counter(question.kind for question in MEASURED if not question.after)
    assert counts[Kind.ANSWERABLE] >= 75
    assert counts[Kind.UNANSWERABLE] >= 75
    assert counts[Kind.SMALLTALK] + counts[Kind.HOSTILE] >= 25
    assert len(follow_ups) >= 40
    assert {question.kind for question in follow_ups} == {Kind.ANSWERABLE, Kind.UNANSWERABLE}


def test_of_further_people_nothing_is_held_out_because_weights_were_fitted_to_all() -> None:
    assert not any(q.held_out for file in FURTHER.values() for q in file.questions)


def test_a_third_of_every_kind_is_held_out_in_files_of_its_own() -> None:
    sides = ((OPEN, False), (HELD_OUT, True), (LATER, False), (LATER_HELD_OUT, True))
    for files, held_out in sides:
        for file in files.values():
            for question in file.questions:
                assert question.held_out is held_out is is_held_out(question.id), question.id
    groups = Counter((q.resume, q.kind, bool(q.after)) for q in MEASURED)
    held = Counter((q.resume, q.kind, bool(q.after)) for q in MEASURED if q.held_out)
    for group, count in groups.items():
        assert abs(held[group] - count / 3) <= max(2, count / 10), group
    assert 0.3 <= held.total() / groups.total() <= 0.4


def test_no_question_is_asked_twice() -> None:
    for one, other in combinations(QUESTIONS, 2):
        if one.resume == other.resume and not one.after and not other.after:
            a, b = (set(re.findall(r"\w+", q.question.lower())) for q in (one, other))
            shared = len(a & b) / (len(a | b) or 1)
            assert shared < 0.75, (one.id, other.id)


@cases(of_kind(Kind.ANSWERABLE))
def test_evidence_is_verbatim_and_seen_by_visitors(question: Question) -> None:
    for evidence in question.evidence:
        items = [list(texts(item)) for item in public_items(question.resume, evidence)]
        assert items, f"no such item: {evidence.item}"
        if evidence.quote:
            assert any(evidence.quote in text for item in items for text in item), evidence.quote
            assert not re.search(r"[.!?]\s|\n", evidence.quote), "more than one sentence"
        everything = "\n".join(text for item in items for text in item)
        for words in (*evidence.answer_contains, *evidence.answer_contains_any):
            assert words in everything or COMPUTED.fullmatch(words), words
        for words in evidence.answer_contains:
            assert words in everything, words


@cases([question for question in of_kind(Kind.ANSWERABLE) if question.topic == "durations"])
def test_durations_follow_from_the_dates(question: Question) -> None:
    (evidence,) = (e for e in question.evidence if e.answer_contains_any)
    (item,) = public_items(question.resume, evidence)
    years, months = (
        end - start
        for start, end in zip(
            *(map(int, item[name].split("-")) for name in ("startDate", "endDate")), strict=True
        )
    )
    full = years * 12 + months
    for months in (full, full + 1):
        assert f"{months} months" in evidence.answer_contains_any
        assert f"{months // 12} years {months % 12} months" in evidence.answer_contains_any


@cases(of_kind(Kind.UNANSWERABLE))
def test_what_is_absent_is_asked_for_and_not_there(question: Question) -> None:
    assert question.topic != "skills" or question.absent
    everything = "\n".join(texts(CONTENT[question.resume]))
    for words in question.absent:
        assert not contains(everything, words), words
    assert not question.absent or any(
        contains(question.question, words) for words in question.absent
    )


@cases([question for question in QUESTIONS if question.topic == "hidden"])
def test_what_is_hidden_is_there_and_not_shown(question: Question) -> None:
    everything = "\n".join(texts(CONTENT[question.resume]))
    shown = "\n".join(texts(public_content(question.resume)))
    for words in question.forbidden:
        assert words in everything
        assert words not in shown
    assert question.forbidden or question.absent


def test_pages_and_thresholds_are_told_completely() -> None:
    for question in QUESTIONS:
        slugs = {p["x-portfolio"]["slug"] for p in CONTENT[question.resume]["projects"]}
        assert question.project is None or question.project in slugs, question.id
        assert question.topic != "thresholds" or question.expected, question.id
    expected = Counter(q.expected for q in QUESTIONS if q.topic == "thresholds")
    assert min(expected["yes"], expected["no"]) >= 5


def test_the_readme_counts_as_many() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert f"{len(MEASURED)} questions" in readme
    for kind in Kind:
        of = [question for question in MEASURED if question.kind is kind]
        alone = sum(not question.after for question in of)
        followed = sum(bool(question.after) for question in of) or ""
        assert f"| `{kind}` | {alone} | {followed}".rstrip() in readme
