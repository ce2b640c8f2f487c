from django.db import migrations

from acutake.lib.fulltext import CreateTermsKeys


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_keep_wordpress_imports")]

    operations = [CreateTermsKeys("ArticleTerms", "terms")]
