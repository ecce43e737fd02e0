"""What the documents tell readers to type works, and answers what is printed below it.

A status or a header in a comment behind a line is compared, and so is the block that follows:
`json` with the body, `http` with status, headers and body. `…` stands for what varies.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.docs.test_documents import CODE_BLOCK, DOCUMENTS, by_name
from tests.services.pictures import encoded, gradient
from tests.system.conftest import SAMPLE

from .conftest import Site
from .shell import Shell

COMMANDS = re.compile(r"^(?:curl|\.venv/bin/flask) ", re.MULTILINE)


def blocks(path: Path) -> list[tuple[str, str]]:
    """Language and text of each block of code."""
    return CODE_BLOCK.findall(path.read_text("utf-8"))


DOCUMENTS_WITH_COMMANDS = [
    path
    for path in DOCUMENTS
    if any(language == "sh" and COMMANDS.search(body) for language, body in blocks(path))
]


def lines(block: str) -> list[str]:
    """Lines as the shell reads them; indented ones belong to a function of the example."""
    joined = re.sub(r" *\\\n\s*", " ", block)
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def alike(told: Any, real: Any) -> bool:
    """Whether the real answer is what was told; `…` is whatever it may be."""
    if told == "…":
        return True
    if isinstance(told, dict) and isinstance(real, dict):
        named = told.keys() - {"…"}
        complete = named == real.keys() or ("…" in told and named <= real.keys())
        return complete and all(alike(told[name], real[name]) for name in named)
    if isinstance(told, list) and isinstance(real, list):
        return len(told) == len(real) and all(map(alike, told, real))
    if isinstance(told, str) and isinstance(real, str):
        return re.fullmatch(".*".join(map(re.escape, told.split("…"))), real) is not None
    return bool(told == real)


def check_answer(language: str, told: str, answer: httpx.Response) -> None:
    if language == "http":
        head, _, told = told.partition("\n\n")
        status, *headers = head.splitlines()
        assert status.split()[1] == str(answer.status_code), answer.text
        for header in headers:
            name, _, value = header.partition(": ")
            assert alike(value, answer.headers[name]), f"{header} was {answer.headers[name]}"
    if told.strip():
        expected = json.loads(told)
        assert alike(expected, answer.json()), json.dumps(answer.json(), indent=2)


def check_comment(line: str, answer: httpx.Response) -> bool:
    """Whether a comment says what comes; fails if something else came."""
    if status := re.search(r"# ([1-5]\d\d)\b", line):
        assert answer.status_code == int(status[1]), f"{line}: {answer.status_code} {answer.text}"
        return True
    if header := re.search(r"# ([A-Z][\w-]+): (.+)$", line):
        assert answer.headers[header[1]] == header[2], line
    return False


@pytest.mark.parametrize("path", DOCUMENTS_WITH_COMMANDS, ids=by_name)
def test_the_examples_work(
    site: Site, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site.publish_sample()
    shutil.copy(SAMPLE, tmp_path / "resume.json")
    (tmp_path / "photo.jpg").write_bytes(encoded(gradient(), "JPEG"))
    shell = Shell(site, tmp_path)
    done = 0
    following = [*blocks(path)[1:], ("", "")]
    for (language, body), (next_language, printed) in zip(blocks(path), following, strict=True):
        told = False
        for line in lines(body) if language == "sh" else []:
            assert told or shell.answer is None or shell.answer.is_success, shell.answer.text
            done += shell.run(with_ids(site, line))
            told = shell.answer is not None and check_comment(line, shell.answer)
        if language == "sh" and shell.answer is not None:
            if next_language in ("http", "json"):
                check_answer(next_language, printed, shell.answer)
            else:
                assert told or shell.answer.is_success, shell.answer.text
        shell.answer = None
    assert done


def with_ids(site: Site, line: str) -> str:
    """The line with the id of a token in place of the word for it."""
    if not line.endswith(" ID"):
        return line
    with psycopg.connect(site.running.environment["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT id FROM api_tokens WHERE name = 'editor'").fetchone()
    assert row is not None
    return line.removesuffix("ID") + str(row[0])


@pytest.mark.parametrize(
    ("told", "real"),
    [({"a": 1}, {"a": 1, "b": 2}), (["…"], []), ("a…", "b"), ({"…": "…", "a": 1}, {}), (1, 2)],
)
def test_what_is_not_alike_is_seen(told: Any, real: Any) -> None:
    assert not alike(told, real)
