"""The conditions of an operation: free names, existing parents, the rules of the cloud and the type, no referrers."""

from __future__ import annotations

from falaj.sandbox.clouds.outputs import render
from falaj.sandbox.clouds.spec import CloudError, CloudSpec, InventoryItem, Operation, Parent, ResourceType, Rule
from falaj.sandbox.clouds.values import Props, get_str, iter_strings


def check_write(spec: CloudSpec, resource_type: ResourceType, op: Operation, action: str) -> None:
    """Raises `CloudError` if the cloud rejects this create or update (`action`: `creating` or `updating`)."""
    for rule in (*_data_rules(resource_type), *spec.common_rules, *resource_type.write_rules):
        message = rule(op)
        if message is not None:
            raise CloudError(spec.error_message(op.token, action, message))


def accepted_config(spec: CloudSpec, config: Props) -> Props:
    """Returns a provider's settings. Raises `CloudError` if it does not start with the caller's credentials."""
    if refused := spec.caller_refused(config):
        raise CloudError(refused)
    return config


def check_read(spec: CloudSpec, op: Operation) -> None:
    """Raises `CloudError` if the cloud does not let the caller read an existing resource."""
    for rule in spec.read_rules:
        if message := rule(op):
            raise CloudError(spec.error_message(op.token, "reading", message))


def check_delete(spec: CloudSpec, resource_type: ResourceType, op: Operation, existing: InventoryItem) -> None:
    """Raises `CloudError` if the resource is in use, or a rule of its type prevents the delete."""
    for use in resource_type.used_by:
        for user in op.state.referrers(existing):
            if user.type in use.types:
                variables = {**op.variables, "user": user.name, "user_type": user.type.rsplit(":", 1)[-1]}
                message = str(render(use.message, variables))
                raise CloudError(spec.error_message(op.token, "deleting", message))
    for rule in resource_type.delete_rules:
        message = rule(op)
        if message is not None:
            raise CloudError(spec.error_message(op.token, "deleting", message))


def _data_rules(resource_type: ResourceType) -> tuple[Rule, Rule]:
    """Returns the rules that follow from the fields of a type: the identity is free, and the parents exist."""

    def identity_is_free(op: Operation) -> str | None:
        if resource_type.already_exists is None or op.existing is not None:
            return None
        if resource_type.unique_by == "id":
            clash = op.state.by_id(op.token, op.variables["id"], op.scope) is not None
        else:
            clash = bool(op.state.find(op.token, op.scope, op.name))
        return str(render(resource_type.already_exists, op.variables)) if clash else None

    def parents_exist(op: Operation) -> str | None:
        for parent, handle, value in parents_of(resource_type, op):
            if op.state.by_handle(handle) is None:
                return str(render(parent.missing, {**op.variables, "value": value}))
        return None

    return identity_is_free, parents_exist


def references_of(spec: CloudSpec, resource_type: ResourceType, op: Operation) -> list[tuple[str, str]]:
    """Returns (path, handle) for each resource that the inputs refer to."""
    by_form = [(path, handle) for path, text in iter_strings(op.inputs) if (handle := spec.handle_of(text))]
    return by_form + [(parent.property, handle) for parent, handle, _ in parents_of(resource_type, op)]


def parents_of(resource_type: ResourceType, op: Operation) -> list[tuple[Parent, str, str]]:
    """Returns (parent, handle, value) for each parent that the inputs name."""
    named = [(parent, get_str(op.inputs, parent.property)) for parent in resource_type.parents]
    return [
        (parent, str(render(parent.handle, {**op.variables, "value": value})), value)
        for parent, value in named
        if value
    ]
