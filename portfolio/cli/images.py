"""`flask portfolio clean-images`: what the task does each six hours, now."""

import click
from flask.cli import with_appcontext

from portfolio.services.images import image_cleaning


@click.command("clean-images")
@with_appcontext
def clean_images() -> None:
    """Remove files older than a day that no image names."""
    click.echo(f"{image_cleaning.clean_images()} files removed.")
