"""A paragraph that says what a report says, in a language model's words. It decides nothing."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from portfolio.ai.matching.statements import state_report
from portfolio.ai.skills.vocabulary import standard_vocabulary
from portfolio.ai.wording.checking import Checking
from portfolio.ai.wording.summary import ask_for_summary, number_statements, read_summary
from portfolio.services.wording.wordsmith import current_wordsmith


def summarise(report: Mapping[str, Any]) -> str | None:
    """The summary of a report as plain data; None when none is wanted or none is supported.

    The model is told the report's numbers and the names of skills, and no word of the description.
    """
    smith = current_wordsmith() if current_app.config["LLM_JOB_SUMMARIES"] else None
    evidence = number_statements(state_report(report, standard_vocabulary())) if smith else ()
    if smith is None or not evidence:
        return None
    checking, seconds = Checking("", evidence), current_app.config["LLM_TIMEOUT"]
    worded = smith.write(ask_for_summary(evidence), checking, seconds)
    return read_summary(checking) if worded else None
