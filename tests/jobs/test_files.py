"""Files are known by their content, read apart, and refused in words that say why."""

import codecs
import re
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portfolio.services.documents import child
from portfolio.services.documents.kinds import FOREIGN, Unreadable
from portfolio.services.documents.reading import read_document
from portfolio.vocabulary import DocumentKind
from tests.api.uploads import errors
from tests.jobs import files
from tests.jobs.conftest import ANALYSES, JOB, address, finished, held, running_worker

TEXT = "\n".join(files.LINES)
OLD = "is an encrypted or old Office file; send a DOCX without a password"
SCANNED = "holds no text; what is only scanned has to be recognised first (OCR)"
LARGE = "takes too much memory or time to read"
DAMAGED = "is damaged and cannot be read"
ENCRYPTED = "is encrypted; send it without a password"


def send(client: FlaskClient, data: bytes, name: str = "job.exe", **fields: str) -> TestResponse:
    return client.post(ANALYSES, data={"file": (BytesIO(data), name, "text/html"), **fields})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.pdf(), DocumentKind.PDF),
        (b"\n\n" + files.pdf(), DocumentKind.PDF),
        (files.encrypted_pdf(""), DocumentKind.PDF),
        (files.word(), DocumentKind.DOCX),
        (TEXT.encode(), DocumentKind.PLAIN),
        (codecs.BOM_UTF8 + TEXT.encode(), DocumentKind.PLAIN),
        (TEXT.encode("utf-16"), DocumentKind.PLAIN),
        (f"# {TEXT}\r\n*now*".encode(), DocumentKind.PLAIN),
    ],
)
def test_each_kind_is_read(data: bytes, kind: DocumentKind) -> None:
    known, text = read_document(data)
    assert known is kind
    for line in files.LINES:
        assert line in text


def test_of_a_word_file_only_what_is_seen_is_read() -> None:
    _kind, text = read_document(files.word())
    assert text.count("Kubernetes") == 1
    assert "Cobol" not in text
    _kind, text = read_document(files.wrapped_word())
    assert "Kotlin in a control\nThen Erlang inserted\nKubernetes" in text
    assert "Perl" not in text


@pytest.mark.parametrize("data", [files.invisible_pdf(), files.invisible_word()])
def test_what_a_file_does_not_show_is_not_read(data: bytes) -> None:
    _kind, text = read_document(data)
    assert [line for line in text.splitlines() if line] == ["Backend Engineer", "On black"]


def test_what_a_file_names_is_not_opened() -> None:
    _kind, text = read_document(files.curious_word())
    assert "Requirements" in text
    assert Path("/etc/passwd").read_text().splitlines()[0] not in text


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"", "is empty"),
        (lambda: b" \n ", "is empty"),
        (lambda: bytes(range(256)) * 9, FOREIGN),
        (lambda: b"\x7fELF" + bytes(60), FOREIGN),
        (lambda: b"<!DOCTYPE html><p>" + TEXT.encode(), FOREIGN),
        (lambda: b"{\\rtf1 " + TEXT.encode() + b"}", FOREIGN),
        (lambda: "caf\u00e9".encode("latin-1") * 20, FOREIGN),
        (lambda: files.repacked({"[Content_Types].xml": b"<Types/>"}), FOREIGN),
        (lambda: files.macro_word(), "holds macros; save it as DOCX without them"),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), OLD),
        (files.encrypted_pdf, ENCRYPTED),
        (lambda: files.pdf()[: len(files.pdf()) // 3], DAMAGED),
        (lambda: b"%PDF-1.7\n" + bytes(range(1, 256)) * 40, DAMAGED),
        (lambda: files.word()[:-200], DAMAGED),
        (lambda: files.repacked({files.WORD: b"<w:p"}), DAMAGED),
        (files.scanned_pdf, SCANNED),
        (lambda: files.pdf(pages=51), "has more than 50 pages"),
        (files.swelling_pdf, LARGE),
        (lambda: files.repacked({"word/media/a.png": bytes(60 * 2**20)}), LARGE),
        (files.endless_pages_pdf, DAMAGED),
        (files.laughing_word, DAMAGED),
    ],
)
def test_what_cannot_be_read_is_refused_in_time(make: Callable[[], bytes], reason: str) -> None:
    data, begun = make(), time.monotonic()
    with pytest.raises(Unreadable, match=f"^{re.escape(reason)}$"):
        read_document(data)
    assert time.monotonic() - begun < 30


