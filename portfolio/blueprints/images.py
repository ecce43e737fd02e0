"""The addresses of projects' images."""

from apiflask import APIBlueprint
from flask import current_app, url_for

from portfolio.blueprints.examples import content_examples
from portfolio.blueprints.http.adapter import with_body_up_to
from portfolio.blueprints.http.conditions import read_if_match, tag_header
from portfolio.cache_policy import PROJECT_IMAGE, PROJECT_IMAGES
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.schemas.image import Image, ImageOrder, ImagePage, ImagePatch, ImageUpload
from portfolio.schemas.lists import PageQuery
from portfolio.security import may_read_private, public_with_drafts, require_scope
from portfolio.services.images import image_reading, image_writing

TAG = {"name": "Images", "description": "What the projects look like."}

bp = APIBlueprint("images", __name__, url_prefix="/api/v1/projects/<name:ref>/images", tag=TAG)


@bp.get("/")
@public_with_drafts
@bp.input(PageQuery, location="query")
@bp.doc(summary="List a project's images")
@cache_api_response(PROJECT_IMAGES)
@bp.output(ImagePage)
def list_images(ref: str, query_data: PageQuery) -> ImagePage:
    """In the owner's order, with the addresses of their files."""
    items, total = image_reading.list_images(ref, query_data, private=may_read_private())
    return ImagePage.of(items, total, url_for("images.list_images", ref=ref), query_data)


@bp.get("/<name:image>/")
@public_with_drafts
@bp.doc(summary="Show an image")
@cache_api_response(PROJECT_IMAGE)
@bp.output(Image)
def show_image(ref: str, image: str) -> Image:
    """What is told of one image, by its id."""
    return image_reading.get_image(ref, image, private=may_read_private())


@bp.post("/")
@require_scope("write")
@with_body_up_to("IMAGE_MAX_BYTES")
@bp.input(ImageUpload, location="form_and_files")
@bp.output(Image, status_code=201, description="Created; `Location` is its address.")
@bp.doc(summary="Upload an image", responses=[409])
def upload_image(ref: str, form_and_files_data: ImageUpload) -> tuple[Image, int, dict[str, str]]:
    """It is decoded and encoded anew: no metadata is kept, and other formats are refused.

    The first image of a project becomes the primary one. A project may have 20.
    """
    created = image_writing.add_image(
        ref,
        form_and_files_data,
        byte_limit=current_app.config["IMAGE_MAX_BYTES"],
        pixel_limit=current_app.config["IMAGE_MAX_PIXELS"],
    )
    location = url_for("images.show_image", ref=ref, image=created.id)
    return created, 201, {"Location": location, **tag_header(created)}


@bp.patch("/<name:image>/")
@require_scope("write")
@bp.input(ImagePatch, examples=content_examples.IMAGE_PATCH)
@bp.output(Image)
@bp.doc(summary="Change an image", responses=[412])
def patch_image(ref: str, image: str, json_data: ImagePatch) -> tuple[Image, int, dict[str, str]]:
    """A JSON Merge Patch (RFC 7396) of caption, alternative text, and which one is primary."""
    patched = image_writing.patch_image(ref, image, json_data.root, read_if_match())
    return patched, 200, tag_header(patched)


@bp.delete("/<name:image>/")
@require_scope("write")
@bp.output({}, status_code=204, description="Deleted.")
@bp.doc(summary="Delete an image", responses=[412])
def delete_image(ref: str, image: str) -> tuple[str, int]:
    """If it was the primary one, the first of the others is now. Its files go a day later."""
    image_writing.delete_image(ref, image, read_if_match())
    return "", 204


@bp.post("/reorder/")
@require_scope("write")
@bp.input(ImageOrder)
@bp.output(ImageOrder)
@bp.doc(summary="Put images in order")
def reorder_images(ref: str, json_data: ImageOrder) -> ImageOrder:
    """Images of one project; those not named follow behind. Answers with the whole order."""
    return ImageOrder(order=image_writing.reorder_images(ref, json_data.order))
