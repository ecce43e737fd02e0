"""The cache's bytes and tokens in Redis; any failure becomes StoreUnavailable."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import redis

from ..breaker import Breaker, StoreUnavailable
from ..store import TOKEN_LIFE, Found
from .answers import UNREADABLE, run_id_of, strings
from .clients import impatient_client
from .lane import RedisLane
from .names import BATCH, batches, literal
from .scripts import CEDE, EXTEND


class RedisStore:
    """Keys `{prefix}:type:policy:digest` and `{prefix}:tag:name`, all in one cluster slot.

    Args:
        trusted: asked with a server's run id on every new connection; a server that is not
            trusted is not used before `recover` has returned.
        recover: called with the store's raw client before the store is used again after a failure.
        timeout: seconds for connecting and for each answer. Nothing is tried twice, but for reads
            on a connection that was closed while it lay idle.

    Attributes:
        breaker: open while the server is left alone.
        raw: a client past breaker and trust, for what makes the store trustworthy again.
    """

    def __init__(
        self,
        url: str,
        *,
        prefix: str,
        timeout: float,
        retry_interval: float,
        trusted: Callable[[str], bool],
        recover: Callable[["RedisStore"], None],
    ) -> None:
        self._prefix = f"{{{prefix}}}:"
        self._tag_prefix = f"{self._prefix}tag:"
        self._trusted = trusted
        self._recover = recover
        options: dict[str, Any] = {
            "health_check_interval": 0,
            "protocol": 2,
            # A process has at most as many as threads, which are limited elsewhere.
            "max_connections": 2**31,
        }
        self.client = impatient_client(url, timeout, **options, redis_connect_func=self._on_connect)
        self._lane = RedisLane(self.client.connection_pool)
        self.raw = impatient_client(url, timeout, **options)
        self.breaker = Breaker(self._probe, retry_interval)

    @property
    def available(self) -> bool:
        """False while the breaker is open."""
        return not self.breaker.is_open

    def name(self, key: str) -> str:
        """The full Redis key."""
        return self._prefix + key

    def tag_name(self, tag: str) -> str:
        """The full Redis key of a tag's token."""
        return self._tag_prefix + tag

    def read(self, key: str, tags: Sequence[str]) -> Found:
        """See Store.read; one round trip, of which entry and tokens are one command."""
        name, tag = self._prefix + key, self._tag_prefix
        with self._guarded():
            found, ttl = self._lane.ask(
                [("MGET", name, *[tag + suffix for suffix in tags]), ("PTTL", name)]
            )
            data, *tokens = strings(found, 1 + len(tags))
            return Found(data, max(ttl, 0) / 1000, tuple(tokens))

    def peek(self, tags: Sequence[str]) -> list[bytes | None]:
        """See Store.peek."""
        with self._guarded():
            return strings(self.client.mget([self.tag_name(tag) for tag in tags]), len(tags))

    def read_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """See Store.read_many."""
        with self._guarded():
            return strings(self.client.mget([self.name(key) for key in keys]), len(keys))

    def tokens(self, tags: Sequence[str]) -> tuple[bytes, ...]:
        """See Store.tokens; what another process made first is used."""
        names = [self.tag_name(tag) for tag in tags]
        with self._guarded():
            found = strings(self.client.mget(names), len(names))
            missing = [name for name, token in zip(names, found, strict=True) if token is None]
            if missing:
                pipeline = self.client.pipeline(transaction=False)
                for name in missing:
                    pipeline.set(name, secrets.token_bytes(12), ex=TOKEN_LIFE, nx=True)
                pipeline.mget(names)
                found = strings(pipeline.execute()[-1], len(names))
            if None in found:
                found = self._replace_foreign(names, found)
        if None in found:
            raise StoreUnavailable("the store keeps no tokens")
        return tuple(cast(list[bytes], found))

    def write(self, key: str, data: bytes, ttl: float, *, only_new: bool = False) -> bool:
        """See Store.write."""
        life = max(int(ttl * 1000), 1)
        with self._guarded():
            return bool(self.client.set(self.name(key), data, px=life, nx=only_new))

    def write_many(self, entries: Mapping[str, bytes], ttl: float) -> None:
        """See Store.write_many."""
        pipeline = self.client.pipeline(transaction=False)
        for key, data in entries.items():
            pipeline.set(self.name(key), data, px=max(int(ttl * 1000), 1))
        with self._guarded():
            pipeline.execute()

    def _replace_foreign(self, names: list[str], found: list[bytes | None]) -> list[bytes | None]:
        # A key of another Redis type under a tag's name: SET NX leaves it, and MGET reads nothing.
        pipeline = self.client.pipeline(transaction=False)
        for name, token in zip(names, found, strict=True):
            if token is None:
                pipeline.set(name, secrets.token_bytes(12), ex=TOKEN_LIFE)
        pipeline.mget(names)
        return strings(pipeline.execute()[-1], len(names))

    def claim(self, key: str, owner: bytes, ttl: float) -> bytes:
        """See LeaseStore.claim."""
        name = self.name(key)
        with self._guarded():
            pipeline = self.client.pipeline(transaction=False)
            pipeline.set(name, owner, px=int(ttl * 1000), nx=True)
            pipeline.get(name)
            (holder,) = strings(pipeline.execute()[1:], 1)
            return holder or b""

    def extend(self, key: str, owner: bytes, ttl: float) -> None:
        """See LeaseStore.extend; compares and sets in one step."""
        with self._guarded():
            self.client.eval(EXTEND, 1, self.name(key), owner, int(ttl * 1000))

    def cede(self, key: str, owner: bytes, successor: bytes, ttl: float) -> None:
        """See LeaseStore.cede; compares and sets in one step."""
        with self._guarded():
            self.client.eval(CEDE, 1, self.name(key), owner, successor, int(ttl * 1000))

    def delete(self, keys: Iterable[str]) -> int:
        """See Store.delete."""
        with self._guarded():
            return sum(self.client.unlink(*some) for some in batches(map(self.name, keys)))

    def invalidate(self, tags: Iterable[str]) -> None:
        """See Store.invalidate; UNLINK works even when Redis is out of memory."""
        with self._guarded():
            self.unlink_tags(self.client, tags)

    def fade(self, tags: Iterable[str], ttl: float) -> None:
        """See Store.fade."""
        with self._guarded():
            pipeline = self.client.pipeline(transaction=False)
            for name in map(self.tag_name, tags):
                pipeline.pexpire(name, int(ttl * 1000))
            pipeline.execute()

    def unlink_tags(self, client: "redis.Redis", tags: Iterable[str]) -> None:
        """Remove the tokens of tags through a given connection."""
        for batch in batches(map(self.tag_name, tags)):
            client.unlink(*batch)

    def keys(self, pattern: str) -> Iterator[str]:
        """See Store.keys; SCAN, so that the server goes on serving others."""
        with self._guarded():
            for name in self.client.scan_iter(match=literal(self._prefix) + pattern, count=BATCH):
                yield name.decode().removeprefix(self._prefix)

    def doubt(self, reason: object) -> None:
        """Use the store no more until it has recovered: it does not take what it is told."""
        self.breaker.trip(reason)

    def ping(self) -> None:
        """One round trip, for nothing but to see that there is an answer."""
        with self._guarded():
            self.client.ping()

    def info(self) -> dict[str, Any]:
        """What the server says of itself (INFO)."""
        with self._guarded():
            return self.client.info()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        self.breaker.check()
        try:
            yield
        except redis.OutOfMemoryError as error:
            raise StoreUnavailable(str(error)) from error
        except (redis.RedisError, OSError) as error:
            self.breaker.trip(f"{type(error).__name__}: {error}")
            raise StoreUnavailable(str(error)) from error
        except UNREADABLE as error:
            # What follows on that connection may be the rest of this answer.
            self._lane.close()
            self.client.connection_pool.disconnect(inuse_connections=False)
            self.breaker.trip(f"unreadable answer: {type(error).__name__}")
            raise StoreUnavailable("unreadable answer") from error

    def _on_connect(self, connection: Any) -> None:
        try:
            connection.on_connect()
            connection.send_command("INFO", "server")
            trusted = self._trusted(run_id_of(connection.read_response()))
        except UNREADABLE as error:
            # Only after one of its own errors does the client give up a connection.
            raise redis.ConnectionError("unreadable answer") from error
        if not trusted:
            raise redis.ConnectionError("this server has not been checked against the database")

    def _probe(self) -> None:
        try:
            self.raw.ping()
            self._recover(self)
        except (redis.RedisError, OSError) as error:
            raise StoreUnavailable(str(error)) from error

    def close(self) -> None:
        """Let go of all connections."""
        self.breaker.close()
        self._lane.close()
        self.client.close()
        self.raw.close()

    def run_id(self) -> str:
        """The server's run id, asked past the breaker; it differs after every restart.

        Raises:
            redis.RedisError, OSError: the server does not answer.
        """
        return run_id_of(self.raw.info("server"))
