"""The database's own endpoint, for its operator."""

from apiflask import APIBlueprint

from portfolio.blueprints.examples import database_examples
from portfolio.schemas.database import DatabaseQuery, DatabaseStatistics
from portfolio.security import require_scope
from portfolio.services.database.figures import describe_database

TAG = {"name": "Database", "description": "What statements cost, and the state of the server."}

bp = APIBlueprint("database", __name__, url_prefix="/api/v1/database", tag=TAG)


@bp.get("/stats/")
@require_scope("admin")
@bp.input(DatabaseQuery, location="query")
@bp.output(DatabaseStatistics, example=database_examples.STATISTICS)
@bp.doc(summary="Show database statistics")
def show_database_stats(query_data: DatabaseQuery) -> DatabaseStatistics:
    """Slow and repeated statements of all processes, connections, sizes, hints and locks.

    Statements are told without their values. What the database's role may not see is null and
    named in `unavailable`.
    """
    return describe_database(query_data)
