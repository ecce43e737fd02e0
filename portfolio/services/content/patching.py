"""Changing documents by a JSON Merge Patch."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from portfolio.errors import Invalid
from portfolio.schemas.field_errors import body_errors
from portfolio.schemas.merge_patch import apply_merge_patch

ModelT = TypeVar("ModelT", bound=BaseModel)


def patched(model: type[ModelT], document: Mapping[str, Any], patch: Mapping[str, Any]) -> ModelT:
    """The document as the patch changes it, checked as a whole.

    Raises:
        Invalid: what comes out is no such document.
    """
    try:
        return model.model_validate(apply_merge_patch(dict(document), dict(patch)))
    except ValidationError as error:
        raise Invalid(body_errors(error)) from None