def test_tables_that_name_each_other_do_no_harm() -> None:
    _kind, text = read_document(files.looping_pdf())
    assert files.LINES[0] in text


@pytest.mark.parametrize(
    ("act", "error"),
    [
        ("bytearray(600 * 2**20)", "MemoryError"),
        ("open(sys.argv[1], 'wb', 0).write(b'x')", "OSError"),
        ("exit(7 if child.resource.getrlimit(child.resource.RLIMIT_CPU) == (10, 10) else 0)", ""),
    ],
)
def test_who_reads_files_is_limited(tmp_path: Path, act: str, error: str) -> None:
    root = str(Path(child.__file__).parents[3])
    program = (
        f"import sys; sys.path.append({root!r}); from portfolio.services.documents import child; "
        f"child.limit_itself(); {act}"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(tmp_path / "file")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (1 if error else 7), done.stderr
    assert error in done.stderr


def test_a_file_is_matched_by_a_task(app: APIFlask, client: FlaskClient, sample: str) -> None:
    for data, kind in ((files.pdf(), "pdf"), (files.word(), "docx"), (TEXT.encode(), "plain")):
        answer = send(client, data, profile=sample)
        begun = answer.get_json()
        assert (answer.status_code, answer.headers["Location"]) == (202, address(begun))
        assert (begun["status"], begun["source"], begun["job"]) == ("pending", kind, None)
        assert begun["text"].startswith("Senior Backend Engineer")
        with running_worker(app):
            done = finished(client, begun)
        assert done["status"] == "done"
        assert {match["requirement"]["text"] for match in done["missing"]} >= {"Scala"}
        assert done["overall"] > 0


def test_a_bad_file_is_refused_and_leaves_nothing(client: FlaskClient, sample: str) -> None:
    refused: list[tuple[bytes, str]] = [
        (files.encrypted_pdf(), ENCRYPTED),
        (b"too short", "holds less than 50 characters of text"),
        (b"long " * 20_000, "holds more than 50000 characters of text"),
    ]
    for data, reason in refused:
        assert errors(send(client, data)) == {"#/file": reason}
    assert errors(send(client, JOB.encode(), profile="nobody")) == {"#/profile": "is unknown"}
    assert errors(
        client.post(ANALYSES, data={"file": "no file"}, content_type="multipart/form-data")
    ).keys() == {"#/file"}
    assert client.get(f"{ANALYSES}stats/").get_json()["total"] == 0


def test_a_file_may_be_as_large_as_the_setting_says(make_app: Callable[..., APIFlask]) -> None:
    client = make_app(JOB_FILE_MAX_BYTES="1000").test_client()
    answer = send(client, b"x" * 1001)
    assert (answer.status_code, answer.get_json()["detail"]) == (413, "A file may have 1000 bytes.")
    assert send(client, b"x" * 200_000).status_code == 413


def test_what_a_file_says_does_not_reach_into_the_report(
    app: APIFlask, client: FlaskClient, sample: str
) -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) **Python**"
    begun: dict[str, Any] = send(client, files.word((*files.LINES, f"- {hostile}"))).get_json()
    with running_worker(app):
        finished(client, begun)
    page = client.get(address(begun, "report.html"), headers=held(begun)).text
    assert "<script" not in page
    written = client.get(address(begun, "report.md"), headers=held(begun)).text
    assert "<script" not in written.replace("\\<", "")
    assert "](javascript" not in written.replace("\\]", "")
