"""The answers themselves: questions with known answers about three invented people."""

from dataclasses import replace

from bench.figures import Row, Section, Table
from bench.in_process import product_in_process
from bench.site import Site, run_command
from portfolio.ai.evaluation.files import find_resumes, own_questions, read_questions
from portfolio.ai.evaluation.report import EvaluationReport
from portfolio.ai.evaluation.totals import MEASURES
from portfolio.services.knowledge.evaluation import evaluate


def measure(site: Site) -> Section:
    """What `flask knowledge eval` prints, without the topics."""
    report = _evaluate(site)
    section = Section("Questions with known answers")
    section.notes.append(
        f"{len(report.outcomes)} questions about three invented people, a third of them held out: "
        "never looked at while the answers were improved. Written before anything could answer "
        "them; `portfolio/ai/evaluation/README.md` says what counts as right. No language model "
        f"words the answers. {report.times()}"
    )
    for head, *rows in (report.measure_rows(), report.retrieval_rows()):
        section.tables.append(Table(head, rows))
    for by in ("kind", "asked", "résumé"):
        head, *rows = report.group_rows(by)
        section.tables.append(Table(head, rows))
    for measure, cells in zip(MEASURES, report.measure_rows()[1:], strict=True):
        if measure.bar is not None:
            name, bar, whole, share, open_share, held_out, _met = cells
            measured = f"{share} ({whole}); open {open_share}, held out {held_out}"
            section.rows.append(Row(name, bar, measured, measure.met(report.outcomes)))
    ndcg = {name: quality.ndcg for name, quality in report.qualities.items()}
    section.rows.append(
        Row(
            "retrieval by words and meaning, nDCG@10",
            "better than BM25 alone and than cosine alone",
            f"fused {ndcg['fused']:.3f}, BM25 {ndcg['words']:.3f}, cosine {ndcg['meaning']:.3f}",
            report.fused_is_best,
        )
    )
    return section


def _evaluate(site: Site) -> EvaluationReport:
    environment = {
        **site.environment,
        "DATABASE_URL": site.servers.create_database("bench_evaluation"),
        "CACHE_KEY_PREFIX": "bench-evaluation",
    }
    run_command(["db", "upgrade"], environment)
    files = [read_questions(path) for path in own_questions()]
    own = replace(site, environment=environment)
    with product_in_process(own) as app, app.app_context():
        found = evaluate(files, find_resumes(()))
    return EvaluationReport(found.outcomes, found.judged, found.seconds)
