"""Tokens: what each scope may do, what is refused and how, and that every endpoint says who may."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from portfolio.extensions import db
from portfolio.models import ApiToken
from portfolio.security import declared_access
from portfolio.services.tokens import create_token, list_tokens, revoke_token
from portfolio.vocabulary import Scope
from tests.api.conftest import Headers, Make, bearer

LIST = "/api/v1/projects/"
# The files of the page at / are everybody's, and Flask's own view serves them.
OF_VISITORS = (
    *("chat.", "conversations.", "completions.", "job_analyses."),
    *("visitors.create_events", "contact."),
)
"""Where everybody may write: questions, what belongs to a conversation, visits and messages."""
FRAMEWORK_ENDPOINTS = {"static"}


def test_every_endpoint_declares_who_may_call_it(app: APIFlask) -> None:
    undeclared = {
        endpoint for endpoint, view in app.view_functions.items() if declared_access(view) is None
    }
    assert undeclared <= FRAMEWORK_ENDPOINTS, undeclared


def test_everything_that_writes_needs_a_scope(app: APIFlask, client: FlaskClient) -> None:
    client.post(LIST)
    for rule in app.url_map.iter_rules():
        writing = (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
        if not writing or rule.endpoint.startswith(OF_VISITORS):
            continue
        access = declared_access(app.view_functions[rule.endpoint])
        assert access is not None
        assert access.scope is not None
        path = re.sub("<name:[a-z]+>", "x", rule.rule)
        for method in writing:
            answer = client.open(path, method=method, json={})
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("scope", "status"), [("read", 403), ("write", 201), ("admin", 201)])
def test_scopes(app: APIFlask, make_profile: Make, scope: str, status: int) -> None:
    make_profile()
    headers = bearer(app, Scope(scope))
    answer = app.test_client().post(LIST, json={"title": "T"}, headers=headers)
    assert answer.status_code == status
    if status == 403:
        expected = 'Bearer error="insufficient_scope", scope="write"'
        assert answer.headers["WWW-Authenticate"] == expected
        assert "the token has read" in answer.json["detail"]


def test_access_is_checked_before_anything_is_read(client: FlaskClient, reader: Headers) -> None:
    for headers, status in (({}, 401), (reader, 403)):
        for data, kind in ((b"{", "application/json"), (b"x" * 10_000_000, "text/plain")):
            answer = client.post(LIST, data=data, content_type=kind, headers=headers)
            assert answer.status_code == status


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer pf_unknown",
        "Bearer \u00e9",
        "Bearer a b",
        "Bearer " + "x" * 201,
        "Bearer x\x00y",
        "Basic cGY6cGY=",
        "pf_unknown",
    ],
)
def test_a_wrong_token_is_refused_even_where_none_is_needed(
    client: FlaskClient, header: str
) -> None:
    for path in (LIST, f"{LIST}stats/", "/api/v1/openapi.json", "/api/v1/nothing/"):
        answer = client.get(path, headers={"Authorization": header})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
        assert answer.json["type"] == "/problems/unauthorized/"
    for path in ("/live/", "/ready/"):
        assert client.get(path, headers={"Authorization": header}).status_code == 200


def test_the_scheme_is_read_in_any_case(client: FlaskClient, reader: Headers) -> None:
    token = reader["Authorization"].split()[1]
    for header in (f"bearer {token}", f"BEARER  {token} "):
        assert client.get(LIST, headers={"Authorization": header}).status_code == 200


def test_expired_and_revoked_tokens(app: APIFlask, client: FlaskClient) -> None:
    with app.app_context():
        soon = datetime.now(UTC) + timedelta(hours=1)
        token = create_token("short", Scope.READ, soon)
        headers = {"Authorization": f"Bearer {token}"}
        assert client.get(LIST, headers=headers).status_code == 200
        db.session.execute(update(ApiToken).values(expires_at=datetime.now(UTC)))
        db.session.commit()
        assert client.get(LIST, headers=headers).status_code == 401
        assert [row["state"] for row in list_tokens()] == ["expired"]
        db.session.execute(update(ApiToken).values(expires_at=None))
        db.session.commit()
        assert client.get(LIST, headers=headers).status_code == 200
        number = db.session.scalars(select(ApiToken.id)).one()
        assert revoke_token(number) is True
        assert revoke_token(number) is False
        assert client.get(LIST, headers=headers).status_code == 401


def test_only_hashes_are_kept(app: APIFlask) -> None:
    with app.app_context():
        token = create_token("kept", Scope.WRITE)
        assert token.startswith("pf_")
        assert len(token) == len("pf_") + 43
        row = db.session.scalars(select(ApiToken)).one()
        assert row.token_hash == hashlib.sha256(token.encode()).digest()
        stored = db.session.execute(text("SELECT api_tokens::text FROM api_tokens")).scalar_one()
        assert token not in stored


def test_the_use_of_a_token_is_noted_once_a_minute(
    app: APIFlask, client: FlaskClient, reader: Headers
) -> None:
    def last_use() -> datetime:
        with app.app_context():
            return db.session.scalars(select(ApiToken.last_used_at)).one()

    client.get(LIST, headers=reader)
    first = last_use()
    assert datetime.now(UTC) - first < timedelta(minutes=1)
    client.get(LIST, headers=reader)
    assert last_use() == first
    with app.app_context():
        earlier = first - timedelta(seconds=61)
        db.session.execute(update(ApiToken).values(last_used_at=earlier))
        db.session.commit()
    client.get(LIST, headers=reader)
    assert last_use() > first
