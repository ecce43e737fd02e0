"""What answers of statistics have besides numbers, and which days can be asked for."""

from collections.abc import Callable

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.api.conftest import Headers
from tests.visits.test_statistics import ALL, PERIOD, VISITORS


@pytest.mark.parametrize("name", ALL)
def test_answers_can_be_asked_for_again_whoever_may_see_them(
    make_app: Callable[..., APIFlask], reader: Headers, name: str
) -> None:
    client = make_app(VISITOR_COUNTS_PUBLIC="true").test_client()
    for headers, control in ((reader, "private, no-store"), ({}, "public, no-cache")):
        answer = client.get(f"{VISITORS}{name}", headers=headers)
        assert answer.headers["Cache-Control"] == control
        assert answer.headers["Cache-Status"].startswith("portfolio;")
        known = {**headers, "If-None-Match": answer.headers["ETag"]}
        assert client.get(f"{VISITORS}{name}", headers=known).status_code == 304


def test_days_must_agree_with_first_and_last(client: FlaskClient, reader: Headers) -> None:
    for days, status in ((3, 200), (2, 422)):
        asked = {**PERIOD, "days": days}
        answer = client.get(f"{VISITORS}stats/", headers=reader, query_string=asked)
        assert answer.status_code == status
