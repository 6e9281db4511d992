"""Types, constraints and defaults in plain words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from pulumi.provider.experimental.analyzer import PropertyDefinition, PropertyType, TypeDefinition
from pydantic.fields import FieldInfo

from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.raw import as_list, as_mapping, is_list, is_mapping
from falaj.components.core.validation.set_once import WHERE, SetOnce
from falaj.facts.tags import MANDATORY_KEYS

ClassOf = Callable[[PropertyDefinition], TypeDefinition | None]
Link = Callable[[type], str]

PLURALS: Mapping[PropertyType | None, str] = {
    PropertyType.STRING: "strings",
    PropertyType.INTEGER: "integers",
    PropertyType.NUMBER: "numbers",
    PropertyType.BOOLEAN: "booleans",
}
BOUNDS = (
    ("minimum", "maximum", "", ""),
    ("minLength", "maxLength", " character", " characters"),
    ("minItems", "maxItems", " item", " items"),
    ("minProperties", "maxProperties", " entry", " entries"),
)
"""Keywords of JSON Schema for the least and the most, and of what: one, several."""


def type_words(type_: PropertyDefinition, class_of: ClassOf, link: Link, plural: bool = False) -> str:
    """Returns a type in words, with a link to each nested class; `Input` is left to `is_input`."""
    if type_.ref:
        nested = class_of(type_)
        return link(nested.python_type) if nested else "any value"
    if type_.items:
        return f"{'lists' if plural else 'list'} of {type_words(type_.items, class_of, link, plural=True)}"
    if type_.additional_properties:
        inner = type_words(type_.additional_properties, class_of, link, plural=True)
        return f"{'mappings' if plural else 'mapping'} of strings to {inner}"
    return PLURALS.get(type_.type, "objects").removesuffix("" if plural else "s")


def is_input(type_: PropertyDefinition) -> bool:
    """Returns whether an Output of another resource may be given, as the whole value or inside it."""
    inner = (part for part in (type_.items, type_.additional_properties) if part)
    return not type_.plain or any(is_input(part) for part in inner)


def enum_words(type_: PropertyDefinition, class_of: ClassOf) -> list[str]:
    """Returns the words of an enumeration that a type is, or is a list or mapping of."""
    inner = type_.items or type_.additional_properties
    if inner:
        return enum_words(inner, class_of)
    nested = class_of(type_) if type_.ref else None
    return [f"`{word.value}`" for word in nested.enum or ()] if nested else []


def range_words(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yields the bounds of a value and its allowed words, and those of the items of a list."""
    schema = _without_null(schema)
    for least, most, one, several in BOUNDS:
        if least in schema or most in schema:
            unit = one if schema.get(most, schema.get(least)) == 1 else several
            yield _between(schema.get(least), schema.get(most)) + unit
    if "exclusiveMinimum" in schema:
        yield f"more than {_number(schema['exclusiveMinimum'])}"
    if "exclusiveMaximum" in schema:
        yield f"less than {_number(schema['exclusiveMaximum'])}"
    if "enum" in schema:
        yield ", ".join(f"`{word}`" for word in schema["enum"])
    for inner in _items(schema):
        yield from (f"each {words}" for words in range_words(inner))


def form_words(schema: Mapping[str, Any], of: str = "") -> Iterator[str]:
    """Yields the form of a text, of each item or of each key: an example where one is declared, else the pattern."""
    schema = _without_null(schema)
    if examples := as_list(schema.get("examples")):
        yield f"Written like `{examples[0]}`."
    elif "pattern" in schema:
        yield f"Pattern{of}: `{schema['pattern']}`."
    for inner in _items(schema):
        yield from form_words(inner, " of each")
    for pattern in as_mapping(schema.get("patternProperties")):
        yield f"Pattern of the keys: `{pattern}`."
    if key := as_mapping(schema.get("propertyNames")).get("$ref"):
        words = as_mapping(schema["$defs"])[key.rpartition("/")[2]]["enum"]
        yield f"Keys: {', '.join(f'`{word}`' for word in words)}."


def is_said(form: str, meaning: str) -> bool:
    """Returns whether the meaning of a field already has the example that its form names."""
    return form.removeprefix("Written like ").rstrip(".") in meaning


def is_cost_tags(schema: Mapping[str, Any]) -> bool:
    """Returns whether a value is a mapping with all mandatory cost tags."""
    return set(as_list(schema.get("required"))) == set(MANDATORY_KEYS)


def default_words(declared: FieldInfo) -> str:
    """Returns the default of a field, as a program writes it, or where it is set once; else that it is required."""
    if marker := next((each for each in declared.metadata if isinstance(each, SetOnce)), None):
        return f"`{marker.source}` of `{WHERE}`"
    if declared.is_required():
        return "**required**"
    return _value_words(declared.get_default(call_default_factory=True))


def _value_words(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, Spec):
        return "its defaults" if value == type(value)() else f"`{value!r}`"
    if is_list(value) or is_mapping(value):
        return f"`{_plain(value)}`" if value else "empty"
    return f"`{_plain(value)!r}`"


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if is_list(value):
        return [_plain(item) for item in as_list(value)]
    return {_plain(key): _plain(item) for key, item in as_mapping(value).items()} if is_mapping(value) else value


def _without_null(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a value that may be absent, without that choice."""
    choices: Sequence[Any] = as_list(schema.get("anyOf"))
    given = (as_mapping(choice) for choice in choices if choice.get("type") != "null")
    return {**schema, **next(given)} if choices else schema


def _items(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schemas of the items of a list or the values of a mapping."""
    for key in ("items", "additionalProperties"):
        if inner := as_mapping(schema.get(key)):
            yield inner


def _between(least: float | None, most: float | None) -> str:
    if least is None:
        return f"at most {_number(most)}"
    return f"at least {_number(least)}" if most is None else f"{_number(least)} to {_number(most)}"


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else f"{value}"
