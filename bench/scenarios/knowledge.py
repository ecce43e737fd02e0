"""Answering: questions over many chunks, embeddings from where they are, and bulk."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from statistics import median
from typing import Any
from urllib.parse import quote

from flask import Flask

from bench.figures import Row, Section, Spread, Table, percentile, ratios
from bench.in_process import product_in_process
from bench.many_chunks import SLUG, many_chunks, new_questions
from bench.processor_time import family
from bench.resident_memory import resident_bytes
from bench.site import BenchError, Site, run_command
from bench.wire import Connection, request_bytes
from portfolio.ai.embeddings import EmbeddingCache, Tier
from portfolio.ai.encoder import Encoder, Vectors
from portfolio.ai.normal import normalise
from portfolio.cache_policy import EMBEDDING
from portfolio.caching.flask_adapter import cache_extension
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_resume
from portfolio.services.knowledge.answering import answer_question
from portfolio.services.knowledge.encoding import current_encoding, embed_question
from portfolio.services.knowledge.indexing import run_job
from portfolio.services.knowledge.jobs import open_jobs
from portfolio.services.knowledge.shelf import current_knowledge
from portfolio.services.knowledge.tiers import PostgresTier, RedisTier

MEDIAN, P95 = 0.020, 0.050
"""The bars of a cold question, in seconds."""
QUICKER = 20
MOST_MEMORY = 300 * 10**6
FIRST = 1.0
BULK = 0.9
TEXTS, MISSING = 200, 37


def measure(site: Site) -> Section:
    """Everything on a database of its own, so that no other scenario sees its projects."""
    own = _own_site(site)
    section = Section("Answers")
    with product_in_process(own) as app, app.app_context():
        import_resume(read_resume(many_chunks(site.scale.projects)), profile_slug=SLUG)
        _embed(app)
        questions = new_questions()
        _cold(section, max(site.scale.calls // 40, 20), questions)
        _from_redis(section, site.scale.repetitions, questions)
        _misses(section)
    _bulk(section, own, min(site.scale.repetitions, 5))
    _start(section, own, min(site.scale.repetitions, 5), new_questions())
    return section


def _own_site(site: Site) -> Site:
    environment = {
        **site.environment,
        "DATABASE_URL": site.servers.create_database("bench_knowledge"),
        "CACHE_KEY_PREFIX": "bench-knowledge",
    }
    run_command(["db", "upgrade"], environment)
    return replace(site, environment=environment)


def _embed(app: Flask, *, anew: bool = False) -> float:
    """Embed the whole profile; seconds."""
    ((job, _slug),) = open_jobs(SLUG)
    begin = time.perf_counter()
    if not run_job(job, everything=True, encode=anew):
        raise BenchError(f"{app.name}: the profile was not embedded")
    return time.perf_counter() - begin


def _cold(section: Section, count: int, questions: Iterator[str]) -> None:
    """A question from its words to its answer, at first in a fresh index."""
    times, steps = [], []
    answer_question(next(questions), profile=SLUG)
    for question in islice(questions, count):
        begin = time.perf_counter()
        answered = answer_question(question, profile=SLUG)
        times.append(time.perf_counter() - begin)
        steps.append(answered.timings)
    half, most = median(times), percentile(times, 0.95)
    chunks = len(current_knowledge(SLUG, private=False).index.chunks)
    section.rows.append(
        Row(
            f"cold question end to end, no language model, {chunks:,} chunks",
            f"p50 under {MEDIAN * 1000:.0f} ms, p95 under {P95 * 1000:.0f} ms",
            f"p50 {half * 1000:.1f} ms, p95 {most * 1000:.1f} ms",
            half < MEDIAN and most < P95,
        )
    )
    rows = [
        (name, *(f"{figure * 1000:.2f}" for figure in (median(taken), percentile(taken, 0.95))))
        for name in dict.fromkeys(name for step in steps for name in step)
        if (taken := [step[name] for step in steps if name in step])
    ]
    section.notes.append(
        f"Cold questions: {len(times)} that nobody has asked before, one after the other through "
        "`answer_question` in one process that has loaded its model and its index; each is "
        "encoded, kept in Redis, searched and answered, without a language model."
    )
    section.tables.append(Table(("step of a cold question", "median ms", "p95 ms"), rows))


def _from_redis(section: Section, rounds: int, questions: Iterator[str]) -> None:
    encoder = current_encoding().encoder()
    encoded, read = [], []
    for _ in range(rounds):
        some = list(islice(questions, 50))
        for question in some:
            embed_question(question)
        encoded.append(median([_call(encoder.encode, [normalise(q)]) for q in some]))
        read.append(median([_call(embed_question, q) for q in some]))
    ratio = ratios(encoded, read)
    section.rows.append(
        Row(
            "embedding of a question from Redis against encoding it",
            f"{QUICKER} times as fast",
            f"{ratio.text(1)} times",
            ratio.middle >= QUICKER,
        )
    )
    millis = [Spread.of([t * 1000 for t in times]).text(3) for times in (encoded, read)]
    section.tables.append(
        Table(("encoding a question, ms", "from Redis, ms", "ratio"), [(*millis, ratio.text(1))])
    )


class _CountingEncoder:
    """Counts the calls of an encoder, and the texts of each."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.model, self.dimension = encoder.model, encoder.dimension
        self.calls: list[int] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        self.calls.append(len(texts))
        return self._encoder.encode(texts)


