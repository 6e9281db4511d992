"""Runs a planned container as a process, with what its pod says: command, arguments, environment, user, mounts, probes,
stop hook and grace. The root is read-only and contains what the image would, the network is its own.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_SYSTEM = ("/usr", "/etc", *(path for path in ("/bin", "/lib", "/lib64", "/sbin") if Path(path).exists()))
_DEFAULT_SHARED_MIB = 64
"""Size of `/dev/shm` in container runtimes."""


@dataclass(frozen=True)
class Image:
    """What a stock image contains, of programs that are on this machine.

    files: path in the container -> file or folder here, read-only. entrypoint: used if the container has no command.
    environment: variables of the image.
    """

    files: Mapping[str, Path]
    entrypoint: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class End:
    """How a container ended: exit status, seconds since its deletion, and whether the grace period was over."""

    status: int
    seconds: float
    was_killed: bool


def unavailable() -> str | None:
    """Returns why containers cannot run as processes here; None if they can."""
    for program in ("unshare", "nsenter", "ip"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    probe = ["unshare", "--user", "--map-root-user", "--mount", "--net", "true"]
    done = subprocess.run(probe, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"user namespaces are not available ({done.stderr.strip()[:200]})"


class Container:
    """The first container of a pod, running. Use it as a context manager: leaving it kills the process."""

    def __init__(self, pod: Mapping[str, Any], image: Image, volumes: Mapping[str, Path], folder: Path) -> None:
        """`volumes` are the contents of the pod's volumes by name, if not empty; `folder` is an empty folder."""
        self.spec: Mapping[str, Any] = pod["containers"][0]
        self.grace: float = pod["terminationGracePeriodSeconds"]
        self.log = folder / "log"
        root, mounts, pid_file = folder / "root", folder / "mounts", folder / "pid"
        root.mkdir(parents=True)
        mounts.write_text("".join(f"{line}\n" for line in self._mounts(pod, image, volumes, folder)))
        user = int(self.spec.get("securityContext", {}).get("runAsUser", pod["securityContext"]["runAsUser"]))
        command = [*(self.spec.get("command") or image.entrypoint), *(self.spec.get("args") or ())]
        holder = ["unshare", "--user", "--map-root-user", "--mount", "--net", "sh", str(HERE / "container.sh")]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*holder, root, str(user), pid_file, mounts, "--", *self._environment(image), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.pid = self._server_pid(pid_file)
        inside = ["nsenter", "-t", str(self.process.pid), "-U", "-n", "--preserve-credentials"]
        self.caller = subprocess.Popen(
            [*inside, sys.executable, "-I", HERE / "caller.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Container":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.kill(self.pid, signal.SIGKILL)
            self.process.wait(timeout=20)
        self.caller.communicate(timeout=130)

    def _mounts(self, pod: Mapping[str, Any], image: Image, volumes: Mapping[str, Path], folder: Path) -> Sequence[str]:
        assert self.spec["securityContext"]["readOnlyRootFilesystem"] is True
        planned = {volume["name"]: volume for volume in pod["volumes"]}
        lines = [f"ro {path} {path}" for path in _SYSTEM]
        lines += [f"ro {source} {path}" for path, source in image.files.items()]
        mounts = {mount["mountPath"]: mount for mount in self.spec["volumeMounts"]}
        for path, mount in sorted(mounts.items()):
            name = mount["name"]
            if planned[name].get("emptyDir", {}).get("medium") == "Memory":
                lines.append(f"tmpfs {_mebibytes(planned[name]['emptyDir']['sizeLimit'])} {path}")
                continue
            source = volumes.get(name, folder / f"volume-{name}")
            source.mkdir(exist_ok=True)
            lines.append(f"{'ro' if mount.get('readOnly') else 'rw'} {source} {path}")
        if "/dev/shm" not in mounts:  # noqa: S108  the device of shared memory
            lines.append(f"tmpfs {_DEFAULT_SHARED_MIB} /dev/shm")
        return lines

    def _environment(self, image: Image) -> list[str]:
        planned = {item["name"]: item["value"] for item in self.spec.get("env", ())}
        variables = {"PATH": "/usr/local/bin:/usr/bin:/bin", **image.environment, **planned}
        return [f"{name}={value}" for name, value in variables.items()]

    def _server_pid(self, file: Path) -> int:
        for _ in range(100):
            if file.is_file() and (text := file.read_text().strip()):
                return int(text)
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)
        raise AssertionError("the container did not start within 5 s")

    def call(self, command: str, **arguments: Any) -> dict[str, Any]:
        """Runs a command of `Caller` inside the container's network."""
        assert self.caller.stdin is not None
        assert self.caller.stdout is not None
        self.caller.stdin.write(json.dumps([command, arguments]) + "\n")
        self.caller.stdin.flush()
        return json.loads(self.caller.stdout.readline())

    @property
    def port(self) -> int:
        """The port named `http`."""
        return next(int(port["containerPort"]) for port in self.spec["ports"] if port["name"] == "http")

    def ask(self, path: str, body: Any = None) -> tuple[int, str]:
        """Sends a request to the port `http`; returns status (0 without an answer) and body."""
        answer = self.call("ask", port=self.port, path=path, body=None if body is None else json.dumps(body))
        return answer["status"], answer["body"]

    def probe(self, name: str) -> tuple[int, str]:
        """Sends a probe of the pod, as the kubelet does; returns status and body."""
        planned = self.spec[name]
        get = planned["httpGet"]
        port = self.port if get["port"] == "http" else int(get["port"])
        answer = self.call("ask", port=port, path=get["path"], timeout=planned["timeoutSeconds"])
        return answer["status"], answer["body"]

    def wait_until_started(self, limit: float) -> float:
        """Repeats the startup probe until it succeeds; returns the seconds. Fails with the log after `limit` seconds or
        what the pod allows, or if the process has ended."""
        planned = self.spec["startupProbe"]
        allowed = min(limit, planned["periodSeconds"] * planned["failureThreshold"])
        started = time.monotonic()
        status, body = 0, ""
        while time.monotonic() - started < allowed:
            assert self.process.poll() is None, f"exit status {self.process.returncode}: {self._end_of_log()}"
            status, body = self.probe("startupProbe")
            if 200 <= status < 400:
                return time.monotonic() - started
            time.sleep(0.2)
        raise AssertionError(f"startup probe: {status} {body[:200]} after {allowed:.0f} s: {self._end_of_log()}")

    def delete(self, routed_seconds: float) -> End:
        """Ends the container as the kubelet ends one of a deleted pod: stop hook, SIGTERM, and SIGKILL after the grace
        period. Clients started by `load` send for another `routed_seconds`, as a gateway does that has not heard yet.
        """
        routed = threading.Timer(routed_seconds, self.call, ("stop_sending",))
        routed.start()
        end = self.end()
        routed.join()
        return end

    def end(self) -> End:
        """Runs the stop hook, sends SIGTERM, and SIGKILL after the grace period, which starts with the hook."""
        deleted = time.monotonic()
        time.sleep(self.spec["lifecycle"]["preStop"]["sleep"]["seconds"])
        was_killed = self._stop(self.grace - (time.monotonic() - deleted))
        return End(self.process.returncode, time.monotonic() - deleted, was_killed)

    def interrupt(self, grace: float) -> dict[str, Any]:
        """Sends SIGTERM while clients started by `load` wait for answers, and SIGKILL after `grace` seconds; returns
        what the clients have seen."""
        time.sleep(1)
        self.call("stop_sending")
        self._stop(grace)
        return self.call("results")

    def _stop(self, grace: float) -> bool:
        """Sends SIGTERM, and SIGKILL after `grace` seconds; returns whether that was necessary."""
        os.kill(self.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=max(0.0, grace))
        except subprocess.TimeoutExpired:
            os.kill(self.pid, signal.SIGKILL)
            self.process.wait(timeout=20)
            return True
        return False

    def _end_of_log(self) -> str:
        return self.log.read_text(errors="replace")[-1500:]


def _mebibytes(quantity: str) -> int:
    factors = {"Mi": 1, "Gi": 1024}
    return int(float(quantity[:-2]) * factors[quantity[-2:]])
