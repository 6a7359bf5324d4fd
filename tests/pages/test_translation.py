"""A page goes through the CMS's translation editor with all its parts (wagtail-localize)."""

from typing import Any

import pytest
from django.test import Client, TestCase
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from opendoor.pages.models import ProgrammePage
from tests.pages import trees

pytestmark = pytest.mark.django_db

SPANISH = {
    "Night team": "Equipo de noche",
    "night-team": "equipo-de-noche",
    "A clinician and an officer.": "Una persona del equipo clínico y una agente.",
    "Asks three questions": "Hace tres preguntas",
    "Sends clinicians.": "Envía personal clínico.",
}


def translate(page: Any, words: dict[str, str]) -> Any:
    """What the translation editor does when staff have typed each string and publish."""
    source, _ = TranslationSource.get_or_create_from_instance(page)
    spanish = Locale.objects.get(language_code="es")
    translation = Translation.objects.create(source=source, target_locale=spanish)
    for segment in source.stringsegment_set.select_related("string"):
        if segment.string.data in words:
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=spanish,
                context=segment.context,
                data=words[segment.string.data],
            )
    with TestCase.captureOnCommitCallbacks(execute=True):  # it publishes after commit
        translation.save_target()
    return translation.get_target_instance()


def test_a_programme_in_spanish_keeps_its_partners_figures_and_steps(client: Client) -> None:
    programme = trees.add_programme()
    trees.add_partner(programme, "Lighthouse")
    trees.show_on_programme(programme, trees.add_dataset())
    programme.refresh_from_db()
    spanish = translate(programme, SPANISH)
    assert isinstance(spanish, ProgrammePage)
    assert spanish.url == "/es/programmes/equipo-de-noche/"
    html = client.get(spanish.url).content.decode()
    for english, words in SPANISH.items():
        assert words in html or english == "night-team"
    assert "Lighthouse" in html
    assert "/es/transparency/calls/" in html
    assert "tel:+13035550123" in html


def test_a_phone_number_is_not_offered_for_translation() -> None:
    programme = trees.add_programme()
    TranslationSource.get_or_create_from_instance(programme)
    assert String.objects.filter(data="Night team").exists()
    assert not String.objects.filter(data="303-555-0123").exists()


def test_a_translated_event_belongs_to_the_translated_programme(client: Client) -> None:
    programme = trees.add_programme()
    event = trees.add_event("Open house", programme=programme)
    spanish_programme = translate(programme, SPANISH)
    spanish_event = translate(event, {"Open house": "Puertas abiertas"})
    html = client.get(spanish_event.url).content.decode()
    assert f'href="{spanish_programme.url}"' in html
    assert "Puertas abiertas" in client.get(spanish_programme.url).content.decode()
    assert "Puertas abiertas" not in client.get(programme.url).content.decode()
