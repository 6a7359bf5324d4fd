from importlib import import_module

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import uuid
from django.conf import settings
from django.db import migrations, models


confidential = import_module("directory.migrations.0002_confidential_places")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_directory_stewards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Tables are rebuilt below; 0008 puts the triggers back.
        migrations.RunPython(confidential.drop),
        migrations.RemoveConstraint(
            model_name='attribute',
            name='directory_attribute_once',
        ),
        migrations.RemoveConstraint(
            model_name='language',
            name='directory_language_once',
        ),
        migrations.RemoveConstraint(
            model_name='location',
            name='directory_confidential_has_no_place',
        ),
        migrations.RemoveConstraint(
            model_name='phone',
            name='directory_phone_owner',
        ),
        migrations.RemoveConstraint(
            model_name='schedule',
            name='directory_schedule_owner',
        ),
        migrations.RemoveConstraint(
            model_name='sourcerow',
            name='directory_source_row_once',
        ),
        migrations.RemoveConstraint(
            model_name='stagedrow',
            name='directory_staged_row_once',
        ),
        migrations.RemoveConstraint(
            model_name='taxonomyterm',
            name='directory_term_once',
        ),
        migrations.CreateModel(
            name='Accessibility',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('details', models.TextField(blank=True, verbose_name='details')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='more about it')),
            ],
            options={
                'verbose_name': 'accessibility',
                'verbose_name_plural': 'accessibility',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='name')),
                ('title', models.CharField(blank=True, max_length=255, verbose_name='job')),
                ('department', models.CharField(blank=True, max_length=255, verbose_name='department')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContactCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('link', 'website'), ('phone', 'phone'), ('email', 'e-mail')], max_length=10, verbose_name='kind')),
                ('value', models.CharField(max_length=500, verbose_name='link or number')),
                ('state', models.CharField(choices=[('works', 'works'), ('broken', 'does not work'), ('unsure', 'could not be told')], max_length=10, verbose_name='state')),
                ('detail', models.CharField(blank=True, max_length=255, verbose_name='what came back')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='failures in a row')),
                ('checked_at', models.DateTimeField(verbose_name='checked at')),
                ('broken_since', models.DateTimeField(blank=True, null=True, verbose_name='broken since')),
            ],
            options={
                'verbose_name': 'check of a link or number',
                'verbose_name_plural': 'checks of links and numbers',
                'ordering': ['-checked_at'],
            },
        ),
        migrations.CreateModel(
            name='CostOption',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from date')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to date')),
                ('option', models.CharField(blank=True, max_length=255, verbose_name='for whom or what')),
                ('currency', models.CharField(blank=True, max_length=20, verbose_name='currency')),
                ('amount', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='amount')),
                ('amount_description', models.CharField(blank=True, max_length=255, verbose_name='what is paid for')),
            ],
            options={
                'verbose_name': 'cost',
                'verbose_name_plural': 'costs',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DuplicatePair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField(help_text='0 to 1', verbose_name='likeness')),
                ('reasons', models.JSONField(default=dict, verbose_name='why')),
                ('decision', models.CharField(choices=[('open', 'to decide'), ('apart', 'two services'), ('merged', 'the same service')], default='open', max_length=10, verbose_name='decision')),
                ('found_at', models.DateTimeField(auto_now_add=True, verbose_name='found')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
            ],
            options={
                'verbose_name': 'likely duplicate',
                'verbose_name_plural': 'likely duplicates',
                'ordering': ['-score'],
            },
        ),
        migrations.CreateModel(
            name='Funding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('funding_source', models.TextField(blank=True, verbose_name='source')),
            ],
            options={
                'verbose_name': 'funding',
                'verbose_name_plural': 'funding',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_es', models.CharField(blank=True, max_length=100, verbose_name='name in Spanish')),
            ],
            options={
                'verbose_name': 'holiday',
                'verbose_name_plural': 'holidays',
                'ordering': ['date'],
            },
        ),
        migrations.CreateModel(
            name='HolidayCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
            ],
            options={
                'verbose_name': 'holiday calendar',
                'verbose_name_plural': 'holiday calendars',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Metadata',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('of', models.CharField(editable=False, max_length=30)),
                ('of_id', models.UUIDField(editable=False)),
                ('resource_type', models.CharField(blank=True, max_length=255, verbose_name='kind of object')),
                ('last_action_date', models.DateField(blank=True, null=True, verbose_name='date')),
                ('last_action_type', models.CharField(blank=True, max_length=255, verbose_name='what was done')),
                ('field_name', models.CharField(blank=True, max_length=255, verbose_name='field')),
                ('previous_value', models.TextField(blank=True, verbose_name='before')),
                ('replacement_value', models.TextField(blank=True, verbose_name='after')),
                ('updated_by', models.CharField(blank=True, max_length=255, verbose_name='by')),
            ],
            options={
                'verbose_name': 'metadata',
                'verbose_name_plural': 'metadata',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MetaTableDescription',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='name')),
                ('language', models.CharField(blank=True, max_length=255, verbose_name='language')),
                ('character_set', models.CharField(blank=True, max_length=255, verbose_name='character set')),
            ],
            options={
                'verbose_name': 'table description',
                'verbose_name_plural': 'table descriptions',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfficerDetails',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('back_line', models.CharField(blank=True, help_text='A number for officers alone.', max_length=50, verbose_name='back line')),
                ('sally_port', models.TextField(blank=True, help_text='Where a patrol car drives in, and who opens.', verbose_name='sally port')),
                ('notes', models.TextField(blank=True, verbose_name='notes')),
            ],
            options={
                'verbose_name': 'officers’ details',
                'verbose_name_plural': 'officers’ details',
            },
        ),
        migrations.CreateModel(
            name='OrganizationIdentifier',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('identifier_scheme', models.CharField(blank=True, max_length=255, verbose_name='register')),
                ('identifier_type', models.CharField(blank=True, max_length=255, verbose_name='kind of number')),
                ('identifier', models.CharField(max_length=255, verbose_name='number')),
            ],
            options={
                'verbose_name': 'identifier',
                'verbose_name_plural': 'identifiers',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('alternate_name', models.CharField(blank=True, max_length=255, verbose_name='also known as')),
                ('description', models.TextField(blank=True, verbose_name='description')),
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
                'ordering': ['name'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProviderAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('confirmed', models.BooleanField(default=False, verbose_name='says that all is right')),
                ('closed', models.BooleanField(default=False, verbose_name='says that it has closed')),
                ('values', models.JSONField(default=dict)),
                ('before', models.JSONField(default=dict)),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('state', models.CharField(choices=[('waiting', 'waiting for a steward'), ('accepted', 'taken over'), ('declined', 'declined')], default='waiting', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='received')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
            ],
            options={
                'verbose_name': 'provider’s answer',
                'verbose_name_plural': 'providers’ answers',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ProviderLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, verbose_name='sent to')),
                ('reminder', models.BooleanField(default=False, verbose_name='sent by itself')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='sent')),
                ('expires_at', models.DateTimeField(verbose_name='ends')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
            ],
            options={
                'verbose_name': 'link for a provider',
                'verbose_name_plural': 'links for providers',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='RequiredDocument',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('document', models.TextField(blank=True, verbose_name='document')),
                ('uri', models.URLField(blank=True, max_length=500, verbose_name='more about it')),
            ],
            options={
                'verbose_name': 'document to bring',
                'verbose_name_plural': 'documents to bring',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('headings', models.JSONField(default=list, verbose_name='headings')),
                ('content', models.JSONField(default=dict, verbose_name='mapping')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='saved')),
            ],
            options={
                'verbose_name': 'saved mapping',
                'verbose_name_plural': 'saved mappings',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ScheduleException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('closed', 'closed'), ('replaced', 'open at these hours instead'), ('added', 'open at these hours too')], max_length=10, verbose_name='what happens')),
                ('first_day', models.DateField(verbose_name='first day')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('opens_at', models.TimeField(blank=True, null=True, verbose_name='opens at')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='closes at')),
                ('description', models.CharField(blank=True, help_text='People read it: “Staff training”.', max_length=255, verbose_name='why')),
            ],
            options={
                'verbose_name': 'exception',
                'verbose_name_plural': 'exceptions',
                'ordering': ['first_day'],
            },
        ),
        migrations.CreateModel(
            name='ServiceArea',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('name', models.TextField(blank=True, verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('extent', models.TextField(blank=True, verbose_name='extent')),
                ('extent_type', models.CharField(blank=True, max_length=255, verbose_name='kind of extent')),
                ('uri', models.CharField(blank=True, max_length=500, verbose_name='identifier on the web')),
            ],
            options={
                'verbose_name': 'service area',
                'verbose_name_plural': 'service areas',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ServiceCapacity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('available', models.FloatField(blank=True, null=True, verbose_name='available')),
                ('maximum', models.FloatField(blank=True, null=True, verbose_name='at most')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('updated', models.DateTimeField(blank=True, null=True, verbose_name='counted at')),
            ],
            options={
                'verbose_name': 'capacity',
                'verbose_name_plural': 'capacities',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('scheme', models.CharField(blank=True, max_length=255, verbose_name='scheme')),
                ('identifier', models.CharField(blank=True, max_length=255, verbose_name='identifier')),
                ('uri', models.URLField(blank=True, max_length=500, verbose_name='identifier on the web')),
            ],
            options={
                'verbose_name': 'unit',
                'verbose_name_plural': 'units',
                'ordering': ['name'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Url',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('label', models.CharField(blank=True, max_length=255, verbose_name='label')),
                ('url', models.URLField(max_length=500, verbose_name='address')),
            ],
            options={
                'verbose_name': 'further website',
                'verbose_name_plural': 'further websites',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('phone', 'phone'), ('hours', 'hours'), ('address', 'address'), ('eligibility', 'who can come'), ('cost', 'cost')], max_length=15, verbose_name='what')),
                ('verified_on', models.DateField(verbose_name='checked on')),
                ('method', models.CharField(choices=[('called', 'called them'), ('visited', 'went there'), ('provider', 'the provider said so'), ('web', 'read it on their website'), ('source', 'the source of the data says so')], max_length=10, verbose_name='how')),
                ('role', models.CharField(choices=[('steward', 'directory steward'), ('provider', 'the provider'), ('source', 'the source of the data')], max_length=20, verbose_name='by')),
                ('valid_until', models.DateField(verbose_name='holds until')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'verification',
                'verbose_name_plural': 'verifications',
                'ordering': ['-verified_on', '-created_at'],
            },
        ),
        migrations.AlterModelOptions(
            name='stagedrow',
            options={'ordering': ['batch', 'number'], 'verbose_name': 'staged row', 'verbose_name_plural': 'staged rows'},
        ),
        migrations.AddField(
            model_name='address',
            name='as_given',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood'),
        ),
        migrations.AddField(
            model_name='address',
            name='attention',
            field=models.CharField(blank=True, max_length=255, verbose_name='attention'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='kind',
            field=models.CharField(choices=[('table', 'a table of listings'), ('hsds', 'HSDS data')], default='table', max_length=10, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='mapping_content',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='rows_in_file',
            field=models.PositiveIntegerField(default=0, verbose_name='rows in the file'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='rows_read',
            field=models.PositiveIntegerField(default=0, verbose_name='rows read'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='staged_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undone_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='undone on'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='whole',
            field=models.BooleanField(default=True, help_text='Listings of this source that are not in the file are set aside.', verbose_name='the whole source'),
        ),
        migrations.AddField(
            model_name='location',
            name='alternate_name',
            field=models.CharField(blank=True, max_length=255, verbose_name='also known as'),
        ),
        migrations.AddField(
            model_name='location',
            name='external_identifier',
            field=models.CharField(blank=True, max_length=255, verbose_name='number in a register'),
        ),
        migrations.AddField(
            model_name='location',
            name='external_identifier_type',
            field=models.CharField(blank=True, max_length=255, verbose_name='which register'),
        ),
        migrations.AddField(
            model_name='location',
            name='location_type',
            field=models.CharField(choices=[('physical', 'a place to visit'), ('postal', 'a place for letters'), ('virtual', 'online or by phone')], default='physical', max_length=20, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='location',
            name='url',
            field=models.URLField(blank=True, max_length=500, verbose_name='website'),
        ),
        migrations.AddField(
            model_name='organization',
            name='as_given',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood'),
        ),
        migrations.AddField(
            model_name='organization',
            name='legal_status',
            field=models.CharField(blank=True, max_length=255, verbose_name='legal form'),
        ),
        migrations.AddField(
            model_name='organization',
            name='logo',
            field=models.URLField(blank=True, max_length=500, verbose_name='logo'),
        ),
        migrations.AddField(
            model_name='organization',
            name='parent_organization',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='child_organizations', to='directory.organization', verbose_name='part of'),
        ),
        migrations.AddField(
            model_name='organization',
            name='tax_id',
            field=models.CharField(blank=True, max_length=255, verbose_name='tax number'),
        ),
        migrations.AddField(
            model_name='organization',
            name='tax_status',
            field=models.CharField(blank=True, max_length=255, verbose_name='tax status'),
        ),
        migrations.AddField(
            model_name='organization',
            name='unknown',
            field=models.BooleanField(default=False, editable=False, verbose_name='not described'),
        ),
        migrations.AddField(
            model_name='organization',
            name='uri',
            field=models.URLField(blank=True, max_length=500, verbose_name='identifier on the web'),
        ),
        migrations.AddField(
            model_name='organization',
            name='year_incorporated',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(2999)], verbose_name='founded in'),
        ),
        migrations.AddField(
            model_name='phone',
            name='as_given',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood'),
        ),
        migrations.AddField(
            model_name='problemreport',
            name='assigned_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='steward'),
        ),
        migrations.AddField(
            model_name='problemreport',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='as_given',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='attending_type',
            field=models.TextField(blank=True, verbose_name='how people attend'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='bymonthday',
            field=models.CharField(blank=True, max_length=255, verbose_name='days of the month'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='byweekno',
            field=models.CharField(blank=True, max_length=255, verbose_name='weeks of the year'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='byyearday',
            field=models.CharField(blank=True, max_length=1000, verbose_name='days of the year'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='count',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how many times'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='dtstart',
            field=models.DateField(blank=True, null=True, verbose_name='first date of the rule'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='freq',
            field=models.CharField(blank=True, choices=[('WEEKLY', 'every week'), ('MONTHLY', 'every month')], max_length=10, verbose_name='how often'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='interval',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='every how many'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='location',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='schedules', to='directory.location'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='notes',
            field=models.TextField(blank=True, verbose_name='more notes'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='schedule_link',
            field=models.URLField(blank=True, max_length=500, verbose_name='hours on the web'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='last date of the rule'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='wkst',
            field=models.CharField(blank=True, max_length=2, verbose_name='weeks begin on'),
        ),
        migrations.AddField(
            model_name='service',
            name='accreditations',
            field=models.TextField(blank=True, verbose_name='accreditations'),
        ),
        migrations.AddField(
            model_name='service',
            name='alert',
            field=models.TextField(blank=True, help_text='Something that people must know at once.', verbose_name='alert'),
        ),
        migrations.AddField(
            model_name='service',
            name='assigned_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='steward'),
        ),
        migrations.AddField(
            model_name='service',
            name='assurer_email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='checked by (e-mail)'),
        ),
        migrations.AddField(
            model_name='service',
            name='fees',
            field=models.TextField(blank=True, verbose_name='fees'),
        ),
        migrations.AddField(
            model_name='service',
            name='gender',
            field=models.CharField(blank=True, choices=[('women', 'women'), ('men', 'men'), ('trans-nonbinary', 'trans and nonbinary people')], help_text='Empty: everyone', max_length=20, verbose_name='for'),
        ),
        migrations.AddField(
            model_name='service',
            name='licenses',
            field=models.TextField(blank=True, verbose_name='licenses'),
        ),
        migrations.AddField(
            model_name='service',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='directory.service'),
        ),
        migrations.AddField(
            model_name='service',
            name='referral_needed',
            field=models.BooleanField(blank=True, help_text='Unknown, yes or no', null=True, verbose_name='needs a referral'),
        ),
        migrations.AddField(
            model_name='service',
            name='residence',
            field=models.CharField(blank=True, help_text='Empty: anywhere', max_length=255, verbose_name='must live in'),
        ),
        migrations.AddField(
            model_name='service',
            name='set_aside_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='set aside on'),
        ),
        migrations.AddField(
            model_name='service',
            name='wait_time',
            field=models.CharField(blank=True, max_length=255, verbose_name='how long people wait'),
        ),
        migrations.AddField(
            model_name='serviceatlocation',
            name='as_given',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood'),
        ),
        migrations.AddField(
            model_name='sourcerow',
            name='record_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sourcerow',
            name='set_aside',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='sourcerow',
            name='table',
            field=models.CharField(default='listing', max_length=30),
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='before',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='chosen',
            field=models.BooleanField(default=True, verbose_name='to be published'),
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='digest',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='duplicate_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.service', verbose_name='likely duplicate of'),
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='likeness',
            field=models.FloatField(blank=True, null=True, verbose_name='likeness'),
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='number',
            field=models.PositiveIntegerField(default=0, verbose_name='number in the batch'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='root',
            field=models.CharField(blank=True, max_length=240),
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='table',
            field=models.CharField(default='listing', max_length=30, verbose_name='table'),
        ),
        migrations.AlterField(
            model_name='address',
            name='address_type',
            field=models.CharField(choices=[('physical', 'to visit'), ('postal', 'for letters'), ('virtual', 'online')], default='physical', max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='address',
            name='country',
            field=models.CharField(default='US', max_length=100, verbose_name='country'),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='mapping',
            field=models.CharField(blank=True, max_length=100, verbose_name='mapping'),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='state',
            field=models.CharField(choices=[('reading', 'being read'), ('staged', 'waiting for a steward'), ('published', 'published'), ('discarded', 'discarded'), ('undone', 'published and undone')], default='staged', max_length=12, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='phone',
            name='description',
            field=models.TextField(blank=True, verbose_name='what it is for'),
        ),
        migrations.AlterField(
            model_name='phone',
            name='extension',
            field=models.CharField(blank=True, max_length=50, verbose_name='extension'),
        ),
        migrations.AlterField(
            model_name='schedule',
            name='byday',
            field=models.CharField(blank=True, max_length=100, validators=[django.core.validators.RegexValidator('^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$')], verbose_name='days'),
        ),
        migrations.AlterField(
            model_name='schedule',
            name='closes_at',
            field=models.TimeField(blank=True, null=True, verbose_name='closes at'),
        ),
        migrations.AlterField(
            model_name='schedule',
            name='description',
            field=models.TextField(blank=True, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='schedule',
            name='opens_at',
            field=models.TimeField(blank=True, null=True, verbose_name='opens at'),
        ),
        migrations.AlterField(
            model_name='sourcerow',
            name='service',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='source_rows', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='stagedrow',
            name='action',
            field=models.CharField(choices=[('create', 'new'), ('update', 'changed'), ('unchanged', 'unchanged'), ('vanish', 'no longer in the file'), ('reject', 'rejected')], max_length=10, verbose_name='what happens'),
        ),
        migrations.AlterField(
            model_name='stagedrow',
            name='row',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='row'),
        ),
        migrations.AddIndex(
            model_name='sourcerow',
            index=models.Index(fields=['record_id'], name='directory_source_row_record'),
        ),
        migrations.AddIndex(
            model_name='stagedrow',
            index=models.Index(fields=['batch', 'table', 'source_id'], name='directory_staged_in_batch'),
        ),
        migrations.AddIndex(
            model_name='stagedrow',
            index=models.Index(fields=['batch', 'root'], name='directory_staged_root'),
        ),
        migrations.AddIndex(
            model_name='stagedrow',
            index=models.Index(fields=['batch', 'action'], name='directory_staged_action'),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(('confidential', False), models.Q(('latitude__isnull', True), ('longitude__isnull', True), ('alternate_name', ''), ('description', ''), ('external_identifier', ''), ('external_identifier_type', ''), ('transportation', ''), ('url', '')), _connector='OR'), name='directory_confidential_has_no_place'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(('service__isnull', False), ('location__isnull', False), ('service_at_location__isnull', False), _connector='OR'), name='directory_schedule_owner', violation_error_message='Say what this belongs to.'),
        ),
        migrations.AddConstraint(
            model_name='sourcerow',
            constraint=models.UniqueConstraint(fields=('source', 'table', 'source_id'), name='directory_source_row_once'),
        ),
        migrations.AddField(
            model_name='accessibility',
            name='location',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='accessibility', to='directory.location'),
        ),
        migrations.AddField(
            model_name='contact',
            name='location',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.location'),
        ),
        migrations.AddField(
            model_name='contact',
            name='organization',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.organization'),
        ),
        migrations.AddField(
            model_name='contact',
            name='service',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.service'),
        ),
        migrations.AddField(
            model_name='contact',
            name='service_at_location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.serviceatlocation'),
        ),
        migrations.AddField(
            model_name='phone',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='directory.contact'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=models.CheckConstraint(condition=models.Q(('organization__isnull', False), ('service__isnull', False), ('location__isnull', False), ('service_at_location__isnull', False), ('contact__isnull', False), _connector='OR'), name='directory_phone_owner', violation_error_message='Say what this belongs to.'),
        ),
        migrations.AddField(
            model_name='contactcheck',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_checks', to='directory.service'),
        ),
        migrations.AddField(
            model_name='costoption',
            name='service',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='cost_options', to='directory.service'),
        ),
        migrations.AddField(
            model_name='duplicatepair',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='duplicatepair',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duplicates_after', to='directory.service'),
        ),
        migrations.AddField(
            model_name='duplicatepair',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duplicates_before', to='directory.service'),
        ),
        migrations.AddField(
            model_name='funding',
            name='organization',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='funding', to='directory.organization'),
        ),
        migrations.AddField(
            model_name='funding',
            name='service',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='funding', to='directory.service'),
        ),
        migrations.AddField(
            model_name='holiday',
            name='calendar',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='holidays', to='directory.holidaycalendar'),
        ),
        migrations.AddField(
            model_name='service',
            name='holidays',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='services', to='directory.holidaycalendar', verbose_name='closed on the holidays of'),
        ),
        migrations.AddIndex(
            model_name='metadata',
            index=models.Index(fields=['of_id'], name='directory_metadata_of'),
        ),
        migrations.AddConstraint(
            model_name='metadata',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_metadata_source'),
        ),
        migrations.AddConstraint(
            model_name='metatabledescription',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_metatabledescription_source'),
        ),
        migrations.AddField(
            model_name='officerdetails',
            name='service',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='officer_details', to='directory.service'),
        ),
        migrations.AddField(
            model_name='organizationidentifier',
            name='organization',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='organization_identifiers', to='directory.organization'),
        ),
        migrations.AddField(
            model_name='program',
            name='organization',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='programs', to='directory.organization', verbose_name='organization'),
        ),
        migrations.AddField(
            model_name='service',
            name='program',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='services', to='directory.program', verbose_name='programme'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='directory_service_has_a_name', violation_error_message='Give the service a name.'),
        ),
        migrations.AddField(
            model_name='provideranswer',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='provideranswer',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='provider_answers', to='directory.service'),
        ),
        migrations.AddField(
            model_name='providerlink',
            name='sent_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='providerlink',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='provider_links', to='directory.service'),
        ),
        migrations.AddField(
            model_name='provideranswer',
            name='link',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='directory.providerlink'),
        ),
        migrations.AddField(
            model_name='requireddocument',
            name='service',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='required_documents', to='directory.service'),
        ),
        migrations.AddField(
            model_name='savedmapping',
            name='created_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scheduleexception',
            name='service',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='schedule_exceptions', to='directory.service'),
        ),
        migrations.AddField(
            model_name='scheduleexception',
            name='service_at_location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='schedule_exceptions', to='directory.serviceatlocation'),
        ),
        migrations.AddField(
            model_name='servicearea',
            name='service',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='service_areas', to='directory.service'),
        ),
        migrations.AddField(
            model_name='servicearea',
            name='service_at_location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='service_areas', to='directory.serviceatlocation'),
        ),
        migrations.AddField(
            model_name='servicecapacity',
            name='service',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='capacities', to='directory.service'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_unit_source'),
        ),
        migrations.AddField(
            model_name='servicecapacity',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='capacities', to='directory.unit'),
        ),
        migrations.AddField(
            model_name='url',
            name='organization',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='additional_websites', to='directory.organization'),
        ),
        migrations.AddField(
            model_name='url',
            name='service',
            field=modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='additional_urls', to='directory.service'),
        ),
        migrations.AddField(
            model_name='verification',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verifications', to='directory.service'),
        ),
        migrations.AddField(
            model_name='verification',
            name='verified_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='accessibility',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_accessibility_source'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_contact_source'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('organization__isnull', False), ('service__isnull', False), ('service_at_location__isnull', False), ('location__isnull', False), _connector='OR'), name='directory_contact_owner', violation_error_message='Say what this belongs to.'),
        ),
        migrations.AddIndex(
            model_name='contactcheck',
            index=models.Index(fields=['state', 'kind'], name='directory_contact_check_state'),
        ),
        migrations.AddConstraint(
            model_name='contactcheck',
            constraint=models.UniqueConstraint(fields=('service', 'kind', 'value'), name='directory_contact_check_once'),
        ),
        migrations.AddConstraint(
            model_name='costoption',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_costoption_source'),
        ),
        migrations.AddConstraint(
            model_name='duplicatepair',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='directory_duplicate_once'),
        ),
        migrations.AddConstraint(
            model_name='duplicatepair',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='directory_duplicate_order'),
        ),
        migrations.AddConstraint(
            model_name='funding',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_funding_source'),
        ),
        migrations.AddConstraint(
            model_name='funding',
            constraint=models.CheckConstraint(condition=models.Q(('organization__isnull', False), ('service__isnull', False), _connector='OR'), name='directory_funding_owner', violation_error_message='Say what this belongs to.'),
        ),
        migrations.AddConstraint(
            model_name='holiday',
            constraint=models.UniqueConstraint(fields=('calendar', 'date'), name='directory_holiday_once'),
        ),
        migrations.AddConstraint(
            model_name='organizationidentifier',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_organizationidentifier_source'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_program_source'),
        ),
        migrations.AddConstraint(
            model_name='requireddocument',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_requireddocument_source'),
        ),
        migrations.AddConstraint(
            model_name='scheduleexception',
            constraint=models.CheckConstraint(condition=models.Q(('first_day__lte', models.F('last_day'))), name='directory_exception_day_order', violation_error_message='The last day is before the first.'),
        ),
        migrations.AddConstraint(
            model_name='scheduleexception',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'closed'), models.Q(('closes_at__isnull', False), ('opens_at__isnull', False)), _connector='OR'), name='directory_exception_hours', violation_error_message='Say from when until when it is open.'),
        ),
        migrations.AddConstraint(
            model_name='scheduleexception',
            constraint=models.CheckConstraint(condition=models.Q(('service__isnull', False), ('service_at_location__isnull', False), _connector='OR'), name='directory_exception_owner', violation_error_message='Say what this belongs to.'),
        ),
        migrations.AddConstraint(
            model_name='servicearea',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_servicearea_source'),
        ),
        migrations.AddConstraint(
            model_name='servicearea',
            constraint=models.CheckConstraint(condition=models.Q(('service__isnull', False), ('service_at_location__isnull', False), _connector='OR'), name='directory_service_area_owner', violation_error_message='Say what this belongs to.'),
        ),
        migrations.AddConstraint(
            model_name='servicecapacity',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_servicecapacity_source'),
        ),
        migrations.AddConstraint(
            model_name='url',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='directory_url_source'),
        ),
        migrations.AddConstraint(
            model_name='url',
            constraint=models.CheckConstraint(condition=models.Q(('organization__isnull', False), ('service__isnull', False), _connector='OR'), name='directory_url_owner', violation_error_message='Say what this belongs to.'),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(fields=['service', 'field', '-verified_on'], name='directory_verification_newest'),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(fields=['valid_until'], name='directory_verification_due'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(('verified_on__lte', models.F('valid_until'))), name='directory_verification_order', violation_error_message='It cannot end before it was checked.'),
        ),
        migrations.CreateModel(
            name='NewTaxonomy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('slug', models.SlugField(blank=True, null=True, unique=True, verbose_name='short name')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('uri', models.URLField(blank=True, max_length=500, verbose_name='identifier on the web')),
                ('version', models.CharField(blank=True, max_length=50, verbose_name='version')),
            ],
            options={
                'verbose_name': 'taxonomy',
                'verbose_name_plural': 'taxonomies',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NewTaxonomyTerm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('taxonomy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='directory.newtaxonomy')),
                ('code', models.CharField(blank=True, max_length=255, verbose_name='code')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('name_es', models.CharField(blank=True, max_length=255, verbose_name='name in Spanish')),
                ('description', models.TextField(blank=True, verbose_name='definition')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='directory.newtaxonomyterm')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('taxonomy_name', models.CharField(blank=True, max_length=255, verbose_name='name of the taxonomy')),
                ('language', models.CharField(blank=True, max_length=20, verbose_name='language')),
                ('term_uri', models.URLField(blank=True, max_length=500, verbose_name='identifier on the web')),
            ],
            options={
                'verbose_name': 'taxonomy term',
                'verbose_name_plural': 'taxonomy terms',
                'ordering': ['taxonomy', 'position', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NewAttribute',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('service', modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attributes', to='directory.service')),
                ('of', models.CharField(blank=True, editable=False, max_length=30)),
                ('of_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('taxonomy_term', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attributes', to='directory.newtaxonomyterm', verbose_name='taxonomy term')),
                ('link_type', models.CharField(blank=True, max_length=255, verbose_name='kind of link')),
                ('link_entity', models.CharField(blank=True, max_length=255, verbose_name='kind of object')),
                ('value', models.TextField(blank=True, verbose_name='value')),
                ('label', models.CharField(blank=True, max_length=255, verbose_name='label')),
            ],
            options={
                'verbose_name': 'attribute',
                'verbose_name_plural': 'attributes',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NewLanguage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=100, verbose_name='source')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='id at the source')),
                ('last_modified', models.DateTimeField(auto_now=True, verbose_name='last modified')),
                ('as_given', models.JSONField(blank=True, default=dict, editable=False, verbose_name='not understood')),
                ('service', modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='directory.service')),
                ('location', modelcluster.fields.ParentalKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='directory.location')),
                ('phone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='directory.phone')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='name')),
                ('code', models.CharField(blank=True, help_text='ISO 639-1, such as es', max_length=20, verbose_name='code')),
                ('note', models.TextField(blank=True, verbose_name='note')),
            ],
            options={
                'verbose_name': 'language',
                'verbose_name_plural': 'languages',
                'abstract': False,
            },
        ),
    ]
