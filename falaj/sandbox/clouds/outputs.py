"""The outputs of a resource: ids, ARNs, endpoints and defaults, from templates or, generically, by name."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from falaj.sandbox.clouds.sdk_schema import Property, Schema, Sdk, Type
from falaj.sandbox.clouds.spec import InventoryItem, Operation, ResourceType
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, get_path, set_path

_EMPTY: dict[str, Json] = {
    "string": "",
    "enum": "",
    "boolean": False,
    "integer": 0,
    "number": 0,
    "list": [],
    "map": {},
}


def random_variables(seed: str) -> dict[str, str]:
    """Returns the random variables of templates. The same seed gives the same values again in an update."""
    digest = hashlib.sha256(seed.encode()).hexdigest()
    return {
        "hex8": digest[:8],
        "hex10": digest[:10],
        "hex17": digest[:17],
        "hex32": digest[:32].upper(),
        "uuid": str(uuid.UUID(digest[:32])),
        "digits12": str(int(digest[:15], 16)).zfill(12)[-12:],
        "host": str(int(digest[:2], 16) % 250 + 4),
    }


def render(template: Json, variables: Mapping[str, str]) -> Json:
    """Renders a template: a string, or a list or mapping of templates."""
    if isinstance(template, str):
        return template.format_map(variables) if "{" in template else template
    if isinstance(template, Mapping):
        return {key: render(item, variables) for key, item in template.items()}
    if isinstance(template, Sequence):
        return [render(item, variables) for item in template]
    return template


def build_outputs(sdk: Sdk, resource_type: ResourceType, schema: Schema, op: Operation) -> dict[str, Json]:
    """Returns all outputs of an existing resource: its inputs, the outputs of its type, and empty values for the
    remaining required ones. The outputs of the type are merged under a given object.
    """
    type_outputs = resource_type.outputs(op) if callable(resource_type.outputs) else {}
    templates = {} if callable(resource_type.outputs) else resource_type.outputs
    outputs = _to_output_form(sdk, schema, visible(op.inputs))
    for name, property_ in schema.outputs.items():
        given = outputs.get(name)
        added = render(templates[name], op.variables) if name in templates else type_outputs.get(name)
        if isinstance(given, Mapping):
            outputs[name] = _merge(_merge(render(resource_type.nested_outputs.get(name), op.variables), added), given)
        elif given is None and added is not None:
            outputs[name] = added
        elif given is None and property_.required:
            outputs[name] = _default_value(property_, op.variables)
    return {name: value for name, value in outputs.items() if value is not None}


def updated_outputs(
    sdk: Sdk, resource_type: ResourceType, schema: Schema, op: Operation, existing: InventoryItem
) -> dict[str, Json]:
    """Returns the outputs after an update. Those that it does not affect keep their current value in the cloud."""
    new = build_outputs(sdk, resource_type, schema, op)
    before = build_outputs(sdk, resource_type, schema, replace(op, inputs=existing.inputs))
    return {
        key: existing.outputs.get(key, value) if key not in op.inputs and before.get(key) == value else value
        for key, value in new.items()
    }


def preview_outputs(sdk: Sdk, resource_type: ResourceType, schema: Schema, inputs: Props) -> dict[str, Json]:
    """Predicts the outputs in the preview of a create: the inputs, and UNKNOWN for what the cloud sets, also inside
    objects.
    """
    type_outputs: Mapping[str, Json] = {} if callable(resource_type.outputs) else resource_type.outputs
    outputs = _to_output_form(sdk, schema, visible(inputs))
    for name, property_ in schema.outputs.items():
        given = outputs.get(name)
        if given is None and (property_.required or name in type_outputs):
            outputs[name] = type_outputs[name] if _is_constant(type_outputs.get(name)) else UNKNOWN
        elif isinstance(given, Mapping) and name in schema.inputs:
            outputs[name] = _with_unknowns(sdk, given, schema.inputs[name].type, property_.type)
    for path in (
        *resource_type.computed,
        *(f"{name}.{key}" for name, added in resource_type.nested_outputs.items() for key in _keys(added)),
    ):
        if isinstance(get_path(outputs, path.rpartition(".")[0]), Mapping) and get_path(outputs, path) is None:
            outputs = set_path(outputs, path, UNKNOWN)
    return outputs


def keep_previous(promised: Json, given: Json, before: Json) -> dict[str, Json]:
    """Predicts the outputs in the preview of an update: the previous value, not UNKNOWN, for what the cloud sets."""
    if not isinstance(promised, Mapping):
        return {}
    inputs, old = (value if isinstance(value, Mapping) else {} for value in (given, before))
    result: dict[str, Json] = {}
    for key, value in promised.items():
        if key not in inputs and value is UNKNOWN:
            result[key] = old.get(key, UNKNOWN)
        else:
            result[key] = keep_previous(value, inputs.get(key), old.get(key)) if isinstance(value, Mapping) else value
    return result


def _keys(value: Json) -> list[str]:
    return list(value) if isinstance(value, Mapping) else []


def _merge(under: Json, over: Json) -> Json:
    """Merges two objects recursively; `over` takes precedence."""
    if not isinstance(under, Mapping) or not isinstance(over, Mapping):
        return under if over is None else over
    return {key: _merge(under.get(key), over.get(key)) for key in (*under, *(key for key in over if key not in under))}


def _with_unknowns(sdk: Sdk, given: Props, input_type: Type, output_type: Type) -> Props:
    """Returns a given object with UNKNOWN for the properties that only its output type has."""
    if input_type.ref is None or output_type.ref is None:
        return given
    inputs, outputs = sdk.properties(input_type.ref), sdk.properties(output_type.ref)
    completed: dict[str, Json] = {**given, **{name: UNKNOWN for name in outputs.keys() - inputs.keys()}}
    for name, value in given.items():
        if isinstance(value, Mapping) and name in inputs and name in outputs:
            completed[name] = _with_unknowns(sdk, value, inputs[name].type, outputs[name].type)
    return completed


def _to_output_form(sdk: Sdk, schema: Schema, inputs: Props) -> dict[str, Json]:
    """Converts inputs to the form of outputs: Azure takes a list of identities and returns a mapping by id."""
    return {
        name: _reshape(sdk, value, schema.inputs[name].type, schema.outputs[name].type)
        if name in schema.inputs and name in schema.outputs
        else value
        for name, value in inputs.items()
    }


def _reshape(sdk: Sdk, value: Json, input_type: Type, output_type: Type) -> Json:
    if (
        input_type.kind == "list"
        and output_type.kind == "map"
        and isinstance(value, Sequence)
        and not isinstance(value, str)
    ):
        return UNKNOWN if UNKNOWN in value else {str(item): {} for item in value}
    if not isinstance(value, Mapping) or input_type.ref is None or output_type.ref is None:
        return value
    inputs, outputs = sdk.properties(input_type.ref), sdk.properties(output_type.ref)
    return {
        name: _reshape(sdk, item, inputs[name].type, outputs[name].type) if name in inputs and name in outputs else item
        for name, item in value.items()
    }


def visible(inputs: Props) -> dict[str, Json]:
    """Returns the inputs without the internal properties of the provider and the engine."""
    return {name: value for name, value in inputs.items() if not name.startswith("__")}


def _is_constant(template: Json) -> bool:
    return isinstance(template, bool | float | int) or (
        isinstance(template, str) and bool(template) and "{" not in template
    )


def _default_value(property_: Property, variables: Mapping[str, str]) -> Json:
    if property_.name in variables:
        return variables[property_.name]
    return _EMPTY.get(property_.type.kind)


def run_after_write(
    resource_type: ResourceType, op: Operation, resource: InventoryItem, outputs: dict[str, Json]
) -> dict[str, Json]:
    """Runs `after_write`. Returns the outputs with the changes that it made to the resource itself."""
    if resource_type.after_write is None:
        return outputs
    resource_type.after_write(op, resource)
    current = op.state.by_id(resource.type, resource.id, resource.scope)
    now = current.outputs if current else {}
    return {**outputs, **{key: value for key, value in now.items() if value != resource.outputs.get(key)}}


def new_id(resource_type: ResourceType, op: Operation) -> str:
    """Returns the id of a new resource."""
    return resource_type.id(op) if callable(resource_type.id) else str(render(resource_type.id, op.variables))


def handles_of(resource_type: ResourceType, op: Operation, outputs: Props) -> list[str]:
    """Returns the other names under which resources refer to this one."""
    names = {key: value for key, value in outputs.items() if isinstance(value, str)}
    return [str(render(handle, {**op.variables, **names})) for handle in resource_type.handles]
