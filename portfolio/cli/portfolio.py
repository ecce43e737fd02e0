"""`flask portfolio …`: bringing content in and out."""

import sys
from typing import Any, BinaryIO

import click
from pydantic import TypeAdapter, ValidationError

from portfolio.cli.command_group import CommandGroup, print_line
from portfolio.errors import NotFound
from portfolio.schemas.field_errors import located_errors
from portfolio.schemas.imports import ImportReport
from portfolio.schemas.values import NewSlug
from portfolio.services.exports.exporting import find_default_slug
from portfolio.services.exports.resume_formats import FORMATS, write_resume
from portfolio.services.imports.import_undoing import undo_import
from portfolio.services.imports.importing import has_profiles, import_resume
from portfolio.services.imports.resume_reading import ResumeRefused, read_resume
from portfolio.vocabulary import RESUME_BYTES

portfolio_commands = CommandGroup("portfolio", help="Bring a portfolio in and out.")

_NAMED = 20
"""Rows of a list that a report names."""


class SlugType(click.ParamType[str]):
    """A slug that may be given to a profile."""

    name = "slug"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The slug itself."""
        try:
            slug: str = TypeAdapter(NewSlug).validate_python(value)
        except ValidationError as error:
            self.fail("; ".join(detail for _, detail in located_errors(error)), param, ctx)
        return slug


@portfolio_commands.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--profile", type=SlugType(), help="Slug of the profile to make or update.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--overwrite", is_flag=True, help="Let the file win over what was edited here.")
@click.option("--if-empty", is_flag=True, help="Do nothing if there is a profile already.")
@click.option("--sample", is_flag=True, help="It gives way to the first profile that follows.")
def import_file(
    file: BinaryIO,
    profile: str | None,
    dry_run: bool,
    overwrite: bool,
    if_empty: bool,
    sample: bool,
) -> None:
    """Import a JSON Resume from FILE; `-` reads standard input.

    What was edited here since the last import stays, unless the file has changed there too. All
    of it is said. `flask portfolio undo` takes it back.
    """
    if if_empty and has_profiles():
        click.echo("There is a profile already: nothing was imported.")
        return
    try:
        report = import_resume(
            read_resume(file.read(RESUME_BYTES + 1)),
            profile_slug=profile,
            dry_run=dry_run,
            overwrite=overwrite,
            is_sample=sample,
        )
    except ResumeRefused as refused:
        for problem in refused.problems:
            print_line(problem, err=True)
        print_line(f"{file.name} was not imported; nothing was changed.", err=True)
        sys.exit(1)
    _print_report(report)


@portfolio_commands.command("undo")
@click.option("--profile", type=SlugType(), help="Slug of the profile; else the default one.")
@click.option("--force", is_flag=True, help="Undo also what was edited since the import.")
def undo(profile: str | None, force: bool) -> None:
    """Undo the last import of a profile: everything is as it was before it."""
    report = undo_import(profile, force=force)
    for text in report.lost:
        print_line(f"undone as well: {text}")
    if report.removed:
        click.echo(f"profile {report.profile}: removed, as the import had made it")
    else:
        click.echo(f"profile {report.profile}: as it was before the import")


@portfolio_commands.command("export")
@click.option("--profile", help="Slug of the profile; without it, the default one.")
@click.option(
    "--format", "form", type=click.Choice([*FORMATS]), default="json", help="What it becomes."
)
@click.option(
    "--output", type=click.File("wb", atomic=True), default="-", help="Where to; else it is shown."
)
@click.option("--private", is_flag=True, help="With drafts and everything that is not shown.")
def export_profile(profile: str | None, form: str, output: BinaryIO, private: bool) -> None:
    """Export a profile as JSON Resume 1.0, as Markdown or as a page.

    Without --private it is what everybody may read. With --private an import of the JSON brings
    everything back.
    """
    try:
        text = write_resume(profile or find_default_slug(), form, private=private)
    except NotFound as error:
        hint = "" if private else " If it is a draft, --private exports it."
        raise click.ClickException(f"{error.detail}{hint}") from None
    output.write(text.encode())


def _print_report(report: ImportReport) -> None:
    if report.dry_run:
        click.echo("Nothing was changed; an import would do this:")
    click.echo(f"profile {report.profile}: {report.change}")
    for name, counts in report.sections.items():
        print_line(f"{name}: {counts}")
    click.echo(f"projects: {report.projects}")
    named: dict[str, list[str]] = {}
    for row in report.changed:
        named.setdefault(f"{row.change} in {row.path}", []).append(row.name)
    for which, names in named.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        print_line(f"{which}: {', '.join(names[:_NAMED])}{more}")
    for note in report.notes:
        print_line(str(note))
