from django.db import migrations

from acutake.lib.fulltext import CreateTermsKeys


class Migration(migrations.Migration):
    dependencies = [("directory", "0019_index_terms")]

    operations = [CreateTermsKeys("PractitionerTerms", "terms")]
