"""One provider for every emulated cloud: what the engine asks of it, answered from a `CloudSpec` and the
inventory.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from pulumi.provider.experimental import provider as rpc
from pulumi.provider.experimental.property_value import PropertyValue

from falaj.sandbox.clouds.check import check_inputs
from falaj.sandbox.clouds.diff import compare
from falaj.sandbox.clouds.inventory import Inventory, Ledger
from falaj.sandbox.clouds.naming import identity_name, named
from falaj.sandbox.clouds.outputs import fill, make_outputs, preview_outputs, random_facts, remembered, visible
from falaj.sandbox.clouds.refusals import parents_of, refuse, refuse_delete
from falaj.sandbox.clouds.rows import (
    Call,
    CheckCall,
    CloudSpec,
    InvokeCall,
    Refused,
    Resource,
    Row,
)
from falaj.sandbox.clouds.schema import Schema, UnknownType, sdk
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, strings
from falaj.sandbox.clouds.wire import Wire, decoded, overlay, plain_map, sealed, unsealed, wire


class DiffRequest(rpc.DiffRequest):
    """The engine's Diff with the old inputs, which the SDK's own request leaves out."""

    old_inputs: dict[str, PropertyValue]


class Cloud(rpc.Provider):
    """An emulated cloud behind Pulumi's provider protocol.

    latency: seconds that a create waits after the resource exists, before the engine is told (as clouds do).
    Raises `Refused` where the cloud says no, `UnknownType` for a token that the SDK does not know.
    """

    def __init__(self, spec: CloudSpec, inventory: Inventory, latency: float = 0) -> None:
        self.spec = spec
        self.sdk = sdk(spec.sdk)
        self.inventory = inventory
        self.latency = latency
        self.config: Props = {}

    # -- configuration
    # ---------------------------------------------------------------------------------------------

    async def check_config(self, request: rpc.CheckRequest) -> rpc.CheckResponse:
        """Whether the provider's settings are usable."""
        failures = self.spec.check_config(decoded(request.new_inputs))
        return rpc.CheckResponse(request.new_inputs, [rpc.CheckFailure(*failure) for failure in failures])

    async def diff_config(self, request: rpc.DiffRequest) -> rpc.DiffResponse:
        """What changed in the provider's settings; a change of place replaces the provider."""
        row = Row(request.type, replace=self.spec.config_identity)
        return compare(row, decoded(request.old_state), decoded(request.new_inputs), request.ignore_changes)

    async def configure(self, request: rpc.ConfigureRequest) -> rpc.ConfigureResponse:
        """Take the provider's settings."""
        self.config = decoded(request.args)
        return rpc.ConfigureResponse(accept_secrets=True, supports_preview=True)

    # -- resources
    # -------------------------------------------------------------------------------------------------

    async def check(self, request: rpc.CheckRequest) -> rpc.CheckResponse:
        """Complete the inputs (name, default tags, location) and say what the cloud would not accept."""
        try:
            token, row, schema = self._type(request.type, plain_map(request.new_inputs))
        except UnknownType as unknown:
            return rpc.CheckResponse(request.new_inputs, [rpc.CheckFailure("", str(unknown))])
        inputs: Props = plain_map(request.new_inputs)
        old = plain_map(request.old_inputs)
        failures = check_inputs(self.sdk, schema, row, inputs, self.spec.strict_enums)
        if row.naming is not None:
            inputs = named(row.naming, request.name, inputs, old, request.random_seed or request.urn.encode())
        with self.inventory.transaction() as world:
            call = CheckCall(token, request.urn, inputs, old, self.config, world)
            inputs, more = self.spec.check(call)
        return rpc.CheckResponse(
            self._answer(row, inputs, request.new_inputs),
            [rpc.CheckFailure(*failure) for failure in (*failures, *more)],
        )

    async def diff(self, request: rpc.DiffRequest) -> rpc.DiffResponse:
        """What changed since the last update, and what must be replaced for it."""
        old_inputs = request.old_inputs if isinstance(request, DiffRequest) else request.old_state
        new = plain_map(request.new_inputs)
        _, row, _ = self._type(request.type, new)
        return compare(row, plain_map(old_inputs), new, request.ignore_changes)

    async def create(self, request: rpc.CreateRequest) -> rpc.CreateResponse:
        """Make a resource, or in a preview promise one. Raises `Refused`."""
        inputs = plain_map(request.properties)
        token, row, schema = self._type(request.type, inputs)
        if request.preview:
            outputs = preview_outputs(self.sdk, row, schema, inputs)
            return rpc.CreateResponse("", overlay(outputs, request.properties))
        seed = secrets.token_hex(16)
        with self.inventory.transaction() as world:
            call = self._call(token, row, request.urn, request.name, inputs, world, seed)
            refuse(self.spec, row, call, "creating")
            outputs = make_outputs(self.sdk, row, schema, call)
            existing = self._keep(row, call, request.properties, outputs, seed)
            outputs = _after(row, call, existing, outputs)
        if self.latency:
            await asyncio.sleep(self.latency)
        return rpc.CreateResponse(existing.id, self._answer(row, outputs, request.properties))

    async def read(self, request: rpc.ReadRequest) -> rpc.ReadResponse:
        """What exists now: for a refresh, or an import by id (then nothing else is known). No id: it is gone."""
        known_inputs = plain_map(request.inputs)
        token, _, _ = self._type(request.type, known_inputs)
        with self.inventory.transaction() as world:
            found = self._existing(world, token, request.resource_id, known_inputs or plain_map(request.properties))
        if found is None:
            standing = self.spec.standing(token, request.resource_id, self.config)
            return rpc.ReadResponse(request.resource_id if standing else "", overlay(standing or {}, {}), {})
        kept = {key: value for key, value in found.inputs.items() if not request.inputs or key in request.inputs}
        salt = self.inventory.salt
        inputs = {key: unsealed(value, request.inputs.get(key), salt) for key, value in kept.items()}
        outputs = {key: unsealed(value, request.properties.get(key), salt) for key, value in found.outputs.items()}
        return rpc.ReadResponse(found.id, outputs, inputs)

    async def update(self, request: rpc.UpdateRequest) -> rpc.UpdateResponse:
        """Change a resource in place. Raises `Refused`."""
        inputs = plain_map(request.news)
        token, row, schema = self._type(request.type, inputs)
        if request.preview:
            state = {key: value for key, value in request.olds.items() if key in schema.outputs}
            gone = schema.inputs.keys() - inputs.keys()
            kept = {key: value for key, value in state.items() if key not in gone or schema.outputs[key].required}
            promised = preview_outputs(self.sdk, row, schema, inputs)
            changed = remembered({key: promised[key] for key in visible(inputs)}, inputs, plain_map(request.olds))
            changed |= dict.fromkeys(row.renewed, UNKNOWN)
            return rpc.UpdateResponse({**kept, **overlay(changed, request.news)})
        with self.inventory.transaction() as world:
            existing = self._existing(world, token, request.resource_id, inputs)
            if existing is None:
                raise Refused(self.spec.failed(token, "updating", f"{request.resource_id} does not exist"))
            call = self._call(token, row, request.urn, request.name, inputs, world, existing=existing)
            refuse(self.spec, row, call, "updating")
            outputs = self._updated(row, schema, call, existing)
            changed = world.change(
                existing,
                self._sealed(request.news),
                self._sealed(overlay(outputs, request.news)),
                self._refs(row, call),
            )
            outputs = _after(row, call, changed, outputs)
        salt, news = self.inventory.salt, request.news
        untouched = {key: unsealed(outputs[key], request.olds.get(key), salt) for key in outputs.keys() - news.keys()}
        given = {key: value for key, value in outputs.items() if key in news}
        return rpc.UpdateResponse({**untouched, **self._answer(row, given, news)})

    async def delete(self, request: rpc.DeleteRequest) -> None:
        """Delete a resource that nothing uses. Raises `Refused`."""
        state = plain_map(request.properties)
        token, row, _ = self._type(request.type, state)
        with self.inventory.transaction() as world:
            existing = self._existing(world, token, request.resource_id, state)
            if existing is None:
                return  # gone already, which is what was asked for
            call = self._call(token, row, request.urn, request.name, existing.inputs, world, existing=existing)
            refuse_delete(self.spec, row, call, existing)
            world.drop(existing, bury=row.buries is not None and row.buries(existing))

    async def invoke(self, request: rpc.InvokeRequest) -> rpc.InvokeResponse:
        """Answer a function call. Raises `Refused` for a function that is not emulated."""
        function = self.spec.invokes.get(request.tok)
        if function is None:
            known = ", ".join(sorted(self.spec.invokes))
            raise Refused(f"{request.tok} is not emulated in the sandbox; emulated functions: {known}")
        with self.inventory.transaction() as world:
            answer = function(InvokeCall(request.tok, plain_map(request.args), self.config, world))
        secret = request.tok in self.spec.secret_answers
        return rpc.InvokeResponse({key: wire(value).with_secret(secret) for key, value in answer.items()})

    async def cancel(self) -> None:
        """Nothing to cancel: every call is one short transaction."""
        return None

    # -- how
    # ---------------------------------------------------------------------------------------------------------

    def _type(self, given: str, inputs: Props) -> tuple[str, Row, Schema]:
        token = self.spec.normalise(given.rpartition("$")[2])  # a URN names the types of the parents too
        row = self.spec.rows.get(token) or self.spec.default_row(token, inputs)
        return token, row, row.schema or self.sdk.schema(token)

    def _call(
        self,
        token: str,
        row: Row,
        urn: str,
        logical: str,
        inputs: Props,
        world: Ledger,
        seed: str = "",
        existing: Resource | None = None,
    ) -> Call:
        name = existing.name if existing else identity_name(row.naming, inputs, logical)
        scope = existing.scope if existing else self.spec.scope(token, inputs, self.config)
        given = {key: value for key, value in inputs.items() if isinstance(value, str)}
        facts: dict[str, str] = {
            **given,
            **self.spec.facts(token, inputs, self.config),
            **random_facts(world.seed_of(existing) if existing else seed),
            "name": name,
            "scope": scope,
            "now": existing.created_at if existing else datetime.now(UTC).isoformat(timespec="seconds"),
        }
        call = Call(token, urn, inputs, self.config, scope, name, world, facts, existing)
        made = existing.id if existing else row.id(call) if callable(row.id) else str(fill(row.id, facts))
        return replace(call, facts={**facts, "id": made})

    def _keep(self, row: Row, call: Call, given: Wire, outputs: Props, seed: str) -> Resource:
        id_ = call.facts["id"]
        arn = outputs.get("arn")
        handles = [id_, *([arn] if isinstance(arn, str) else [])]
        handles += [str(fill(handle, {**call.facts, **_strings(outputs)})) for handle in row.handles]
        kept = Resource(
            key=0,
            cloud=self.spec.name,
            type=call.token,
            scope=call.scope,
            name=call.name,
            id=id_,
            urn=call.urn,
            inputs=self._sealed(given),
            outputs=self._sealed(self._answer(row, outputs, given)),
            created_at="",
        )
        assert isinstance(call.world, Ledger)  # noqa: S101 - made by `_call`
        normalised = [self.spec.refers(handle) or handle for handle in handles]
        return call.world.add(kept, seed, normalised, self._refs(row, call))

    def _existing(self, world: Ledger, token: str, id_: str, inputs: Props) -> Resource | None:
        scope = self.spec.scope(token, inputs, self.config)
        return world.by_id(token, id_, scope) or world.by_id(token, id_)

    def _updated(self, row: Row, schema: Schema, call: Call, existing: Resource) -> dict[str, Json]:
        """New outputs; what the cloud or another resource changed since and this update does not touch,
        stays.
        """
        new = make_outputs(self.sdk, row, schema, call)
        before = make_outputs(self.sdk, row, schema, replace(call, inputs=existing.inputs))
        return {
            key: existing.outputs.get(key, value) if key not in call.inputs and before.get(key) == value else value
            for key, value in new.items()
        }

    def _answer(self, row: Row, outputs: Props, given: Wire) -> dict[str, PropertyValue]:
        answer = overlay(outputs, given)
        for name in row.secret:
            if name in answer:
                answer[name] = answer[name].with_secret(True)
        return answer

    def _sealed(self, values: Mapping[str, PropertyValue]) -> dict[str, Json]:
        return {key: sealed(value, self.inventory.salt) for key, value in values.items()}

    def _refs(self, row: Row, call: Call) -> list[tuple[str, str]]:
        shaped = [(path, handle) for path, found in strings(call.inputs) if (handle := self.spec.refers(found))]
        return shaped + [(parent.property, handle) for parent, handle, _ in parents_of(row, call)]


def _after(row: Row, call: Call, resource: Resource, outputs: dict[str, Json]) -> dict[str, Json]:
    """Run what follows a create or update; the outputs, with what it changed in the resource itself."""
    if row.after is None:
        return outputs
    row.after(call, resource)
    current = call.world.by_id(resource.type, resource.id, resource.scope)
    now = current.outputs if current else {}
    return {**outputs, **{key: value for key, value in now.items() if value != resource.outputs.get(key)}}


def _strings(values: Props) -> dict[str, str]:
    return {key: value for key, value in values.items() if isinstance(value, str)}
