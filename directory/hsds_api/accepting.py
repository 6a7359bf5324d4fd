"""Which format an Accept header asks for."""

from math import isfinite

from django.utils.http import parse_header_parameters

from directory.hsds_api.answers import CSV, JSON, NDJSON

FORMATS = {
    CSV: "csv",
    NDJSON: "ndjson",
    "application/ndjson": "ndjson",
    JSON: "json",
    "*/*": "json",
}


def accepted(header: str) -> str:
    """The format with the greatest weight, of equal ones the first; JSON when none is ours."""
    best, most = "json", 0.0
    for part in header.split(","):
        media, parameters = parse_header_parameters(part.strip())
        weight = _weight(parameters.get("q", "1"))
        if media in FORMATS and weight > most:
            best, most = FORMATS[media], weight
    return best


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if isfinite(weight) else 0.0
