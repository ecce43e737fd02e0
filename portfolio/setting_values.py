"""What the values of settings may be."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field


def _split(value: object) -> object:
    return value.replace(",", " ").split() if isinstance(value, str) else value


def url_with(*schemes: str) -> AfterValidator:
    """Checks that an address has one of the schemes."""

    def check(value: str) -> str:
        if urlsplit(value).scheme not in schemes:
            expected = " or ".join(f"{scheme}://…" for scheme in schemes)
            raise ValueError(f"expected {expected}")
        return value

    return AfterValidator(check)


def empty_or_url_with(*schemes: str) -> AfterValidator:
    """Checks that an address has one of the schemes, if there is one."""
    check = url_with(*schemes).func
    return AfterValidator(lambda value: check(value) if value else value)  # type: ignore[call-arg]


def folder_or_bucket(value: str) -> str:
    """The value; raises ValueError unless it is a folder or the address of a bucket."""
    parts = urlsplit(value)
    if "://" in value and (parts.scheme != "s3" or not parts.netloc):
        raise ValueError("expected a folder or s3://bucket/folder")
    return value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Seconds = Annotated[float, Field(gt=0)]
