"""How long a report on a long job description takes, with every text of it new."""

import random
import time
from itertools import count

from bench.figures import Row, Section, Spread, Table, percentile
from bench.in_process import product_in_process
from bench.site import Site
from portfolio.ai.skills.vocabulary import standard_vocabulary
from portfolio.services.knowledge.indexing import run_job
from portfolio.services.knowledge.jobs import plan_jobs
from portfolio.services.matching.report import match_job

WORDS = 5000
MOST = 300.0
"""The bar, in milliseconds."""
_BULLETS = [
    "- {years}+ years of hands-on experience with {one} and {other} in production systems",
    "- You have built and operated services in {one} or {other} for many thousands of people",
    "- Familiarity with {one} is a plus, {other} is not required",
    "- A habit of writing down what was decided in meeting {number}, and why it was decided so",
    "- Care for the {number} people who read your letters about deliveries, weather and doors",
    "Together with the other {number} of us you will decide what comes next and what can wait.",
]


def measure(site: Site) -> Section:
    """Reports one after the other in a process that has made some already."""
    seconds, busy = [], []
    rounds = max(site.scale.repetitions * 10, 20)
    with product_in_process(site) as app, app.app_context():
        for job in plan_jobs():
            run_job(job)
        for number in range(rounds + 3):
            text = make_description(number)
            begin, worked = time.perf_counter(), time.process_time()
            report = match_job(text, profile=None)
            if number >= 3:
                seconds.append(time.perf_counter() - begin)
                busy.append(time.process_time() - worked)
    p95 = percentile(seconds, 0.95) * 1000
    spread = Spread.of([each * 1000 for each in seconds])
    section = Section("A report on a job description")
    section.notes.append(
        f"`match_job` in process, on the sample, {rounds} descriptions of {WORDS} words one after "
        f"the other, no two the same, after 3 that are not counted. The last one had "
        f"{len(report.requirements)} requirements, of which {len(report.matched)} were met; "
        f"{'nothing was' if report.versions.indexing else 'up to 40 were'} compared by meaning."
    )
    worked_ms = Spread.of([each * 1000 for each in busy])
    section.tables.append(
        Table(
            ("median ms", "p95 ms", "processor ms"),
            [(spread.text(0), f"{p95:.0f}", worked_ms.text(0))],
        )
    )
    section.rows.append(
        Row(
            f"a match report, {WORDS} words, warm",
            f"p95 under {MOST:.0f} ms",
            f"p95 {p95:.0f} ms, median {spread.text(0, ' ms')}; "
            f"processor time {worked_ms.text(0, ' ms')}",
            p95 < MOST,
        )
    )
    return section


def make_description(seed: int) -> str:
    """A description of so many words that no other seed gives."""
    choice = random.Random(seed)  # noqa: S311 - nothing secret: the same text each time
    names = [name for name in standard_vocabulary().names() if " " not in name]
    lines, words = ["Senior Engineer", "", "Requirements"], 0
    for number in count(1000 * seed):
        line = choice.choice(_BULLETS).format(
            years=choice.randint(2, 9),
            one=choice.choice(names),
            other=choice.choice(names),
            number=number,
        )
        words += len(line.split())
        if words > WORDS:
            return "\n".join(lines)
        lines.append(line)
    return ""
