"""The bench measures what it says: its arithmetic, its load, its clock and its report."""

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.__main__ import DOCUMENT, SCENARIOS, parse_arguments, scale_of
from bench.figures import Row, Section, Spread, Table, percentile, ratios
from bench.load import LoadFailed, run_load
from bench.machine import Cores, describe_machine
from bench.processor_time import family, processor_seconds
from bench.report import Report
from bench.scale import FULL, Scale
from bench.scenarios.over_http import FLASK, PRODUCT, RAW, SUBJECTS, Sample, compare, judge
from bench.site import Site, open_site
from bench.timing import BATCH, typical_seconds
from bench.wire import Connection, request_bytes

TINY = Scale(
    repetitions=1,
    seconds=0.2,
    connections=(2,),
    calls=20,
    crowd=4,
    writes=3,
    tag_sizes=(3, 30),
    hang_seconds=2.7,
)


def test_ratios_are_taken_within_a_round() -> None:
    """A round in which the machine was half as fast says the same as the others."""
    assert ratios([100, 50, 104], [50, 25, 52]) == Spread(2, 2, 2, 3)
    assert ratios([1, 3, 2], [1, 1, 1]) == Spread(2, 1, 3, 3)


def test_a_spread_shows_its_ends() -> None:
    assert Spread.of([3, 1, 2]).text(1, " ms") == "2.0 ms (1.0 to 3.0)"


@pytest.mark.parametrize(
    ("count", "part", "expected"), [(100, 0.99, 99), (1, 0.99, 1), (101, 0.99, 100), (4, 0.5, 2)]
)
def test_a_percentile_is_a_value_that_occurred(count: int, part: float, expected: int) -> None:
    values = list(range(count, 0, -1))
    assert percentile(values, part) == expected


def test_a_bar_is_missed_if_one_comparison_misses_it() -> None:
    def compared(*rates: float) -> list[tuple[object, int, dict[str, list[Sample]]]]:
        """The raw callable answers 1,000 a second."""
        raw = [Sample(1000, 0.001)] * 3
        return [
            (subject, 8, {PRODUCT: [Sample(rate, 0.002)] * 3, RAW: raw})
            for subject, rate in zip(SUBJECTS, rates, strict=True)
        ]

    reached = judge(RAW, compared(950, 850))
    assert reached.met
    assert not judge(RAW, compared(950, 849)).met
    assert not judge(RAW, compared(949, 850)).met
    assert "0.95 (0.95 to 0.95)" in reached.measured
    assert judge(FLASK, []).met is None


def test_processor_time_is_compared_the_other_way_round() -> None:
    samples = {PRODUCT: [Sample(10, 0.5)], RAW: [Sample(5, 2.0)]}
    faster, cheaper = compare(samples, RAW)
    assert (faster.middle, cheaper.middle) == (2, 4)


def test_processor_time_counts_what_grandchildren_spent() -> None:
    burn = "import time\nwhile time.process_time() < 0.5: pass\nprint('done', flush=True)\ninput()"
    start = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}])"
    start = start.format(start.format(burn))
    with subprocess.Popen(
        [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"done\n"
        assert len(family(process.pid)) == 3
        assert 0.45 < processor_seconds(process.pid) < 5
        process.communicate(b"\n")
    assert processor_seconds(process.pid) == 0


def test_an_interruption_is_not_counted() -> None:
    batches = []

    def run(count: int) -> None:
        batches.append(count)
        if len(batches) == 2:
            threading.Event().wait(0.2)

    assert typical_seconds(run, 5 * BATCH) < 0.01 / BATCH
    assert batches == [BATCH] * 5


@pytest.mark.parametrize(
    ("cores", "apart", "servers", "others"),
    [
        ({0}, True, {0}, {0}),
        ({0, 1}, False, {0, 1}, {0, 1}),
        ({0, 1}, True, {1}, {0}),
        ({0, 1, 2, 3}, False, {2, 3}, {0, 1}),
        (set(range(8)), True, {6, 7}, set(range(6))),
    ],
)
def test_cores_are_divided(
    monkeypatch: pytest.MonkeyPatch,
    cores: set[int],
    apart: bool,
    servers: set[int],
    others: set[int],
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: cores)
    divided = Cores.divide(apart=apart)
    assert (divided.servers, divided.others) == (servers, others)


class Server:
    """Answers on kept connections, and counts."""

    def __init__(self, answer: bytes, piece: int = 1_000_000) -> None:
        self.answered = 0
        self._answer = answer
        self._piece = piece
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._lock = threading.Lock()

    def run(self) -> None:
        while True:
            try:
                connected, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connected,), daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self, connected: socket.socket) -> None:
        with connected:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                while connected.recv(65536):
                    with self._lock:
                        self.answered += 1
                    for begin in range(0, len(self._answer), self._piece):
                        connected.sendall(self._answer[begin : begin + self._piece])
            except OSError:
                return


