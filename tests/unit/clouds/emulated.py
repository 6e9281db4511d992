"""An emulated cloud driven in process, as the engine drives it: check, then create; read; diff, then update; delete."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from pulumi.provider.experimental import provider as rpc
from pulumi.provider.experimental.property_value import PropertyValue

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.provider import Cloud, DiffRequest
from falaj.sandbox.clouds.rows import CloudSpec, Refused, Resource
from falaj.sandbox.clouds.values import Json, Props
from falaj.sandbox.clouds.wire import plain_map, wire


@dataclass
class Made:
    """A resource as the engine's state has it."""

    urn: str
    id: str
    inputs: dict[str, PropertyValue]
    state: dict[str, PropertyValue]

    @property
    def outputs(self) -> dict[str, Json]:
        return plain_map(self.state)

    @property
    def name(self) -> str:
        return str(self.outputs["name"])


class Emulated:
    """One cloud with an inventory of its own. `prefix` stands before every token."""

    def __init__(self, spec: CloudSpec, folder: Path, prefix: str, **config: Json) -> None:
        self.inventory = Inventory(folder / "inventory.sqlite", spec.name)
        self.cloud = Cloud(spec, self.inventory)
        self.cloud.config = config
        self.prefix = prefix

    def urn(self, kind: str, name: str) -> str:
        return f"urn:pulumi:test::falaj::{self.prefix}{kind}::{name}"

    def failures(self, kind: str, name: str, inputs: Props) -> list[tuple[str, str]]:
        found = self._check(self.urn(kind, name), inputs, {}).failures or []
        return [(failure.property, failure.reason) for failure in found]

    def checked(self, kind: str, name: str, inputs: Props, old: Made | None = None) -> dict[str, PropertyValue]:
        found = self._check(self.urn(kind, name), inputs, old.inputs if old else {})
        assert not found.failures, [(failure.property, failure.reason) for failure in found.failures]
        return found.inputs or {}

    def preview(self, kind: str, name: str, inputs: Props) -> dict[str, Json]:
        request = rpc.CreateRequest(self.urn(kind, name), self.checked(kind, name, inputs), 0, True)
        return plain_map(asyncio.run(self.cloud.create(request)).properties)

    def create(self, kind: str, name: str, inputs: Props) -> Made:
        urn, checked = self.urn(kind, name), self.checked(kind, name, inputs)
        made = asyncio.run(self.cloud.create(rpc.CreateRequest(urn, checked, 0, False)))
        return Made(urn, made.resource_id or "", checked, made.properties)

    def refused(self, kind: str, name: str, inputs: Props) -> str:
        with pytest.raises(Refused) as refusal:
            self.create(kind, name, inputs)
        return str(refusal.value)

    def read(self, made: Made) -> rpc.ReadResponse:
        return asyncio.run(self.cloud.read(rpc.ReadRequest(made.urn, made.id, made.state, made.inputs)))

    def diff(self, made: Made, inputs: dict[str, PropertyValue]) -> rpc.DiffResponse:
        request = DiffRequest(made.urn, made.id, made.state, inputs, [])
        request.old_inputs = made.inputs
        return asyncio.run(self.cloud.diff(request))

    def changed(self, kind: str, made: Made, inputs: Props) -> rpc.DiffResponse:
        name = made.urn.rpartition("::")[2]
        return self.diff(made, self.checked(kind, name, inputs, made))

    def update(self, kind: str, made: Made, inputs: Props) -> Made:
        checked = self.checked(kind, made.urn.rpartition("::")[2], inputs, made)
        return Made(made.urn, made.id, checked, self._update(made, checked, preview=False))

    def preview_update(self, kind: str, made: Made, inputs: Props) -> dict[str, Json]:
        checked = self.checked(kind, made.urn.rpartition("::")[2], inputs, made)
        return plain_map(self._update(made, checked, preview=True))

    def update_refused(self, kind: str, made: Made, inputs: Props) -> str:
        with pytest.raises(Refused) as refusal:
            self.update(kind, made, inputs)
        return str(refusal.value)

    def delete(self, made: Made) -> None:
        asyncio.run(self.cloud.delete(rpc.DeleteRequest(made.urn, made.id, made.state, 0)))

    def delete_refused(self, made: Made) -> str:
        with pytest.raises(Refused) as refusal:
            self.delete(made)
        return str(refusal.value)

    def invoke(self, token: str, **args: Json) -> rpc.InvokeResponse:
        request = rpc.InvokeRequest(token, {key: wire(value) for key, value in args.items()})
        return asyncio.run(self.cloud.invoke(request))

    def everything(self) -> list[Resource]:
        with self.inventory.transaction() as world:
            return world.everything()

    def _update(self, made: Made, checked: dict[str, PropertyValue], preview: bool) -> dict[str, PropertyValue]:
        request = rpc.UpdateRequest(made.urn, made.id, made.state, checked, 0, [], preview)
        return asyncio.run(self.cloud.update(request)).properties or {}

    def _check(self, urn: str, inputs: Props, old: dict[str, PropertyValue]) -> rpc.CheckResponse:
        request = rpc.CheckRequest(urn, old, {key: wire(value) for key, value in inputs.items()}, b"seed")
        return asyncio.run(self.cloud.check(request))
