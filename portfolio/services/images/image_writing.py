"""Writing images: upload, change, put in order and delete.

Whoever writes holds the project's row, so that places and the primary image stay distinct.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Select, func, select

from portfolio.errors import Conflict, Invalid, NotFound, TooLarge
from portfolio.extensions import db
from portfolio.models import Project, ProjectImage
from portfolio.schemas.field_errors import body_errors
from portfolio.schemas.image import Image, ImageUpload, ImageWrite
from portfolio.schemas.merge_patch import apply_merge_patch
from portfolio.services.content.projects import select_project
from portfolio.services.images import media_store
from portfolio.services.images.image_reading import select_image
from portfolio.services.images.pictures import Rendition, render, taking_turns
from portfolio.services.preconditions import IfMatch, check_if_match
from portfolio.vocabulary import PROJECT_IMAGES

UPLOADS = 0x706F7274666F6C69
"""The advisory lock that uploads share from their first file until their row is committed. Who
has it alone knows that every file without a row is without one for good."""


def add_image(ref: str, upload: ImageUpload, *, byte_limit: int, pixel_limit: int) -> Image:
    """Check an image, keep its files and add it to a project, the first one as its primary.

    Raises:
        NotFound: there is no such project.
        Conflict: it has as many images as it may have.
        TooLarge, Invalid: what is wrong with the file.
        ServiceUnavailable: too many others upload, or the store is away; nothing was added.
    """
    _check_room(_images(_find_project(select_project(ref))))
    db.session.rollback()  # no connection is held while the picture is worked on
    with taking_turns():
        content = upload.file.read(byte_limit + 1)
        if len(content) > byte_limit:
            raise TooLarge(f"An image may have {byte_limit} bytes.")
        renditions = render(content, pixel_limit)
        return _keep(ref, upload, renditions)


def patch_image(ref: str, image: str, patch: Mapping[str, Any], if_match: IfMatch | None) -> Image:
    """Change what is told of an image by a JSON Merge Patch.

    Raises:
        NotFound, PreconditionFailed, Invalid
    """
    row = _lock_image(ref, image, if_match)
    document = {name: getattr(row, name) for name in ImageWrite.model_fields}
    try:
        data = ImageWrite.model_validate(apply_merge_patch(document, dict(patch)))
    except ValidationError as error:
        raise Invalid(body_errors(error)) from None
    if row.is_primary and not data.is_primary:
        detail = "cannot be taken away; make another image primary instead"
        raise Invalid([{"pointer": "#/is_primary", "detail": detail}])
    if data.is_primary and not row.is_primary:
        for other in _images(row.project_id):
            other.is_primary = False
        db.session.flush()  # before the new one: there are never two
    for name, value in data:
        setattr(row, name, value)
    db.session.flush()
    return _committed(row)


def reorder_images(ref: str, order: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Put images of a project in this order, its others behind them.

    Returns:
        The ids of all images of the project in their new order.

    Raises:
        NotFound: there is no such project.
        Invalid: an id is given twice or is no image of the project.
    """
    rows = {row.id: row for row in _images(_lock_project(ref))}
    errors = [
        {"pointer": f"#/order/{place}", "detail": detail}
        for place, number in enumerate(order)
        for wrong, detail in (
            (number in order[:place], "is given twice"),
            (number not in rows, "is not the id of an image of this project"),
        )
        if wrong
    ]
    if errors:
        raise Invalid(errors)
    whole = [*order, *(number for number in rows if number not in order)]
    for place, number in enumerate(whole, start=1):
        rows[number].sort_order = place
    db.session.commit()
    return whole


def delete_image(ref: str, image: str, if_match: IfMatch | None) -> None:
    """Delete an image; the project's first other one is primary in its place. Files stay behind.

    Raises:
        NotFound, PreconditionFailed
    """
    row = _lock_image(ref, image, if_match)
    db.session.delete(row)
    db.session.flush()
    rest = _images(row.project_id)
    if rest and not any(other.is_primary for other in rest):
        rest[0].is_primary = True
    db.session.commit()


def _keep(ref: str, upload: ImageUpload, renditions: Sequence[Rendition]) -> Image:
    db.session.execute(select(func.pg_advisory_xact_lock_shared(UPLOADS)))
    for rendition in renditions:
        media_store.put_file(rendition.name, rendition.content)
    project_id = _lock_project(ref)
    others = _images(project_id)
    _check_room(others)
    row = ProjectImage(
        project_id=project_id,
        caption=upload.caption,
        alt=upload.alt,
        is_primary=not any(other.is_primary for other in others),
        sort_order=max((other.sort_order for other in others), default=0) + 1,
        files=[rendition.described() for rendition in renditions],
    )
    db.session.add(row)
    db.session.flush()
    return _committed(row)


def _check_room(images: Sequence[ProjectImage]) -> None:
    if len(images) >= PROJECT_IMAGES:
        raise Conflict(f"The project has {PROJECT_IMAGES} images, as many as it may have.")


def _lock_image(ref: str, image: str, if_match: IfMatch | None) -> ProjectImage:
    _lock_project(ref)
    row = db.session.scalar(select_image(ref, image))
    if row is None:
        raise NotFound("There is no such image.")
    check_if_match(if_match, Image.model_validate(row))
    return row


def _lock_project(ref: str) -> uuid.UUID:
    return _find_project(select_project(ref).with_for_update(of=Project))


def _find_project(statement: Select[Project]) -> uuid.UUID:
    project_id: uuid.UUID | None = db.session.scalar(statement.with_only_columns(Project.id))
    if project_id is None:
        raise NotFound("There is no such project.")
    return project_id


def _images(project_id: uuid.UUID) -> Sequence[ProjectImage]:
    images = select(ProjectImage).where(ProjectImage.project_id == project_id)
    return db.session.scalars(images.order_by(ProjectImage.sort_order)).all()


def _committed(row: ProjectImage) -> Image:
    written = Image.model_validate(row)
    db.session.commit()
    return written
