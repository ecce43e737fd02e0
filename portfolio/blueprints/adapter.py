"""How requests become schemas and schemas become responses, in APIFlask's terms.

Importing this module puts it in place; it has to happen before any view is declared.
"""

from typing import Any

from apiflask.schema_adapters import registry
from apiflask.schema_adapters.pydantic import PydanticAdapter
from flask import Request, Response
from flask.json.provider import DefaultJSONProvider
from pydantic import BaseModel, ValidationError
from werkzeug.routing import BaseConverter

from portfolio.errors import Invalid, Malformed, TooLarge, UnsupportedMediaType
from portfolio.schemas.field_errors import body_errors, json_pointer, query_errors
from portfolio.schemas.json_text import JsonError, LoneSurrogate, decode_json, encode_json

_JSON = ("application/json",)
_JSON_PATCH = ("application/merge-patch+json", "application/json")


class RequestAdapter(PydanticAdapter):
    """Reads bodies and queries strictly, and tells every error with its place."""

    model_class: type[BaseModel]

    def validate_input(self, request: Request, location: str, **_kwargs: Any) -> BaseModel:
        """The model that a request's body (`json`) or query holds.

        Raises:
            Malformed, UnsupportedMediaType, Invalid
        """
        if location == "json":
            return self._read_body(request)
        if location == "query":
            return self._read_query(request)
        raise ValueError(f"no view of ours reads from {location}")

    def _read_body(self, request: Request) -> BaseModel:
        data = request.get_data(cache=False)
        limit = request.max_content_length
        if request.content_length is None and limit is not None and len(data) >= limit:
            # Of a body that does not tell its length, Werkzeug reads up to the limit and stops.
            raise TooLarge(f"A body may have {limit} bytes.")
        if not data:
            raise Malformed("The body is empty; it should be a JSON document.")
        _check_media_type(request)
        try:
            return self.model_class.model_validate(decode_json(data))
        except JsonError as error:
            raise Malformed(str(error)) from None
        except LoneSurrogate as error:
            entry = {"pointer": json_pointer(error.location), "detail": str(error)}
            raise Invalid([entry]) from None
        except ValidationError as error:
            raise Invalid(body_errors(error)) from None

    def _read_query(self, request: Request) -> BaseModel:
        # Parameters that the model does not know are no part of the request's meaning.
        given: dict[str, Any] = {}
        errors = []
        for name, field in self.model_class.model_fields.items():
            values = request.args.getlist(name)
            if not values:
                continue
            many = getattr(field.annotation, "__origin__", None) is list
            if len(values) > 1 and not many:
                errors.append({"parameter": name, "detail": "is given more than once"})
            given[name] = values if many else values[0]
        try:
            model = self.model_class.model_validate(given)
        except ValidationError as error:
            raise Invalid(errors + query_errors(error)) from None
        if errors:
            raise Invalid(errors)
        return model


class JsonProvider(DefaultJSONProvider):
    """Writes responses with the encoder whose bytes entity tags are made of."""

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """A response that holds the data as JSON."""
        document = self._prepare_response_obj(args, kwargs)
        return Response(encode_json(document), mimetype=self.mimetype)


class NameConverter(BaseConverter):
    """Slugs and UUIDs in paths; anything else is no address, and asks neither cache nor tables."""

    # A route's own word is no name: another method there is 405, not a project that is missing.
    regex = "(?!(?:featured|import|reorder|stats)$)(?:[a-z0-9][a-z0-9-]{0,79}|[0-9A-Fa-f-]{36})"

    def to_python(self, value: str) -> str:
        """One spelling for each id: what is cached goes by the spelling, and so do its tags."""
        return value.lower()


def _check_media_type(request: Request) -> None:
    accepted = _JSON_PATCH if request.method == "PATCH" else _JSON
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype not in accepted or charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(
            f"Send {' or '.join(accepted)} in UTF-8.", headers={"Accept": ", ".join(accepted)}
        )
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType(
            "Send the body without a content coding.", headers={"Accept-Encoding": "identity"}
        )


registry.register("pydantic", RequestAdapter)
