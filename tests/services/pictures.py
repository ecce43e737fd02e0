"""Pictures made by code, as tests upload them."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image


def gradient(width: int = 700, height: int = 500, turn: int = 0) -> Image.Image:
    """Something to see in three colours, with a red corner at the top left."""
    plane = Image.linear_gradient("L").resize((width, height))
    planes = [plane, plane.transpose(Image.Transpose.FLIP_TOP_BOTTOM), plane.point(lambda v: turn)]
    picture = Image.merge("RGB", planes)
    picture.paste((255, 0, 0), (0, 0, width // 4, height // 4))
    return picture


def encoded(picture: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """The bytes of a file of this form."""
    buffer = BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def png_of(width: int, height: int, depth: int = 8, colours: int = 2, data: bytes = b"") -> bytes:
    """A PNG whose header says whatever is wanted of it."""
    header = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
