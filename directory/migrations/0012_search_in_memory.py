"""The search table loses what only the database needed for searching; a log of changes is new.

The table is derived: it is made anew, empty, and `rebuild_search_index` fills it.
"""

import secrets

import django.db.models.deletion
from django.db import migrations, models


def note_everything(apps, schema_editor):
    """With a first line in the log, a process may keep what it has read."""
    change = apps.get_model("directory", "SearchChange")
    change.objects.create(token=secrets.randbits(63), practitioners=None)


class Migration(migrations.Migration):
    dependencies = [("directory", "0011_describe_specialties_further")]

    operations = [
        migrations.DeleteModel("SearchEntry"),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_only", models.BooleanField()),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("state_code", models.CharField(blank=True, max_length=8)),
                ("place_population", models.PositiveIntegerField(default=0)),
                ("specialty_mask", models.BigIntegerField()),
                ("insurer_mask", models.BigIntegerField()),
                ("language_mask", models.BigIntegerField()),
                ("fact_mask", models.BigIntegerField()),
                ("first_visit_fee_usd", models.PositiveIntegerField(null=True)),
                ("verified_until", models.DateField(null=True)),
                (
                    "affiliation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="directory.affiliation",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="directory.practitioner",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.BigIntegerField()),
                ("practitioners", models.JSONField(null=True)),
            ],
        ),
        migrations.RunPython(note_everything, migrations.RunPython.noop),
    ]
