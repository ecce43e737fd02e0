"""How requests become schemas and schemas become responses, in APIFlask's terms.

Importing this module puts it in place; it has to happen before any view is declared.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import IO, TYPE_CHECKING, Any, TypeVar

from apiflask.schema_adapters import registry
from apiflask.schema_adapters.pydantic import PydanticAdapter
from flask import Request, Response, current_app, request
from flask.json.provider import DefaultJSONProvider
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.routing import BaseConverter

from portfolio.errors import Invalid, Malformed, TooLarge, UnsupportedMediaType
from portfolio.schemas.field_errors import body_errors, json_pointer, query_errors
from portfolio.schemas.json_text import JsonError, LoneSurrogate, decode_json, encode_json
from portfolio.vocabulary import MEDIA_PATTERN, RESUME_BYTES

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_FORM = ("multipart/form-data",)
_JSON = ("application/json",)
_JSON_PATCH = ("application/merge-patch+json", "application/json")


FORM_ROOM = 64 * 1024
"""Bytes of a form beside its file."""
_LIMIT_SETTING = "portfolio.limit_setting"
_READ_AT_ONCE = 64 * 1024


class RequestAdapter(PydanticAdapter):
    """Reads bodies and queries strictly, and tells every error with its place."""

    model_class: type[BaseModel]

    def validate_input(self, request: Request, location: str, **_kwargs: Any) -> BaseModel:
        """The model that a request's body (`json`, `form_and_files`) or query holds.

        Where JSON is read, a form is too if the model names one as its `form`.

        Raises:
            Malformed, UnsupportedMediaType, TooLarge, Invalid
        """
        try:
            if location == "json":
                return self._read_json_or_form(request)
            if location == "form_and_files":
                return self._read_form(request)
        except RequestEntityTooLarge:
            raise _too_large(request) from None
        if location == "query":
            return self._read_query(request)
        raise ValueError(f"no view of ours reads from {location}")

    def _read_json_or_form(self, request: Request) -> BaseModel:
        form = getattr(self.model_class, "form", None)
        if form is None:
            return self._read_body(request)
        _check_media_type(request, (*_JSON, *_FORM))
        reads_form = request.mimetype in _FORM
        return type(self)(form)._read_form(request) if reads_form else self._read_body(request)

    def _read_body(self, request: Request) -> BaseModel:
        data = request.get_data(cache=False)
        limit = request.max_content_length
        if request.content_length is None and limit is not None and len(data) >= limit:
            # Of a body that does not tell its length, Werkzeug reads up to the limit and stops.
            raise _too_large(request)
        if not data:
            raise Malformed("The body is empty; it should be a JSON document.")
        _check_media_type(request, self._media_types(request))
        decode: Callable[[bytes], Any] = getattr(self.model_class, "decode", decode_json)
        try:
            return self.model_class.model_validate(decode(data))
        except JsonError as error:
            raise Malformed(str(error)) from None
        except LoneSurrogate as error:
            entry = {"pointer": json_pointer(error.location), "detail": str(error)}
            raise Invalid([entry]) from None
        except ValidationError as error:
            raise Invalid(body_errors(error)) from None

    def _media_types(self, request: Request) -> Sequence[str]:
        if getattr(self.model_class, "is_beacon", False):
            return (*_JSON, "text/plain")
        return _JSON_PATCH if request.method == "PATCH" else _JSON

    def _read_form(self, request: Request) -> BaseModel:
        limit = request.max_content_length
        try:
            _check_media_type(request, _FORM)
            files, fields = request.files, request.form
        except ValueError:
            if limit is not None and request.stream.tell() >= limit:
                raise _too_large(request) from None
            raise Malformed("The body is not multipart/form-data as its type says.") from None
        given: dict[str, Any] = {name: fields[name] for name in fields}
        given |= {name: files[name].stream for name in files}
        errors = [
            {"pointer": json_pointer([name]), "detail": "is given more than once"}
            for name in given
            if len(fields.getlist(name)) + len(files.getlist(name)) > 1
        ]
        try:
            model = self.model_class.model_validate(given)
        except ValidationError as error:
            raise Invalid(errors + body_errors(error)) from None
        if errors:
            raise Invalid(errors)
        return model

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


class StrictRequest(Request):
    """A request whose forms are read whole or not at all."""

    def __init__(self, environ: "WSGIEnvironment") -> None:
        super().__init__(environ)
        self._files_of_forms: list[IO[bytes]] = []

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        self._files_of_forms.append(super()._get_file_stream(*args, **kwargs))
        return self._files_of_forms[-1]

    def close(self) -> None:
        """Let go of the files of a form, of one that broke off too."""
        super().close()
        for file in self._files_of_forms:
            file.close()

    def make_form_data_parser(self) -> FormDataParser:
        """Werkzeug's, but for what it does with a broken form: it would give what came before."""
        parser = super().make_form_data_parser()
        parser.silent = False
        return parser


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


class MediaConverter(BaseConverter):
    """Names of images' files, and nothing else that a path may hold."""

    regex = MEDIA_PATTERN


ViewT = TypeVar("ViewT", bound=Callable[..., Any])


def with_body_up_to(setting: str) -> Callable[[ViewT], ViewT]:
    """Let a form be larger than other bodies: a file as large as a setting says, and the rest."""

    def decorate(view: ViewT) -> ViewT:
        @wraps(view)
        def read_more(*args: Any, **kwargs: Any) -> Any:
            if request.mimetype in _FORM:
                request.max_content_length = current_app.config[setting] + FORM_ROOM
                request.environ[_LIMIT_SETTING] = setting
            return view(*args, **kwargs)

        return read_more  # type: ignore[return-value]

    return decorate


def _too_large(request: Request) -> TooLarge:
    """The error for a body that is larger than its limit, or for a form with too large a field."""
    limit, length = request.max_content_length, request.content_length
    if limit is None or (length is not None and length <= limit):
        return TooLarge("A field of the form is too large.")
    _read_away(request)
    setting = request.environ.get(_LIMIT_SETTING, "MAX_CONTENT_LENGTH")
    return TooLarge(f"A body may have {limit} bytes here; see {setting}.")


def _read_away(request: Request) -> None:
    """Who is still sending does not read the answer, and sees a broken connection instead."""
    body, left = request.environ["wsgi.input"], RESUME_BYTES
    while left > 0 and (data := body.read(_READ_AT_ONCE)):
        left -= len(data)


def _check_media_type(request: Request, accepted: Sequence[str]) -> None:
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
