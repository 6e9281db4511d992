"""A minimal engine for the tests of the emulated clouds: Check and Create, Diff, Update, Read, Delete, in process."""

import secrets
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TypeAlias, TypeVar

import pytest
from pulumi.provider.experimental import provider as rpc
from pulumi.provider.experimental.property_value import PropertyValue

from falaj.sandbox.clouds.__main__ import load
from falaj.sandbox.clouds.diff import DiffRequest
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.property_values import to_plain_map, to_property_value
from falaj.sandbox.clouds.provider import EmulatedCloud
from falaj.sandbox.clouds.spec import CloudError, InventoryItem
from falaj.sandbox.clouds.values import Json

Inputs: TypeAlias = Mapping[str, Json | PropertyValue]

Answer = TypeVar("Answer")


class Rejected(Exception):
    """A Check failed. `failures` maps the property path to the message."""

    def __init__(self, failures: dict[str, str]) -> None:
        super().__init__(failures)
        self.failures = failures


class CreatedResource:
    """A created resource: its id, checked inputs and outputs, as in the engine's state."""

    def __init__(self, token: str, urn: str, inputs: dict[str, PropertyValue], response: rpc.CreateResponse) -> None:
        self.token = token
        self.urn = urn
        self.id = response.resource_id or ""
        self.inputs = inputs
        self.outputs = response.properties

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
        result = self[name]
        assert isinstance(result, str), result
        return result


class Driver:
    """Drives one emulated cloud with the given provider settings."""

    def __init__(self, name: str, path: Path, **config: str) -> None:
        self.cloud = EmulatedCloud(load(name), Inventory(path, name))
        settings = {key: to_property_value(value) for key, value in config.items()}
        self._run(self.cloud.configure(rpc.ConfigureRequest({}, settings, True, True)))

    def check(
        self, token: str, name: str, inputs: Inputs, old: CreatedResource | None = None
    ) -> dict[str, PropertyValue]:
        """Returns the checked inputs. Raises `Rejected`."""
        news = {
            key: value if isinstance(value, PropertyValue) else to_property_value(value)
            for key, value in inputs.items()
        }
        request = rpc.CheckRequest(_urn(token, name), old.inputs if old else {}, news, secrets.token_bytes(8))
        result = self._run(self.cloud.check(request))
        if result.failures:
            raise Rejected({failure.property: failure.reason for failure in result.failures})
        return result.inputs or {}

    def create(self, token: str, logical: str, /, **inputs: Json | PropertyValue) -> CreatedResource:
        """Checks and creates a resource. Raises `Rejected`, or `CloudError` if the cloud rejects it."""
        return self._make(token, logical, inputs, preview=False)

    def plan(self, token: str, logical: str, /, **inputs: Json | PropertyValue) -> CreatedResource:
        """Checks and creates a resource as a preview does. Raises `Rejected`."""
        return self._make(token, logical, inputs, preview=True)

    def _make(self, token: str, logical: str, given: Inputs, preview: bool) -> CreatedResource:
        inputs = self.check(token, logical, given)
        response = self._run(self.cloud.create(rpc.CreateRequest(_urn(token, logical), inputs, 0, preview)))
        return CreatedResource(token, _urn(token, logical), inputs, response)

    def diff(self, resource: CreatedResource, /, *ignore: str, **inputs: Json | PropertyValue) -> rpc.DiffResponse:
        """Returns the diff between the resource and new inputs."""
        news = self.check(resource.token, resource.logical, inputs, resource)
        request = DiffRequest(resource.urn, resource.id, resource.outputs, news, list(ignore))
        request.old_inputs = resource.inputs
        return self._run(self.cloud.diff(request))

    def update(self, resource: CreatedResource, /, **inputs: Json | PropertyValue) -> CreatedResource:
        """Checks and updates a resource in place, and returns the same object with its new state. Raises
        `CloudError`.
        """
        news, resource.outputs = self._update(resource, inputs, preview=False)
        resource.inputs = news
        return resource

    def plan_update(self, resource: CreatedResource, /, **inputs: Json | PropertyValue) -> dict[str, Json]:
        """Returns the outputs that the preview of an update predicts."""
        _, predicted = self._update(resource, inputs, preview=True)
        return to_plain_map(predicted)

    def _update(self, resource: CreatedResource, inputs: Inputs, preview: bool) -> tuple[dict[str, PropertyValue], ...]:
        news = self.check(resource.token, resource.logical, inputs, resource)
        request = rpc.UpdateRequest(resource.urn, resource.id, resource.outputs, news, 0, [], preview)
        return news, self._run(self.cloud.update(request)).properties or {}

    def read(self, resource: CreatedResource) -> rpc.ReadResponse:
        """Reads the resource as a refresh does."""
        return self._run(self.cloud.read(rpc.ReadRequest(resource.urn, resource.id, resource.outputs, resource.inputs)))

    def adopt(self, token: str, id: str) -> rpc.ReadResponse:
        """Reads a resource as an import does, by its id alone."""
        return self._run(self.cloud.read(rpc.ReadRequest(_urn(token, "adopted"), id, {}, {})))

    def delete(self, resource: CreatedResource) -> None:
        """Deletes the resource. Raises `CloudError`."""
        self._run(self.cloud.delete(rpc.DeleteRequest(resource.urn, resource.id, resource.outputs, 0)))

    def invoke(self, token: str, **args: Json) -> dict[str, Json]:
        """Calls a provider function and returns plain values. Raises `CloudError`."""
        return to_plain_map(self.answer(token, **args))

    def answer(self, token: str, **args: Json) -> dict[str, PropertyValue]:
        """Calls a provider function and returns property values, as the engine receives them. Raises `CloudError`."""
        inputs = {key: to_property_value(value) for key, value in args.items()}
        return self._run(self.cloud.invoke(rpc.InvokeRequest(token, inputs))).return_value or {}

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
