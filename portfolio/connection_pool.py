"""The pool of database connections: how many there are, and how long a thread waits for one."""

from typing import Any

from sqlalchemy import QueuePool


def pool_options(size: int, patience: float) -> dict[str, Any]:
    """What tells Flask-SQLAlchemy to make a pool of `size`, whose waits end after `patience`."""

    class Pool(QueuePool):
        __module__ = QueuePool.__module__  # by which the logger of a pool is named

        # On its way here `pool_timeout` would be cut to whole seconds: half a second to none.
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **(options | {"timeout": patience}))

    return {"poolclass": Pool, "pool_size": size, "max_overflow": 0, "pool_pre_ping": True}
