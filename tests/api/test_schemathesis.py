"""Schemathesis calls every operation with what its description allows, and more."""

from typing import Any

import pytest
import schemathesis
from apiflask import APIFlask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portfolio.vocabulary import Scope
from tests.api.conftest import Make, bearer

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("scope", [None, Scope.ADMIN])
def test_every_operation(
    app: APIFlask,
    make_profile: Make,
    make_project: Make,
    scope: Scope | None,
    mode: GenerationMode,
) -> None:
    profile, project = make_profile(), make_project()
    present = {"ref": [project["slug"], project["id"]], "slug": [profile["slug"]]}
    # In process, nothing decodes what is sent under a content coding.
    headers = {"Accept-Encoding": "identity", **(bearer(app, scope) if scope else {})}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    called = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        raw = operation.definition.raw
        if mode is GenerationMode.NEGATIVE and not (raw["parameters"] or "requestBody" in raw):
            continue  # nothing can be wrong with it

        @settings(
            max_examples=12,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
        def call(case: Any, data: st.DataObject) -> None:
            nonlocal called
            for name in case.path_parameters or {}:
                if data.draw(st.booleans()):
                    case.path_parameters[name] = data.draw(st.sampled_from(present[name]))
            called += 1
            case.call_and_validate(headers=headers, checks=CHECKS)

        call()
    assert called > 100
