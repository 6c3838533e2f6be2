"""`pk__among=ids`: what `pk__in` finds, for thousands of ids.

`IN` carries every id as a parameter of its own, which Django, the driver and PostgreSQL each read one by one; an array
is one parameter.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.lookups import In, Lookup


@models.BigAutoField.register_lookup
@models.ForeignKey.register_lookup
class Among(Lookup):  # type: ignore[type-arg]
    """A column of whole numbers that is one of the given ids."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[int]:
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.rhs:
            raise EmptyResultSet
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*params, self.rhs]

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return In(self.lhs, self.rhs).as_sql(compiler, connection)
