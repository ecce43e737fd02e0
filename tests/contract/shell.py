"""Does what the shell examples of documents do, without a shell and without curl."""

import argparse
import re
import shlex
from pathlib import Path
from string import Template

import httpx

from portfolio.vocabulary import Scope
from tests.system.conftest import CLIENT

from .conftest import Site

LEFT_ALONE = (
    "make",
    "rsync",
    "$psql",
    "$tools/",
    ".venv/bin/flask knowledge eval",
    ".venv/bin/flask knowledge fit",
    ".venv/bin/redis-cli",
    ".venv/bin/python",
    "url()",
)
"""Beginnings of lines that need what a test's site does not have."""
ASSIGNMENT = re.compile(r"(\w+)=(\$\(.*\)|\S*)(?:\s+#.*)?")
HEADER_OF = re.compile(r"\$\((curl .+?) \| tr .+ \| sed -n 's/\^([\w-]+): //Ip'\)")

_CURL = argparse.ArgumentParser("curl", exit_on_error=False)
_CURL.add_argument("url")
_CURL.add_argument("-X", dest="method")
_CURL.add_argument("-H", dest="headers", action="append", default=[])
_CURL.add_argument("-d", "--data-binary", dest="body")
_CURL.add_argument("-F", dest="fields", action="append", default=[])
_CURL.add_argument("-I", dest="head", action="store_true")
_CURL.add_argument("-o", dest="output")
_CURL.add_argument("-i", "-s", dest="told", action="store_true")


class Shell:
    """Variables, a folder, and the last answer."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._site = site
        self._folder = folder
        self._variables = {"api": f"{site.address}/api/v1", "token": site.tokens[Scope.ADMIN]}
        self.answer: httpx.Response | None = None

    def run(self, line: str) -> bool:
        """Do what the line says; False for what is left alone."""
        if assigned := ASSIGNMENT.fullmatch(line):
            return self._assign(assigned[1], assigned[2])
        line = re.sub(r"^(?:[A-Z_]+=\S+ +)+", "", line)
        if line.startswith(LEFT_ALONE):
            return False
        words = [
            Template(word).safe_substitute(self._variables)
            for word in shlex.split(line, comments=True)
        ]
        if words[0] == "curl":
            self.answer = self._curl(words[1:])
        elif words[0] == ".venv/bin/flask":
            self._flask(words[1:])
        else:
            raise AssertionError(f"no test can do this: {line}")
        return True

    def _assign(self, name: str, value: str) -> bool:
        if name in ("api", "token"):
            return True
        if header := HEADER_OF.fullmatch(value):
            self.run(header[1])
            assert self.answer is not None
            self._variables[name] = self.answer.headers[header[2]]
            return True
        return False

    def _curl(self, words: list[str]) -> httpx.Response:
        given = _CURL.parse_args(words)
        method = given.method or ("HEAD" if given.head else "POST" if given.body else "GET")
        headers = dict(header.split(": ", 1) for header in given.headers)
        if given.body:
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        if given.fields and not given.method:
            method = "POST"
        answer = CLIENT.request(
            method,
            given.url,
            headers=headers,
            content=self._content(given.body) if given.body else None,
            files=dict(self._field(field) for field in given.fields) or None,
        )
        if given.output:
            (self._folder / given.output).write_bytes(answer.content)
        return answer

    def _content(self, text: str) -> bytes:
        if text.startswith("@"):
            return (self._folder / text[1:]).read_bytes()
        return text.encode()

    def _field(self, text: str) -> tuple[str, tuple[str | None, bytes]]:
        name, _, value = text.partition("=")
        path = value[1:].partition(";")[0] if value.startswith("@") else None
        return name, (path, self._content(f"@{path}" if path else value))

    def _flask(self, words: list[str]) -> None:
        given = output = None
        if ">" in words:
            words, output = words[: words.index(">")], words[words.index(">") + 1]
        if "<" in words:
            words, given = words[: words.index("<")], words[words.index("<") + 1]
        here = [str(self._folder / word) if self._is_file(word) else word for word in words]
        text = (self._folder / given).read_text("utf-8") if given else None
        done = self._site.flask(*here, given=text)
        if output:
            (self._folder / output).write_text(done, "utf-8")

    def _is_file(self, word: str) -> bool:
        return word != "-" and (self._folder / word).is_file()
