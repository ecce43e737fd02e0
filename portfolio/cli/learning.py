"""`flask knowledge fit`: fits what answers are rated by to questions with known answers."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portfolio.ai.answers.extracts.weights import FITTED, fitted_weights
from portfolio.ai.encoder import EncoderUnavailable
from portfolio.ai.evaluation.files import QuestionsRefused, questions_to_learn_from, read_questions
from portfolio.ai.evaluation.learning import Example, cross_validate, learn
from portfolio.ai.evaluation.schema import QuestionFile
from portfolio.cli.evaluation import FILE, resumes_of, told
from portfolio.cli.scratch import ScratchUnavailable, scratch_app
from portfolio.cli.table import print_table
from portfolio.services.imports.resume_reading import ResumeRefused
from portfolio.services.knowledge.learning import gather_examples


@click.command("fit")
@click.option("--questions", type=FILE, multiple=True, help="Besides our own; repeatable.")
@click.option("--resume", type=FILE, multiple=True, help="A résumé asked about; repeatable.")
@click.option("--write", is_flag=True, help=f"Keep the weights, in {FITTED.name} beside the code.")
@with_appcontext
def fit_answers(questions: tuple[Path, ...], resume: tuple[Path, ...], write: bool) -> None:
    """Fit the weights of answers, and tell how they do on résumés left out of the fitting.

    Everything happens in a database that is made for it on the configured server and removed
    afterwards. Questions that are held out are not read.
    """
    try:
        files = [read_questions(path) for path in (*questions_to_learn_from(), *questions)]
        resumes = resumes_of(files, resume)
        examples = [one for file in files for one in _gather(file, resumes)]
    except (EncoderUnavailable, QuestionsRefused, ResumeRefused, ScratchUnavailable) as error:
        raise click.ClickException(told(error)) from error
    _print_validation(examples)
    weights = learn(examples, fitted_weights().version + 1)
    if write:
        weights.write(FITTED)
        click.echo(f"Version {weights.version} is kept; from {weights.least} on it is answered.")


def _gather(file: QuestionFile, resumes: dict[str, Path]) -> list[Example]:
    # Each on its own: projects of two résumés may be called alike.
    with scratch_app("fitting"):
        return gather_examples([file], resumes)


def _print_validation(examples: list[Example]) -> None:
    rows: list[tuple[str, ...]] = [("left out", "evidence found", "refused", "answered")]
    for one in cross_validate(examples):
        counts = (one.found, one.refused, one.answered)
        rows.append((one.resume, *(f"{right} of {of}" for right, of in counts)))
    print_table(rows)
