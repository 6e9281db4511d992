"""The process that a laboratory lives in: starts the programs, watches them, and stops all of them.

It leads a session of its own, and it holds the folder's lock. Its children inherit both: whatever happens to it, the
lock says truly whether anything still lives, and its number as a group reaches all of them.
"""

import base64
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from falaj.sandbox.lab import certificates, installation
from falaj.sandbox.lab.api import Api
from falaj.sandbox.lab.instance_types import machine_types
from falaj.sandbox.lab.services import CONTROLLERS, GUESTS, PYTHON, SERVER, STORE, Ground, Service, free_ports

PATIENCE_SECONDS = 120
"""For one program to become ready. On two idle cores the slowest, the API server, takes about eight."""


class Failed(Exception):
    """A program ended or does not become ready; says which, and its last words."""


class Stop(BaseException):
    """Somebody asked for the end."""


class Keeper:
    """One laboratory, from its first program to its last."""

    def __init__(self, ground: Ground, lock: int, with_parent: bool) -> None:
        self.ground = ground
        self._lock = lock
        self._parent = os.getppid() if with_parent else None
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Until somebody asks for the end, the parent ends, or a program does."""
        try:
            self._start()
            self.tell("ready")
            while True:
                time.sleep(0.5)
                self.look()
        except Failed as reason:
            self.tell("failed", str(reason))
        except Stop:
            self.tell("stopped")
        except Exception as surprise:
            self.tell("failed", f"{type(surprise).__name__}: {surprise}")
            raise
        finally:
            self.stop()

    def tell(self, phase: str, sentence: str = "") -> None:
        """Say how things stand, in a file that is always whole."""
        aside = self.ground.folder / "status.new"
        aside.write_text(json.dumps({"phase": phase, "sentence": sentence, "programs": sorted(self._running)}))
        aside.replace(self.ground.folder / "status.json")

    def look(self) -> None:
        """Raises `Failed` for a program that ended, and `Stop` when the parent is gone."""
        if self._parent is not None and os.getppid() != self._parent:
            raise Stop
        for name, program in self._running.items():
            if program.poll() is not None:
                raise Failed(f"{name} ended with {program.returncode}: {self._last_line(name)}")

    def stop(self) -> None:
        """The last started first; who does not go within seconds is made to."""
        for program in reversed(self._running.values()):
            program.terminate()
        end = time.monotonic() + 5
        for program in reversed(self._running.values()):
            try:
                program.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()

    def _start(self) -> None:
        _write_kubeconfig(self.ground)
        (self.ground.folder / "machine-types.json").write_text(json.dumps(machine_types()))
        (self.ground.folder / "interceptor").write_text(
            f"http://{certificates.ADDRESS}:{self.ground.ports['interceptor']}"
        )
        installation.write_kueue(self.ground)
        installation.write_jobset(self.ground)
        self._begin(STORE)
        self._await(STORE)
        self._begin(SERVER)
        self._await(SERVER)
        api = Api(self.ground.kubeconfig)
        for service in CONTROLLERS:
            self._begin(service)
        self.tell("starting", "definitions of custom resources")
        installation.install(api, self.ground)
        for service in GUESTS:
            self._begin(service)
        for service in (*CONTROLLERS, *GUESTS):
            self._await(service)
        self._until(lambda: installation.webhooks_answer(api), "kueue and jobset", "their webhooks answer")
        default = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}}
        self._until(lambda: api.get(default) is not None, "controller-manager", "namespaces have service accounts")

    def _begin(self, service: Service) -> None:
        self.tell("starting", service.name)
        command = [str(self.ground.programs[service.program]), *service.arguments(self.ground)]
        log = (self.ground.folder / f"{service.name}.log").open("ab")
        self._running[service.name] = subprocess.Popen(
            command,
            cwd=self.ground.folder,
            env={"HOME": str(self.ground.folder), **service.environment(self.ground)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(self._lock,),
        )
        log.close()

    def _await(self, service: Service) -> None:
        self.tell("starting", f"waiting for {service.name}")
        address, tls = service.health(self.ground), self._tls()
        self._until(lambda: _healthy(address, tls), service.name, "it is ready")

    def _until(self, seen: Callable[[], bool], name: str, what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not seen():
            self.look()
            if time.monotonic() > end:
                raise Failed(f"{name}: {PATIENCE_SECONDS} s went by before {what}: {self._last_line(name)}")
            time.sleep(0.1)

    def _tls(self) -> ssl.SSLContext:
        keys = self.ground.certificates
        context = ssl.create_default_context(cafile=str(keys.authority.certificate))
        context.load_cert_chain(keys.administrator.certificate, keys.administrator.key)
        return context

    def _last_line(self, name: str) -> str:
        lines = (self.ground.folder / f"{name}.log").read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "it said nothing"


def _healthy(address: str, tls: ssl.SSLContext) -> bool:
    try:
        if address.startswith("tcp:"):
            socket.create_connection((certificates.ADDRESS, int(address[4:])), timeout=2).close()
        else:
            context = tls if address.startswith("https") else None
            urllib.request.urlopen(address, timeout=2, context=context).close()  # noqa: S310 (our own addresses)
    except OSError:
        return False
    return True


def _write_kubeconfig(ground: Ground) -> None:
    keys = ground.certificates
    cluster = {"server": ground.server, "certificate-authority-data": _text(keys.authority.certificate)}
    user = {
        "client-certificate-data": _text(keys.administrator.certificate),
        "client-key-data": _text(keys.administrator.key),
    }
    name = "falaj-lab"
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": name,
        "clusters": [{"name": name, "cluster": cluster}],
        "users": [{"name": name, "user": user}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
    }
    ground.kubeconfig.touch(mode=0o600)
    ground.kubeconfig.write_text(yaml.safe_dump(config))


def _text(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def main(folder: Path, plan: dict[str, Any], lock: int) -> None:
    """Keep the laboratory that `plan` describes in `folder`; `lock` is the open file of the folder's lock."""

    def stop(*_: object) -> None:
        raise Stop

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    programs = {name: Path(path) for name, path in plan["programs"].items()} | {PYTHON: Path(sys.executable)}
    ground = Ground(folder, certificates.make(folder / "certificates"), programs, Path(plan["materials"]), free_ports())
    Keeper(ground, lock, plan["with_parent"]).run()


if __name__ == "__main__":
    _folder, _lock = Path(sys.argv[1]), int(sys.argv[2])
    main(_folder, json.loads((_folder / "plan.json").read_text()), _lock)
