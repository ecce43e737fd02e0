"""A Celery application like the real one, with a task that says when it begins and ends."""

import os
import time

import redis

from celery_worker import app as app
from celery_worker import celery as celery


@celery.task(name="tests.slow")
def slow(seconds: float) -> None:
    """Leaves a mark at its beginning and at its end; takes long for the first time only."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as marks:
        if marks.rpush("marks", f"begun {os.getpid()}") == 1:
            time.sleep(seconds)
        marks.rpush("marks", f"ended {os.getpid()}")
