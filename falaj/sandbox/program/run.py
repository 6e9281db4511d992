"""Runs one Pulumi program for the language host, in a process of its own and in the environment of its project.

It imports nothing of Falaj, which that environment need not have. Like `pulumi-language-python-exec` of pulumi
sdk/v3 3.259.0, it accepts older versions of the SDK, whose settings have fewer fields.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import importlib
import inspect
import os
import runpy
import sys
import traceback
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pulumi
import pulumi.runtime
import pulumi.runtime.stack

SHOWN_TO_USER = 32
"""Exit status of a program that has already reported its error to the user."""

ENGINE_SHUT_DOWN = "resource monitor shut down"
"""The error of each request after the engine has ended the deployment, as when a component plug-in failed."""

SENDERS = ("pulumi.runtime.resource", "pulumi.runtime.rpc_manager")
"""Modules of the SDK that report each registration."""


def main() -> int:
    """Runs the program on the command line inside a stack. Returns the exit status."""
    parser = argparse.ArgumentParser()
    for flag in ("--monitor", "--engine", "--project", "--stack", "--organization", "--root"):
        parser.add_argument(flag)
    parser.add_argument("--parallel", type=int)
    parser.add_argument("--preview", action="store_true")
    parser.add_argument("program")
    parser.add_argument("args", nargs="*")
    options = parser.parse_args()
    # A program runs for seconds and creates many long-lived objects. Garbage collection at Python's default thresholds
    # took a third of a preview.
    gc.set_threshold(200_000, 20, 100)
    await_all_outputs()
    send_no_debug_messages_of_the_sdk()

    pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env())
    settings = {
        "monitor": options.monitor,
        "engine": options.engine,
        "project": options.project,
        "stack": options.stack,
        "parallel": options.parallel,
        "dry_run": options.preview,
        "organization": options.organization,
        "root_directory": options.root,
    }
    known = inspect.signature(pulumi.runtime.Settings).parameters
    pulumi.runtime.configure(pulumi.runtime.Settings(**{name: settings[name] for name in settings if name in known}))
    sys.argv = [options.program, *options.args]
    return _run(options.program, options.parallel)


def await_all_outputs() -> None:
    """Lets the SDK wait for all outstanding outputs, or for an exception, instead of for one after the other.

    Its `wait_for_rpcs` looks at all outputs again after each (pulumi 3.259.0, runtime/stack.py), which took a quarter
    of the processor time of a program with 700 resources.
    """

    async def wait(tasks: Iterable[asyncio.Task[Any]], **_first: str) -> Any:
        return await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)

    pulumi.runtime.stack.asyncio = SimpleNamespace(**{**vars(asyncio), "wait": wait})  # type: ignore[assignment]


def send_no_debug_messages_of_the_sdk() -> None:
    """Keeps the SDK from reporting each step of a registration to the engine; a program's own messages are sent.

    It waits for four such calls a resource (pulumi 3.259.0, `log.debug` in runtime/resource.py and rpc_manager.py),
    whose messages only `--debug` shows: they took 30 % of the processor time of a preview of 1,000 resources with a
    provider that does nothing (8.4 and 5.9 s, measured on 2026-11-28).
    """
    for name in SENDERS:
        module: Any = importlib.import_module(name)
        module.log = SimpleNamespace(**{**vars(pulumi.log), "debug": lambda *_message, **_details: None})


def _run(program: str, parallel: int) -> int:
    """Runs a folder, which is on Python's path while it runs, or a file, whose folder is not, as Pulumi's host does."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    # Each registration blocks a thread until the engine responds, so the pool must fit the parallelism.
    loop.set_default_executor(ThreadPoolExecutor(max_workers=max(parallel, 1) * 4))
    try:
        loop.run_until_complete(
            pulumi.runtime.run_in_stack(lambda: _ignore(runpy.run_path(program, run_name="__main__")))
        )
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return SHOWN_TO_USER
    except Exception as error:
        # The engine has reported the error that ended the deployment; the program itself did not fail.
        if str(error) == ENGINE_SHUT_DOWN:
            return SHOWN_TO_USER
        pulumi.log.error("Program failed with an unhandled exception:\n" + traceback.format_exc())
        return SHOWN_TO_USER
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _ignore(_result: object) -> None:
    """Discards the result of `run_path`: `run_in_stack` needs a function without result."""


if __name__ == "__main__":
    status = main()
    # Skip the SDK's gRPC threads, which would delay the exit: everything is registered and flushed.
    os._exit(status)
