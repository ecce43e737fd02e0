"""A link shows the report to whoever has it, until it is revoked or its time is over."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import db
from tests.api.uploads import errors
from tests.jobs.conftest import JOB, Analyse, address, held


@pytest.fixture
def made(analyse: Analyse) -> dict[str, Any]:
    return analyse(JOB + "\n- Ability to write <script>alert(1)</script> & [more](x)\n")


def share(client: FlaskClient, made: dict[str, Any], **body: int) -> str:
    answer = client.post(address(made, "share/"), json=body, headers=held(made))
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["url"])


def change(app: APIFlask, statement: str) -> None:
    with app.app_context():
        db.session.execute(text(statement))
        db.session.commit()


def test_a_link_shows_the_report_and_nothing_else(
    client: FlaskClient, made: dict[str, Any]
) -> None:
    link = share(client, made)
    page = client.get(link)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "Kubernetes" in page.text
    assert "<script" not in page.text
    assert made["id"] not in page.text
    assert made["access_token"] not in page.text
    headers = page.headers
    assert headers["Cache-Control"] == "no-store"
    # Of two a browser would take the last.
    assert headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert "noindex" in headers["X-Robots-Tag"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    word = link.strip("/").rpartition("/")[2]
    assert client.get(address(made), headers={"X-Analysis-Token": word}).status_code == 404
    assert client.get(f"/shared/{made['access_token']}/").status_code == 404
    document = client.get(address(made), headers=held(made)).get_json()
    assert document["shared_until"] is not None


def test_a_link_can_be_revoked_and_a_new_one_ends_the_old(
    client: FlaskClient, made: dict[str, Any]
) -> None:
    first, second = share(client, made), share(client, made)
    assert [client.get(link).status_code for link in (first, second)] == [404, 200]
    assert client.delete(address(made, "share/"), headers=held(made)).status_code == 204
    assert client.get(second).status_code == 404
    document = client.get(address(made), headers=held(made)).get_json()
    assert document["shared_until"] is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE job_analyses SET share_expires_at = now()",
        "UPDATE profiles SET visibility = 'draft'",
        "DELETE FROM job_analyses",
    ],
)
def test_a_link_ends(
    app: APIFlask, client: FlaskClient, made: dict[str, Any], statement: str
) -> None:
    link = share(client, made, days=1)
    assert client.get(link).status_code == 200
    change(app, statement)
    gone = client.get(link)
    assert (gone.status_code, gone.mimetype) == (404, "application/problem+json")


def test_the_word_of_a_link_is_kept_nowhere(
    app: APIFlask, client: FlaskClient, made: dict[str, Any]
) -> None:
    word = share(client, made).strip("/").rpartition("/")[2]
    with app.app_context():
        rows = db.session.execute(text("SELECT a::text FROM job_analyses AS a")).all()
    assert word not in str(rows)


def test_how_long_a_link_lasts_has_bounds(client: FlaskClient, made: dict[str, Any]) -> None:
    for days in (0, 91, "x", True, "7", 7.5):
        answer = client.post(address(made, "share/"), json={"days": days}, headers=held(made))
        assert errors(answer).keys() == {"#/days"}


def test_the_exports_say_what_the_report_says(client: FlaskClient, made: dict[str, Any]) -> None:
    page = client.get(address(made, "report.html"), headers=held(made))
    written = client.get(address(made, "report.md"), headers=held(made))
    assert (page.mimetype, written.mimetype) == ("text/html", "text/markdown")
    assert "<link" not in page.text
    quotes = [e["citation"]["quote"] for m in made["matched"] for e in m["evidence"]]
    assert quotes
    assert all(" ".join(quote.split())[:20] in written.text for quote in quotes)
    for title in ("## Scores", "## Met", "## Missing", "## What to do"):
        assert title in written.text
        assert f"<h2>{title.removeprefix('## ')}</h2>" in page.text
    assert made["scores"]["formula"]["experience"] in page.text


def test_a_link_ends_with_its_analysis_at_the_latest(
    client: FlaskClient, made: dict[str, Any]
) -> None:
    answer = client.post(address(made, "share/"), json={"days": 90}, headers=held(made))
    created = client.get(address(made), headers=held(made)).get_json()["created_at"]
    ends = datetime.fromisoformat(answer.get_json()["expires_at"])
    assert ends == datetime.fromisoformat(created) + timedelta(days=30)
