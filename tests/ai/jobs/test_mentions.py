"""What a description mentions in passing, and where it says what it asks for without saying so."""

import pytest

from portfolio.ai.jobs.description import Level
from portfolio.ai.jobs.reading import read_description

ASKED = "\nYour profile\nKnowledge of Ruby\n"
STACK = "- Docker\n- Redis\n"


def names(text: str) -> list[str]:
    return [skill.name for item in read_description(text).requirements for skill in item.skills]


@pytest.mark.parametrize(
    "line",
    [
        "You will support our DevOps team and other QA engineers.",
        "You will work as part of our agile hybrid DevOps teams.",
        "You will report to the manager DevOps.",
        "You will join a team of experienced backend and full stack developers.",
        "You give feedback to the UX designers and the product management.",
    ],
)
def test_colleagues_are_no_skill(line: str) -> None:
    assert not {"DevOps", "Quality assurance", "Agile", "Back-end development"} & {*names(line)}


def test_who_worked_in_a_trade_knows_it() -> None:
    assert names("You have worked as a DevOps engineer for three years.") == ["DevOps"]


def test_a_trade_is_asked_for_once() -> None:
    text = "We are looking for a senior Java developer.\nRequirements\n- Java 17\n"
    assert names(text) == ["Java"]
    assert names("We are looking for a senior Java developer to join us.") == ["Java"]


def test_practices_of_tasks_count_only_where_nothing_is_asked_for_apart() -> None:
    tasks = "Responsibilities\n- Write unit tests and improve the system design\n- Run Kafka\n"
    assert names(tasks) == ["Unit testing", "System design", "Apache Kafka"]
    assert names(tasks + ASKED + STACK) == ["Apache Kafka", "Ruby", "Docker", "Redis"]
    assert "TDD" in names("What you will do\n- Deliver features using tdd\n" + ASKED + STACK)


def test_tasks_are_all_that_a_job_without_technology_can_name() -> None:
    text = "Your tasks\nYou will do content marketing and budget planning.\n" + ASKED
    assert names(text) == ["Content marketing", "Budgeting", "Ruby"]


def test_a_company_tells_of_its_business() -> None:
    text = "Acme builds software that is used in clinical trials and payroll." + ASKED
    assert names(text) == ["Ruby"]
    text = "Our team of 40,000 technologists builds machine learning with Spark." + ASKED
    assert names(text) == ["Ruby"]


def test_a_title_names_what_nothing_below_it_names() -> None:
    text = "Engineer (Docker, Jenkins, Cobol)\nRequirements\n- Docker\n- Jenkins\n"
    assert sorted(names(text)) == ["COBOL", "Docker", "Jenkins"]
    assert names("Role:\nDevOps\n" + ASKED) == ["Ruby"]


@pytest.mark.parametrize(
    ("lead", "level"),
    [
        ("To do this job you should feel comfortable with:", Level.REQUIRED),
        ("Earn bonus points by also knowing these:", Level.NICE_TO_HAVE),
    ],
)
def test_a_lead_that_nobody_foresaw_opens_what_is_asked_for(lead: str, level: Level) -> None:
    job = read_description(f"Acme makes boats.\n{lead}\nRuby or a similar language\nRedis\n")
    assert {(s.name, item.level) for item in job.requirements for s in item.skills} == {
        ("Ruby", level),
        ("Redis", level),
    }


def test_a_text_pasted_without_line_breaks_is_cut_at_its_headings_and_bullets() -> None:
    text = (
        "Acme builds boats for people who like the sea and everything about it. Requirements: "
        "\u2022 Ruby and Redis \u2022 Experience with Docker Job benefits: Language courses and "
        "a swimming pool, free coffee Company description: We sell Kafka as a service to banks."
    )
    assert names(text) == ["Ruby", "Redis", "Docker"]


def test_tags_with_blanks_between_are_a_list() -> None:
    assert names("Technologies\ntypescript react go docker\n") == [
        "TypeScript",
        "React",
        "Go",
        "Docker",
    ]
    assert "Go" not in names("Requirements\n- You want to go far and react quickly\n")


def test_a_sentence_below_a_fact_is_no_fact() -> None:
    text = "Job title:\nBaker\nYou will bake bread, and you know Ruby by heart.\n"
    assert names(text) == ["Ruby"]


def test_what_a_language_is_used_for_is_no_second_skill() -> None:
    assert names("You know Kotlin programming") == ["Kotlin"]
    assert names("You know one of these programming languages: Ruby, Go") == ["Ruby", "Go"]
