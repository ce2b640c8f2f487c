"""What the library looks at when it searches, for the images that are there."""

from django.db import migrations, models

from acutake.lib.text import fold


def fold_facts(apps, schema_editor):
    image_model = apps.get_model("articles", "Image")
    for image in image_model.objects.order_by("pk").iterator(chunk_size=200):
        facts = (image.title, image.alt_text, image.caption, image.credit, image.rights)
        text = fold("\n".join([*facts, image.source]))
        image_model.objects.filter(pk=image.pk).update(search_text=text)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_link_authors_to_practitioners")]

    operations = [
        migrations.AddField(
            "image",
            "search_text",
            models.TextField(blank=True, editable=False, help_text="Folded words."),
        ),
        # Backwards the column goes.
        migrations.RunPython(fold_facts, migrations.RunPython.noop),
    ]
