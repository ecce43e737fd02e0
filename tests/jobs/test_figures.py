"""The numbers of many analyses are read by the index of their days."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from apiflask import APIFlask
from sqlalchemy import event

from portfolio.extensions import db
from portfolio.services.matching.figures import job_statistics
from portfolio.services.periods import Period

MANY = """
INSERT INTO job_analyses (id, secret_hash, profile_id, private, source, text, status, report,
    overall, asked, missing, created_at, finished_at)
SELECT gen_random_uuid(), sha256(CAST(CAST(n AS text) AS bytea)), profiles.id, false, 'text',
    'Python', 'done', '{}', n %% 100, '{Python}', '{Go}', at, at
FROM profiles, generate_series(1, 20000) AS n, LATERAL (
    SELECT now() - interval '730 days' * (1 - n / 20000.0) AS at
) AS moments
WHERE profiles.slug = %s
"""


@pytest.fixture
def many(environment: dict[str, str], sample: str) -> Iterator[int]:
    """Two years of analyses; the number of them on one of the last days."""
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(MANY, [sample])
        connection.execute("ANALYZE job_analyses")
        counted = connection.execute(
            "SELECT count(*) FROM job_analyses"
            " WHERE CAST(created_at AT TIME ZONE 'UTC' AS date) = %s",
            [_yesterday()],
        ).fetchone()
        assert counted is not None
        yield counted[0]
        connection.execute("TRUNCATE job_analyses")
        connection.execute("ANALYZE job_analyses")


def _yesterday() -> date:
    return datetime.now(UTC).date() - timedelta(days=1)


def test_only_the_days_that_are_asked_for_are_read(app: APIFlask, many: int) -> None:
    asked: list[tuple[str, object]] = []
    with app.app_context():

        def note(
            _connection: object, _cursor: object, statement: str, values: object, *_: object
        ) -> None:
            asked.append((statement, values))

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            told = job_statistics(Period(_yesterday(), _yesterday(), "UTC"))
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        of_analyses = [each for each in asked if "job_analyses" in each[0]]
        assert len(of_analyses) == 5
        cursor = db.session.connection().connection.cursor()
        for statement, values in of_analyses:
            cursor.execute(f"EXPLAIN {statement}", values)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "ix_job_analyses_created_at" in plan, plan
        db.session.rollback()
    assert told.total == sum(told.levels.model_dump().values()) == many
    zoned = app.test_client().get("/api/v1/job-analyses/stats/?time_zone=Asia/Kolkata").get_json()
    assert zoned["total"] == 20_000, "a zone names no days"
    assert 0 < sum(day["count"] for day in zoned["trend"]) < 1000
    assert told.most_missing[0].model_dump() == {"name": "Go", "count": many}
