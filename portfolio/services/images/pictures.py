"""Pictures from outside: checked, decoded, and encoded anew with nothing of the file but its
pixels. It knows no project and no store."""

import hashlib
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageCms, UnidentifiedImageError

from portfolio.errors import Invalid, ServiceUnavailable

THUMBNAIL_WIDTHS: Final = (320, 640, 1280)
SIDE_LIMIT: Final = 16_383
"""Most pixels of one side: WebP has no more."""
SCAN_LIMIT: Final = 100
"""Most passes over one JPEG. A file of a few megabytes may ask for a hundred thousand of them, each
over every pixel; cameras and editors make 10 or so."""
AT_ONCE = 1
"""Pictures that one process works on at the same time; the largest take a gigabyte."""
PATIENCE = 5.0
"""Seconds that an upload waits for its turn."""

_READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_WRITTEN: dict[str | None, str] = {"PNG": "png", "GIF": "png", "WEBP": "webp", "AVIF": "webp"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 88, "optimize": True, "progressive": True},
    "png": {"format": "PNG", "compress_level": 3},
    # Method 4, the default, takes 12 s for 40 megapixels; 2 takes one.
    "webp": {"format": "WEBP", "quality": 88, "method": 2},
}
_UNREADABLE = (
    # What decoders raise at files that lie about themselves; none of it is documented.
    *(OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, TypeError),
    *(
        AttributeError,
        RuntimeError,
        MemoryError,
        struct.error,
        zlib.error,
        Image.DecompressionBombError,
    ),
    Image.DecompressionBombWarning,
)
_UPRIGHT = {
    # What brings a picture upright, by EXIF's word for how it lies.
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112

_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Rendition:
    """One file made of a picture, named after its content."""

    name: str
    content: bytes
    width: int
    height: int

    def described(self) -> dict[str, Any]:
        """What is kept of it beside the picture's other facts."""
        size = {"width": self.width, "height": self.height}
        return {"name": self.name, **size, "bytes": len(self.content)}


@contextmanager
def taking_turns() -> Iterator[None]:
    """Only a few at once work on pictures, so that memory stays bounded.

    Raises:
        ServiceUnavailable: too many others do.
    """
    if not _turns.acquire(timeout=PATIENCE):
        raise ServiceUnavailable("Other pictures are being worked on.")
    try:
        yield
    finally:
        _turns.release()


def render(data: bytes, pixel_limit: int) -> list[Rendition]:
    """The whole picture, then smaller WebP copies from wide to narrow; none is ever enlarged.

    Raises:
        Invalid: it is no picture of a known format, damaged, animated or too large.
    """
    picture, suffix = _decode(data, pixel_limit)
    narrow = {min(width, picture.width) for width in THUMBNAIL_WIDTHS}
    return [
        _encode(picture, suffix),
        *(_encode(_narrowed(picture, width), "webp") for width in sorted(narrow, reverse=True)),
    ]


def _decode(data: bytes, pixel_limit: int) -> tuple[Image.Image, str]:
    """The upright picture in sRGB, and the suffix of the file that is to be made of it."""
    try:
        with Image.open(BytesIO(data), formats=_READ) as picture:
            _check_size(picture, pixel_limit)
            # An MPO is a photograph with a preview or a depth map behind it.
            if picture.format != "MPO" and getattr(picture, "is_animated", False):
                raise _refused("is animated; send a still picture")
            if picture.format in ("JPEG", "MPO") and data.count(b"\xff\xda") > SCAN_LIMIT:
                raise _refused("has more passes than any camera makes")
            suffix = _WRITTEN.get(picture.format, "jpg")
            return _upright(_in_srgb(picture), _orientation(picture)), suffix
    except UnidentifiedImageError:
        raise _refused("is no JPEG, PNG, WebP, GIF or AVIF picture that can be read") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _refused(f"has more than {pixel_limit} pixels") from None
    except _UNREADABLE:
        raise _refused("is damaged or cut off") from None


def _check_size(picture: Image.Image, pixel_limit: int) -> None:
    # As the header has it: nothing has been decoded yet.
    if picture.width * picture.height > pixel_limit:
        raise _refused(f"has more than {pixel_limit} pixels")
    if max(picture.size) > SIDE_LIMIT:
        raise _refused(f"is more than {SIDE_LIMIT} pixels wide or high")


def _in_srgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # 16 bits of grey; a plain conversion would cut off what is above 255.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if picture.mode not in ("RGB", "CMYK", "L"):
        picture = picture.convert(mode)
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            picture = _converted(picture, source, mode)
        except (ImageCms.PyCMSError, *_UNREADABLE):
            pass  # a profile that cannot be read or is of other colours: as good as none
    clean = picture.convert(mode)
    clean.info.clear()  # what encoders would write by themselves: comments, profiles
    return clean


def _converted(picture: Image.Image, source: ImageCms.ImageCmsProfile, mode: str) -> Image.Image:
    srgb = ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(picture, source, srgb, outputMode=mode)
    assert converted is not None  # noqa: S101 - None is for conversions in place
    return converted


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except _UNREADABLE:
        return 1


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    move = _UPRIGHT.get(orientation)
    return picture if move is None else picture.transpose(move)


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    if width == picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encode(picture: Image.Image, suffix: str) -> Rendition:
    buffer = BytesIO()
    picture.save(buffer, **_OPTIONS[suffix])
    content = buffer.getvalue()
    name = f"{hashlib.sha256(content).hexdigest()}.{suffix}"
    return Rendition(name, content, picture.width, picture.height)


def _refused(detail: str) -> Invalid:
    return Invalid([{"pointer": "#/file", "detail": detail}])