def _misses(section: Section) -> None:
    encoder = _CountingEncoder(current_encoding().encoder())
    tiers: list[Tier] = [RedisTier(cache_extension(), EMBEDDING), PostgresTier()]
    embeddings = EmbeddingCache(encoder.model, tiers, lambda: encoder, lambda *_: None)
    texts = [f"The {number}th lamp of the lighthouse was mended." for number in range(TEXTS)]
    embeddings.embed(texts[MISSING:])
    encoder.calls.clear()
    embeddings.embed(texts)
    section.rows.append(
        Row(
            f"{TEXTS} texts of which {MISSING} are nowhere yet",
            f"one encoding of {MISSING}",
            " and ".join(f"one of {size}" for size in encoder.calls),
            encoder.calls == [MISSING],
        )
    )


def _bulk(section: Section, site: Site, rounds: int) -> None:
    """The worker's way, to the last commit, and sentence-transformers by itself, in turn."""
    ours, theirs = [], []
    with product_in_process(site, ENCODER="torch") as app, app.app_context():
        reference: Any = current_encoding().encoder()
        chunks = current_knowledge(SLUG, private=False).index.chunks
        texts = sorted({chunk.text for chunk in chunks}, key=len)
        for _ in range(rounds):
            ours.append(len(texts) / _embed(app, anew=True))
            theirs.append(len(texts) / _call(reference.network.encode, texts))
    ratio = ratios(ours, theirs)
    section.rows.append(
        Row(
            "bulk: chunks per second against one sorted call of sentence-transformers",
            f"{BULK} times as fast",
            f"{ratio.text()} times: {Spread.of(ours).text(0)} chunks/s against "
            f"{Spread.of(theirs).text(0)}",
            ratio.middle >= BULK,
        )
    )
    section.notes.append(
        f"Bulk: a job that embeds all {len(texts):,} texts anew, with cutting, Redis, PostgreSQL "
        f"and its own progress; and `SentenceTransformer.encode` of the same texts, sorted by "
        f"length, as it comes; {rounds} rounds, in turn, in one process."
    )


def _start(section: Section, site: Site, rounds: int, questions: Iterator[str]) -> None:
    """A web server with one worker, again and again: its first question, and its memory."""
    firsts, memories = [], []
    for _ in range(rounds):
        with site.product(workers=1) as server, Connection(server.port) as connection:
            firsts.append(_call(_search, connection, next(questions)))
            for question in islice(questions, 50):
                _search(connection, question)
            memories.append(max(map(resident_bytes, family(server.pid))))
    first, memory = Spread.of(firsts), Spread.of([taken / 10**6 for taken in memories])
    section.rows += [
        Row(
            "memory of a web worker with the encoder loaded",
            f"under {MOST_MEMORY // 10**6} MB",
            memory.text(0, " MB"),
            max(memories) < MOST_MEMORY,
        ),
        Row(
            "first question after a start",
            f"under {FIRST:.0f} s",
            first.text(2, " s"),
            first.most < FIRST,
        ),
    ]
    section.notes.append(
        f"Start: granian with one worker, {rounds} times; the first question goes to "
        "`/api/v1/search/` as soon as `/ready/` answers 200, loads the model and builds the index. "
        "Memory is resident memory after 50 more questions, shared pages counted whole."
    )


def _search(connection: Connection, question: str) -> None:
    path = f"/api/v1/search/?profile={SLUG}&q={quote(question)}"
    answer = connection.ask(request_bytes(path))
    if answer.status != 200 or b'"results": []' in answer.body:
        raise BenchError(f"a search was answered with {answer.status}")


def _call(call: Callable[..., object], *arguments: object) -> float:
    begin = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - begin
