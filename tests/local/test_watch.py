"""What the launcher says and does about programs that end by themselves."""

from pathlib import Path

import pytest

from portfolio.local.log_tail import LINES, LogTail
from portfolio.local.supervisor_client import ProcessInfo
from portfolio.local.var_folder import VarFolder
from portfolio.local.watch import TRY_AGAIN_SECONDS, Reporter


def process(pid: int, state: str) -> ProcessInfo:
    return ProcessInfo("app", "web", pid, state, 1.0)


def test_a_restart_is_reported_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(VarFolder(tmp_path))
    for pid, state in [(5, "RUNNING"), (0, "BACKOFF"), (6, "STARTING"), (6, "RUNNING")]:
        assert reporter.report([process(pid, state)], 0.0) == []
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    assert printed.startswith("web ended and was restarted (pid 6); see ")


def test_a_program_that_was_given_up_is_tried_again_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter = Reporter(VarFolder(tmp_path))
    fatal = process(0, "FATAL")
    assert reporter.report([fatal], 0.0) == []
    assert reporter.report([fatal], TRY_AGAIN_SECONDS - 1) == []
    assert reporter.report([fatal], TRY_AGAIN_SECONDS) == [fatal]
    assert reporter.report([fatal], TRY_AGAIN_SECONDS + 1) == []
    assert capsys.readouterr().out.startswith("web keeps ending; see ")


def test_the_tail_of_a_log_begins_with_this_start(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("from yesterday\n")
    tail = LogTail(log)
    assert tail.read() == ""
    with log.open("a") as file:
        file.writelines(f"line {number}\n" for number in range(LINES + 5))
    assert tail.read().splitlines()[0] == "line 5"
    log.write_text("new\n")
    assert tail.read() == "new"
