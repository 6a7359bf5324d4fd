"""A real web server that answers by path, for what asks websites."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar


class Site(BaseHTTPRequestHandler):
    """Answers by path; remembers what it was asked and by whom."""

    asked: ClassVar[list[str]] = []
    agents: ClassVar[list[str]] = []
    robots: ClassVar[str] = ""
    elsewhere: ClassVar[str] = ""

    def _answer(self) -> None:
        Site.asked.append(f"{self.command} {self.path}")
        Site.agents.append(self.headers["User-Agent"])
        status, location = 200, ""
        match self.path.split("/")[1]:
            case "robots.txt":
                status = 200 if Site.robots else 404
            case "head-refused":
                status = 405 if self.command == "HEAD" else 200
            case "status":
                status = int(self.path.split("/")[2])
            case "moved":
                status, location = 302, "/fine"
            case "away":
                status, location = 302, Site.elsewhere
            case "round":
                status, location = 302, "/round"
            case "nowhere":
                status, location = 302, "http://[::1"
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        body = Site.robots.encode() if self.path == "/robots.txt" else b"x" * 10
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_GET = do_HEAD = _answer  # noqa: N815  # the names that http.server calls

    def log_message(self, *args: object) -> None:
        """The test's own output stays readable."""


@contextmanager
def serving() -> Iterator[str]:
    """Where a real web server answers."""
    Site.asked, Site.agents, Site.robots, Site.elsewhere = [], [], "", ""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=running.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()
