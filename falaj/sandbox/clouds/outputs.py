"""What a cloud answers: the ids, ARNs, endpoints and defaults of a resource, from templates or, generically,
by name.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence

from falaj.sandbox.clouds.rows import Call, Row
from falaj.sandbox.clouds.schema import Property, Schema, Sdk, Type
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, at, put

_EMPTY: dict[str, Json] = {
    "string": "",
    "enum": "",
    "boolean": False,
    "integer": 0,
    "number": 0,
    "list": [],
    "map": {},
}


def random_facts(seed: str) -> dict[str, str]:
    """The random parts of ids, all made from one seed so that an update finds the same ones again."""
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


def fill(template: Json, facts: Mapping[str, str]) -> Json:
    """A template (a string, or a list or mapping of them) with the facts put in."""
    if isinstance(template, str):
        return template.format_map(facts) if "{" in template else template
    if isinstance(template, Mapping):
        return {key: fill(item, facts) for key, item in template.items()}
    if isinstance(template, Sequence):
        return [fill(item, facts) for item in template]
    return template


def make_outputs(sdk: Sdk, row: Row, schema: Schema, call: Call) -> dict[str, Json]:
    """All outputs of an existing resource: its inputs, what the row says, and an empty value for what must be there.

    An object that was given is completed by what the row says about it.
    """
    said = row.outputs(call) if callable(row.outputs) else {}
    templates = {} if callable(row.outputs) else row.outputs
    outputs = _answered(sdk, schema, visible(call.inputs))
    for name, property_ in schema.outputs.items():
        given = outputs.get(name)
        added = fill(templates[name], call.facts) if name in templates else said.get(name)
        if isinstance(given, Mapping):
            outputs[name] = _merged(_merged(fill(row.inside.get(name), call.facts), added), given)
        elif given is None and added is not None:
            outputs[name] = added
        elif given is None and property_.required:
            outputs[name] = _generic(property_, call.facts)
    return {name: value for name, value in outputs.items() if value is not None}


def preview_outputs(sdk: Sdk, row: Row, schema: Schema, inputs: Props) -> dict[str, Json]:
    """What a preview can promise: the inputs, and UNKNOWN for all that only the cloud can say, also inside objects."""
    said: Mapping[str, Json] = {} if callable(row.outputs) else row.outputs
    outputs = _answered(sdk, schema, visible(inputs))
    for name, property_ in schema.outputs.items():
        given = outputs.get(name)
        if given is None and (property_.required or name in said):
            outputs[name] = said[name] if _is_constant(said.get(name)) else UNKNOWN
        elif isinstance(given, Mapping) and name in schema.inputs:
            outputs[name] = _completed(sdk, given, schema.inputs[name].type, property_.type)
    for path in (*row.computed, *(f"{name}.{key}" for name, added in row.inside.items() for key in _keys(added))):
        if isinstance(at(outputs, path.rpartition(".")[0]), Mapping) and at(outputs, path) is None:
            outputs = put(outputs, path, UNKNOWN)
    return outputs


def remembered(promised: Json, given: Json, before: Json) -> dict[str, Json]:
    """What a preview of an update can promise: where only the cloud can say, what it said before."""
    if not isinstance(promised, Mapping):
        return {}
    inputs, old = (value if isinstance(value, Mapping) else {} for value in (given, before))
    found: dict[str, Json] = {}
    for key, value in promised.items():
        if key not in inputs and value is UNKNOWN:
            found[key] = old.get(key, UNKNOWN)
        else:
            found[key] = remembered(value, inputs.get(key), old.get(key)) if isinstance(value, Mapping) else value
    return found


def _keys(value: Json) -> list[str]:
    return list(value) if isinstance(value, Mapping) else []


def _merged(under: Json, over: Json) -> Json:
    """One object over another, deeply; what is not an object is simply over."""
    if not isinstance(under, Mapping) or not isinstance(over, Mapping):
        return under if over is None else over
    return {key: _merged(under.get(key), over.get(key)) for key in (*under, *(key for key in over if key not in under))}


def _completed(sdk: Sdk, given: Props, taken: Type, answered: Type) -> Props:
    """A given object with UNKNOWN for the properties that its output type has and its input type lacks."""
    if taken.ref is None or answered.ref is None:
        return given
    inputs, outputs = sdk.properties(taken.ref), sdk.properties(answered.ref)
    made: dict[str, Json] = {**given, **{name: UNKNOWN for name in outputs.keys() - inputs.keys()}}
    for name, value in given.items():
        if isinstance(value, Mapping) and name in inputs and name in outputs:
            made[name] = _completed(sdk, value, inputs[name].type, outputs[name].type)
    return made


def _answered(sdk: Sdk, schema: Schema, inputs: Props) -> dict[str, Json]:
    """Inputs in the shape of outputs: Azure takes a list of identities and answers with a mapping by id."""
    return {
        name: _reshaped(sdk, value, schema.inputs[name].type, schema.outputs[name].type)
        if name in schema.inputs and name in schema.outputs
        else value
        for name, value in inputs.items()
    }


def _reshaped(sdk: Sdk, value: Json, taken: Type, answered: Type) -> Json:
    if taken.kind == "list" and answered.kind == "map" and isinstance(value, Sequence) and not isinstance(value, str):
        return UNKNOWN if UNKNOWN in value else {str(item): {} for item in value}
    if not isinstance(value, Mapping) or taken.ref is None or answered.ref is None:
        return value
    inputs, outputs = sdk.properties(taken.ref), sdk.properties(answered.ref)
    return {
        name: _reshaped(sdk, item, inputs[name].type, outputs[name].type)
        if name in inputs and name in outputs
        else item
        for name, item in value.items()
    }


def visible(inputs: Props) -> dict[str, Json]:
    """Inputs without the marks of the provider and the engine."""
    return {name: value for name, value in inputs.items() if not name.startswith("__")}


def _is_constant(template: Json) -> bool:
    return isinstance(template, bool | float | int) or (
        isinstance(template, str) and bool(template) and "{" not in template
    )


def _generic(property_: Property, facts: Mapping[str, str]) -> Json:
    if property_.name in facts:
        return facts[property_.name]
    return _EMPTY.get(property_.type.kind)
