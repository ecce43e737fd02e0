"""The group that all commands are in: what hinders one is told in a sentence, with exit code 1."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portfolio.database_errors import DATABASE_ERRORS, is_unavailable
from portfolio.errors import Problem
from portfolio.extensions import db
from portfolio.queries.work import current_work, watched
from portfolio.schemas.text import show_unseen


class CommandGroup(AppGroup):
    """Its commands raise what their services raise; nobody who types one sees a traceback."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See click; what the database is asked for is asked for by this command."""
        name, command, rest = super().resolve_command(ctx, args)
        work = current_work()
        if work is not None:
            work.endpoint = f"cli: {ctx.info_name} {name}"
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        """The command's result, written out.

        Raises:
            ClickException: it could not be done, or not be told.
        """
        _check_streams()
        with watched(f"cli: {ctx.info_name}"), _commits() as commits:
            try:
                result = super().invoke(ctx)
                sys.stdout.flush()
            except Problem as problem:
                raise click.ClickException(problem.detail or problem.title) from None
            except DATABASE_ERRORS as error:
                if not is_unavailable(error):
                    raise
                done = "A part is done, but the" if commits else "The"
                raise click.ClickException(
                    f"{done} database is busy or away ({_reason(error)})."
                ) from None
            except OSError as error:
                if error.filename is not None or (error.errno == errno.EPIPE and not commits):
                    raise
                _forget_output()
                done = "It is done, but the" if commits else "The"
                raise click.ClickException(
                    f"{done} output cannot be written ({error.strerror or error})."
                ) from None
        return result


def _check_streams() -> None:
    """Of streams that are closed from the start only the output is needed by every command."""
    if sys.stdout is None:
        raise click.ClickException("The output cannot be written (it is closed).")
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))


def print_line(text: str, *, err: bool = False) -> None:
    """Print one line, whatever is in texts that come from outside."""
    click.echo(show_unseen(text), err=err)


@contextmanager
def _commits() -> Iterator[list[Session]]:
    """The sessions that have committed meanwhile; a savepoint's end is no commit."""
    commits: list[Session] = []

    def note(session: Session) -> None:
        if not session.in_nested_transaction():
            commits.append(session)

    event.listen(db.session, "after_commit", note)
    try:
        yield commits
    finally:
        event.remove(db.session, "after_commit", note)


def _forget_output() -> None:
    """Keep the interpreter from writing at its end what could not be written before."""
    with suppress(OSError):  # in tests there is no such file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _reason(error: Exception) -> str:
    """The driver's first line: it holds no password."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    lines = [line.strip() for line in str(cause).splitlines()]
    return show_unseen(lines[0].rstrip(".")) if lines else type(error).__name__
