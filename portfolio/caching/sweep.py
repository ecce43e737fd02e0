"""Housekeeping over stored entries: counting them, and removing those that no read would accept."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from .engine import Engine
from .entry import Entry

_BATCH = 200


def count_entries(engine: Engine) -> dict[str, int]:
    """Number of stored entries by policy name.

    Raises:
        StoreUnavailable: the store cannot be asked.
    """
    counts: Counter[str] = Counter()
    for policy in engine.table.values():
        counts[policy.name] = sum(1 for _key in engine.store.keys(engine.pattern(policy)))
    return dict(counts)


def sweep(engine: Engine) -> tuple[int, int]:
    """Remove entries that are invalid or unreadable before their ttl does; (checked, removed).

    Only memory is won: an invalid entry is never served anyway.

    Raises:
        StoreUnavailable: the store cannot be asked.
    """
    checked = removed = 0
    for policy in engine.table.values():
        for keys in _batches(engine.store.keys(engine.pattern(policy))):
            checked += len(keys)
            removed += engine.store.delete(_dead(engine, keys))
    return checked, removed


def _dead(engine: Engine, keys: list[str]) -> list[str]:
    entries = {
        key: Entry.unpack(key, engine.seal, data)
        for key, data in zip(keys, engine.store.read_many(keys), strict=True)
        if data is not None
    }
    tags = sorted({tag for entry in entries.values() if entry for tag in entry.tags})
    tokens = dict(zip(tags, engine.store.peek(tags), strict=True)) if tags else {}
    return [
        key
        for key, entry in entries.items()
        if entry is None or tuple(tokens[tag] for tag in entry.tags) != entry.tokens
    ]


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(keys)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
