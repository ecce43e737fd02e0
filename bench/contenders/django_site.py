"""Django with django-redis and `cache_page`: the middleware of `startproject`, no template."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.cache import cache_page

from bench.ready_answer import VARIABLE, ReadyAnswer

answer = ReadyAnswer.load(os.environ[VARIABLE])
settings.configure(
    DEBUG=False,
    SECRET_KEY="a secret of the bench",  # noqa: S106 - guards nothing
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    CACHES={
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": os.environ["BENCH_REDIS_URL"],
        }
    },
    USE_TZ=True,
)
django.setup()


def show_readiness(_request: HttpRequest) -> HttpResponse:
    """For the bench: the server is up."""
    return HttpResponse("ready")


@cache_page(3600)
def show_answer(_request: HttpRequest, _path: str) -> HttpResponse:
    """The same body; a hit takes it from Redis."""
    return HttpResponse(answer.body, content_type="application/json")


urlpatterns = [path("", show_readiness), re_path(r"^(.+)$", show_answer)]
app = get_wsgi_application()
