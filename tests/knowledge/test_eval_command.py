"""`flask knowledge eval` on a small résumé and a few questions, as on anybody else's."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from apiflask import APIFlask
from click.testing import Result
from sqlalchemy import func, select

from portfolio.extensions import db
from portfolio.local.embedded import EmbeddedServers
from portfolio.models import Profile

RESUME = {
    "basics": {"name": "Ottilie Marrow", "label": "Engineer", "summary": "She mends lighthouses."},
    "work": [
        {
            "name": "Fenwick Beacons",
            "position": "Engineer",
            "startDate": "2015-03",
            "summary": "She replaced the lamps of forty lighthouses by lasers.",
        }
    ],
}
LAMPS: dict[str, Any] = {
    "id": "lamps",
    "resume": "ottilie",
    "question": "How many lighthouses got new lamps?",
    "kind": "answerable",
    "topic": "numbers",
    "evidence": [{"source_type": "work", "item": "Fenwick Beacons", "quote": "forty lighthouses"}],
}
# Nobody can be right about these.
WRONG: dict[str, Any] = {
    **LAMPS,
    "id": "lamps-of-whales",
    "question": "Who replaced the lamps of lighthouses, the \u202ewhales?",
    "after": ["Hello there"],
    "evidence": [{"source_type": "award", "quote": "whales"}],
}
HELD_OUT: dict[str, Any] = {
    **WRONG,
    "id": "secret-identifier",
    "question": "Which lighthouses, zanzibar?",
    "after": ["Was there a quagga?"],
    "topic": "arcana",
    "held_out": True,
}


def write(folder: Path, *questions: dict[str, Any]) -> list[str]:
    """The options that ask these questions about the small résumé."""
    resume, file = folder / "ottilie.json", folder / "questions.json"
    resume.write_text(json.dumps(RESUME), "utf-8")
    file.write_text(json.dumps({"as_of": "2026-11-22", "questions": questions}), "utf-8")
    return ["--questions", str(file), "--resume", str(resume)]


def run(app: APIFlask, *options: str) -> Result:
    result = app.test_cli_runner().invoke(args=["knowledge", "eval", *options])
    assert isinstance(result.exception, SystemExit | None), result.exc_info
    return result


def databases(servers: EmbeddedServers) -> set[str]:
    with psycopg.connect(servers.superuser_url) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_right_answers_meet_the_bars(app: APIFlask, tmp_path: Path) -> None:
    told = run(app, *write(tmp_path, LAMPS))
    assert told.exit_code == 0, told.output
    assert "1 of 1" in told.output
    assert "NO" not in told.output


def test_a_missed_bar_is_an_error_and_open_failures_are_shown_with_their_answer(
    app: APIFlask, tmp_path: Path
) -> None:
    told = run(app, *write(tmp_path, LAMPS, WRONG), "--failures")
    assert told.exit_code == 1
    assert "lamps-of-whales" in told.output
    assert "after: Hello there" in told.output
    assert "the \\u202ewhales?" in told.output
    assert "\nlamps (" not in told.output
    assert "1 of 2" in told.output


def test_of_held_out_questions_only_numbers_are_told(app: APIFlask, tmp_path: Path) -> None:
    for more in ([], ["--failures"], ["--json"], ["--json", "--failures"]):
        told = run(app, *write(tmp_path, LAMPS, HELD_OUT), *more)
        assert told.exit_code == 1
        for word in ("zanzibar", "quagga", "secret-identifier", "forty", "lasers", "arcana"):
            assert word not in told.output, (more, word)
    plain = json.loads(run(app, *write(tmp_path, LAMPS, HELD_OUT), "--json").stdout)
    assert plain["wrong"] == {"open": {}, "held_out": 1}
    measure = plain["measures"]["answerable: right evidence"]
    assert measure["held_out"] == {"right": 0, "of": 1}
    assert measure["all"] == {"right": 1, "of": 2}


def test_the_json_has_every_figure_and_the_open_failures(app: APIFlask, tmp_path: Path) -> None:
    told = run(app, *write(tmp_path, LAMPS, WRONG), "--json", "--failures")
    plain = json.loads(told.stdout)
    assert plain["met"] is False
    assert plain["retrieval"]["questions"] == 1
    assert plain["retrieval"]["fused"]["ndcg@10"] > 0
    (failure,) = plain["failures"]
    assert failure["id"] == WRONG["id"]
    assert failure["question"] == WRONG["question"]
    assert failure["answer"]["text"]


def test_the_portfolio_is_not_touched_and_nothing_is_left_behind(
    app: APIFlask, sample: str, servers: EmbeddedServers, tmp_path: Path
) -> None:
    before = databases(servers)
    run(app, *write(tmp_path, LAMPS))
    assert databases(servers) == before
    with app.app_context():
        assert db.session.scalars(select(Profile.slug)).all() == [sample]
        assert db.session.scalar(select(func.max(Profile.updated_at))) is not None


def test_the_same_file_as_a_portfolio_of_that_slug_changes_nothing_there(
    app: APIFlask, tmp_path: Path
) -> None:
    options = write(tmp_path, LAMPS)
    imported = app.test_cli_runner().invoke(
        args=["portfolio", "import", options[-1], "--profile", "ottilie"]
    )
    assert imported.exit_code == 0, imported.output
    with app.app_context():
        before = db.session.execute(select(Profile.id, Profile.updated_at)).all()
    run(app, *options)
    with app.app_context():
        assert db.session.execute(select(Profile.id, Profile.updated_at)).all() == before


def test_who_may_not_make_databases_is_told_so(
    servers: EmbeddedServers, environment: dict[str, str], make_app: Any, tmp_path: Path
) -> None:
    with psycopg.connect(servers.superuser_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS modest")
        connection.execute("CREATE ROLE modest LOGIN")
    app = make_app(DATABASE_URL=servers.cluster.url("application", "modest"))
    told = run(app, *write(tmp_path, LAMPS))
    assert told.exit_code == 1
    assert "CREATEDB" in told.output


def test_questions_about_an_unknown_resume_ask_for_it(app: APIFlask, tmp_path: Path) -> None:
    told = run(app, *write(tmp_path, LAMPS)[:2])
    assert told.exit_code == 2
    assert "ottilie.json: give it with --resume" in told.output


@pytest.mark.parametrize("member", ["kind", "colour"])
def test_a_file_of_another_shape_is_refused_without_repeating_it(
    app: APIFlask, tmp_path: Path, member: str
) -> None:
    told = run(app, *write(tmp_path, {**HELD_OUT, member: "zanzibar blue"}))
    assert told.exit_code == 1
    assert f"questions.0.{member}" in told.output
    assert "zanzibar" not in told.output
