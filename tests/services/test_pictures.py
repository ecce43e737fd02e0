"""Pictures come out as pixels and nothing else, or are refused in words."""

import hashlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from portfolio.errors import Invalid, ServiceUnavailable
from portfolio.services.images import pictures
from portfolio.services.images.pictures import SCAN_LIMIT, Rendition, render, taking_turns
from tests.services.pictures import encoded, gradient, png_of

LIMIT = 40_000_000
UNKNOWN = "is no JPEG, PNG, WebP, GIF or AVIF picture that can be read"
SECRET = b"51.4545N 2.5879W"
TRACES = (SECRET, b"Exif", b"eXIf", b"xmp", b"ICC", b"iCCP", b"tEXt", b"<script", b"PK\x03")
PHOTO = encoded(gradient(64, 48), "JPEG", progressive=True)
VALID = {
    **{form: encoded(gradient(64, 48), form) for form in ("PNG", "GIF", "WEBP", "AVIF")},
    "JPEG": PHOTO,
}


def opened(rendition: Rendition) -> Image.Image:
    picture = Image.open(BytesIO(rendition.content))
    assert picture.size == (rendition.width, rendition.height)
    return picture


def pixel(rendition: Rendition, place: tuple[int, int]) -> Any:
    return opened(rendition).convert("RGB").getpixel(place)


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        render(data, LIMIT)
    (error,) = caught.value.members["errors"]
    assert error["pointer"] == "#/file"
    return str(error["detail"])


