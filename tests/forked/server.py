"""Starts Python programs by forking a process that has loaded their libraries, because imports take most of their time.

`forking_python` returns an interpreter for the command lines that a test would give to Python. It asks the server
process here for a fork with its arguments, environment, working directory and open files. The fork runs the program as
`__main__`, as Python would. The server runs under the interpreter whose libraries it loads, so it needs nothing else.

Code of the command line (`-c`), as which pytest-xdist starts its test processes, is forked too, but starts Python
itself as usual: a test that measures or isolates a new process gets one.
"""

import array
import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import types
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

CLIENT = Path(__file__).with_name("client.py")
ROOT = Path(__file__).parents[2]
INSTALLED_ONLY = ("-I", __file__)
"""Options with which an interpreter starts this module and finds no other that is not installed in its environment."""


def forking_python(
    interpreter: str,
    modules: Sequence[str],
    environment: Mapping[str, str] | None = None,
    options: Sequence[str] = ("-m", "tests.forked.server"),
) -> Path:
    """Starts a server process that has loaded the modules and ends with this process; returns the path of the
    interpreter that uses it. `environment`: variables that the modules read when they are loaded; `options`: how the
    interpreter starts this module, `INSTALLED_ONLY` if modules of this checkout must not be found."""
    folder = Path(tempfile.mkdtemp(prefix="falaj-forked-"))
    python, address = folder / "python", folder / "socket"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S {CLIENT} {address} "$@"\n')
    python.chmod(0o755)
    process = subprocess.Popen(
        # `-u`: a policy pack writes its port to the buffer of its standard output, and the engine waits for it.
        [interpreter, "-u", *options, address, python, *modules],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    )
    atexit.register(shutil.rmtree, folder)
    atexit.register(process.wait)
    atexit.register(process.terminate)
    while not address.exists():
        assert process.poll() is None, "the process to fork from did not start"
        time.sleep(0.05)
    return python


def serve(address: str, python: str, *modules: str) -> None:
    """Forks a program for each client that connects, until the parent process is gone."""
    parent = os.getppid()
    gc.disable()  # what is loaded stays: scanning it for garbage took a third of the time
    with warnings.catch_warnings():
        for module in modules:
            if module.partition(".")[0] == "falaj":  # as pyproject.toml has it: what is loaded here warns here only
                warnings.simplefilter("error")
                warnings.filterwarnings("ignore", r"\S+ has been deprecated in favor of", DeprecationWarning)
            importlib.import_module(module)
    gc.collect()
    gc.freeze()
    gc.enable()
    with socket.socket(socket.AF_UNIX) as listening, selectors.DefaultSelector() as events:
        temporary = f"{address}.new"
        listening.bind(temporary)
        listening.listen(64)
        os.rename(temporary, address)
        events.register(listening, selectors.EVENT_READ, lambda: _begin(listening.accept()[0], events, python))
        while os.getppid() == parent:
            for event, _ in events.select(timeout=1):
                event.data()
    shutil.rmtree(Path(address).parent, ignore_errors=True)  # the parent may have been killed before its cleanup


def _begin(client: socket.socket, events: selectors.BaseSelector, python: str) -> None:
    """Forks the program, and sends its process id and later its exit status to the client.

    If the client disconnects, the program is killed. A client that was killed before it had its answer must not end the
    server, on which all other tests depend.
    """
    try:
        request, files = _request(client)
    except (OSError, ValueError):
        client.close()
        return
    program = os.fork()
    if program == 0:
        _become(request, files, python)
    for file in files:
        os.close(file)
    process = os.pidfd_open(program)
    with contextlib.suppress(OSError):  # the selector tells that it is gone
        client.sendall(f"{program}\n".encode())

    def on_exit() -> None:
        _, status = os.waitpid(program, 0)
        events.unregister(process)
        os.close(process)
        with contextlib.suppress(KeyError, OSError):
            events.unregister(client)
            client.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        client.close()

    def on_disconnect() -> None:
        if client.fileno() >= 0:  # closed if the program ended at the same time
            events.unregister(client)
            signal.pidfd_send_signal(process, signal.SIGKILL)

    events.register(process, selectors.EVENT_READ, on_exit)
    events.register(client, selectors.EVENT_READ, on_disconnect)


def _request(client: socket.socket) -> tuple[dict, list[int]]:
    """Receives a client's request and its standard file descriptors."""
    files = array.array("i")
    head, ancillary, _, _ = client.recvmsg(8, socket.CMSG_LEN(3 * files.itemsize))
    for _level, _kind, data in ancillary:
        files.frombytes(data)
    length, content = int.from_bytes(head, "big"), b""
    while len(content) < length:
        if not (received := client.recv(length - len(content))):
            raise ConnectionResetError
        content += received
    return json.loads(content), list(files)


_OPTIONS = ("-u", "-P")
"""Options of Python that command lines have: output is unbuffered here anyway, and `-P` is respected for modules."""


def _become(request: dict, files: list[int], python: str) -> None:
    """Runs the program of the request's command line, as `python` would."""
    for target, file in enumerate(files):
        os.dup2(file, target)
    os.closerange(3, 4096)  # files of other programs and their clients
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.stdout.reconfigure(line_buffering=True, write_through=True)  # type: ignore[union-attr]
    given = request["arguments"]
    first = next((index for index, argument in enumerate(given) if argument not in _OPTIONS), len(given))
    arguments, is_safe_path = given[first:], "-P" in given[:first]
    sys.path[:0] = [folder for folder in request["environment"].get("PYTHONPATH", "").split(os.pathsep) if folder]
    status = 1
    try:
        if arguments[0] == "-c":
            _run_code(arguments[1])
            os._exit(0)
        sys.executable = python
        if arguments[0] == "-m":
            sys.argv = arguments[1:]
            sys.path[:0] = [] if is_safe_path else [os.getcwd()]
            runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = arguments
            sys.path.insert(0, arguments[0] if os.path.isdir(arguments[0]) else os.path.dirname(arguments[0]))
            runpy.run_path(arguments[0], run_name="__main__")
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else _print_error(end.code)
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _run_code(code: str) -> None:
    """Runs code as `python -c` does, with its own exit functions only."""
    atexit._clear()
    sys.argv = ["-c"]
    sys.path.insert(0, "")
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        exec(code, vars(main))  # noqa: S102 (as Python does)
    finally:
        atexit._run_exitfuncs()


def _print_error(message: object) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    serve(*sys.argv[1:])
