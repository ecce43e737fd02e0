"""`flask portfolio …`: bringing content in."""

import sys
from typing import Any, BinaryIO

import click
from flask.cli import AppGroup
from pydantic import TypeAdapter, ValidationError

from portfolio.schemas.field_errors import located_errors
from portfolio.schemas.values import NewSlug
from portfolio.services.importing import (
    ImportReport,
    ResumeRefused,
    has_profiles,
    import_resume,
    read_resume,
)

portfolio_commands = AppGroup("portfolio", help="Bring a portfolio in.")


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
@click.option("--if-empty", is_flag=True, help="Do nothing if there is a profile already.")
def import_file(file: BinaryIO, profile: str | None, dry_run: bool, if_empty: bool) -> None:
    """Import a JSON Resume 1.0 from FILE; `-` reads standard input."""
    if if_empty and has_profiles():
        click.echo("There is a profile already: nothing was imported.")
        return
    try:
        resume = read_resume(file.read())
        report = import_resume(resume, profile_slug=profile, dry_run=dry_run)
    except ResumeRefused as refused:
        for problem in refused.problems:
            click.echo(problem, err=True)
        click.echo(f"{file.name} was not imported; nothing was changed.", err=True)
        sys.exit(1)
    _print_report(report, dry_run)


def _print_report(report: ImportReport, dry_run: bool) -> None:
    if dry_run:
        click.echo("Nothing was changed; an import would do this:")
    click.echo(f"profile {report.profile}: {report.profile_change}")
    for name, changes in report.sections.items():
        click.echo(f"{name}: {changes}")
    click.echo(f"projects: {report.projects}")
    if report.projects_left:
        click.echo(f"projects left as they are, not in the file: {report.projects_left}")
    for path in report.unknown:
        click.echo(f"kept for the next export, but not shown: {path}")
