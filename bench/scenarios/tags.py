"""Invalidating a tag that few or very many entries depend on, in Redis and in memory."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass

import redis
from flask import Flask

from bench.figures import Row, Section, Spread, Table
from bench.machine import available_memory
from bench.site import BenchError, Site
from bench.small_app import close_small_app, make_small_app
from portfolio.caching.entry import Entry
from portfolio.caching.flask_adapter import CacheExtension
from portfolio.caching.memory import Copy
from portfolio.caching.policy import CacheType, Policy, PolicyTable

TAGGED = Policy("tagged", CacheType.QUERY, 3600, ("bench:size={size}",), ("size", "number"))
TAG = "bench:size={size}"
MOST_TIMES = 1.5
"""How many times as long the largest may take as the smallest, to count as the same time."""
REDIS_BYTES, MEMORY_BYTES = 600, 1200
"""What one entry takes at most, in Redis and in the process."""
LIFE = 3600.0
_BATCH = 2000
_CHECKED = 200


@dataclass
class Group:
    """Entries that share one tag, in Redis and copied into memory.

    Attributes:
        token: of the tag, so that the very same entries can be made valid again.
    """

    size: int
    tag: str
    token: bytes
    copies: list[Copy]


def measure(site: Site) -> Section:
    """Each size in turn, several times over."""
    section = Section("Invalidating a tag with many entries")
    sizes = _sizes_that_fit(site, section)
    room = sum(sizes) * MEMORY_BYTES
    with redis.Redis.from_url(site.environment["REDIS_URL"]) as raw:
        before = raw.config_get("maxmemory")["maxmemory"]
        raw.config_set("maxmemory", max(int(before), sum(sizes) * REDIS_BYTES * 2))
        app, near = make_small_app(
            site.environment, PolicyTable(TAGGED), memory=room, prefix="bench-tags"
        )
        far_app, far = make_small_app(
            site.environment, PolicyTable(TAGGED), memory=0, prefix="bench-tags"
        )
        try:
            _measure(site, section, sizes, (app, near), (far_app, far), raw)
        finally:
            close_small_app(app, near)
            close_small_app(far_app, far)
            for names in _batches(raw.scan_iter(match="{bench-tags}:*", count=_BATCH)):
                raw.unlink(*names)
            raw.config_set("maxmemory", before)
    return section


def _measure(
    site: Site,
    section: Section,
    sizes: tuple[int, ...],
    process: tuple[Flask, CacheExtension],
    other: tuple[Flask, CacheExtension],
    raw: "redis.Redis",
) -> None:
    (app, near), (far_app, far) = process, other
    times: dict[int, list[tuple[float, ...]]] = {size: [] for size in sizes}
    with app.app_context(), far_app.app_context():
        _wait_until_listening(near)
        groups = [_build(near, size, raw) for size in sizes]
        for _ in range(max(site.scale.repetitions * 2, 3)):
            for group in groups:
                times[group.size].append(_invalidate_once(group, near, far, raw))
    rows = []
    for size, found in times.items():
        columns = zip(*found, strict=True)
        rows.append((f"{size:,}", *(Spread.of(list(column)).text(0) for column in columns)))
    section.tables.append(
        Table(("entries", "invalidate µs", "next read in memory µs", "next read in Redis µs"), rows)
    )
    section.notes.append(
        "Entries are made with the engine's own classes and written by pipeline; the same number "
        "of copies lies in the memory of one process, which is given room for them. Then: "
        "`engine.invalidate(tag)`; the time from its return to the moment at which that process "
        "no longer believes its copy, asking without a pause; and in another process, without "
        "memory, the read that finds the entry invalid. After each time "
        f"{_CHECKED} entries of the tag, spread over all, are checked to be invalid too."
    )
    least, most = min(sizes), max(sizes)
    totals = {size: Spread.of([sum(parts) for parts in times[size]]) for size in (least, most)}
    text = ", ".join(f"{size:,}: {totals[size].text(0)} µs" for size in totals)
    section.rows.append(
        Row(
            f"invalidating a tag with {', '.join(f'{size:,}' for size in sizes)} entries on it",
            f"same time (the most {MOST_TIMES:g} times the least), in L1 too",
            f"{text} (invalidate, and the next reads in memory and in Redis)",
            totals[most].middle <= MOST_TIMES * totals[least].middle
            and len(sizes) == len(site.scale.tag_sizes),
        )
    )


def _sizes_that_fit(site: Site, section: Section) -> tuple[int, ...]:
    room = available_memory() * 0.6
    sizes = tuple(s for s in site.scale.tag_sizes if s * (REDIS_BYTES + MEMORY_BYTES) < room)
    for size in set(site.scale.tag_sizes) - set(sizes):
        section.notes.append(f"{size:,} entries do not fit into this machine's memory: left out.")
    return sizes


def _wait_until_listening(extension: CacheExtension) -> None:
    for _ in range(500):
        if extension.nearby.mark() is not None:
            return
        time.sleep(0.01)  # its thread tells nobody when it has connected
    raise BenchError("the process never listens to Redis")


def _build(extension: CacheExtension, size: int, raw: "redis.Redis") -> Group:
    """The entries in Redis, and a copy of each in memory."""
    begin = time.monotonic()
    store = extension.store
    tags = TAGGED.tags({"size": size, "number": 0})
    tokens = store.tokens(tags)
    mark = extension.nearby.mark()
    if mark is None:
        raise BenchError("the process does not listen to Redis")
    copies = []
    for numbers in _batches(iter(range(size))):
        pipeline = raw.pipeline(transaction=False)
        for number in numbers:
            key = _key(extension, size, number)
            entry = Entry(key, tags, tokens, LIFE, LIFE, extension.codec.encode(number))
            pipeline.set(store.name(key), entry.pack(key, extension.seal), ex=int(LIFE))
            made = time.monotonic()
            copy = Copy(
                identity=key,
                count_hit=extension.counters.step(TAGGED.name, "memory_hits"),
                value=None,
                payload=entry.payload,
                tags=tags,
                tokens=tokens,
                mark=mark,
                made=made,
                expires=made + LIFE,
                size=MEMORY_BYTES // 2,
            )
            extension.nearby.put(copy)
            copies.append(copy)
        pipeline.execute()
    print(f"  made {size:,} entries in {time.monotonic() - begin:.1f} s")
    tag = TAG.format(size=size)
    return Group(size, tag, tokens[tags.index(tag)], copies)


def _invalidate_once(
    group: Group, near: CacheExtension, far: CacheExtension, raw: "redis.Redis"
) -> tuple[float, ...]:
    """Microseconds: to invalidate, until memory is not believed, until Redis is found invalid."""
    _revive(group, near, raw)
    engine, nearby = near.engine, near.nearby
    sample = [_key(near, group.size, number) for number in _spread(group.size)]
    for key in sample:
        if nearby.get(key) is None or not _valid_in_redis(far, group, key):
            raise BenchError("an entry is not valid before its tag is invalidated")
    probe = sample[0]
    begin = time.perf_counter()
    engine.invalidate(group.tag)
    told = time.perf_counter()
    while nearby.get(probe) is not None:
        pass
    unseen = time.perf_counter()
    if _valid_in_redis(far, group, probe):
        raise BenchError("an invalidated entry is still valid in Redis")
    found = time.perf_counter()
    for key in sample:
        if nearby.get(key) is not None or _valid_in_redis(far, group, key):
            raise BenchError("an invalidated entry is still valid")
    return tuple(moment * 1e6 for moment in (told - begin, unseen - told, found - unseen))


def _revive(group: Group, near: CacheExtension, raw: "redis.Redis") -> None:
    """Make the same entries valid again, in Redis and in memory; nothing but a bench may."""
    raw.set(near.store.tag_name(group.tag), group.token, ex=7 * 24 * 3600)
    time.sleep(0.05)  # setting a tag is pushed too
    near.nearby.put(group.copies[0])
    near.nearby.get(group.copies[0].identity)  # takes that push in
    mark = near.nearby.mark()
    if mark is None:
        raise BenchError("the process does not listen to Redis any more")
    for copy in group.copies:
        copy.mark, copy.checked = mark, -1
    # Reading an invalid copy drops it.
    for number in _spread(group.size):
        near.nearby.put(group.copies[number])


def _spread(size: int) -> list[int]:
    """As many numbers for each size, so that the same is done before each time; few come again."""
    return [number * size // _CHECKED for number in range(_CHECKED)]


def _key(extension: CacheExtension, size: int, number: int) -> str:
    return TAGGED.key(extension.source.epoch(), {"size": size, "number": number}).name


def _valid_in_redis(extension: CacheExtension, group: Group, key: str) -> bool:
    tags = TAGGED.tags({"size": group.size, "number": 0})
    found = extension.store.read(key, tags)
    if found.data is None:
        raise BenchError("an entry is missing in Redis")
    entry = Entry.unpack(key, extension.seal, found.data)
    return entry is not None and entry.tokens == found.tokens


def _batches(names: Iterator) -> Iterator[list]:  # type: ignore[type-arg]
    while batch := list(itertools.islice(names, _BATCH)):
        yield batch
