"""What the bench's clocks count, and on which cores."""

import subprocess
import sys
import threading

import pytest

from bench.machine import Cores
from bench.processor_time import family, processor_seconds
from bench.timing import BATCH, typical_seconds


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
    ("cores", "servers", "others", "under_load"),
    [
        ({0}, {0}, {0}, ({0}, {0})),
        ({0, 1}, {0, 1}, {0, 1}, ({1}, {0})),
        ({0, 1, 2, 3}, {2, 3}, {0, 1}, ({2, 3}, {0, 1})),
        (set(range(8)), {6, 7}, set(range(6)), ({6, 7}, set(range(6)))),
    ],
)
def test_cores_are_divided(
    monkeypatch: pytest.MonkeyPatch,
    cores: set[int],
    servers: set[int],
    others: set[int],
    under_load: tuple[set[int], set[int]],
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: cores)
    divided = Cores.divide()
    assert (divided.servers, divided.others) == (servers, others)
    apart = divided.load_apart()
    assert (apart.servers, apart.others) == under_load
