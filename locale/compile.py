"""Compiles every django.po beside this file into the django.mo that Django reads."""

from pathlib import Path

import polib

for source in sorted(Path(__file__).parent.glob("*/LC_MESSAGES/*.po")):
    polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
