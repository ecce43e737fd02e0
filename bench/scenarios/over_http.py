"""Cached answers over HTTP, side by side with a raw callable, Flask-Caching and Django."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from bench.figures import Row, Section, Spread, Table, ratios
from bench.load import LoadFailed, generator_name, run_load
from bench.machine import is_installed, pinned
from bench.processor_time import processor_seconds
from bench.ready_answer import VARIABLE, ReadyAnswer
from bench.site import WEB_THREADS, BenchError, Site, WebServer
from bench.wire import Answer, Connection, request_bytes
from portfolio.local.app_programs import WEB_WORKERS
from portfolio.local.sockets import choose_port

PRODUCT, RAW, FLASK, DJANGO = (
    "Portfolio",
    "raw callable",
    "Flask-Caching RedisCache",
    "Django cache_page, gunicorn",
)


@dataclass(frozen=True)
class Subject:
    """A path that is asked for, and how many times as fast as each other it has to be."""

    name: str
    path: str
    bars: dict[str, float]


SUBJECTS = (
    Subject("small body", "/api/v1/projects/stats/", {RAW: 0.95, FLASK: 10, DJANGO: 25}),
    Subject("20 items", "/api/v1/projects/?page_size=20", {RAW: 0.85, FLASK: 8, DJANGO: 14}),
)


@dataclass(frozen=True)
class Sample:
    """One load on one contender: answers a second, and server processor time for each."""

    rate: float
    processor: float


Samples = dict[str, list[Sample]]


def measure(site: Site) -> Section:
    """All subjects, all numbers of connections, all contenders.

    The load takes nothing from the servers, where there are cores enough; Redis does, since what a
    contender asks of it is a part of its answer.
    """
    cores, redis_pid = site.cores.load_apart(), site.servers.redis_cache.pid
    with pinned(cores.others), pinned(cores.servers, redis_pid):
        return _compare(replace(site, cores=cores))


def _compare(site: Site) -> Section:
    section = Section("Over HTTP")
    section.notes = [
        f"{site.cores.describe()} Here Redis runs where the web servers run: what a contender "
        "asks of it takes from what it can answer.",
        f"Load from {generator_name()}, one thread, kept connections. Every contender but Django "
        f"runs in granian with the product's own settings ({WEB_WORKERS} workers, {WEB_THREADS} "
        f"blocking threads); Django in gunicorn, gthread, {WEB_WORKERS} workers, {WEB_THREADS} "
        "threads, with the middleware of `startproject`. All give the same body. The raw callable "
        "returns the product's answer, with its headers, as constants.",
        f"{site.scale.repetitions} rounds; in each round every contender is loaded for "
        f"{site.scale.seconds:g} s, in turn, and another one begins; all are started anew for "
        "each. A ratio is taken within its round. Processor time is user and system time of the "
        "server's processes, for one answer; that of Redis, which only Flask-Caching and Django "
        "ask on a hit, is not in it. The raw callable's own ratio is what anything that this "
        "server serves could reach.",
    ]
    measured: dict[str, list[tuple[Subject, int, Samples]]] = {}
    table = Table(
        (
            "asked for",
            "connections",
            "contender",
            "answers/s",
            "CPU µs each",
            "Portfolio is",
            "CPU",
        ),
        rows := [],
    )
    for subject in SUBJECTS:
        for connections, samples in _measure_subject(site, subject).items():
            rows += _describe(subject, connections, samples)
            for name in samples.keys() - {PRODUCT}:
                measured.setdefault(name, []).append((subject, connections, samples))
    section.tables.append(table)
    for name in (RAW, FLASK, DJANGO):
        section.rows.append(judge(name, measured.get(name, [])))
    return section


def _measure_subject(site: Site, subject: Subject) -> dict[int, Samples]:
    found: dict[int, Samples] = {connections: {} for connections in site.scale.connections}
    # Each round has servers of its own: granian makes threads as it needs them and keeps them, and
    # a process that once made twice as many is slower from then on, whatever it serves.
    for number in range(site.scale.repetitions):
        with site.product() as product, _contenders(site, product, subject) as contenders:
            for server in contenders.values():
                run_load(server.port, subject.path, min(found), 1)
            for connections, samples in found.items():
                _add_round(site, contenders, subject, connections, samples, number)
    return found


@contextmanager
def _contenders(site: Site, product: WebServer, subject: Subject) -> Iterator[dict[str, WebServer]]:
    ready = ReadyAnswer.of(fetch_hit(product.port, subject.path))
    file = site.folder / "answer.json"
    ready.save(file)
    redis_url = site.servers.redis_url.removesuffix("/0")
    settings = {VARIABLE: str(file), "BENCH_REDIS_URL": f"{redis_url}/1"}
    with ExitStack() as stack:
        contenders = {PRODUCT: product}
        contenders[RAW] = stack.enter_context(
            site.granian("bench.contenders.raw:app", environment=settings)
        )
        contenders[FLASK] = stack.enter_context(
            site.granian("bench.contenders.flask_caching_app:app", environment=settings)
        )
        if all(map(is_installed, ("Django", "django-redis", "gunicorn"))):
            settings["BENCH_REDIS_URL"] = f"{redis_url}/2"
            port = choose_port()
            options = ["--worker-class", "gthread", "--keep-alive", "75", "--log-level", "error"]
            size = ["--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS)]
            address = ["--bind", f"127.0.0.1:{port}", "bench.contenders.django_site:app"]
            command = ["gunicorn", *options, *size, *address]
            contenders[DJANGO] = stack.enter_context(
                site.web_server("gunicorn", command, port, "/", settings)
            )
        for name, server in contenders.items():
            with Connection(server.port) as connection:
                if connection.ask(request_bytes(subject.path)).body != ready.body:
                    raise BenchError(f"{name} gives another body for {subject.path}")
        yield contenders


def fetch_hit(port: int, path: str) -> Answer:
    """The product's answer from its own memory.

    Raises:
        BenchError: it never comes from there.
    """
    with Connection(port) as connection:
        for _ in range(100):
            answer = connection.ask(request_bytes(path))
            if answer.status == 200 and answer.is_hit:
                return answer
    raise BenchError(f"{path} is never a hit: {answer.status} {answer.header('Cache-Status')}")


def _add_round(
    site: Site,
    contenders: dict[str, WebServer],
    subject: Subject,
    connections: int,
    samples: Samples,
    number: int,
) -> None:
    names = list(contenders)
    turn = number % len(names)
    for name in names[turn:] + names[:turn]:
        sample = _load(site, contenders[name], subject.path, connections)
        samples.setdefault(name, []).append(sample)
    rates = ", ".join(f"{name} {samples[name][-1].rate:,.0f}/s" for name in names)
    print(f"  {subject.name}, {connections} connections, round {number + 1}: {rates}")


def _load(site: Site, server: WebServer, path: str, connections: int) -> Sample:
    before = processor_seconds(server.pid)
    load = run_load(server.port, path, connections, site.scale.seconds)
    spent = processor_seconds(server.pid) - before
    if load.failures or not load.requests:
        raise LoadFailed(f"{server.name}: {load.failures} of {load.requests} answers failed")
    return Sample(load.rate, spent / load.requests)


def _describe(subject: Subject, connections: int, samples: Samples) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    for name, found in samples.items():
        rate = Spread.of([sample.rate for sample in found])
        micros = Spread.of([sample.processor * 1e6 for sample in found])
        compared = ("", "")
        if name != PRODUCT:
            faster, cheaper = compare(samples, name)
            compared = (f"{faster.text()} times as fast", f"{cheaper.text()} times as cheap")
        lines.append(
            (subject.name, str(connections), name, rate.text(0), micros.text(1), *compared)
        )
    return lines


def compare(samples: Samples, name: str, one: str = PRODUCT) -> tuple[Spread, Spread]:
    """How many times as fast, and as cheap in processor time, the product is, or another one."""
    ours, theirs = samples[one], samples[name]
    return (
        ratios([sample.rate for sample in ours], [sample.rate for sample in theirs]),
        ratios([sample.processor for sample in theirs], [sample.processor for sample in ours]),
    )


def judge(name: str, found: list[tuple[Subject, int, Samples]]) -> Row:
    """Whether the product is as many times as fast as it has to be, in every comparison."""
    small, large = (subject.bars[name] for subject in SUBJECTS)
    measure = f"cached answers over HTTP against {name}"
    bar = f"{small:g} times as fast, with 20 items {large:g}"
    if not found:
        return Row(measure, bar, "not measured: it is not installed", None)
    parts, met = [], True
    for subject, connections, samples in found:
        faster, cheaper = compare(samples, name)
        part = f"{subject.name}, {connections} connections: {faster.text()}; CPU {cheaper.text()}"
        if name != RAW:
            part += f"; the raw callable {compare(samples, name, RAW)[0].text()}"
        parts.append(part)
        met = met and faster.middle >= subject.bars[name]
    return Row(measure, bar, "; ".join(parts), met)
