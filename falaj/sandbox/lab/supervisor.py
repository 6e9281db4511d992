"""The supervisor process of a laboratory: starts, watches and stops its programs.

It is a session leader and holds the folder's lock; its children inherit both. So the lock shows whether any process is
still running, and a signal to the process group reaches all of them, even if the supervisor was killed.
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

from falaj.sandbox.lab import certificates, external_metrics, installation, shortage
from falaj.sandbox.lab.api import Api
from falaj.sandbox.lab.certificates import CertificatePair
from falaj.sandbox.lab.differences import gates_flag, laboratory_settings
from falaj.sandbox.lab.instance_types import instance_types
from falaj.sandbox.lab.ports import free_ports
from falaj.sandbox.lab.services import ADDONS, API_SERVER, CONTROLLERS, ETCD, PYTHON, LabContext, LabService

START_TIMEOUT_SECONDS = 120
"""Limit for one program to become ready. On two idle cores the slowest, the API server, takes about eight seconds."""


class ProgramFailed(Exception):
    """A program ended or did not become ready. The message names it, with its last line of output."""


class StopRequested(BaseException):
    """The laboratory was asked to stop, or its parent process ended."""


class Supervisor:
    """Runs one laboratory from its first program to its last."""

    def __init__(self, context: LabContext, lock: int, with_parent: bool) -> None:
        self.context = context
        self._lock = lock
        self._parent = os.getppid() if with_parent else None
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Runs until a stop is requested, the parent ends, or a program ends."""
        try:
            self._start()
            self.write_status("ready")
            while True:
                time.sleep(0.5)
                self.check_programs()
        except ProgramFailed as reason:
            self.write_status("failed", str(reason))
        except StopRequested:
            self.write_status("stopped")
        except Exception as error:
            self.write_status("failed", f"{type(error).__name__}: {error}")
            raise
        finally:
            self.stop()

    def write_status(self, phase: str, sentence: str = "") -> None:
        """Writes the status file, atomically."""
        temporary = self.context.folder / "status.new"
        temporary.write_text(json.dumps({"phase": phase, "sentence": sentence, "programs": sorted(self._running)}))
        temporary.replace(self.context.folder / "status.json")

    def check_programs(self) -> None:
        """Raises `ProgramFailed` if a program has ended, `StopRequested` if the parent has."""
        if self._parent is not None and os.getppid() != self._parent:
            raise StopRequested
        for name, program in self._running.items():
            if program.poll() is not None:
                raise ProgramFailed(f"{name} ended with {program.returncode}: {self._last_line(name)}")

    def stop(self) -> None:
        """Stops the programs in reverse order; kills those that do not end within seconds."""
        for program in reversed(self._running.values()):
            program.terminate()
        end = time.monotonic() + 5
        for program in reversed(self._running.values()):
            try:
                program.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()

    def start_api_server(self) -> Api:
        """Starts etcd and the API server; returns the administrator's access to it. Raises `ProgramFailed`."""
        _write_kubeconfig(self.context, self.context.kubeconfig, self.context.certificates.administrator)
        for service in (ETCD, API_SERVER):
            self._start_program(service)
            self._wait_until_healthy(service)
        return Api(self.context.kubeconfig)

    def _start(self) -> None:
        keys = self.context.certificates
        for program, pair in keys.controllers.items():
            _write_kubeconfig(self.context, self.context.kubeconfig_of(program), pair)
        (self.context.folder / "instance-types.json").write_text(json.dumps(instance_types()))
        seconds = laboratory_settings("karpenter", self.context)["unavailable"]["seconds"]
        shortage.start(self.context.folder, seconds)
        (self.context.folder / "interceptor").write_text(
            f"http://{certificates.ADDRESS}:{self.context.ports['interceptor']}"
        )
        for program in installation.ADDONS_WITH_WEBHOOKS:
            installation.write_config(program, self.context)
        installation.link_trainer_certificate(self.context)
        api = self.start_api_server()
        for service in CONTROLLERS:
            self._start_program(service)
        self.write_status("starting", "certificates and webhooks")
        installation.install(api, self.context)
        for service in ADDONS:
            self._start_program(service)
        for service in (*CONTROLLERS, *ADDONS):
            self._wait_until_healthy(service)
        programs = ", ".join(installation.ADDONS_WITH_WEBHOOKS)
        self._wait_until(lambda: installation.webhooks_answer(api), programs, "their webhooks answer")
        external_metrics.register(api, self.context)
        # The API server merges the schemas of all CRDs at the first request; on a busy machine, a client would give up.
        api.request("GET", "/openapi/v2")
        default = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}}
        self._wait_until(lambda: api.get(default) is not None, "controller-manager", "namespaces have service accounts")

    def _start_program(self, service: LabService) -> None:
        self.write_status("starting", service.name)
        command = [str(self.context.programs[service.program]), *service.arguments(self.context)]
        log = (self.context.folder / f"{service.name}.log").open("ab")
        self._running[service.name] = subprocess.Popen(
            command,
            cwd=self.context.folder,
            env={"HOME": str(self.context.folder), **service.environment(self.context)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(self._lock,),
        )
        log.close()

    def _wait_until_healthy(self, service: LabService) -> None:
        self.write_status("starting", f"waiting for {service.name}")
        address, tls = service.health(self.context), self._tls()
        self._wait_until(lambda: _healthy(address, tls), service.name, "it is ready")

    def _wait_until(self, condition: Callable[[], bool], name: str, what: str) -> None:
        end = time.monotonic() + START_TIMEOUT_SECONDS
        while not condition():
            self.check_programs()
            if time.monotonic() > end:
                raise ProgramFailed(f"{name}: {START_TIMEOUT_SECONDS} s passed before {what}: {self._last_line(name)}")
            time.sleep(0.1)

    def _tls(self) -> ssl.SSLContext:
        keys = self.context.certificates
        context = ssl.create_default_context(cafile=str(keys.authority.certificate))
        context.load_cert_chain(keys.administrator.certificate, keys.administrator.key)
        return context

    def _last_line(self, name: str) -> str:
        lines = (self.context.folder / f"{name}.log").read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "it printed nothing"


def _healthy(address: str, tls: ssl.SSLContext) -> bool:
    try:
        if address.startswith("tcp:"):
            socket.create_connection((certificates.ADDRESS, int(address[4:])), timeout=2).close()
        else:
            context = tls if address.startswith("https") else None
            urllib.request.urlopen(address, timeout=2, context=context).close()  # noqa: S310 (a local address)
    except OSError:
        return False
    return True


def _write_kubeconfig(context: LabContext, file: Path, client: CertificatePair) -> None:
    keys = context.certificates
    cluster = {"server": context.server, "certificate-authority-data": _text(keys.authority.certificate)}
    user = {
        "client-certificate-data": _text(client.certificate),
        "client-key-data": _text(client.key),
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
    file.touch(mode=0o600)
    file.write_text(yaml.safe_dump(config))


def _text(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def main(folder: Path, plan: dict[str, Any], lock: int) -> None:
    """Runs the laboratory that `plan` describes in `folder`. `lock`: file descriptor of the folder's lock."""

    def stop(*_: object) -> None:
        raise StopRequested

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    programs = {name: Path(path) for name, path in plan["programs"].items()} | {PYTHON: Path(sys.executable)}
    context = LabContext(
        folder,
        certificates.create_certificates(folder / "certificates"),
        programs,
        Path(plan["upstream_files"]),
        free_ports(),
        {program: gates_flag(program) for program in ("kueue", "karpenter")},
    )
    Supervisor(context, lock, plan["with_parent"]).run()


if __name__ == "__main__":
    _folder, _lock = Path(sys.argv[1]), int(sys.argv[2])
    main(_folder, json.loads((_folder / "plan.json").read_text()), _lock)
