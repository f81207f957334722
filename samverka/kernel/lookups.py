"""A lookup that Django lacks."""

from typing import Any

from django.db.models import Field, ForeignObject, Lookup
from psycopg.types.numeric import Int8


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """`collaboration__any_of=[1, 2]`: one of these integers, as `__in`, but sent as one value (`= ANY (…)`).

    The statement is the same for three and for fifty, so that it can be compiled and planned once.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the condition and its values: those of the column, and the list as one."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY (%s)", [*params, [Int8(value) for value in self.rhs]]
