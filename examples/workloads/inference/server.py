"""Serves the model by the contract of the platform (see README.md): `python server.py`.

One request calculates at a time, on all threads that the container has; the others wait, and are counted.
"""

import json
import os
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from classifier import Classifier
from limits import threads
from metrics import Metrics

MOST_TEXTS, MOST_BYTES, MOST_LETTERS = 64, 1 << 20, 4000


class Refused(Exception):
    """A request that is not answered, and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Server(ThreadingHTTPServer):
    """Listens at once and is ready once the model is loaded."""

    daemon_threads = False  # answers under way are finished
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        super().__init__(("", port), Handler)
        self.metrics = Metrics()
        self.classifier: Classifier | None = None
        self.one_at_a_time = threading.Lock()

    def load(self, folder: Path, weights: str, number: int) -> None:
        """The model; the first answer is made here, because it is the slowest."""
        classifier = Classifier(folder, weights, number)
        classifier(["hello"])
        self.classifier = classifier

    def predict(self, texts: list[str]) -> list[dict[str, object]]:
        """In turn."""
        if self.classifier is None:
            raise Refused(503, "the model is being loaded")
        self.metrics.waiting(1)
        with self.one_at_a_time:
            self.metrics.waiting(-1)
            return [{"intent": intent, "likely": round(likely, 4)} for intent, likely in self.classifier(texts)]


class Handler(BaseHTTPRequestHandler):
    """The four addresses."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        ready = self.server.classifier is not None
        pages = {
            "/healthz": (200, "well\n"),
            "/readyz": (200, "ready\n") if ready else (503, "loading\n"),
            "/metrics": (200, self.server.metrics.page()),
        }
        self._answer(*pages.get(self.path, (404, "no such address\n")), "text/plain; charset=utf-8")

    def do_POST(self) -> None:
        started, texts = time.perf_counter(), []
        try:
            texts = self._texts()
            status, found = 200, {"predictions": self.server.predict(texts)}
        except Refused as refused:
            status, found = refused.status, {"error": str(refused)}
        self.server.metrics.answered(status, time.perf_counter() - started, len(texts) if status == 200 else 0)
        self._answer(status, json.dumps(found), "application/json")

    def _texts(self) -> list[str]:
        if self.path != "/predict":
            raise Refused(404, "no such address")
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True  # what was sent stays unread
            raise Refused(413, f"say how much is sent, {MOST_BYTES} bytes at most")
        try:
            texts = json.loads(self.rfile.read(int(length)))["texts"]
        except (ValueError, KeyError, TypeError):
            raise Refused(400, 'send {"texts": ["..."]}') from None
        whole = isinstance(texts, list) and all(isinstance(text, str) and len(text) <= MOST_LETTERS for text in texts)
        if not whole or not 0 < len(texts) <= MOST_TEXTS:
            raise Refused(400, f"send 1 to {MOST_TEXTS} texts of {MOST_LETTERS} letters at most")
        return texts

    def _answer(self, status: int, body: str, kind: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: texts of customers belong in no log, and requests are counted."""


def main() -> None:
    server = Server(int(os.environ.get("FALAJ_PORT", "8080")))
    # From another thread: this one is in `serve_forever`, which waits for itself otherwise.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    folder, weights = Path(os.environ.get("FALAJ_MODEL", "/models")), os.environ.get("FALAJ_WEIGHTS", "int8")
    failed: list[BaseException] = []

    def load() -> None:
        try:
            server.load(folder, weights, threads())
        except Exception as reason:  # whatever it is, it is told and ends the process
            failed.append(reason)
            server.shutdown()

    loading = threading.Thread(target=load)
    loading.start()
    server.serve_forever(poll_interval=0.1)
    loading.join()
    server.server_close()
    if failed:
        raise SystemExit(f"the model in {folder} cannot be served: {failed[0]}")


if __name__ == "__main__":
    main()
