"""The process that tests fork programs from outlives clients that are killed at any moment."""

import array
import json
import os
import selectors
import signal
import socket
import subprocess

import pytest

from tests.forked import server

REQUEST = json.dumps({"arguments": [], "environment": {}, "folder": "/"}).encode()


def sent(ours: socket.socket, content: bytes) -> None:
    """Sends a request as the client does, with the standard file descriptors."""
    length = len(REQUEST).to_bytes(8, "big")
    ours.sendmsg([length], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
    ours.sendall(content)


def test_a_client_that_is_gone_before_its_answer_ends_its_program_only(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, client = socket.socketpair()
    sent(ours, REQUEST)
    ours.close()
    program = subprocess.Popen(["sleep", "60"])
    monkeypatch.setattr(os, "fork", lambda: program.pid)
    with selectors.DefaultSelector() as events:
        server._begin(client, events, "python")
        for key, _ in events.select(timeout=5):
            key.data()
        assert program.wait(5) == -signal.SIGKILL
    client.close()


@pytest.mark.parametrize("content", [b"", REQUEST[:5]], ids=["no request", "half a request"])
def test_a_client_that_is_gone_within_its_request_starts_nothing(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, client = socket.socketpair()
    if content:
        sent(ours, content)
    ours.close()
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a program was started"))
    with selectors.DefaultSelector() as events:
        server._begin(client, events, "python")
        assert not events.get_map()
    assert client.fileno() < 0