@pytest.mark.parametrize(
    ("form", "becomes"),
    [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "png"), ("WEBP", "webp"), ("AVIF", "webp")],
)
def test_the_whole_and_three_sizes(form: str, becomes: str) -> None:
    whole, *smaller = render(encoded(gradient(1600, 900), form), LIMIT)
    assert (whole.width, whole.height) == (1600, 900)
    assert whole.name.endswith(f".{becomes}")
    assert [(one.width, one.height) for one in smaller] == [(1280, 720), (640, 360), (320, 180)]
    for one in (whole, *smaller):
        assert one.name.partition(".")[0] == hashlib.sha256(one.content).hexdigest()
        red, green, blue = pixel(one, (one.width // 8, one.height // 8))
        assert red > 240
        assert green < 16
        assert blue < 16
    assert all(one.name.endswith(".webp") for one in smaller)


@pytest.mark.parametrize(
    ("size", "widths"),
    [((100, 50), [100]), ((640, 9), [640, 320]), ((700, 500), [700, 640, 320]), ((1, 900), [1])],
)
def test_nothing_is_enlarged(size: tuple[int, int], widths: list[int]) -> None:
    whole, *smaller = render(encoded(gradient(*size)), LIMIT)
    assert (whole.width, whole.height) == size
    assert [one.width for one in smaller] == widths


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_metadata_comes_out(form: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    options: dict[str, Any] = {"exif": exif, "icc_profile": profile() + SECRET}
    if form in ("JPEG", "WEBP", "AVIF"):
        options["xmp"] = b"<x:xmpmeta>" + SECRET
    if form == "JPEG":
        options["comment"] = SECRET
    hidden = encoded(gradient(), form, **options) + b"PK\x03\x04<script>" + SECRET
    assert SECRET in hidden
    for one in render(hidden, LIMIT):
        content = one.content
        for trace in TRACES:
            assert trace not in content


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = gradient(80, 60)
    back = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    turned = turned.transpose(back.get(orientation, pictures._UPRIGHT.get(orientation, 0)))
    if orientation == 1:
        turned = gradient(80, 60)
    (whole, *_) = render(encoded(turned, "PNG", exif=exif), LIMIT)
    assert (whole.width, whole.height) == (80, 60)
    assert pixel(whole, (5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png(mode: str) -> None:
    if mode == "I;16":
        data = b"".join(value.to_bytes(2, "little") for value in (0, 257 * 128, 65535))
        source = Image.frombytes("I;16", (3, 1), data)
    else:
        source = gradient(3, 1).convert("L").point([0] * 128 + [255] * 128).convert(mode)
    (whole, *_) = render(encoded(source), LIMIT)
    assert opened(whole).mode == ("RGBA" if mode in ("LA", "RGBA") else "RGB")
    if mode == "I;16":
        assert [pixel(whole, (x, 0))[0] for x in range(3)] == [0, 128, 255]


def test_what_shines_through_stays_so() -> None:
    glass = gradient(400, 300)
    glass.putalpha(Image.linear_gradient("L").resize((400, 300)))
    for one in render(encoded(glass), LIMIT):
        assert opened(one).getextrema()[3] == (0, 255)


def test_colours_of_print_and_of_other_screens_become_srgb() -> None:
    (whole, *_) = render(encoded(gradient(80, 60).convert("CMYK"), "JPEG"), LIMIT)
    assert opened(whole).mode == "RGB"
    assert pixel(whole, (5, 5))[0] > 200
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for odd in (lab, b"no profile", profile()[:200]):
        (whole, *_) = render(encoded(gradient(80, 60), icc_profile=odd), LIMIT)
        assert pixel(whole, (5, 5)) == (255, 0, 0)


def test_the_photograph_of_a_telephone_with_its_depth_map() -> None:
    both = encoded(gradient(80, 60), "MPO", save_all=True, append_images=[gradient(40, 30)])
    whole, *_ = render(both, LIMIT)
    assert (opened(whole).format, whole.width) == ("JPEG", 80)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF"])
def test_nothing_that_moves(form: str) -> None:
    frames = [gradient(64, 48, turn) for turn in (0, 120, 250)]
    moving = encoded(frames[0], form, save_all=True, append_images=frames[1:])
    assert refusal(moving) == "is animated; send a still picture"


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"%PDF-1.7\n", b"<html>", b'<svg xmlns="http://www.w3.org/2000/svg"/>', b"GIF8"]
    + [encoded(gradient(8, 8), form) for form in ("BMP", "TIFF", "ICO", "PPM", "TGA", "PDF")],
)
def test_nothing_else(data: bytes) -> None:
    assert refusal(data) == UNKNOWN


@pytest.mark.parametrize("form", VALID)
def test_nothing_that_is_cut_off(form: str) -> None:
    whole = encoded(gradient(), form)
    assert refusal(whole[: len(whole) // 2]) in ("is damaged or cut off", UNKNOWN)


def test_bombs_are_refused_by_their_header() -> None:
    assert refusal(png_of(8000, 5001)) == f"has more than {LIMIT} pixels"
    assert refusal(png_of(60_000, 60_000)) == f"has more than {LIMIT} pixels"
    assert refusal(png_of(2**31 - 1, 2**31 - 1)) == f"has more than {LIMIT} pixels"
    assert refusal(png_of(20_000, 1)) == "is more than 16383 pixels wide or high"
    assert refusal(png_of(0, 10)) in ("is damaged or cut off", UNKNOWN)
    assert refusal(png_of(100, 100, data=b"\0" * 50)) == "is damaged or cut off"


def test_a_photograph_that_would_be_gone_over_for_hours() -> None:
    start = PHOTO.rindex(b"\xff\xda")
    again = PHOTO[:start] + PHOTO[start:-2] * (SCAN_LIMIT + 1) + PHOTO[-2:]
    assert refusal(again) == "has more passes than any camera makes"


def test_the_same_picture_gives_the_same_names() -> None:
    once, again = (render(encoded(gradient(), "JPEG"), LIMIT) for _ in range(2))
    assert [one.name for one in once] == [one.name for one in again]


def test_too_many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)
    with taking_turns(), pytest.raises(ServiceUnavailable), taking_turns():
        pass
    with taking_turns():
        pass


@settings(deadline=None, max_examples=300)
@given(
    form=st.sampled_from(sorted(VALID)),
    changes=st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=4)), max_size=6),
    tail=st.binary(max_size=20),
)
@example(form="PNG", changes=[], tail=b"")
def test_a_file_is_read_or_refused_and_nothing_else(
    form: str, changes: list[tuple[int, bytes]], tail: bytes
) -> None:
    data = bytearray(VALID[form])
    for place, bytes_there in changes:
        data[place % len(data) : place % len(data) + len(bytes_there)] = bytes_there
    try:
        renditions = render(bytes(data) + tail, 1_000_000)
    except Invalid:
        return
    for rendition in renditions:
        opened(rendition).load()


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_noise_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        render(data, LIMIT)
