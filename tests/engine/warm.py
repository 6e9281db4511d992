"""Starts Python programs by forking one that has the SDKs loaded: most of a small stack's time is imports.

The engine starts what it always does, by the same command lines; only the interpreter that the sandbox's scripts name
is `warm_python`, which asks the process here for a fork with its own arguments, environment, folder and open files.
What the fork runs it runs as `__main__`, as Python would. The components are loaded too, for every project of a test
links to these (the program of a former version drops them first); the pack is not, which tests copy and change.
"""

import array
import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

CLIENT = Path(__file__).with_name("warm_python.py")

LOADED = (
    "grpc", "pydantic", "yaml", "pulumi", "pulumi.runtime", "pulumi.policy", "pulumi_policy",
    "pulumi.provider.experimental", "pulumi.provider.experimental.component", "pulumi_aws", "pulumi_azure_native",
    "pulumi_kubernetes",
    *(f"pulumi_aws.{one}" for one in (
        "autoscaling", "backup", "budgets", "cloudwatch", "costexplorer", "ec2", "ecr", "efs", "eks", "iam", "kms",
        "lambda_", "s3", "sns", "sqs", "ssm", "vpc",
    )),
    *(f"pulumi_azure_native.{one}" for one in (
        "authorization", "compute", "consumption", "containerregistry", "containerservice", "keyvault",
        "managedidentity", "monitor", "network", "operationalinsights", "privatedns", "resources", "storage",
    )),
    *(f"pulumi_kubernetes.{one}" for one in (
        "apiextensions", "apps.v1", "autoscaling.v2", "batch.v1", "core.v1", "helm.v3", "meta.v1", "networking.v1",
        "policy.v1", "rbac.v1", "scheduling.v1", "storage.v1",
    )),
    "falaj.sandbox.language_host", "falaj.sandbox.clouds.plugin", "falaj.sandbox.clouds.aws",
    "falaj.sandbox.clouds.azure", "falaj.sandbox.clouds.kubernetes", "falaj.cli", "falaj.sandbox.session",
    "falaj.finops.estimate", "rich.table", "typer", "jinja2",
)  # fmt: skip
"""What a fork finds loaded."""


@cache
def warm_python() -> Path:
    """The interpreter, with a process to fork from that lives as long as this one."""
    folder = Path(tempfile.mkdtemp(prefix="falaj-warm-"))
    python, address = folder / "warm-python", folder / "socket"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S {CLIENT} {address} "$@"\n')
    python.chmod(0o755)
    command = [sys.executable, "-m", "tests.engine.warm", str(address), str(python)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2], start_new_session=True)
    atexit.register(shutil.rmtree, folder)
    atexit.register(process.wait)
    atexit.register(process.terminate)
    while not address.exists():
        assert process.poll() is None, "the process to fork from did not start"
        time.sleep(0.05)
    return python


def serve(address: str, python: str) -> None:
    """Fork for whoever connects, until the process that started this one is gone."""
    parent = os.getppid()
    for module in (*LOADED, *_components()):
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listening, selectors.DefaultSelector() as events:
        aside = f"{address}.new"
        listening.bind(aside)
        listening.listen(64)
        os.rename(aside, address)
        events.register(listening, selectors.EVENT_READ, lambda: _begin(listening.accept()[0], events, python))
        while os.getppid() == parent:
            for event, _ in events.select(timeout=1):
                event.data()
    shutil.rmtree(Path(address).parent, ignore_errors=True)  # who started it was killed, and cannot


def _components() -> list[str]:
    from falaj import components

    found = pkgutil.walk_packages(components.__path__, "falaj.components.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def _begin(client: socket.socket, events: selectors.BaseSelector, python: str) -> None:
    """Fork the program; its client is told its number and how it ended, and takes it along when it ends itself."""
    told, files = _request(client)
    program = os.fork()
    if program == 0:
        _become(told, files, python)
    for file in files:
        os.close(file)
    client.sendall(f"{program}\n".encode())
    alive = os.pidfd_open(program)

    def ended() -> None:
        _, status = os.waitpid(program, 0)
        events.unregister(alive)
        os.close(alive)
        with contextlib.suppress(KeyError, OSError):
            events.unregister(client)
            client.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        client.close()

    def left() -> None:
        if client.fileno() >= 0:  # else the program ended in the same moment
            events.unregister(client)
            signal.pidfd_send_signal(alive, signal.SIGKILL)

    events.register(alive, selectors.EVENT_READ, ended)
    events.register(client, selectors.EVENT_READ, left)


def _request(asked: socket.socket) -> tuple[dict, list[int]]:
    files = array.array("i")
    head, ancillary, _, _ = asked.recvmsg(8, socket.CMSG_LEN(3 * files.itemsize))
    for _level, _kind, data in ancillary:
        files.frombytes(data)
    length, content = int.from_bytes(head, "big"), b""
    while len(content) < length:
        content += asked.recv(length - len(content))
    return json.loads(content), list(files)


def _become(told: dict, files: list[int], python: str) -> None:
    """Run what the command line says, as `python` would."""
    for target, file in enumerate(files):
        os.dup2(file, target)
    os.closerange(3, 4096)  # what belongs to other programs and their clients
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    sys.executable = python
    sys.stdout.reconfigure(line_buffering=True, write_through=True)  # type: ignore[union-attr]
    arguments = [one for one in told["arguments"] if one != "-u"]
    status = 1
    try:
        if arguments[0] == "-m":
            sys.argv = arguments[1:]
            sys.path.insert(0, os.getcwd())
            runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = arguments
            sys.path.insert(0, arguments[0] if os.path.isdir(arguments[0]) else os.path.dirname(arguments[0]))
            runpy.run_path(arguments[0], run_name="__main__")
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else _said(end.code)
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _said(why: object) -> int:
    print(why, file=sys.stderr)
    return 1


if __name__ == "__main__":
    serve(*sys.argv[1:])