@contextmanager
def serving(answer: bytes, piece: int = 1_000_000) -> Iterator[Server]:
    server = Server(answer, piece)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


@pytest.mark.parametrize(("size", "piece"), [(5, 1), (500_000, 30_000)])
def test_an_answer_is_read_to_its_end_however_it_arrives(size: int, piece: int) -> None:
    body = b"h" * size
    answer = b'HTTP/1.1 200 OK\r\ncontent-length: %d\r\nETag: "x"\r\n\r\n' % size + body
    with serving(answer, piece) as server, Connection(server.port) as connection:
        for _ in range(3):
            read = connection.ask(request_bytes("/"))
            assert (read.status, read.body, read.header("etag")) == (200, body, '"x"')


@pytest.mark.parametrize("generator", ["wrk", "bench.generator"])
def test_the_load_is_what_the_server_saw(generator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if generator == "wrk" and not shutil.which("wrk"):
        pytest.skip("wrk is not installed")
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + b"x" * 20000
    with serving(answer) as server:
        load = run_load(server.port, "/", 4, 1.0 if generator == "wrk" else 0.5)
        assert load.failures == 0
        # What was on its way at the end was answered, but is not counted.
        assert load.requests <= server.answered <= load.requests + 8
        assert load.requests > 10
        assert load.rate == pytest.approx(load.requests / load.seconds)


@pytest.mark.parametrize("seconds", [0.3, 1.0])
def test_errors_are_no_answers(seconds: float) -> None:
    with serving(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n") as server:
        load = run_load(server.port, "/", 2, seconds)
        assert load.failures >= load.requests > 0


def test_a_load_on_nothing_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(LoadFailed):
        run_load(port, "/", 2, 0.2)


def test_the_report_says_what_was_missed_and_nothing_of_whose_machine_it_is() -> None:
    section = Section(
        "Speed",
        [
            Row("first", "1 at most", "0.5", True),
            Row("second", "2 | 3", "4", False),
            Row("third", "5", "not installed", None),
        ],
        ["How."],
        [Table(("a", "b"), [("1", "2")])],
    )
    cores = Cores(frozenset([1]), frozenset([0]))
    report = Report(
        "abc", datetime(2026, 1, 2, tzinfo=UTC), describe_machine(cores), "apart", [section]
    )
    text = report.markdown()
    assert "| first | 1 at most | 0.5 | yes |" in text
    assert "| second | 2 \\| 3 | 4 | **no** |" in text
    assert "| third | 5 | not installed | **not measured** |" in text
    assert "1 of 3 bars were reached, 2 were not." in text
    assert "granian" in text
    assert socket.gethostname() not in text
    assert report.terminal(80).endswith("  MISSED: second\n  MISSED: third")


def test_only_a_full_run_writes_the_document(tmp_path: Path) -> None:
    assert parse_arguments([]).output == DOCUMENT
    assert parse_arguments(["--quick"]).output is None
    assert parse_arguments(["--only", "front"]).output is None
    other = tmp_path / "other.md"
    assert parse_arguments(["--quick", "--output", str(other)]).output == other


def test_options_change_how_much_is_measured() -> None:
    options = parse_arguments(["--repetitions", "7", "--tag-sizes", "1", "2"])
    assert scale_of(options).repetitions == 7
    assert scale_of(options).tag_sizes == (1, 2)
    assert scale_of(parse_arguments([])) == FULL
    assert FULL.repetitions >= 5


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site(TINY) as running:
        yield running


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_can_run(site: Site, name: str) -> None:
    section = SCENARIOS[name](site)
    assert section.rows
    assert section.tables
    assert section.notes
    for row in section.rows:
        assert row.measure
        assert row.bar
        assert row.measured
