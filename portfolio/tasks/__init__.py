"""Celery tasks, one file a theme; each calls one service. The beat table is in schedule.py."""

from collections.abc import Callable
from typing import Any

from celery import Task
from flask import Flask

from portfolio.cache_policy import POLICIES
from portfolio.extensions import act_as, celery
from portfolio.queries.work import watched
from portfolio.tasks import knowledge, maintenance, matching, statistics, visitors, warming
from portfolio.tasks.schedule import beat_schedule

__all__ = [
    "configure_celery",
    "knowledge",
    "maintenance",
    "matching",
    "statistics",
    "visitors",
    "warming",
]


class ContextTask(Task):  # type: ignore[misc]  # Celery ships no types
    """A task that runs in the context of the application that Celery was bound to last."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task."""
        flask_app: Flask = self.app.flask_app
        with flask_app.app_context(), watched(f"task: {self.name}"):
            act_as(f"task: {self.name}")
            run: Callable[..., Any] = self.run
            return run(*args, **kwargs)


def configure_celery(app: Flask) -> None:
    """Bind the task queue to the application: broker, limits, schedule and context.

    Tasks are acknowledged when they have ended, and started again when their worker vanished:
    each must be fit to run twice.
    """

    policies = POLICIES.with_lifetimes(app.config["CACHE_TTL"])
    celery.flask_app = app
    celery.Task = ContextTask
    celery.conf.update(
        broker_url=app.config["CELERY_BROKER_URL"],
        broker_connection_retry_on_startup=True,
        broker_transport_options={
            "visibility_timeout": app.config["CELERY_VISIBILITY_TIMEOUT"],
            # A vanished worker's tasks are looked for every 10 s; by default every 100.
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_timeout": 10,
            "socket_connect_timeout": 2,
        },
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_time_limit=app.config["CELERY_TASK_TIME_LIMIT"],
        task_default_queue="portfolio",
        worker_prefetch_multiplier=1,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        worker_hijack_root_logger=False,
        worker_soft_shutdown_timeout=2,
        timezone="UTC",
        beat_schedule=beat_schedule(policies),
    )
