"""`flask knowledge …`: what the portfolio's answers are found in."""

import json
import uuid
from contextlib import AbstractContextManager
from typing import Any

import click
from flask import current_app

from portfolio.ai.encoder import EncoderUnavailable
from portfolio.ai.export import ensure_export
from portfolio.cli.command_group import CommandGroup
from portfolio.cli.evaluation import evaluate_answers
from portfolio.cli.learning import fit_answers
from portfolio.cli.table import print_table
from portfolio.services.knowledge.indexing import run_job
from portfolio.services.knowledge.jobs import describe_knowledge, open_jobs
from portfolio.services.wording.wordsmith import describe_wording

knowledge_commands = CommandGroup(
    "knowledge", help="Look at and rebuild what answers are found in."
)
knowledge_commands.add_command(evaluate_answers)
knowledge_commands.add_command(fit_answers)

_COLUMNS = ("state", "attempts", "documents", "chunks", "done", "redis", "database", "encoded")


@knowledge_commands.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_status(as_json: bool) -> None:
    """Show the model, what waits to be embedded, and the latest jobs."""
    description = describe_knowledge()
    description["wording"] = describe_wording()
    if as_json:
        click.echo(json.dumps(description, indent=2))
        return
    model = description["model"]
    told = f"{model['weights'][:16]}…, {model['dimension']} numbers" if model else "not exported"
    click.echo(f"Model {told}; {description['embeddings']:,} embeddings are kept.")
    _print_wording(description["wording"])
    rows = [("profile", "documents", "waiting", "chunks")]
    for slug, row in description["profiles"].items():
        rows.append((slug, *(f"{row[name]:,}" for name in ("documents", "waiting", "chunks"))))
    print_table(rows)
    if description["jobs"]:
        click.echo()
        _print_jobs(description["jobs"])


@knowledge_commands.command("rebuild")
@click.option("--profile", metavar="SLUG", help="Only this profile.")
@click.option("--encode", is_flag=True, help="Encode every text again, too.")
def rebuild(profile: str | None, encode: bool) -> None:
    """Cut everything again, and embed what is not embedded yet."""
    current_app.config["ENCODER"] = "torch"
    jobs = open_jobs(profile)
    if not jobs:
        raise click.ClickException("There is no such profile." if profile else "There is nothing.")
    for job, slug in jobs:
        if not _run(job, slug, encode):
            raise click.ClickException(f"{slug}: a worker is at it; see `flask knowledge status`.")


@knowledge_commands.command("export")
def export() -> None:
    """Make the model of EMBEDDING_MODEL ready for the web process."""
    config = current_app.config
    try:
        exported = ensure_export(config["MODELS_FOLDER"], config["EMBEDDING_MODEL"], click.echo)
    except (EncoderUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{exported.folder} agrees with the reference to {exported.difference:.1e}.")


def _print_wording(wording: dict[str, Any] | None) -> None:
    if wording is None:
        click.echo(
            "Answers are the portfolio's own sentences: this environment has no LLM_BASE_URL."
            " A running instance may have another.\n"
        )
        return
    used = "unknown" if wording["tokens_today"] is None else f"{wording['tokens_today']:,}"
    click.echo(
        f"Answers are worded by {wording['model']} at {wording['server']};"
        f" {used} of {wording['daily_tokens']:,} tokens are used today."
    )
    counts = sorted((wording["counts"] or {}).items())
    told = ", ".join(f"{name} {number:,}" for name, number in counts)
    click.echo(f"{told}\n")


def _run(job: uuid.UUID, slug: str, encode: bool) -> bool:
    bar: AbstractContextManager[Any] = click.progressbar(length=1, label=slug, show_pos=True)
    with bar as shown:

        def progress(done: int, of: int) -> None:
            shown.length = max(of, 1)
            shown.update(max(done, int(of == 0)) - shown.pos)

        try:
            return run_job(job, everything=True, encode=encode, progress=progress)
        except EncoderUnavailable as error:
            raise click.ClickException(str(error)) from error


def _print_jobs(jobs: list[dict[str, Any]]) -> None:
    rows = [("made", "profile", *_COLUMNS)]
    for job in jobs:
        rows.append((job["created_at"], job["profile"], *(str(job[name]) for name in _COLUMNS)))
    print_table(rows)
    for job in jobs:
        if job["reason"]:
            click.echo(f"{job['created_at']}  {job['profile']}: {job['reason']}", err=True)
