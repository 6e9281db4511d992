"""Sends HTTP requests from inside a container's network. Commands and results are lines of JSON: see `container.py`.

Started by `container.py` with Python's standard library only.
"""

import http.client
import json
import sys
import threading
import time
from typing import Any


class Load:
    """Clients that send one request after another over kept connections, until they are told to stop."""

    def __init__(self, port: int, path: str, body: str, clients: int) -> None:
        self.target = port, path, body
        self.sending = threading.Event()
        self.sending.set()
        self.seconds: list[float] = []
        self.failures: list[str] = []
        self.threads = [threading.Thread(target=self._send) for _ in range(clients)]
        for thread in self.threads:
            thread.start()

    def _send(self) -> None:
        port, path, body = self.target
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while self.sending.is_set():
            started = time.monotonic()
            try:
                connection.request("POST", path, body, {"Content-Type": "application/json"})
                with connection.getresponse() as answer:
                    text = answer.read()
                if answer.status == 200:
                    self.seconds.append(time.monotonic() - started)
                else:
                    self.failures.append(f"{answer.status} {text[:200].decode(errors='replace')}")
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{type(error).__name__}: {error}")
                connection.close()
                time.sleep(0.1)
        connection.close()

    def results(self) -> dict[str, Any]:
        """Waits until the requests in progress have ended."""
        for thread in self.threads:
            thread.join()
        return {"answered": len(self.seconds), "failures": self.failures, "slowest": max(self.seconds, default=0.0)}


class Caller:
    """The commands, one method each."""

    def __init__(self) -> None:
        self.running: Load | None = None

    def ask(self, port: int, path: str, body: str | None = None, timeout: float = 120) -> dict[str, Any]:
        """Sends one request: GET without a body, otherwise POST."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            headers = {"Content-Type": "application/json"} if body is not None else {}
            connection.request("GET" if body is None else "POST", path, body, headers)
            with connection.getresponse() as answer:
                return {"status": answer.status, "body": answer.read().decode(errors="replace")}
        except (OSError, http.client.HTTPException) as error:
            return {"status": 0, "body": f"{type(error).__name__}: {error}"}
        finally:
            connection.close()

    def load(self, **target: Any) -> dict[str, Any]:
        """Starts clients."""
        self.running = Load(**target)
        return {}

    def stop_sending(self) -> dict[str, Any]:
        """Lets the clients send no further request."""
        assert self.running is not None
        self.running.sending.clear()
        return {}

    def results(self) -> dict[str, Any]:
        """Returns what the clients have seen."""
        assert self.running is not None
        self.running.sending.clear()
        return self.running.results()


def main() -> None:
    caller = Caller()
    for line in sys.stdin:
        command, arguments = json.loads(line)
        print(json.dumps(getattr(caller, command)(**arguments)), flush=True)


if __name__ == "__main__":
    main()
