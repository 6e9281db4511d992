"""A minimal engine for the tests of the emulated clouds: Check and Create, Diff, Update, Read, Delete, in process."""

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
    """A Check failed. `failures` maps the property path to the message."""

    def __init__(self, failures: dict[str, str]) -> None:
        super().__init__(failures)
        self.failures = failures


class Made:
    """A created resource: its id, checked inputs and outputs, as in the engine's state."""

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
        """The identity name in the cloud."""
        return self.text("name")

    @property
    def logical(self) -> str:
        """The logical name in the program."""
        return self.urn.rsplit("::", 1)[-1]

    def text(self, name: str) -> str:
        """Returns an output that must be a string."""
        found = self[name]
        assert isinstance(found, str), found
        return found


class Driver:
    """Drives one emulated cloud with the given provider settings."""

    def __init__(self, name: str, path: Path, **config: str) -> None:
        self.cloud = EmulatedCloud(load(name), Inventory(path, name))
        settings = {key: to_property_value(value) for key, value in config.items()}
        self._run(self.cloud.configure(rpc.ConfigureRequest({}, settings, True, True)))

    def check(self, token: str, name: str, given: Given, old: Made | None = None) -> dict[str, PropertyValue]:
        """Returns the checked inputs. Raises `Rejected`."""
        news = {
            key: value if isinstance(value, PropertyValue) else to_property_value(value) for key, value in given.items()
        }
        request = rpc.CheckRequest(_urn(token, name), old.inputs if old else {}, news, secrets.token_bytes(8))
        found = self._run(self.cloud.check(request))
        if found.failures:
            raise Rejected({failure.property: failure.reason for failure in found.failures})
        return found.inputs or {}

    def create(self, token: str, logical: str, /, **given: Json | PropertyValue) -> Made:
        """Checks and creates a resource. Raises `Rejected`, or `CloudError` if the cloud rejects it."""
        return self._make(token, logical, given, preview=False)

    def plan(self, token: str, logical: str, /, **given: Json | PropertyValue) -> Made:
        """Checks and creates a resource as a preview does. Raises `Rejected`."""
        return self._make(token, logical, given, preview=True)

    def _make(self, token: str, logical: str, given: Given, preview: bool) -> Made:
        inputs = self.check(token, logical, given)
        made = self._run(self.cloud.create(rpc.CreateRequest(_urn(token, logical), inputs, 0, preview)))
        return Made(token, _urn(token, logical), inputs, made)

    def diff(self, made: Made, /, *ignore: str, **given: Json | PropertyValue) -> rpc.DiffResponse:
        """Returns the diff between the resource and new inputs."""
        news = self.check(made.token, made.logical, given, made)
        request = DiffRequest(made.urn, made.id, made.outputs, news, list(ignore))
        request.old_inputs = made.inputs
        return self._run(self.cloud.diff(request))

    def update(self, made: Made, /, **given: Json | PropertyValue) -> Made:
        """Checks and updates a resource in place, and returns the same object with its new state. Raises
        `CloudError`.
        """
        news, made.outputs = self._update(made, given, preview=False)
        made.inputs = news
        return made

    def plan_update(self, made: Made, /, **given: Json | PropertyValue) -> dict[str, Json]:
        """Returns the outputs that the preview of an update predicts."""
        _, promised = self._update(made, given, preview=True)
        return to_plain_map(promised)

    def _update(self, made: Made, given: Given, preview: bool) -> tuple[dict[str, PropertyValue], ...]:
        news = self.check(made.token, made.logical, given, made)
        request = rpc.UpdateRequest(made.urn, made.id, made.outputs, news, 0, [], preview)
        return news, self._run(self.cloud.update(request)).properties or {}

    def read(self, made: Made) -> rpc.ReadResponse:
        """Reads the resource as a refresh does."""
        return self._run(self.cloud.read(rpc.ReadRequest(made.urn, made.id, made.outputs, made.inputs)))

    def adopt(self, token: str, id: str) -> rpc.ReadResponse:
        """Reads a resource as an import does, by its id alone."""
        return self._run(self.cloud.read(rpc.ReadRequest(_urn(token, "adopted"), id, {}, {})))

    def delete(self, made: Made) -> None:
        """Deletes the resource. Raises `CloudError`."""
        self._run(self.cloud.delete(rpc.DeleteRequest(made.urn, made.id, made.outputs, 0)))

    def invoke(self, token: str, **args: Json) -> dict[str, Json]:
        """Calls a provider function and returns plain values. Raises `CloudError`."""
        return to_plain_map(self.answer(token, **args))

    def answer(self, token: str, **args: Json) -> dict[str, PropertyValue]:
        """Calls a provider function and returns property values, as the engine receives them. Raises `CloudError`."""
        given = {key: to_property_value(value) for key, value in args.items()}
        return self._run(self.cloud.invoke(rpc.InvokeRequest(token, given))).return_value or {}

    def everything(self) -> list[InventoryItem]:
        """Returns all resources in the inventory."""
        with self.cloud.inventory.transaction() as transaction:
            return transaction.all_items()

    @staticmethod
    def _run(coroutine: Coroutine[None, None, Answer]) -> Answer:
        """Runs a coroutine without an event loop, which would take longer: the clouds never wait, so the first step
        ends it.
        """
        try:
            coroutine.send(None)
        except StopIteration as ended:
            return ended.value
        raise AssertionError("an emulated cloud waits for something")


def _urn(token: str, name: str) -> str:
    return f"urn:pulumi:test::tests::{token}::{name}"


def refused(action: Callable[[], object]) -> str:
    """Returns the message with which the cloud rejects the action."""
    with pytest.raises(CloudError) as caught:
        action()
    return str(caught.value)
