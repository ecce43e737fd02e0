"""The application factory: reads top to bottom, one line a part."""

import os

from apiflask import APIFlask

from portfolio.blueprints import register_blueprints
from portfolio.blueprints.http.conditions import ConditionalResponse
from portfolio.cache_policy import POLICIES
from portfolio.caching.flask_adapter import CacheExtension
from portfolio.caching.postgres_adapter.patience import limit_waits
from portfolio.config import Settings
from portfolio.errors import NotFound, register_error_handlers
from portfolio.extensions import cache, db
from portfolio.observability import configure_logging
from portfolio.openapi.document import configure_openapi
from portfolio.queries.flask_adapter import watch_queries
from portfolio.rate_limits import limit_rates
from portfolio.security import protect
from portfolio.tasks import configure_celery
from portfolio.tasks.warming import send_renewal


def create_app(settings: Settings | None = None) -> APIFlask:
    """Build the application from settings, by default those of the environment."""
    settings = settings or Settings.load(os.environ)
    app = APIFlask(
        "portfolio", title="Portfolio API", version="1.0.0", docs_path=None, spec_path=None
    )
    app.response_class = ConditionalResponse
    app.config.from_mapping(settings.for_flask())
    configure_logging()
    db.init_app(app)
    with app.app_context():
        limit_waits(db.engine, settings.database_patience)
        policies = POLICIES.with_lifetimes(settings.CACHE_TTL)
        store = CacheExtension(
            app, db.session, db.engine, policies, send=send_renewal, absences=(NotFound,)
        )
        watch_queries(app, db.engine, store.counters.folding)
    cache.init_app(app)
    register_error_handlers(app)
    configure_openapi(app)
    register_blueprints(app)
    limit_rates(app)
    configure_celery(app)
    protect(app)
    return app
