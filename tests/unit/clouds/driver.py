"""A small engine for the tests of the emulated clouds: Check then Create, Diff, Update, Read, Delete, in process."""

import secrets
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TypeAlias, TypeVar

import pytest
from pulumi.provider.experimental import provider as rpc
from pulumi.provider.experimental.property_value import PropertyValue

from falaj.sandbox.clouds.__main__ import load
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.property_values import to_plain_map, to_property_value
from falaj.sandbox.clouds.provider import DiffRequest, EmulatedCloud
from falaj.sandbox.clouds.spec import CloudError, InventoryItem
from falaj.sandbox.clouds.values import Json

Given: TypeAlias = Mapping[str, Json | PropertyValue]

Answer = TypeVar("Answer")


class Rejected(Exception):
    """A Check that failed: `failures` maps the property path to the message."""

    def __init__(self, failures: dict[str, str]) -> None:
        super().__init__(failures)
        self.failures = failures


class Made:
    """One resource in a test: its id, checked inputs and outputs, as the engine's state would hold them."""

    def __init__(self, token: str, urn: str, inputs: dict[str, PropertyValue], made: rpc.CreateResponse) -> None:
        self.token = token
        self.urn = urn
        self.id = made.resource_id or ""
        self.inputs = inputs
        self.outputs = made.properties

    def __getitem__(self, name: str) -> Json:
        return self.values.get(name)

    @property
    def values(self) -> dict[str, Json]:
        """All outputs as plain values."""
        return to_plain_map(self.outputs)

    @property
    def name(self) -> str:
        """The name that the cloud knows it by."""
        return self.text("name")

    @property
    def logical(self) -> str:
        """The name that the program gave."""
        return self.urn.rsplit("::", 1)[-1]

    def text(self, name: str) -> str:
        """An output that must be a string."""
        found = self[name]
        assert isinstance(found, str), found
        return found


class Driver:
    """Drives one emulated cloud with the provider settings given."""

    def __init__(self, name: str, path: Path, **config: str) -> None:
        self.cloud = EmulatedCloud(load(name), Inventory(path, name))
        settings = {key: to_property_value(value) for key, value in config.items()}
        self._run(self.cloud.configure(rpc.ConfigureRequest({}, settings, True, True)))

    def check(self, token: str, name: str, given: Given, old: Made | None = None) -> dict[str, PropertyValue]:
        """The checked inputs. Raises `Rejected`."""
        news = {
            key: value if isinstance(value, PropertyValue) else to_property_value(value) for key, value in given.items()
        }
        request = rpc.CheckRequest(_urn(token, name), old.inputs if old else {}, news, secrets.token_bytes(8))
        found = self._run(self.cloud.check(request))
        if found.failures:
            raise Rejected({failure.property: failure.reason for failure in found.failures})
        return found.inputs or {}

    def create(self, token: str, logical: str, /, **given: Json | PropertyValue) -> Made:
        """Check and create. Raises `Rejected`, or `CloudError` where the cloud says no."""
        return self._make(token, logical, given, preview=False)

    def plan(self, token: str, logical: str, /, **given: Json | PropertyValue) -> Made:
        """Check and create as a preview does. Raises `Rejected`."""
        return self._make(token, logical, given, preview=True)

    def _make(self, token: str, logical: str, given: Given, preview: bool) -> Made:
        inputs = self.check(token, logical, given)
        made = self._run(self.cloud.create(rpc.CreateRequest(_urn(token, logical), inputs, 0, preview)))
        return Made(token, _urn(token, logical), inputs, made)

    def diff(self, made: Made, /, *ignore: str, **given: Json | PropertyValue) -> rpc.DiffResponse:
        """What the engine would be told when the program now gives these inputs."""
        news = self.check(made.token, made.logical, given, made)
        request = DiffRequest(made.urn, made.id, made.outputs, news, list(ignore))
        request.old_inputs = made.inputs
        return self._run(self.cloud.diff(request))

    def update(self, made: Made, /, **given: Json | PropertyValue) -> Made:
        """Check and update in place; the same object with its new state. Raises `CloudError`."""
        news, made.outputs = self._update(made, given, preview=False)
        made.inputs = news
        return made

    def plan_update(self, made: Made, /, **given: Json | PropertyValue) -> dict[str, Json]:
        """The outputs that a preview of an update promises."""
        _, promised = self._update(made, given, preview=True)
        return to_plain_map(promised)

    def _update(self, made: Made, given: Given, preview: bool) -> tuple[dict[str, PropertyValue], ...]:
        news = self.check(made.token, made.logical, given, made)
        request = rpc.UpdateRequest(made.urn, made.id, made.outputs, news, 0, [], preview)
        return news, self._run(self.cloud.update(request)).properties or {}

    def read(self, made: Made) -> rpc.ReadResponse:
        """What a refresh reads."""
        return self._run(self.cloud.read(rpc.ReadRequest(made.urn, made.id, made.outputs, made.inputs)))

    def adopt(self, token: str, id: str) -> rpc.ReadResponse:
        """What an import reads: nothing is known but the id."""
        return self._run(self.cloud.read(rpc.ReadRequest(_urn(token, "adopted"), id, {}, {})))

    def delete(self, made: Made) -> None:
        """Delete. Raises `CloudError`."""
        self._run(self.cloud.delete(rpc.DeleteRequest(made.urn, made.id, made.outputs, 0)))

    def invoke(self, token: str, **args: Json) -> dict[str, Json]:
        """What a function answers. Raises `CloudError`."""
        return to_plain_map(self.answer(token, **args))

    def answer(self, token: str, **args: Json) -> dict[str, PropertyValue]:
        """What a function answers, as the engine gets it. Raises `CloudError`."""
        given = {key: to_property_value(value) for key, value in args.items()}
        return self._run(self.cloud.invoke(rpc.InvokeRequest(token, given))).return_value or {}

    def everything(self) -> list[InventoryItem]:
        """All that exists."""
        with self.cloud.inventory.transaction() as transaction:
            return transaction.all_items()

    @staticmethod
    def _run(coroutine: Coroutine[None, None, Answer]) -> Answer:
        """The clouds wait for nothing, so their coroutines end at the first step: an event loop each took longer."""
        try:
            coroutine.send(None)
        except StopIteration as ended:
            return ended.value
        raise AssertionError("an emulated cloud waits for something")


def _urn(token: str, name: str) -> str:
    return f"urn:pulumi:test::tests::{token}::{name}"


def refused(action: Callable[[], object]) -> str:
    """The message with which the cloud refuses."""
    with pytest.raises(CloudError) as caught:
        action()
    return str(caught.value)
