"""Sessions that know whether they have written, tell of their commits, and may be snapshots."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary, WeakMethod

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

_listeners: WeakKeyDictionary[Engine, WeakMethod[Callable[[], None]]] = WeakKeyDictionary()


def on_commit(engine: Engine, listener: Callable[[], None]) -> None:
    """Call a bound method after each commit of a SnapshotSession on this engine."""
    _listeners[engine] = WeakMethod(listener)


def has_written(session: Session) -> bool:
    """Whether a session has changes that are not committed."""
    return bool(session.info.get("written") or session.new or session.deleted or session.dirty)


class SnapshotSession(Session):
    """A session that knows whether it has written, tells of its commits, and may be a snapshot."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """The snapshot's engine for a snapshot, else the usual one."""
        return self.info.get("snapshot") or super().get_bind(*args, **kwargs)

    # These pass no event when they write.

    def connection(self, *args: Any, **kwargs: Any) -> Connection:
        """The transaction's connection; whoever takes it may write."""
        self.info["written"] = True
        return super().connection(*args, **kwargs)

    def bulk_save_objects(self, *args: Any, **kwargs: Any) -> None:
        """See SQLAlchemy."""
        self.info["written"] = True
        super().bulk_save_objects(*args, **kwargs)

    def bulk_insert_mappings(self, *args: Any, **kwargs: Any) -> None:
        """See SQLAlchemy."""
        self.info["written"] = True
        super().bulk_insert_mappings(*args, **kwargs)

    def bulk_update_mappings(self, *args: Any, **kwargs: Any) -> None:
        """See SQLAlchemy."""
        self.info["written"] = True
        super().bulk_update_mappings(*args, **kwargs)


@event.listens_for(SnapshotSession, "after_flush", propagate=True)
def _flushed(session: Session, _context: object) -> None:
    session.info["written"] = True


@event.listens_for(SnapshotSession, "do_orm_execute", propagate=True)
def _executed(state: ORMExecuteState) -> None:
    if not state.is_select:
        state.session.info["written"] = True


@event.listens_for(SnapshotSession, "after_commit", propagate=True)
def _committed(session: Session) -> None:
    # The event also fires when a savepoint is released; that commits nothing.
    if session.in_nested_transaction() or session.info.get("snapshot"):
        return
    session.info.pop("written", None)
    bind = session.get_bind()
    reference = _listeners.get(bind) if isinstance(bind, Engine) else None
    listener = reference() if reference is not None else None
    if listener is not None:
        listener()


@event.listens_for(SnapshotSession, "after_transaction_end", propagate=True)
def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("written", None)
