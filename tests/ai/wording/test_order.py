"""A sentence keeps the order and the phrases of its statement, or is dropped."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portfolio.ai.normal import normalise
from portfolio.ai.wording.order import follows
from portfolio.ai.wording.support import is_supported

LED = "I have led one large database migration, two rescues of services and one project."
CHOSE = (
    "We evaluated MongoDB for two weeks and decided against it, because the billing rules need"
    " joins and because our auditors ask questions in SQL."
)
INTRODUCED = (
    "Introduced Docker in 2018 and Kubernetes in 2019, and took 14 services from one release a"
    " fortnight to six a week."
)
COSTS = (
    "Moved 19 services to Kubernetes on AWS (EKS) and lowered the monthly bill from £41,000 to"
    " £26,500 by scaling on queue length instead of CPU."
)
HIRED = "Held 61 technical interviews and hired nine engineers, four of them into their first job."
MENTOR = "Mentor five engineers, two of whom were promoted to senior in 2025."
MIGRATION = (
    "Led the migration of the patient records from Oracle 12c to PostgreSQL 11: 412 tables, six"
    " people, 14 months and 47 minutes of downtime."
)
BACKUPS = (
    "Set up nightly backups and tested a restore every month; when a disk failed in February 2015"
    " we lost nine hours of data instead of all of it."
)
CLEARED = "The council cleared 86 of the 131 obstructions that were reported."
CODE = "Most of the new code was Go; the back office stayed in Python and Django."
PHP = (
    "I started in PHP and MySQL and brought in Python in June 2014, when a spreadsheet had grown"
    " too large to open."
)
SEARCH = (
    "On 240 test questions the right passage is among the first three results 91 % of the time,"
    " against 54 % with the search that it replaced."
)
JOB = "Cinderbank Health, Senior Backend Engineer, 2018-04 to 2020-12"
SPEAKS = "Swedish: Fluent; German: Conversational; Welsh: Elementary; English: Native speaker"
LEVELS = "Rust: Intermediate; Python: Expert; PHP: Beginner"
AGREED = "Agreed with two network operators on the anonymised data that it would need."

HONEST = [
    (LED, "They led one large database migration."),
    (CHOSE, "They evaluated MongoDB for two weeks and decided against it."),
    (CHOSE, "MongoDB was evaluated for two weeks."),
    (CHOSE, "The billing rules need joins."),
    (INTRODUCED, "They introduced Docker in 2018 and Kubernetes in 2019."),
    (INTRODUCED, "They introduced Docker in 2018."),
    (INTRODUCED, "They took 14 services from one release a fortnight to six a week."),
    (COSTS, "They moved 19 services to Kubernetes on AWS."),
    (COSTS, "They lowered the monthly bill from £41,000 to £26,500."),
    (COSTS, "They lowered the monthly bill to £26,500."),
    (HIRED, "They held 61 technical interviews and hired nine engineers."),
    (HIRED, "They hired nine engineers."),
    (MENTOR, "They mentor five engineers, two of whom were promoted to senior in 2025."),
    (MIGRATION, "They led the migration of the patient records from Oracle 12c to PostgreSQL 11."),
    (MIGRATION, "They led the migration of the patient records to PostgreSQL 11."),
    (BACKUPS, "They set up nightly backups and tested a restore every month."),
    (CLEARED, "The council cleared 86 of the 131 obstructions."),
    (CODE, "Most of the new code was Go."),
    (CODE, "The back office stayed in Python and Django."),
    (PHP, "They started in PHP and MySQL."),
    (PHP, "They brought in Python in June 2014."),
    (SPEAKS, "Welsh: Elementary."),
    (LEVELS, "PHP: Beginner."),
    (AGREED, "They agreed with two network operators on the anonymised data that it would need."),
]
FALSE = [
    # what was counted, measured or dated
    (LED, "They led two large database migrations and one rescue."),
    (LED, "They led two large database migrations."),
    (LED, "They led one large rescue of services."),
    (INTRODUCED, "They introduced Kubernetes in 2018."),
    (INTRODUCED, "They introduced Docker in 2019."),
    (INTRODUCED, "They introduced Kubernetes in 2018 and Docker in 2019."),
    (COSTS, "They lowered the monthly bill by £26,500."),
    (COSTS, "They lowered the monthly bill to £41,000."),
    (COSTS, "They lowered the monthly bill from £26,500 to £41,000."),
    (HIRED, "They held nine technical interviews."),
    (HIRED, "They hired four engineers."),
    (MENTOR, "Five engineers were promoted to senior in 2025."),
    (MENTOR, "They mentor two engineers."),
    (CLEARED, "The council cleared 131 obstructions."),
    (SEARCH, "The right passage is among the first three results 54 % of the time."),
    (SEARCH, "The search that it replaced had 91 %."),
    (BACKUPS, "They tested a restore in February 2015."),
    (BACKUPS, "They set up monthly backups and tested a restore every night."),
    (JOB, "Senior Backend Engineer, Cinderbank Health, since 2020-12."),
    (JOB, "They worked at Cinderbank Health until 2018-04."),
    ("Worked at Norlund from 2018, at Quill from 2020.", "They worked at Norlund from 2020."),
    # what was decided, and which way
    (CHOSE, "They evaluated MongoDB for two weeks and decided on it."),
    (CHOSE, "They decided on MongoDB."),
    (CHOSE, "They decided MongoDB because the billing rules need joins."),
    (CHOSE, "They decided because the billing rules need joins."),
    (CHOSE, "They used MongoDB for two weeks."),
    (CHOSE, "They evaluated SQL for two weeks and decided against it."),
    (CHOSE, "The billing rules need MongoDB."),
    (MIGRATION, "They led the migration of the patient records from PostgreSQL 11 to Oracle 12c."),
    (MIGRATION, "They led the migration to Oracle 12c."),
    (COSTS, "They scaled on CPU instead of queue length."),
    ("Chose Go over Java.", "They chose Java."),
    ("Replaced a system in Java.", "They replaced a system with Java."),
    # with what
    (CODE, "Most of the new code was Python."),
    (CODE, "The back office was Go."),
    (PHP, "They brought in PHP in June 2014."),
    (PHP, "They started in Python in June 2014."),
    (SPEAKS, "They are a native speaker of Welsh."),
    (SPEAKS, "German: Fluent."),
    (LEVELS, "PHP: Expert."),
    # who did it
    (CHOSE, "Auditors decided against SQL."),
    (MENTOR, "They were promoted to senior in 2025."),
    (CLEARED, "They cleared 86 of the 131 obstructions that were reported."),
    (CLEARED, "The council reported 86 of the 131 obstructions that were cleared."),
    (AGREED, "Two network operators need anonymised data."),
    ("Norlund doubled its revenue and hired nine engineers.", "They hired nine engineers."),
    ("Wrote Go and a colleague wrote it and deployed Java.", "They deployed Java."),
    ("Our team wrote it in Go and hired engineers.", "They hired engineers."),
    ("I wrote it. Customers came back. They paid more.", "They paid more."),
    ("Left Siemens at Berlin.", "They worked at Berlin."),
    ("Met the lead engineer at Siemens.", "They worked at Siemens."),
    ("Led a team in Go.", "They currently led a team in Go."),
    ("Wrote the scheduler when Ada sold Rust in 2019.", "They wrote the scheduler in 2019."),
    ("Introduced Docker in 2018 with Kubernetes in 2019.", "They introduced Docker in 2019."),
    ("Led the tool builders.", "They led the tool."),
    ("Led the project manager at Norlund.", "They led the project at Norlund."),
]
_SWAPPED = re.compile(
    r"£[\d,]+|\b\d[\d,]*|\b(?:one|two|three|four|five|six|nine)\b"
    r"|\b(?:Docker|Kubernetes|Python|Django|PHP|MySQL|MongoDB|AWS|Oracle|PostgreSQL|Go)\b"
)


@pytest.mark.parametrize(("statement", "sentence"), HONEST)
def test_what_leaves_out_whole_phrases_is_supported(statement: str, sentence: str) -> None:
    assert is_supported(normalise(sentence), normalise(statement))


@pytest.mark.parametrize(("statement", "sentence"), FALSE)
def test_what_moves_a_word_elsewhere_is_not(statement: str, sentence: str) -> None:
    assert not is_supported(normalise(sentence), normalise(statement))


@given(st.sampled_from(HONEST), st.data())
def test_two_numbers_or_skills_of_a_supported_sentence_cannot_be_swapped(
    case: tuple[str, str], data: st.DataObject
) -> None:
    statement, sentence = case
    places = list(_SWAPPED.finditer(sentence))
    assume(len(places) > 1)
    one, other = sorted(
        data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=2, unique=True)),
        key=lambda match: match.start(),
    )
    assume(one[0] != other[0])
    swapped = (
        sentence[: one.start()]
        + other[0]
        + sentence[one.end() : other.start()]
        + one[0]
        + sentence[other.end() :]
    )
    assert not is_supported(normalise(swapped), normalise(statement))


_SKILLS = st.sampled_from(["Rust", "Python", "Kubernetes", "PostgreSQL", "Django", "COBOL"])
_PLACES = st.sampled_from(["Norlund", "Quillhaven", "Cinderbank", "Siemens", "Berlin"])
_DEED = st.tuples(
    st.sampled_from(["built", "tested", "moved", "wrote", "sold"]),
    st.integers(2, 99),
    st.sampled_from(["services", "tables", "ships", "bridges"]),
    _SKILLS,
    _PLACES,
)


@given(st.lists(_DEED, min_size=2, max_size=2), st.integers(1, 4))
def test_parts_of_two_deeds_cannot_be_exchanged(
    deeds: list[tuple[str, int, str, str, str]], part: int
) -> None:
    assume(all(one != other for one, other in zip(*deeds, strict=True)))
    template = "{} {} {} in {} at {}"
    told = " and ".join(template.format(*deed) for deed in deeds)
    statement = f"{told[0].upper()}{told[1:]}."
    for deed, other in (deeds, deeds[::-1]):
        mixed = (*deed[:part], other[part], *deed[part + 1 :])
        assert is_supported(f"They {template.format(*deed)}.", statement)
        assert not is_supported(f"They {template.format(*mixed)}.", statement)


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_text_can_be_followed_or_not(sentence: str, statement: str) -> None:
    follows(normalise(sentence), normalise(statement))
