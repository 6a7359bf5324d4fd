"""Body text stands out 7 to 1, other text 4.5 to 1, edges of controls 3 to 1; light and dark."""

import pytest

from tests.look.tokens import contrast, palette

PAGES = ("paper", "surface", "sunken")
TINTS = ("action-soft", "warning-soft", "danger-soft", "success-soft")
BODY = [("ink", ground) for ground in (*PAGES, *TINTS)]
BODY += [("on-band", "band"), ("on-lamp", "lamp"), ("lamp", "on-lamp")]
TEXT = [("ink-soft", ground) for ground in (*PAGES, *TINTS)]
TEXT += [("action", ground) for ground in (*PAGES, "action-soft", "warning-soft", "success-soft")]
TEXT += [("action-strong", ground) for ground in (*PAGES, "action-soft")]
TEXT += [("visited", ground) for ground in PAGES]
TEXT += [("on-action", "action"), ("on-action", "action-strong"), ("on-danger", "danger")]
TEXT += [("on-officer", "officer"), ("officer", "officer-soft"), ("officer", "surface")]
TEXT += [("danger", ground) for ground in (*PAGES, "danger-soft")]
TEXT += [("warning", "warning-soft"), ("success", "success-soft")]
EDGES = [(token, ground) for token in ("line-strong", "chart-point") for ground in PAGES]
EDGES += [("chart-context", "surface"), ("focus", "paper"), ("focus", "surface")]
EDGES += [("focus", "focus-halo"), ("glow", "band")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("least", "pairs"), [(7.0, BODY), (4.5, TEXT), (3.0, EDGES)], ids=["body", "text", "edges"]
)
def test_colours_stand_out(scheme: str, least: float, pairs: list[tuple[str, str]]) -> None:
    colours = palette(scheme)
    ratios = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < least} == {}


def test_the_dark_scheme_sets_every_colour_anew() -> None:
    light, dark = palette("light"), palette("dark")
    kept = {token for token in light if light[token] == dark[token]}
    assert len(light) > 30
    assert kept <= {"light"}, f"{kept} look the same in light and dark"


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
