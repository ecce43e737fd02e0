"""The table of profiles: the basics of a résumé and who may see them."""

from sqlalchemy import CheckConstraint, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import (
    Extensible,
    Identified,
    Model,
    Timestamped,
    days_in_range,
    not_blank,
    one_of,
    slug_shape,
    web_link,
)
from portfolio.vocabulary import (
    COUNTRY_PATTERN,
    EMAIL_LENGTH,
    NAME_LENGTH,
    SHORT_LENGTH,
    SLUG_LENGTH,
    TEXT_LENGTH,
    URL_LENGTH,
    Visibility,
)


class Profile(Identified, Extensible, Timestamped, Model):
    """One person's portfolio."""

    __tablename__ = "profiles"

    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    label: Mapped[str] = mapped_column(String(NAME_LENGTH), server_default="")
    image: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH))
    phone: Mapped[str | None] = mapped_column(String(SHORT_LENGTH))
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    summary: Mapped[str] = mapped_column(String(TEXT_LENGTH), server_default="")
    address: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    postal_code: Mapped[str | None] = mapped_column(String(SHORT_LENGTH))
    city: Mapped[str | None] = mapped_column(String(SHORT_LENGTH))
    country_code: Mapped[str | None] = mapped_column(String(2))
    region: Mapped[str | None] = mapped_column(String(SHORT_LENGTH))
    visibility: Mapped[str] = mapped_column(String(10), server_default=Visibility.DRAFT)
    is_default: Mapped[bool] = mapped_column(server_default=false())
    is_sample: Mapped[bool] = mapped_column(server_default=false())
    show_email: Mapped[bool] = mapped_column(server_default=false())
    show_phone: Mapped[bool] = mapped_column(server_default=false())
    show_address: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (
        *slug_shape(),
        *not_blank("name"),
        *web_link("image", "url"),
        one_of("visibility", Visibility),
        CheckConstraint(f"country_code ~ '{COUNTRY_PATTERN}'", name="country_code_shape"),
        *days_in_range("created_at", "updated_at"),
        CheckConstraint("strpos(email, '@') > 1", name="email_shape"),
        Index(
            "uq_profiles_default", "is_default", unique=True, postgresql_where=text("is_default")
        ),
    )
