"""The documents point at files, sections and commands that exist."""

import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import click
import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CODE_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
FLASK = re.compile(
    r"(?:\.venv/bin/|`|^|\| )flask ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)*)", re.MULTILINE
)


def by_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    return CODE.sub("", CODE_BLOCK.sub("", path.read_text("utf-8")))


def code(path: Path) -> str:
    """Everything that a reader may type: code blocks and code within sentences."""
    text = path.read_text("utf-8")
    blocks = [body for _language, body in CODE_BLOCK.findall(text)]
    return "\n".join([*blocks, *CODE.findall(CODE_BLOCK.sub("", text))])


def anchors(path: Path) -> set[str]:
    """The fragments that GitHub makes of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", CODE_BLOCK.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=by_name)
def test_relative_links_resolve(path: Path) -> None:
    for link in LINK.findall(prose(path)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, fragment = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{by_name(path)} links to {link}"
        assert target.is_relative_to(ROOT), f"{by_name(path)} links out of the project: {link}"
        if fragment:
            assert fragment in anchors(target), f"{by_name(path)} links to {link}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=by_name)
def test_make_targets_exist(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, re.MULTILINE))
    assert set(MAKE.findall(code(path))) <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=by_name)
def test_flask_commands_exist(app: Flask, path: Path) -> None:
    for words in FLASK.findall(code(path)):
        command, _arguments = find_command(app, words.split())
        assert command is not None, f"flask {words}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=by_name)
def test_options_in_flask_examples_are_accepted(app: Flask, path: Path) -> None:
    for line in re.findall(r"^\.venv/bin/flask (.+)$", code(path), re.MULTILINE):
        words = shlex.split(line.partition(" < ")[0], comments=True)
        command, arguments = find_command(app, words)
        assert command is not None, line
        context = click.Context(command)
        given, _rest, _order = command.make_parser(context).parse_args(arguments)
        options = {option.name: option for option in command.params if type(option) is click.Option}
        for name in options.keys() & given.keys():
            options[name].type_cast_value(context, given[str(name)])


def find_command(app: Flask, words: list[str]) -> tuple[click.Command | None, list[str]]:
    """The command that the words begin with, and its arguments; None if there is none."""
    command: click.Command | None = app.cli
    for index, word in enumerate(words):
        if not isinstance(command, click.Group):
            return command, words[index:]
        command = command.commands.get(word)
    return command, []


@pytest.mark.parametrize("path", DOCUMENTS, ids=by_name)
def test_named_files_exist(path: Path) -> None:
    named = re.findall(r"`((?:portfolio|tests|docs|migrations)/[\w./-]+)`", path.read_text("utf-8"))
    for name in named:
        assert (ROOT / name).exists(), f"{by_name(path)} names {name}"


def test_every_layer_stands_in_the_architecture() -> None:
    configuration = ConfigParser(interpolation=None)
    configuration.read(ROOT / "setup.cfg")
    layers = configuration["importlinter:contract:layers"]["layers"].split("\n")
    architecture = (ROOT / "docs/architecture.md").read_text("utf-8")
    for modules in filter(None, layers):
        names = re.findall(r"portfolio\.(\w+)", modules)
        assert ", ".join(f"`{name}`" for name in names) in architecture
