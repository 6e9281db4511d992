"""The plug-ins' gRPC servers, started as the engine starts them, answer their own user and refuse others."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import grpc
import grpc.aio
import pytest

from falaj.facts import loopback

ROOT = Path(__file__).parents[3]
NOBODY = 65534
ENGINE = "127.0.0.1:1"
PROVIDER, LANGUAGE, ANALYZER = (f"/pulumirpc.{name}" for name in ("ResourceProvider", "LanguageRuntime", "Analyzer"))
PLUGINS = {
    "language host": (["-m", "falaj.sandbox.language_host", ENGINE], f"{LANGUAGE}/GetPluginInfo"),
    "emulated cloud": (["-m", "falaj.sandbox.clouds", "kubernetes", ENGINE], f"{PROVIDER}/GetPluginInfo"),
    "policy pack": (["policy_pack", ENGINE], f"{ANALYZER}/GetPluginInfo"),
    "components": (["-m", "falaj.components", ENGINE], f"{PROVIDER}/GetPluginInfo"),
}
"""Plug-in -> arguments of Python, and a method that it answers without anything else."""


@contextmanager
def serving(arguments: list[str], folder: Path) -> Iterator[int]:
    """Starts a plug-in, and yields the port that it prints."""
    variables = os.environ | {"FALAJ_INVENTORY": str(folder / "inventory.db")}
    variables["PYTHONPATH"] = f"{ROOT}:{ROOT / 'policy_pack'}"
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True
    ) as plugin:
        assert plugin.stdout
        try:
            yield int(plugin.stdout.readline())
        finally:
            plugin.kill()


def status(port: int, method: str, user: int) -> str:
    """Returns the status that a user's call gets."""
    command = [sys.executable, Path(__file__).with_name("call_as_user.py"), str(port), method, str(user)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
@pytest.mark.skipif(not loopback.can_tell_users(), reason="this system does not tell the users of connections")
@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_plugin_answers_its_user_and_refuses_another(plugin: str, tmp_path: Path) -> None:
    arguments, method = PLUGINS[plugin]
    with serving(arguments, tmp_path) as port:
        assert status(port, method, os.geteuid()) == "OK"
        assert status(port, method, NOBODY) == "PERMISSION_DENIED"


def test_a_connection_that_does_not_exist_has_no_user() -> None:
    if not loopback.can_tell_users():
        pytest.skip("this system does not tell the users of connections")
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        ports = client.getsockname()[1], server.getsockname()[1]
        assert loopback.user_of_connection(*ports) == os.geteuid()
    assert loopback.user_of_connection(1, ports[1]) is None


@pytest.mark.parametrize("peer", ["ipv4:10.0.0.7:80", "ipv6:[::1]:80", "unix:", "ipv4:127.0.0.1:80"])
def test_a_call_whose_user_is_unknown_is_refused(peer: str) -> None:
    guard = loopback._Guard()
    guard.port = 1
    assert guard.refuses(peer)


@pytest.mark.parametrize("error", [OSError(93, "Protocol not supported"), None])
def test_servers_stay_as_they_are_where_the_system_does_not_tell(
    error: OSError | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a sandbox without `sock_diag`, and on macOS."""
    before = grpc.server, grpc.aio.server
    if error is None:
        monkeypatch.setattr(sys, "platform", "darwin")

    def refuse(*_: int) -> int:
        raise OSError(93, "Protocol not supported")

    monkeypatch.setattr(loopback, "user_of_connection", refuse)
    loopback.protect_servers()
    assert (grpc.server, grpc.aio.server) == before


@pytest.mark.skipif(not loopback.can_tell_users(), reason="the system does not tell the users of connections")
def test_a_connection_that_is_closed_has_no_user() -> None:
    """The kernel states user 0 for it, whoever had it open."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        accepted, (_, port) = server.accept()
        with accepted:
            listening = server.getsockname()[1]
            assert loopback.user_of_connection(port, listening) == os.geteuid()
            client.close()
            assert loopback.user_of_connection(port, listening) is None
