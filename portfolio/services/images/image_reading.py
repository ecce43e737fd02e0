"""Reading the images of projects, and who may see their files."""

import re
import uuid

from sqlalchemy import Select, func, select

from portfolio.cache_policy import MEDIA_FILE
from portfolio.caching.flask_adapter import cache_query_result
from portfolio.errors import NotFound
from portfolio.extensions import db
from portfolio.models import Project, ProjectImage
from portfolio.schemas.image import Image
from portfolio.schemas.lists import PageQuery
from portfolio.services.content.projects import is_reachable, select_project
from portfolio.vocabulary import UUID_PATTERN


def list_images(ref: str, query: PageQuery, *, private: bool) -> tuple[list[Image], int]:
    """One page of a project's images in their order, and how many there are in all.

    Raises:
        NotFound: there is no such project, or it is a draft and `private` is not set.
    """
    wanted = select_project(ref).with_only_columns(Project.id)
    project_id = db.session.scalar(wanted if private else wanted.where(is_reachable()))
    if project_id is None:
        raise NotFound("There is no such project.")
    images = select(ProjectImage).where(ProjectImage.project_id == project_id)
    total = db.session.scalar(images.with_only_columns(func.count(ProjectImage.id))) or 0
    rows = db.session.scalars(
        images.order_by(ProjectImage.sort_order).limit(query.page_size).offset(query.offset)
    )
    return [Image.model_validate(row) for row in rows], total


def get_image(ref: str, image: str, *, private: bool) -> Image:
    """An image of a project.

    Raises:
        NotFound: there is none, or the project is a draft and `private` is not set.
    """
    statement = select_image(ref, image)
    row = db.session.scalar(statement if private else statement.where(is_reachable()))
    if row is None:
        raise NotFound("There is no such image.")
    return Image.model_validate(row)


def select_image(ref: str, image: str) -> Select[ProjectImage]:
    """The query for an image of a project.

    Raises:
        NotFound: `ref` or `image` can be none.
    """
    if not re.fullmatch(UUID_PATTERN, image):
        raise NotFound("There is no such image.")
    return (
        select_project(ref)
        .with_only_columns(ProjectImage)
        .join(ProjectImage, ProjectImage.project_id == Project.id)
        .where(ProjectImage.id == uuid.UUID(image))
    )


def check_media(name: str, *, private: bool) -> int:
    """How many bytes a file has, if the caller may see it.

    Raises:
        NotFound: no image has such a file, or only drafts have and `private` is not set.
    """
    size = find_media(name, reachable=False) if private else find_public_media(name)
    if size is None:
        raise NotFound("There is no such file.")
    return size


@cache_query_result(MEDIA_FILE)
def find_public_media(name: str) -> int | None:
    """How many bytes a file has that everybody may see; None if there is none."""
    return find_media(name, reachable=True)


def find_media(name: str, *, reachable: bool) -> int | None:
    """How many bytes a file has that any image names; with `reachable`, one that is no draft's."""
    statement = (
        select(ProjectImage.files)
        .join(Project, Project.id == ProjectImage.project_id)
        .join(Project.profile)
        .where(ProjectImage.files.contains([{"name": name}]))
        .limit(1)
    )
    files = db.session.scalar(statement.where(is_reachable()) if reachable else statement)
    return next((file["bytes"] for file in files or () if file["name"] == name), None)
