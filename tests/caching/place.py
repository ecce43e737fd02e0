"""One process of the model's world: behind a gate of its own, with an open transaction or none."""

import contextvars
import dataclasses
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeVar, cast

from sqlalchemy import column, select, table
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from portfolio.caching.fill import current_fill
from portfolio.caching.refresh import Refresher
from portfolio.local.embedded import EmbeddedServers
from tests.waiting import until

from .chaos_store import Gate
from .conftest import Process, _session, make_process
from .model import LIST, POLICIES, REPORT, REPORT_PARTS, ROW, Read

T = TypeVar("T")

ITEMS = table("item", column("id"), column("value"))
_part = table("part", column("id"), column("item_id"), column("weight"))


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


class Asked:
    """Stands for the workers: hears what is to be computed anew, and does nothing by itself."""

    def __init__(self) -> None:
        self.identities: list[str] = []

    def ask(self, _policy: str, identity: str, _arguments: object) -> None:
        self.identities.append(identity)


class Place:
    """A process that reads and writes, and what may be done to it."""

    def __init__(self, servers: EmbeddedServers, database: str, memory: int) -> None:
        self.memory = memory
        self.gate = Gate(servers.redis_url)
        self.hiccups = 0
        self._servers = dataclasses.replace(servers, redis_url=self.gate.url)
        self._database = database
        self.start()

    def start(self) -> None:
        """Begin with nothing in memory."""
        self.process: Process = make_process(self._servers, self._database, self.memory, 0.2)
        self.process.engine.table = POLICIES
        self.asked = Asked()
        self.process.engine.refresher = cast(Refresher, self.asked)
        self._watch_for_hiccups()
        self._transaction: tuple[contextvars.Context, ExitStack] | None = None

    def _watch_for_hiccups(self) -> None:
        """A busy machine may make Redis late though nothing is between."""
        breaker = self.process.store.breaker
        trip = breaker.trip

        def count_and_trip(reason: object) -> None:
            self.hiccups += self.gate.is_open
            trip(reason)

        breaker.trip = count_and_trip  # type: ignore[method-assign]

    def stop(self) -> None:
        """End as processes do."""
        self.roll_back()
        self.process.close()

    def close(self) -> None:
        """End, and the gate too."""
        self.gate.open()
        self.stop()
        self.gate.close()

    @property
    def asks_redis(self) -> bool:
        """Whether reads go to Redis, or would, were they not in this process's memory."""
        return self.process.store.available

    @property
    def is_whole(self) -> bool:
        """Whether nothing is between it and Redis."""
        return self.gate.is_open and self.asks_redis

    def mend(self) -> None:
        """Let everything pass again, and wait until Redis is trusted."""
        if not self.gate.is_open:
            self.gate.shut()  # what is on its way is lost
            self.gate.open()
        until(lambda: self.asks_redis)

    def hear(self) -> None:
        """Take in every push that Redis has sent by now."""
        nearby = self.process.engine.nearby
        listener = nearby.listener
        nearby.committed([])
        until(lambda: listener.fenced() or listener.mark() is None)

    def fetch(self, read: Read, *, refresh: bool = False) -> dict[Read, Any]:
        """The values of the tables' reads that a read is made of, through the cache."""
        return self._apart(lambda: self._fetch(read, refresh))

    def fetch_in_transaction(self, read: Read) -> dict[Read, Any]:
        """The same, in the open transaction."""
        return self._within(lambda: self._fetch(read, False))

    def write(self, work: Callable[[Session], object]) -> None:
        """A transaction from begin to commit."""

        def run() -> None:
            with self.process.session() as session:
                work(session)
                session.commit()

        self._apart(run)

    def begin(self) -> None:
        """Open a transaction, which the next calls work in."""
        context, stack = contextvars.copy_context(), ExitStack()
        context.run(stack.enter_context, self.process.session())
        self._transaction = context, stack

    def work(self, work: Callable[[Session], T]) -> T:
        """Do something in the open transaction."""
        return self._within(lambda: work(open_session()))

    def commit(self) -> None:
        """Commit the open transaction and close its session."""
        self.work(lambda session: session.commit())
        self.roll_back()

    def roll_back(self) -> None:
        """Close the session of the open transaction, if there is one."""
        if self._transaction is not None:
            context, stack = self._transaction
            context.run(stack.close)
            self._transaction = None

    @staticmethod
    def _apart(run: Callable[[], T]) -> T:
        return contextvars.copy_context().run(run)

    def _within(self, run: Callable[[], T]) -> T:
        assert self._transaction is not None
        return self._transaction[0].run(run)

    def _fetch(self, read: Read, refresh: bool) -> dict[Read, Any]:
        asked, outer = len(self.asked.identities), current_fill()
        outcome = self.process.engine.fetch(
            read.policy, read.arguments, lambda: self._compute(read), refresh=refresh
        )
        stale = outcome.status == "stale"
        assert stale == (len(self.asked.identities) > asked), "whoever is served stale asks anew"
        assert not (stale and outer), "nothing stale goes into another value"
        values = outcome.value if read.policy is REPORT else [outcome.value]
        return dict(zip(read.parts, values, strict=True))

    def _compute(self, read: Read) -> Any:
        self.process.computed.append(read)
        if read.policy is REPORT:
            return [self._fetch(part, False)[part] for part in REPORT_PARTS]
        session = open_session()
        if read.policy is ROW:
            value = session.scalar(select(ITEMS.c.value).where(ITEMS.c.id == read.id))
            if value is None and (fill := current_fill()) is not None:
                fill.mark_absent(ROW.error_ttl)
            return value
        if read.policy is LIST:
            query = select(ITEMS.c.id, ITEMS.c.value).order_by(ITEMS.c.id)
        else:
            query = (
                select(_part.c.id, _part.c.weight)
                .where(_part.c.item_id == read.id)
                .order_by(_part.c.id)
            )
        return [list(row) for row in session.execute(query)]


def open_session() -> Session:
    """The session that the caller is in."""
    session = _session.get()
    assert session is not None
    return session
