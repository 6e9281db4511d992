"""The values that the Python classes of pulumi-azure-native set where a program leaves a property out.

The generated constructors say `if NAME is None: NAME = VALUE`. A program in Python that leaves the property out sends
the value; one in another language sends nothing, and the default of the vendor counts.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from falaj.sandbox.clouds.sdk_schema import Property, Type, sdk

SDK = sdk("pulumi_azure_native")
_CLASS = re.compile(r"^class (\w+)[:(]", flags=re.MULTILINE)
_DEFAULT = re.compile(r"^ +if (\w+) is None:\n +\1 = (.+)$", flags=re.MULTILINE)
_NAME = re.compile(r'@pulumi\.getter\(name="([^"]+)"\)\s+(?:@_utilities\.deprecated\("""[^"]*"""\)\s+)?def (\w+)\(')
_DEPTH = 5
"""Nested objects to a property: deeper ones repeat the same objects, such as the activities of a pipeline."""
Ref = tuple[Path, str]


@cache
def _defaults_of_file(file: Path) -> Mapping[str, Mapping[str, str]]:
    """Returns class -> the cloud's name of a property -> default, as the engine would write it."""
    text = file.read_text(encoding="utf-8")
    starts = [(match[1], match.start()) for match in _CLASS.finditer(text)]
    found: dict[str, Mapping[str, str]] = {}
    for (name, start), (_, end) in pairwise([*starts, ("", len(text))]):
        if name.endswith("Args") and (values := _DEFAULT.findall(text, start, end)):
            names = {python: cloud for cloud, python in _NAME.findall(text, start, end)}
            found[name] = {names.get(python, python): _text(value) for python, value in values}
    return found


def _text(source: str) -> str:
    """Returns the text of a literal; another expression as it is, such as the variable of an environment."""
    try:
        return str(ast.literal_eval(source))
    except ValueError:
        return source


def defaults(token: str) -> Iterator[tuple[str, str]]:
    """Yields the path, without marks, of each property of a type for which the SDK sets a default, and the default."""
    module, name = SDK.tokens[token]
    folder = SDK.root.joinpath(*module.split(".")[1:])
    yield from dict.fromkeys(_nested(_arguments(folder, name), SDK.schema(token).inputs, "", ()))


def _arguments(folder: Path, name: str) -> Ref:
    """Returns the file and the arguments class of a resource: by the SDK's convention, or else by search."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    for file in (folder / f"{snake}.py", *sorted(folder.glob("[a-z]*.py"))):
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        if found := re.search(rf"^class ({name}(?:Init)?Args)\b", text, flags=re.MULTILINE):
            return file, found[1]
    raise LookupError(f"the SDK has no arguments class of {name}")


def _nested(
    ref: Ref, properties: Mapping[str, Property], start: str, outer: tuple[Ref, ...]
) -> Iterator[tuple[str, str]]:
    values = _defaults_of_file(ref[0]).get(ref[1], {})
    for name, declared in properties.items():
        if name in values:
            yield f"{start}{name}", values[name]
        for inner in _objects_in(declared.type):
            if inner not in outer and len(outer) < _DEPTH:
                yield from _nested(inner, SDK.properties(inner), f"{start}{name}.", (*outer, inner))


def _objects_in(kind: Type) -> Iterator[Ref]:
    if kind.ref is not None:
        yield kind.ref
    for part in kind.of:
        yield from _objects_in(part)
