"""A stand-in of GitLab's REST API v4 for one project, with the paths and fields of its documentation.

https://docs.gitlab.com/api/{merge_requests,pipelines,jobs,job_artifacts,notes,issues,users}, 2026-11-28. It refuses a
wrong token, as GitLab does, and lists issues by author.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "token-of-the-project"
BOT, STRANGER = 40, 7
PROJECT = "12"


@dataclass
class Host:
    """The project's data, and the requests that write."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    pipelines: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    jobs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    artifacts: dict[int, str] = field(default_factory=dict)
    notes: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    issues: list[dict[str, Any]] = field(default_factory=list)
    written: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    address: str = ""

    def answer(self, path: str, query: dict[str, list[str]]) -> Any:
        """The answer to a GET below the API; None for 404."""
        if path == "/user":
            return {"id": BOT}
        rest = path.removeprefix(f"/projects/{PROJECT}")
        if rest == "/merge_requests":
            assert query["state"] == ["opened"]
            return self.requests
        if rest == "/issues":
            author = int(query["author_id"][0])
            return [one for one in self.issues if one["state"] == "opened" and one["author"]["id"] == author]
        lists = {
            r"/merge_requests/(\d+)/pipelines": self.pipelines,
            r"/merge_requests/(\d+)/notes": self.notes,
            r"/pipelines/(\d+)/jobs": self.jobs,
            r"/jobs/(\d+)/artifacts/report/report\.md": self.artifacts,
        }
        for pattern, data in lists.items():
            if match := re.fullmatch(pattern, rest):
                return data.get(int(match[1]))
        return None


@contextmanager
def gitlab_host() -> Iterator[Host]:
    """Runs the stand-in on this machine."""
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def _send(self, status: int, content: Any) -> None:
            body = (content if isinstance(content, str) else json.dumps(content)).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if self.headers["PRIVATE-TOKEN"] != TOKEN:
                self._send(401, {"message": "401 Unauthorized"})
                return
            found = host.answer(parts.path.removeprefix("/api/v4"), parse_qs(parts.query))
            self._send(404 if found is None else 200, {"message": "404"} if found is None else found)

        def _write(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            path = self.path.removeprefix(f"/api/v4/projects/{PROJECT}")
            host.written.append((self.command, path, body))
            self._send(201 if self.command == "POST" else 200, {"id": 1})

        do_POST = do_PUT = _write

        def log_message(self, format: str, *args: Any) -> None:
            """Logs nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.address = f"http://127.0.0.1:{server.server_port}/api/v4"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield host
        server.shutdown()
        thread.join()
