"""Primary keys that are chosen, where they are part of an address that is to stay."""

from django.db import connection, models
from django.db.models import Func, Max, Value
from django.db.models.functions import Greatest


def reserve(model: type[models.Model], highest: int) -> None:
    """Have the database number new rows of the model from above `highest` on.

    SQLite does so by itself as soon as such a row is there. Two queries on PostgreSQL.
    """
    if connection.vendor != "postgresql":
        return
    column = model._meta.pk.column
    sequence = Func(Value(model._meta.db_table), Value(column), function="pg_get_serial_sequence")
    # The next number is drawn, so that none is given out twice by setting the sequence back.
    upper = Greatest(Max("pk"), Value(highest), Func(sequence, function="nextval"))
    model._base_manager.aggregate(
        reserved=Func(sequence, upper, function="setval", output_field=models.BigIntegerField())
    )
