"""JSON Merge Patch (RFC 7396): partial changes, in which null takes a member away."""

from typing import Any, ClassVar

from pydantic import BaseModel, RootModel


def apply_merge_patch(target: Any, patch: Any) -> Any:
    """The target as the patch changes it; neither is altered."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = apply_merge_patch(merged.get(name), value)
    return merged


class MergePatch(RootModel[dict[str, Any]]):
    """A patch of the document that `document` describes.

    Only its being an object is checked here: what counts is the patched document, which is
    validated as a whole once the patch has been applied.
    """

    document: ClassVar[type[BaseModel]]

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The document's schema with nothing required; what is not required there may be null."""
        schema = cls.document.model_json_schema(*args, **kwargs)
        kept = schema.pop("required", [])
        schema["title"] = cls.__name__
        schema["description"] = (cls.__doc__ or "").strip()
        schema["properties"] = {
            name: property_schema if name in kept else _nullable(property_schema)
            for name, property_schema in schema["properties"].items()
        }
        return schema


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    schema = {key: value for key, value in schema.items() if key != "default"}
    if {"type": "null"} in schema.get("anyOf", []):
        return schema
    title = {"title": schema.pop("title")} if "title" in schema else {}
    return {**title, "anyOf": [schema, {"type": "null"}]}
