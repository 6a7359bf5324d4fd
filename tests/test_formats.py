"""Numbers and times read in Spanish as people in the United States write them."""

import datetime as dt

from django.utils import formats, translation


def test_spanish_numbers_and_times() -> None:
    with translation.override("es"):
        assert formats.number_format(25900, use_l10n=True, force_grouping=True) == "25,900"
        assert formats.number_format(8.3, decimal_pos=1) == "8.3"
        assert formats.time_format(dt.time(18, 30)) == "6:30 p.m."
