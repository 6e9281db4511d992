"""The generic provider of all emulated clouds: serves the engine from a `CloudSpec` and the inventory."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from pulumi.provider.experimental import provider as rpc
from pulumi.provider.experimental.property_value import PropertyValue

from falaj.sandbox.clouds.authorization import Authorization, authorize, authorize_invoke
from falaj.sandbox.clouds.auto_naming import identity_name, with_name
from falaj.sandbox.clouds.check import check_inputs
from falaj.sandbox.clouds.diff import DiffRequest, compare
from falaj.sandbox.clouds.inventory import Inventory, InventoryTransaction
from falaj.sandbox.clouds.outputs import (
    build_outputs,
    handles_of,
    keep_previous,
    new_id,
    preview_outputs,
    random_variables,
    run_after_write,
    updated_outputs,
    visible,
)
from falaj.sandbox.clouds.preconditions import accepted_config, check_delete, check_read, check_write, references_of
from falaj.sandbox.clouds.property_values import (
    PropertyMap,
    decode_config,
    hash_secrets,
    restore_secrets,
    to_plain_map,
    to_property_map,
    to_property_value,
)
from falaj.sandbox.clouds.sdk_schema import Schema, UnknownResourceType, sdk
from falaj.sandbox.clouds.spec import (
    CheckOperation,
    CloudError,
    CloudSpec,
    InventoryItem,
    InvokeOperation,
    Operation,
    ResourceType,
)
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props


class EmulatedCloud(rpc.Provider):
    """An emulated cloud behind Pulumi's provider protocol.

    latency: seconds between the creation of a resource and the response to the engine, as in real clouds.
    authorization: the permissions of the engine's identity; None allows everything.
    Raises `CloudError` if the cloud rejects a request, `UnknownResourceType` for a token that the SDK lacks.
    """

    def __init__(self, spec: CloudSpec, inventory: Inventory, latency: float = 0) -> None:
        self.spec, self.sdk = spec, sdk(spec.sdk)
        self.authorization: Authorization | None = None
        self.inventory, self.latency = inventory, latency
        self.config: Props = {}

    async def check_config(self, request: rpc.CheckRequest) -> rpc.CheckResponse:
        """Validates the provider's settings."""
        failures = self.spec.check_config(decode_config(request.new_inputs))
        return rpc.CheckResponse(request.new_inputs, [rpc.CheckFailure(*failure) for failure in failures])

    async def diff_config(self, request: rpc.DiffRequest) -> rpc.DiffResponse:
        """Compares the provider's settings. A change of a setting in `config_identity` replaces the provider."""
        resource_type = ResourceType(request.type, replace_on_changes=self.spec.config_identity)
        return compare(
            resource_type, decode_config(request.old_state), decode_config(request.new_inputs), request.ignore_changes
        )

    async def configure(self, request: rpc.ConfigureRequest) -> rpc.ConfigureResponse:
        """Stores the provider's settings. Raises `CloudError` if the caller's credentials are refused."""
        self.config = accepted_config(self.spec, decode_config(request.args))
        return rpc.ConfigureResponse(accept_secrets=True, supports_preview=True)

    async def check(self, request: rpc.CheckRequest) -> rpc.CheckResponse:
        """Completes the inputs (name, default tags, location) and validates them."""
        try:
            token, resource_type, schema = self._type(request.type, to_plain_map(request.new_inputs))
        except UnknownResourceType as error:
            return rpc.CheckResponse(request.new_inputs, [rpc.CheckFailure("", str(error))])
        inputs: Props = to_plain_map(request.new_inputs)
        old = to_plain_map(request.old_inputs)
        failures = check_inputs(self.sdk, schema, resource_type, inputs, self.spec.strict_enums)
        if resource_type.naming is not None:
            inputs = with_name(
                resource_type.naming, request.name, inputs, old, request.random_seed or request.urn.encode()
            )
        with self.inventory.transaction() as transaction:
            op = CheckOperation(token, request.urn, inputs, old, self.config, transaction)
            inputs, more = self.spec.check(op)
        return rpc.CheckResponse(
            self._with_secrets(resource_type, inputs, request.new_inputs),
            [rpc.CheckFailure(*failure) for failure in (*failures, *more)],
        )

    async def diff(self, request: rpc.DiffRequest) -> rpc.DiffResponse:
        """Compares the new inputs with the old ones, and reports which changes replace the resource."""
        previous = request.old_inputs if isinstance(request, DiffRequest) else request.old_state
        old, new = to_plain_map(previous), to_plain_map(request.new_inputs)
        token, resource_type, _ = self._type(request.type, new)
        return compare(resource_type, old, new, request.ignore_changes, self.spec.input_defaults(token, self.config))

    async def create(self, request: rpc.CreateRequest) -> rpc.CreateResponse:
        """Creates a resource; in a preview, predicts its outputs. Raises `CloudError`."""
        inputs = to_plain_map(request.properties)
        token, resource_type, schema = self._type(request.type, inputs)
        if request.preview:
            outputs = preview_outputs(self.sdk, resource_type, schema, inputs)
            return rpc.CreateResponse("", to_property_map(outputs, request.properties))
        seed = secrets.token_hex(16)
        with self.inventory.transaction() as transaction:
            op = self._operation(token, resource_type, request.urn, request.name, inputs, transaction, seed)
            check_write(self.spec, resource_type, op, "creating")
            outputs = build_outputs(self.sdk, resource_type, schema, op)
            authorize(self.authorization, self.spec, "create", op, outputs)
            existing = self._store(resource_type, op, request.properties, outputs, seed)
            outputs = run_after_write(resource_type, op, existing, outputs)
        if self.latency:
            await asyncio.sleep(self.latency)
        return rpc.CreateResponse(existing.id, self._with_secrets(resource_type, outputs, request.properties))

    async def read(self, request: rpc.ReadRequest) -> rpc.ReadResponse:
        """Reads the current resource, for a refresh or an import by id. The response has no id if it does not exist."""
        known = to_plain_map(request.inputs)
        token, resource_type, _ = self._type(request.type, known)
        current: Props = {}
        with self.inventory.transaction() as transaction:
            identity = known or to_plain_map(request.properties)
            existing = self._existing(transaction, token, request.resource_id, identity)
            if existing is not None:
                op = (token, resource_type, request.urn, existing.name, existing.inputs, transaction, "", existing)
                self._authorize_read(self._operation(*op), existing.outputs)
                current = (
                    resource_type.read_inputs(transaction, existing) if resource_type.read_inputs else existing.inputs
                )
        if existing is None:
            outputs = self.spec.preexisting(token, request.resource_id, self.config)
            return rpc.ReadResponse(request.resource_id if outputs else "", to_property_map(outputs or {}, {}), {})
        salt = self.inventory.salt
        asked = request.inputs or current
        inputs = {key: restore_secrets(current[key], request.inputs.get(key), salt) for key in current if key in asked}
        outputs = {
            key: restore_secrets(value, request.properties.get(key), salt) for key, value in existing.outputs.items()
        }
        return rpc.ReadResponse(existing.id, outputs, inputs)

    def _authorize_read(self, op: Operation, outputs: Props) -> None:
        """Raises `CloudError` if the caller does not reach the resource, or may not read it."""
        check_read(self.spec, op)
        authorize(self.authorization, self.spec, "read", op, outputs)

    async def update(self, request: rpc.UpdateRequest) -> rpc.UpdateResponse:
        """Updates a resource in place; in a preview, predicts its outputs. Raises `CloudError`."""
        inputs = to_plain_map(request.news)
        token, resource_type, schema = self._type(request.type, inputs)
        if request.preview:
            state = {key: value for key, value in request.olds.items() if key in schema.outputs}
            removed = schema.inputs.keys() - inputs.keys()
            kept = {key: value for key, value in state.items() if key not in removed or schema.outputs[key].required}
            new = preview_outputs(self.sdk, resource_type, schema, inputs)
            changed = keep_previous({key: new[key] for key in visible(inputs)}, inputs, to_plain_map(request.olds))
            changed |= dict.fromkeys(resource_type.changed_by_updates, UNKNOWN)
            return rpc.UpdateResponse({**kept, **to_property_map(changed, request.news)})
        with self.inventory.transaction() as transaction:
            existing = self._existing(transaction, token, request.resource_id, inputs)
            if existing is None:
                raise CloudError(self.spec.error_message(token, "updating", f"{request.resource_id} does not exist"))
            op = self._operation(
                token, resource_type, request.urn, request.name, inputs, transaction, existing=existing
            )
            check_write(self.spec, resource_type, op, "updating")
            outputs = updated_outputs(self.sdk, resource_type, schema, op, existing)
            authorize(self.authorization, self.spec, "update", op, outputs)
            changed = transaction.update(
                existing,
                self._hash_secrets(request.news),
                self._hash_secrets(to_property_map(outputs, request.news)),
                references_of(self.spec, resource_type, op),
            )
            outputs = run_after_write(resource_type, op, changed, outputs)
        salt, news = self.inventory.salt, request.news
        untouched = {
            key: restore_secrets(outputs[key], request.olds.get(key), salt) for key in outputs.keys() - news.keys()
        }
        given = {key: value for key, value in outputs.items() if key in news}
        return rpc.UpdateResponse({**untouched, **self._with_secrets(resource_type, given, news)})

    async def delete(self, request: rpc.DeleteRequest) -> None:
        """Deletes a resource. Raises `CloudError` if it is in use."""
        state = to_plain_map(request.properties)
        token, resource_type, _ = self._type(request.type, state)
        with self.inventory.transaction() as transaction:
            existing = self._existing(transaction, token, request.resource_id, state)
            if existing is None:
                return  # already deleted
            op = self._operation(
                token, resource_type, request.urn, request.name, existing.inputs, transaction, existing=existing
            )
            authorize(self.authorization, self.spec, "delete", op, existing.outputs)
            check_delete(self.spec, resource_type, op, existing)
            transaction.delete(
                existing, soft=resource_type.soft_deletes is not None and resource_type.soft_deletes(existing)
            )

    async def invoke(self, request: rpc.InvokeRequest) -> rpc.InvokeResponse:
        """Calls a provider function. Raises `CloudError` for a function that is not emulated."""
        function = self.spec.invokes.get(request.tok)
        if function is None:
            known = ", ".join(sorted(self.spec.invokes))
            raise CloudError(f"{request.tok} is not emulated in the sandbox; emulated functions: {known}")
        authorize_invoke(self.authorization, request.tok, to_plain_map(request.args), self.config)
        with self.inventory.transaction() as transaction:
            result = function(InvokeOperation(request.tok, to_plain_map(request.args), self.config, transaction))
        secret = request.tok in self.spec.secret_invokes
        return rpc.InvokeResponse({key: to_property_value(value).with_secret(secret) for key, value in result.items()})

    async def cancel(self) -> None:
        """Does nothing: each request is one short transaction, so there is nothing to cancel."""

    def _type(self, type_token: str, inputs: Props) -> tuple[str, ResourceType, Schema]:
        token = self.spec.normalise_token(type_token.rpartition("$")[2])  # a URN contains the types of the parents too
        resource_type = self.spec.resource_types.get(token) or self.spec.default_type(token, inputs)
        return token, resource_type, resource_type.schema or self.sdk.schema(token)

    def _operation(
        self,
        token: str,
        resource_type: ResourceType,
        urn: str,
        logical: str,
        inputs: Props,
        transaction: InventoryTransaction,
        seed: str = "",
        existing: InventoryItem | None = None,
    ) -> Operation:
        name = existing.name if existing else identity_name(resource_type.naming, inputs, logical)
        scope = existing.scope if existing else self.spec.scope(token, inputs, self.config)
        given = {key: value for key, value in inputs.items() if isinstance(value, str)}
        variables: dict[str, str] = {
            **given,
            **self.spec.template_variables(token, inputs, self.config),
            **random_variables(transaction.seed_of(existing) if existing else seed),
            "name": name,
            "scope": scope,
            "now": existing.created_at if existing else datetime.now(UTC).isoformat(timespec="seconds"),
        }
        op = Operation(token, urn, inputs, self.config, scope, name, transaction, variables, existing)
        id_ = existing.id if existing else new_id(resource_type, op)
        return replace(op, variables={**variables, "id": id_})

    def _store(
        self, resource_type: ResourceType, op: Operation, given: PropertyMap, outputs: Props, seed: str
    ) -> InventoryItem:
        id_ = op.variables["id"]
        arn = outputs.get("arn")
        handles = [id_, *([arn] if isinstance(arn, str) else [])]
        handles += handles_of(resource_type, op, outputs)
        item = InventoryItem(
            key=0,
            cloud=self.spec.name,
            type=op.token,
            scope=op.scope,
            name=op.name,
            id=id_,
            urn=op.urn,
            inputs=self._hash_secrets(given),
            outputs=self._hash_secrets(self._with_secrets(resource_type, outputs, given)),
            created_at="",
        )
        assert isinstance(op.state, InventoryTransaction)  # noqa: S101 - created by `_operation`
        normalised = [self.spec.handle_of(handle) or handle for handle in handles]
        return op.state.add(item, seed, normalised, references_of(self.spec, resource_type, op))

    def _existing(self, transaction: InventoryTransaction, token: str, id_: str, inputs: Props) -> InventoryItem | None:
        scope = self.spec.scope(token, inputs, self.config)
        return transaction.by_id(token, id_, scope) or transaction.by_id(token, id_)

    def _with_secrets(
        self, resource_type: ResourceType, outputs: Props, given: PropertyMap
    ) -> dict[str, PropertyValue]:
        properties = to_property_map(outputs, given)
        for name in resource_type.secret_outputs:
            if name in properties:
                properties[name] = properties[name].with_secret(True)
        return properties

    def _hash_secrets(self, values: Mapping[str, PropertyValue]) -> dict[str, Json]:
        return {key: hash_secrets(value, self.inventory.salt) for key, value in values.items()}
