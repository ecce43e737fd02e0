"""The Flask extensions and the task queue, unbound; create_app binds them."""

import logging
from pathlib import Path
from typing import Any

import click
import redis
from celery import Celery
from flask_caching import Cache
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from kombu.exceptions import OperationalError
from sqlalchemy import Connection, MetaData, event, text
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction

from portfolio.caching.postgres_adapter.session import SnapshotSession
from portfolio.caching.redis_adapter.clients import impatient_client

_PATIENCE = 0.3
MIGRATIONS = Path(__file__).parent.parent / "migrations"

logger = logging.getLogger(__name__)


class Base(DeclarativeBase):
    """The declarative base of all models; named constraints make migrations reversible."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class AppSession(SnapshotSession, FlaskSession):
    """The application's session, whose commits the cache hears of."""


_NAME_ACTOR = text("SELECT set_config('portfolio.actor', :actor, true)")


@event.listens_for(AppSession, "after_begin")
def _name_actor(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    # Where it ends with the transaction; the triggers that keep the history read it.
    command = click.get_current_context(silent=True)
    actor = session.info.get("actor") or (command and f"cli: {command.info_name}")
    if actor:
        connection.execute(_NAME_ACTOR, {"actor": actor})


db = SQLAlchemy(model_class=Base, session_options={"class_": AppSession})
cache = Cache()
celery = Celery("portfolio")


def act_as(actor: str) -> None:
    """Say who makes the changes of this request or task; the history tells it.

    A command need not: its name is known.
    """
    db.session.info["actor"] = actor


def enqueue(task: str, *, expires: float | None = None, **arguments: Any) -> bool:
    """Hand a task to the workers by name, after the commit; False when the broker is away.

    Args:
        expires: seconds after which no worker need begin it any more.

    The broker is asked first by a client that gives up at once: the queue's own would go on
    trying for seconds, while somebody waits.
    """
    try:
        with impatient_client(celery.conf.broker_url, _PATIENCE) as broker:
            broker.ping()
        celery.send_task(task, kwargs=arguments, expires=expires, retry=False)
    except (OperationalError, redis.RedisError, OSError) as error:
        logger.warning("task %s not enqueued: %s", task, error)
        return False
    return True
