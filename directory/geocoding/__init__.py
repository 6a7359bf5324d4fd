"""Places by name, without telling anybody outside who looks for what."""

import sqlite3
from pathlib import Path


def gazetteer_ready() -> bool:
    """Whether the embedded gazetteer can answer now; builds its file when there is none."""
    from django.conf import settings

    from directory.geocoding.gazetteer_file import gazetteer_file

    try:
        path = gazetteer_file(Path(settings.OPENDOOR_GAZETTEER_DIR))
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        db.execute("SELECT 1 FROM place LIMIT 1").fetchone()
        db.close()
    except (OSError, sqlite3.Error):
        return False
    return True
