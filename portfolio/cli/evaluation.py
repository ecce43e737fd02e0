"""`flask knowledge eval`: how good the answers are, by questions with known answers.

Of held-out questions it tells numbers, never texts.
"""

import json
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from portfolio.ai.encoder import EncoderUnavailable
from portfolio.ai.evaluation.files import (
    QuestionsRefused,
    find_resumes,
    own_questions,
    read_questions,
)
from portfolio.ai.evaluation.report import EvaluationReport
from portfolio.ai.evaluation.schema import QuestionFile
from portfolio.ai.evaluation.scoring import Outcome
from portfolio.cli.scratch import ScratchUnavailable, scratch_app
from portfolio.cli.table import print_table
from portfolio.services.imports.resume_reading import ResumeRefused
from portfolio.services.knowledge.evaluation import Evaluation, evaluate

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_GROUPED = ("kind", "asked", "résumé", "topic")


@click.command("eval")
@click.option("--questions", type=FILE, multiple=True, help="Instead of our own; repeatable.")
@click.option("--resume", type=FILE, multiple=True, help="A résumé asked about; repeatable.")
@click.option("--failures", is_flag=True, help="Show what was answered wrongly, and how.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def evaluate_answers(
    questions: tuple[Path, ...], resume: tuple[Path, ...], failures: bool, as_json: bool
) -> None:
    """Ask questions with known answers, and count the right ones; 1 if a bar is missed.

    Everything happens in a database that is made for it on the configured server and removed
    afterwards: the portfolio itself is neither read nor changed.
    """
    try:
        files = [read_questions(path) for path in questions or own_questions()]
        resumes = resumes_of(files, resume)
        with scratch_app("evaluation"):
            evaluation = _run(files, resumes, hidden=as_json)
    except (EncoderUnavailable, QuestionsRefused, ResumeRefused, ScratchUnavailable) as error:
        raise click.ClickException(told(error)) from error
    report = EvaluationReport(evaluation.outcomes, evaluation.judged, evaluation.seconds)
    if as_json:
        click.echo(json.dumps(report.plain(failures=failures), indent=2, ensure_ascii=False))
    else:
        _print(report, failures)
    sys.exit(0 if report.met else 1)


def resumes_of(files: list[QuestionFile], given: tuple[Path, ...]) -> dict[str, Path]:
    """The résumés that questions are about, by name."""
    resumes = find_resumes(given)
    wanted = {question.resume for file in files for question in file.questions}
    if missing := wanted - resumes.keys():
        names = ", ".join(f"{name}.json" for name in sorted(missing))
        raise click.UsageError(f"Questions are about {names}: give it with --resume.")
    return resumes


def _run(files: list[QuestionFile], resumes: dict[str, Path], *, hidden: bool) -> Evaluation:
    with click.progressbar(length=1, label="Asking", show_pos=True, hidden=hidden) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        return evaluate(files, resumes, progress)


def told(error: Exception) -> str:
    """What is wrong, for whoever typed the command."""
    return "\n".join(error.problems) if isinstance(error, ResumeRefused) else str(error)


def _print(report: EvaluationReport, failures: bool) -> None:
    print_table(report.measure_rows())
    click.echo()
    print_table(report.retrieval_rows())
    for by in _GROUPED:
        click.echo()
        print_table(report.group_rows(by))
    click.echo(f"\n{report.times()}")
    if failures:
        for outcome in report.shown_failures():
            click.echo(f"\n{_failure(outcome)}")
        click.echo(f"\nHeld out, and not shown: {report.hidden_failures()} wrong.")
    click.echo("\nEvery bar is met." if report.met else "\nA bar is missed.")


def _failure(outcome: Outcome) -> str:
    question, answer = outcome.question, outcome.answer
    lines = [f"{question.id} ({question.resume}, {question.kind}, {question.topic})"]
    lines += [f"  after: {before}" for before in question.after]
    lines.append(f"  asked: {question.question}")
    lines += [f"  wrong: {failure}" for failure in sorted(outcome.failures)]
    if answer is None:
        lines.append("  refused as empty")
    else:
        lines.append(f"  {answer.kind}: {answer.text}")
        lines += [f"  {c.source_type}{c.field}: {c.quote}" for c in answer.citations]
    return "\n".join(map(_printable, lines))


def _printable(line: str) -> str:
    """Without characters that a terminal obeys or that hide others."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line)
