"""Who may do what: bearer tokens, scopes, and the access that every endpoint declares."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from sqlalchemy import or_, select, update

from portfolio.caching.flask_adapter import cache_extension
from portfolio.edge.layer import Edge, hosts_of
from portfolio.errors import Forbidden, Unauthorized
from portfolio.extensions import act_as, db
from portfolio.models import ApiToken
from portfolio.vocabulary import Scope

ViewT = TypeVar("ViewT", bound=Callable[..., Any])

API_PREFIX = "/api/"
CONVERSATION_SECRET = "X-Conversation-Token"  # noqa: S105 - the name of a header
ANALYSIS_SECRET = "X-Analysis-Token"  # noqa: S105 - likewise
_TOKENS_COUNT = (API_PREFIX, "/media/")
"""Where a token shows more."""
_BEARER = re.compile(r"bearer +([!-~]{1,200}) *", re.IGNORECASE)
_USE_NOTED_EVERY = timedelta(minutes=1)
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Access:
    """Who may call an endpoint.

    Attributes:
        scope: the scope that a token must have; None when no token is needed.
        more_with: the scope with which a public endpoint shows or does more, if any.
        takes_secret: the header with a secret that opens what the endpoint is about, if any.
    """

    scope: Scope | None
    more_with: Scope | None = None
    takes_secret: str | None = None


@dataclass(frozen=True)
class ValidToken:
    """The token that a caller has shown."""

    id: uuid.UUID
    name: str
    scope: Scope


def require_scope(scope: str, unless: str = "") -> Callable[[ViewT], ViewT]:
    """Let only holders of a token with this scope call the view.

    Args:
        unless: a setting with which everybody may; the view tells them less.
    """
    needed = Scope(scope)

    def decorate(view: ViewT) -> ViewT:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            held = current_scope()
            if unless and held is None and current_app.config[unless]:
                return view(*args, **kwargs)
            if held is None:
                raise Unauthorized(
                    f"This needs a token with the scope {needed}.",
                    headers={"WWW-Authenticate": "Bearer"},
                )
            if not held.includes(needed):
                raise Forbidden(
                    f"This needs the scope {needed}; the token has {held}.",
                    headers={
                        "WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{needed}"'
                    },
                )
            return view(*args, **kwargs)

        guarded.access = Access(needed)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def public(view: ViewT) -> ViewT:
    """Declare that everyone may call the view."""
    view.access = Access(None)  # type: ignore[attr-defined]
    return view


def public_with_drafts(view: ViewT) -> ViewT:
    """Declare that everyone may call the view, and that a `read` token shows drafts too."""
    view.access = Access(None, Scope.READ)  # type: ignore[attr-defined]
    return view


def public_with_secret(
    more_with: str | None = None, header: str = CONVERSATION_SECRET
) -> Callable[[ViewT], ViewT]:
    """Declare that everyone may call the view, and that a secret opens what it is about.

    Args:
        more_with: the scope of a token that stands for the secret, or shows drafts.
    """
    access = Access(None, Scope(more_with) if more_with else None, takes_secret=header)

    def declare(view: ViewT) -> ViewT:
        view.access = access  # type: ignore[attr-defined]
        return view

    return declare


def declared_access(view: Callable[..., Any]) -> Access | None:
    """The access that a view declares."""
    access: Access | None = getattr(view, "access", None)
    return access


def current_scope() -> Scope | None:
    """The scope of the caller's token; None for visitors, and while a shared answer is computed."""
    scope: Scope | None = g.get("scope")
    return scope


def may_read_private() -> bool:
    """Whether the caller may see drafts and contact details."""
    scope = current_scope()
    return scope is not None and scope.includes(Scope.READ)


def protect(app: Flask) -> None:
    """Check tokens before every request of the API, and put the edge around the application."""
    app.before_request(authenticate)
    app.after_request(_mark_private)
    public_url = urlsplit(app.config["PUBLIC_URL"])
    app.wsgi_app = Edge(  # type: ignore[method-assign]
        cache_extension(app).front,
        hosts=hosts_of(app.config["ALLOWED_HOSTS"], public_url.hostname),
        origins=frozenset(app.config["CORS_ORIGINS"]),
        https=public_url.scheme == "https",
        bodies=app.config["WEB_THREADS"] // 4,
    )


def authenticate() -> None:
    """Learn the caller's scope from its token.

    Raises:
        Unauthorized: the token is malformed, unknown, expired or revoked, even where none is
            needed.
    """
    header = request.headers.get("Authorization")
    if header is None or not request.path.startswith(_TOKENS_COUNT):
        return
    bearer = _BEARER.fullmatch(header)
    token = find_token(bearer[1]) if bearer else None
    if token is None:
        raise Unauthorized(
            "The token is unknown, expired or revoked."
            if bearer
            else "The header Authorization should be `Bearer <token>`.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    g.scope = token.scope
    if request.method not in _SAFE_METHODS:
        act_as(f"token: {token.name} ({str(token.id)[:8]})")


def find_token(token: str) -> ValidToken | None:
    """What is known of a valid token. Notes the use of the token, at most once a minute."""
    now = datetime.now(UTC)
    # A connection of its own, given back at once: the view's session starts untouched.
    with db.engine.begin() as connection:
        row = connection.execute(
            select(ApiToken.id, ApiToken.name, ApiToken.scope, ApiToken.last_used_at).where(
                ApiToken.token_hash == ApiToken.hash(token),
                ApiToken.revoked_at.is_(None),
                or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now),
            )
        ).one_or_none()
        if row is None:
            return None
        if row.last_used_at is None or now - row.last_used_at >= _USE_NOTED_EVERY:
            connection.execute(
                update(ApiToken)
                .where(
                    ApiToken.id == row.id,
                    or_(
                        ApiToken.last_used_at.is_(None),
                        ApiToken.last_used_at <= now - _USE_NOTED_EVERY,
                    ),
                )
                .values(last_used_at=now)
            )
    return ValidToken(row.id, row.name, Scope(row.scope))


def _mark_private(response: Response) -> Response:
    if request.path.startswith(_TOKENS_COUNT):
        if request.method not in _SAFE_METHODS or "Authorization" in request.headers:
            response.headers["Cache-Control"] = "private, no-store"
        if request.method in ("GET", "HEAD"):
            response.vary.add("Authorization")
    if response.status_code == 308 and response.location:
        # Werkzeug redirects to an absolute address made of the Host header; a path says enough.
        parts = urlsplit(response.location)
        response.location = parts._replace(scheme="", netloc="").geturl()
        response.set_data(b"")
    return response
