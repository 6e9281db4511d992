"""A gateway before planned servers: it distributes requests by the weights of an HTTPRoute over the ready pods of each
Service, repeats none, and hears of changes after a while. With it, the clients that send requests.
"""

import http.client
import json
import random
import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEARS_SECONDS = 2.0
"""Seconds after which a gateway knows that a pod is being deleted, or that weights have changed."""


class NoEndpoint(Exception):
    """No ready pod has the Service of a request; a gateway answers 503."""


@dataclass(eq=False)
class Endpoint:
    """A pod of a Service: the Unix socket through which its port is reached."""

    service: str
    path: Path
    idle: list[http.client.HTTPConnection] = field(default_factory=list[http.client.HTTPConnection])

    def connection(self) -> http.client.HTTPConnection:
        """Returns a kept connection that the server has not closed, or a new one."""
        while self.idle:
            kept = self.idle.pop()
            # Its socket is gone if the server has announced to close the connection.
            if kept.sock is not None and not select.select([kept.sock], [], [], 0)[0]:
                return kept
            kept.close()
        return _UnixConnection(self.path)

    def close(self) -> None:
        """Closes the kept connections."""
        while self.idle:
            self.idle.pop().close()


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("server", timeout=120)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


class Gateway:
    """Routes requests. `chosen` counts the requests by Service."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = dict(weights)
        self._endpoints: list[Endpoint] = []
        self._lock = threading.Lock()
        self._random = random.Random(20261127)  # noqa: S311 (weights, not secrets)
        self.chosen: Counter[str] = Counter()

    def add(self, endpoint: Endpoint) -> None:
        """Adds a ready pod."""
        with self._lock:
            self._endpoints.append(endpoint)

    def remove_soon(self, endpoint: Endpoint) -> None:
        """Removes a pod once the gateway hears of its deletion. Requests in progress go on."""
        threading.Timer(HEARS_SECONDS, self._remove, (endpoint,)).start()

    def _remove(self, endpoint: Endpoint) -> None:
        with self._lock:
            self._endpoints.remove(endpoint)

    def shift(self, weights: Mapping[str, int]) -> None:
        """Changes the weights; returns once the gateway has heard of it."""
        time.sleep(HEARS_SECONDS)
        with self._lock:
            self._weights = dict(weights)

    def choose(self) -> Endpoint:
        """Returns the pod for a request. Raises `NoEndpoint`."""
        with self._lock:
            names, weights = zip(*self._weights.items(), strict=True)
            [service] = self._random.choices(names, weights)
            pods = [pod for pod in self._endpoints if pod.service == service]
            if not pods:
                raise NoEndpoint(service)
            self.chosen[service] += 1
            return self._random.choice(pods)


class Clients:
    """Clients that send the same request one after another, until they are told to stop. A streamed answer is read for
    `listen` seconds, during which it must not end; clients start one after another, so that at any time one has just
    begun. `answers`: seconds of each complete answer."""

    def __init__(
        self,
        gateway: Gateway,
        path: str,
        question: Mapping[str, Any],
        number: int,
        listen: float = 0,
    ) -> None:
        self.gateway, self.path, self.question, self.listen = gateway, path, question, listen
        self.answers: list[float] = []
        self.failures: list[str] = []
        self._sending = threading.Event()
        self._sending.set()
        self._threads: Sequence[threading.Thread] = [
            threading.Thread(target=self._send, args=(index * listen / number,)) for index in range(number)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Sends no further request, and returns once those in progress have ended."""
        self._sending.clear()
        for thread in self._threads:
            thread.join()

    def _send(self, after: float) -> None:
        time.sleep(after)
        while self._sending.is_set():
            started = time.monotonic()
            try:
                self._ask(self.gateway.choose())
                self.answers.append(time.monotonic() - started)
            except (OSError, http.client.HTTPException, ValueError, NoEndpoint) as error:
                self.failures.append(f"after {time.monotonic() - started:.1f} s: {type(error).__name__}: {error}")
                time.sleep(0.1)

    def _ask(self, pod: Endpoint) -> None:
        """Sends one request. Raises an exception if its answer is not complete."""
        connection, is_kept = pod.connection(), False
        try:
            connection.request("POST", self.path, json.dumps(self.question), {"Content-Type": "application/json"})
            with connection.getresponse() as answer:
                if answer.status != 200:
                    raise ValueError(f"{answer.status} {answer.read()[:200].decode(errors='replace')}")
                if self.listen:
                    self._read_stream(answer)
                else:
                    self._read_whole(answer)
                    is_kept = True
        finally:
            if is_kept:
                pod.idle.append(connection)
            else:
                connection.close()

    def _read_whole(self, answer: http.client.HTTPResponse) -> None:
        tokens: int = json.load(answer)["usage"]["completion_tokens"]
        if tokens != self.question["max_tokens"]:
            raise ValueError(f"{tokens} tokens")

    def _read_stream(self, answer: http.client.HTTPResponse) -> None:
        events, ends = 0, time.monotonic() + self.listen
        while time.monotonic() < ends:
            line = answer.readline()
            if not line or line.strip() == b"data: [DONE]":
                raise ValueError(f"the answer ended after {events} events")
            events += line.startswith(b"data: ")
