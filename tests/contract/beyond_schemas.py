"""Loaded into Schemathesis: refusals for reasons that no JSON Schema can state are no failures."""

import json
import re

import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.openapi.checks import RejectedPositiveData

BEYOND_SCHEMAS = re.compile(
    # What a member says about another, or about what is stored.
    "Input should not be before start_date"
    "|says nothing: at least one member is required"
    "|is unknown|is required, as there is no default profile"
    "|is not the id of (a project|an item of this section|an image of this project)"
    r"|\d{4}-\d\d has \d\d days only"
    "|belongs to another profile than the first"
    "|Input should not be after `to`"
    "|at most 366 days can be asked for at a time"
    "|Input should be what `from` and `to` say, or be left out"
    "|is no time zone that (is known here|the database knows)"
    "|duration_ms belongs to a duration, and to nothing else"
    # Words too many to list, shapes too intricate.
    "|Input is reserved; choose another slug"
    "|Input should be an http:// or https:// address"
    "|value is not a valid email address: .*"
    # What only a decoder can tell.
    "|is no JPEG, PNG, WebP, GIF or AVIF picture that can be read"
    "|is no PDF, DOCX or text in UTF-8"
    "|is empty"
    "|is damaged and cannot be read"
    r"|holds (less|more) than \d+ characters of text"
    "|holds no text; .*"
    # Characters that are taken out, as nobody sees them.
    "|String should have at least 50 characters"
    "|String should have at least 1 character"
)


@schemathesis.hook
def filter_failure(context: HookContext, failure: Failure, case: Case, response: Response) -> bool:
    """Keep the failure unless the server's reasons are all beyond JSON Schema."""
    if not isinstance(failure, RejectedPositiveData) or response.status_code != 422:
        return True
    reasons = [entry["detail"] for entry in json.loads(response.content)["errors"]]
    return not all(BEYOND_SCHEMAS.fullmatch(reason) for reason in reasons)
