"""The search table is made anew, and stays empty until `rebuild_search_index` has filled it."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


def number(apps, schema_editor):
    """Gives each insurer and each language a bit of its own, the oldest the lowest."""
    for name in ("Insurer", "Language"):
        model = apps.get_model("directory", name)
        for bit, row in enumerate(model.objects.order_by("pk")):
            row.bit = bit
            row.save(update_fields=["bit"])


def bit_field(**options):
    return models.PositiveSmallIntegerField(
        editable=False,
        unique=True,
        validators=[django.core.validators.MaxValueValidator(62)],
        verbose_name="bit",
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_add_conditions")]

    operations = [
        migrations.AddField("insurer", "bit", bit_field(null=True)),
        migrations.AddField("language", "bit", bit_field(null=True)),
        migrations.RunPython(number, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("insurer", "bit", bit_field()),
        migrations.AlterField("language", "bit", bit_field()),
        migrations.AddConstraint(
            "insurer",
            models.CheckConstraint(
                condition=models.Q(("bit__lt", 63)), name="directory_insurer_bit_fits_mask"
            ),
        ),
        migrations.AddConstraint(
            "language",
            models.CheckConstraint(
                condition=models.Q(("bit__lt", 63)), name="directory_language_bit_fits_mask"
            ),
        ),
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
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="directory.practitioner",
                    ),
                ),
                (
                    "affiliation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="directory.affiliation",
                    ),
                ),
                ("is_only", models.BooleanField()),
                ("x", models.FloatField(null=True)),
                ("y", models.FloatField(null=True)),
                ("z", models.FloatField(null=True)),
                ("fine_cell", models.IntegerField(null=True)),
                ("coarse_cell", models.IntegerField(null=True)),
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
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=[
                            *("fine_cell", "specialty_mask", "insurer_mask", "language_mask"),
                            *("fact_mask", "x", "y", "z", "first_visit_fee_usd"),
                            *("verified_until", "is_only", "practitioner", "affiliation"),
                        ],
                        name="directory_search_fine",
                    ),
                    models.Index(
                        fields=["coarse_cell", "specialty_mask", "x", "y", "z", "affiliation"],
                        name="directory_search_coarse",
                    ),
                    models.Index(fields=["latitude", "longitude"], name="directory_search_map"),
                    models.Index(
                        fields=["state_code", "-place_population", "affiliation"],
                        name="directory_search_state",
                    ),
                ],
            },
        ),
    ]
