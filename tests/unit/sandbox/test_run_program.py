"""The host of programs waits for all outstanding outputs at once, and sends no debug messages of the SDK."""

import asyncio
import importlib
import inspect
import threading
from types import SimpleNamespace
from typing import Any

import pulumi.log
import pulumi.runtime.resource
import pulumi.runtime.stack
import pytest

from falaj.sandbox.program.run import SENDERS, await_all_outputs, send_no_debug_messages_of_the_sdk

COUNT = 300


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> set["asyncio.Task[Any]"]:
    """The SDK's outstanding outputs, none of them of a deployment."""
    outstanding: set[asyncio.Task[Any]] = set()
    settings = SimpleNamespace(outputs=outstanding, lock=threading.RLock())
    monkeypatch.setattr(pulumi.runtime.stack, "SETTINGS", settings)
    monkeypatch.setattr(pulumi.runtime.stack, "asyncio", asyncio)
    await_all_outputs()
    return outstanding


def test_it_waits_once_for_all_and_again_for_those_that_these_added(outputs: set["asyncio.Task[Any]"]) -> None:
    ended: list[int] = []

    async def output(number: int) -> None:
        await asyncio.sleep(0.001 * (number % 5))
        ended.append(number)
        if number < COUNT:
            outputs.add(asyncio.ensure_future(output(number + COUNT)))

    async def program() -> None:
        outputs.update(asyncio.ensure_future(output(number)) for number in range(COUNT))
        await pulumi.runtime.stack.wait_for_rpcs()

    asyncio.run(program())
    assert sorted(ended) == list(range(2 * COUNT))


def test_an_output_that_fails_ends_the_wait_while_others_are_outstanding(outputs: set["asyncio.Task[Any]"]) -> None:
    async def fails() -> None:
        raise ValueError("this one")

    async def program() -> None:
        outputs.update((asyncio.ensure_future(asyncio.sleep(60)), asyncio.ensure_future(fails())))
        await pulumi.runtime.stack.wait_for_rpcs()

    with pytest.raises(ValueError, match="this one"):
        asyncio.run(program())


def test_the_sdk_still_waits_for_one_after_the_other() -> None:
    """If not, `await_all_outputs` is needed no more."""
    assert "FIRST_COMPLETED" in inspect.getsource(pulumi.runtime.stack.wait_for_rpcs)


class Engine:
    """Records the messages that it is sent."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def Log(self, request: Any) -> None:
        self.messages.append(request.message)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine that receives messages, and an SDK whose debug messages are switched off for the test."""
    recording = Engine()
    monkeypatch.setattr(pulumi.log, "get_engine", lambda: recording)
    for name in SENDERS:
        monkeypatch.setattr(importlib.import_module(name), "log", pulumi.log)
    send_no_debug_messages_of_the_sdk()
    return recording


@pytest.mark.parametrize("name", SENDERS)
def test_the_sdk_sends_warnings_and_no_debug_messages(engine: Engine, name: str) -> None:
    module: Any = importlib.import_module(name)
    module.log.debug("preparing resource")
    module.log.warn("deprecated")
    assert engine.messages == ["deprecated"]


def test_a_program_sends_its_own_debug_messages(engine: Engine) -> None:
    pulumi.log.debug("mine")
    assert engine.messages == ["mine"]


def test_the_sdk_still_reports_each_registration() -> None:
    """If not, `send_no_debug_messages_of_the_sdk` is needed no more."""
    assert inspect.getsource(pulumi.runtime.resource.register_resource).count("log.debug(") >= 3
