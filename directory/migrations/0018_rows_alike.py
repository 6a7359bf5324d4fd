"""New rows of one file that resemble each other, and what stewards said of them.

Columns that may be empty rebuild no table.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0017_words_at_a_secret_place'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='stagedrow',
            name='like_row',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='likely the same as row'),
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='like_score',
            field=models.FloatField(blank=True, null=True, verbose_name='how alike'),
        ),
        migrations.CreateModel(
            name='DuplicateRows',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=100, verbose_name='source')),
                ('table', models.CharField(max_length=30, verbose_name='table')),
                ('first', models.CharField(max_length=200)),
                ('second', models.CharField(max_length=200)),
                ('left', models.CharField(blank=True, max_length=200)),
                ('score', models.FloatField(help_text='0 to 1', verbose_name='likeness')),
                ('decision', models.CharField(choices=[('apart', 'two services'), ('same', 'the same service')], max_length=10, verbose_name='decision')),
                ('decided_at', models.DateTimeField(verbose_name='decided')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'likely duplicate within a file',
                'verbose_name_plural': 'likely duplicates within a file',
                'constraints': [models.UniqueConstraint(fields=('source', 'table', 'first', 'second'), name='directory_duplicate_rows_once')],
            },
        ),
    ]
