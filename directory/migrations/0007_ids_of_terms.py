from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0006_carry_over'),
    ]

    operations = [
        migrations.DeleteModel(
            name='Attribute',
        ),
        migrations.DeleteModel(
            name='TaxonomyTerm',
        ),
        migrations.DeleteModel(
            name='Taxonomy',
        ),
        migrations.DeleteModel(
            name='Language',
        ),
        migrations.RenameModel(
            old_name='NewTaxonomy',
            new_name='Taxonomy',
        ),
        migrations.RenameModel(
            old_name='NewTaxonomyTerm',
            new_name='TaxonomyTerm',
        ),
        migrations.RenameModel(
            old_name='NewAttribute',
            new_name='Attribute',
        ),
        migrations.RenameModel(
            old_name='NewLanguage',
            new_name='Language',
        ),
        migrations.AddConstraint(
            model_name='stagedrow',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='directory_staged_row_once'),
        ),
        migrations.AddConstraint(
            model_name='taxonomy',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_taxonomy_source'),
        ),
        migrations.AddConstraint(
            model_name='taxonomyterm',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_taxonomyterm_source'),
        ),
        migrations.AddConstraint(
            model_name='taxonomyterm',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', '')), fields=('taxonomy', 'code'), name='directory_term_once'),
        ),
        migrations.AddIndex(
            model_name='attribute',
            index=models.Index(fields=['of_id'], name='directory_attribute_of'),
        ),
        migrations.AddConstraint(
            model_name='attribute',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_attribute_source'),
        ),
        migrations.AddConstraint(
            model_name='attribute',
            constraint=models.CheckConstraint(condition=models.Q(('service__isnull', False), ('of_id__isnull', False), _connector='OR'), name='directory_attribute_owner', violation_error_message='Say what this belongs to.'),
        ),
        migrations.AddConstraint(
            model_name='attribute',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', '')), fields=('service', 'taxonomy_term'), name='directory_attribute_once'),
        ),
        migrations.AddConstraint(
            model_name='language',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_language_source'),
        ),
        migrations.AddConstraint(
            model_name='language',
            constraint=models.CheckConstraint(condition=models.Q(('service__isnull', False), ('location__isnull', False), ('phone__isnull', False), _connector='OR'), name='directory_language_owner', violation_error_message='Say what this belongs to.'),
        ),
        migrations.AddConstraint(
            model_name='language',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', '')), fields=('service', 'code'), name='directory_language_once'),
        ),
    ]
