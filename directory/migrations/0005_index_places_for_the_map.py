from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_search_by_more_facts")]

    operations = [
        migrations.AddIndex(
            "place",
            models.Index(
                fields=["kind", "latitude", "longitude", "population"], name="directory_place_map"
            ),
        ),
    ]
