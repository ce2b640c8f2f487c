"""Write down which images the articles show that were there before the library asked."""

import re

from django.db import migrations

FIGURE = re.compile(r'<figure data-image="([0-9]+)">')


def record_uses(apps, schema_editor):
    article_model = apps.get_model("articles", "Article")
    use_model = apps.get_model("articles", "ImageUse")
    existing = set(apps.get_model("articles", "Image").objects.values_list("pk", flat=True))
    articles = article_model.objects.order_by("pk").only("lead_image_id", "body")
    for article in articles.iterator(chunk_size=200):
        shown = {int(key) for key in FIGURE.findall(article.body)} | {article.lead_image_id}
        use_model.objects.bulk_create(
            use_model(image_id=key, article_id=article.pk) for key in sorted(shown & existing)
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_library_of_images")]

    # Backwards the table goes as a whole.
    operations = [migrations.RunPython(record_uses, migrations.RunPython.noop)]
