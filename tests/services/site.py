"""The whole site as `make run` serves it: own data folder, demonstration, granian, no debug."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class RunningSite:
    """Where it answers, and the environment its commands need."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Runs a management command on the site's data; returns what it prints."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_live(url: str, server: subprocess.Popen[bytes], seconds: float = 240) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with status {server.returncode}.")
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310  # our own
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"{url} did not answer within {seconds} s.")


def _hear_ctrl_c() -> None:
    """A shell that starts the tests in the background makes them, and theirs, deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running_site(folder: Path) -> Iterator[RunningSite]:
    """Prepares a site in `folder`, serves it, and stops it afterwards as Ctrl-C does."""
    port = _free_port()
    environment = os.environ | {
        "OPENDOOR_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "opendoor.settings.production",
        "OPENDOOR_HTTPS": "0",
        "OPENDOOR_CRISIS_LINE": "Juniper County Crisis Line (fictional)|303-555-0199",
        "DATABASE_URL": f"sqlite:///{folder / 'opendoor.sqlite3'}",
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PORT": str(port),
        "WORKERS": "1",
    }
    site = RunningSite(f"http://127.0.0.1:{port}", environment)
    server = subprocess.Popen(
        ["deploy/serve"],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        preexec_fn=_hear_ctrl_c,
    )
    try:
        _wait_until_live(site.url, server)
        yield site
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=20)
