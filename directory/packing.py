"""Whole numbers of many rows as one string of bytes, which a driver reads in one piece."""

from django.db.models import Aggregate, BigIntegerField, BinaryField, Func
from django.db.models.functions import Cast

DIGITS = "%%%%016x"


class Packed(Func):
    """Numbers from 0 to 2**63 - 1 on end, 8 bytes each, big-endian; on SQLite in hexadecimal."""

    output_field = BinaryField()

    def as_sqlite(self, compiler, connection, **context):
        digits = DIGITS * len(self.source_expressions)
        template = f"PRINTF('{digits}', %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        sent = self.copy()
        sent.set_source_expressions(
            [
                Func(Cast(number, BigIntegerField()), function="INT8SEND")
                for number in self.source_expressions
            ]
        )
        return sent.as_sql(
            compiler, connection, template="(%(expressions)s)", arg_joiner=" || ", **context
        )


class Joined(Aggregate):
    """What is packed of all rows on end, as bytes."""

    output_field = BinaryField()

    def as_sqlite(self, compiler, connection, **context):
        return self._with("GROUP_CONCAT(%(expressions)s, '')").as_sql(
            compiler, connection, **context
        )

    def as_postgresql(self, compiler, connection, **context):
        return self._with("STRING_AGG(%(expressions)s, ''::bytea)").as_sql(
            compiler, connection, **context
        )

    def _with(self, template):
        """Django's aggregates take none as an argument when they are filtered."""
        joined = self.copy()
        joined.template = template
        return joined

    def get_db_converters(self, connection):
        return [_to_bytes]


def _to_bytes(value, expression, connection) -> bytes:
    return bytes.fromhex(value) if isinstance(value, str) else bytes(value or b"")
