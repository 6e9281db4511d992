"""The schemas of all resource types, read from the source text of the installed Pulumi SDKs.

No SDK is imported: an import of `pulumi_aws.ec2` takes seconds, finding one class in its text about a millisecond. The
SDKs are generated code with a regular structure: a registry of tokens in `__init__.py`, and classes with
`@pulumi.getter` properties that have the cloud's property name and type.
"""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

_GETTER = re.compile(
    r'@pulumi\.getter(?:\(name="([^"]+)"\))?\s+'
    r'(?:@_utilities\.deprecated\("""(?:.*?)"""\)\s+)?'
    r"def (\w+)\(self\) -> ([^\n]+):\n",
    flags=re.DOTALL,
)
_MODULE_ENTRY = re.compile(r'resource_modules="""\n(.*?)\n"""', flags=re.DOTALL)
_CLASS = re.compile(r"^class (\w+)[:(]", flags=re.MULTILINE)
_ENUM_VALUE = re.compile(r"^    [A-Z]\w* = (.+)$", flags=re.MULTILINE)
_SCALARS = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}


@dataclass(frozen=True)
class Type:
    """One node of a type tree.

    kind: string, integer, number, boolean, list, map, object, enum, union, asset or any.
    of: the element of a list or map, or the members of a union.
    values: of an enum. open: whether an enum accepts other values.
    ref: the (file, class) of an object; `Sdk.properties` reads it on demand.
    """

    kind: str
    of: tuple[Type, ...] = ()
    values: tuple[str, ...] = ()
    open: bool = False
    ref: tuple[Path, str] | None = None


@dataclass(frozen=True)
class Property:
    """One property: the cloud's name, its type, and whether it is required (inputs) or always present (outputs)."""

    name: str
    type: Type
    required: bool


@dataclass(frozen=True)
class Schema:
    """The inputs and outputs of one resource type."""

    token: str
    inputs: Mapping[str, Property]
    outputs: Mapping[str, Property]


class UnknownResourceType(Exception):
    """The SDK has no resource type with this token. The message names the nearest token."""


class Sdk:
    """The types of one installed SDK package, such as `pulumi_aws`. Raises ModuleNotFoundError if it is not
    installed.
    """

    def __init__(self, package: str) -> None:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(
                f"the Pulumi SDK {package} is not installed: pip install {package.replace('_', '-')}"
            )
        self.package = package
        self.root = Path(spec.origin).parent
        self._properties: dict[tuple[Path, str], Mapping[str, Property]] = {}
        self._schemas: dict[str, Schema] = {}

    @cached_property
    def version(self) -> str:
        """The installed version, which is also the version of the provider plug-in."""
        return importlib.metadata.version(self.package.replace("_", "-"))

    @cached_property
    def tokens(self) -> Mapping[str, tuple[str, str]]:
        """Resource token -> (Python module, class)."""
        match = _MODULE_ENTRY.search(_text(self.root / "__init__.py"))
        modules = json.loads(match.group(1)) if match else []
        return {token: (m["fqn"], name) for m in modules for token, name in m["classes"].items()}

    def schema(self, token: str) -> Schema:
        """Returns the schema of a resource token. Raises `UnknownResourceType`."""
        if token not in self._schemas:
            self._schemas[token] = self._read(token)
        return self._schemas[token]

    def properties(self, ref: tuple[Path, str]) -> Mapping[str, Property]:
        """Returns the properties of an object type."""
        if ref not in self._properties:
            self._properties[ref] = _properties(*ref, self.root)
        return self._properties[ref]

    def _read(self, token: str) -> Schema:
        if token not in self.tokens:
            raise UnknownResourceType(f"unrecognized resource type (Check): {token}{nearest(token, self.tokens)}")
        module, name = self.tokens[token]
        folder = self.root.joinpath(*module.split(".")[1:])
        file = _file_of(folder, name)
        inputs: Mapping[str, Property] = {}
        for arguments in (f"{name}Args", f"{name}InitArgs"):
            if _class_text(file, arguments):
                inputs = self.properties((file, arguments))
        return Schema(token, inputs, self.properties((file, name)))


def nearest(name: str, names: Mapping[str, object]) -> str:
    """Returns `, did you mean "x"?` for a misspelt name; "" if no name is similar."""
    import difflib  # needed for errors only

    matches = difflib.get_close_matches(name, list(names), n=1, cutoff=0.75)
    return f', did you mean "{matches[0]}"?' if matches else ""


@cache
def sdk(package: str) -> Sdk:
    """Returns the shared `Sdk` of a package."""
    return Sdk(package)


@cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


@cache
def _file_of(folder: Path, name: str) -> Path:
    """Finds the file that defines a resource class: by naming convention, otherwise by search. Raises
    `UnknownResourceType`.
    """
    for file in _candidates(folder, name):
        if f"\nclass {name}(pulumi.CustomResource)" in _text(file):
            return file
    raise UnknownResourceType(f"the SDK registers {name} in {folder.name} but does not define it")


def _candidates(folder: Path, name: str) -> Iterator[Path]:
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    yield folder / f"{snake}.py"
    yield folder / f"{name}.py"
    yield from sorted(folder.glob("*.py"))


@cache
def _class_places(file: Path) -> Mapping[str, tuple[int, int]]:
    """Returns the start and end of each class of a file. Some files of the SDKs have a thousand."""
    text = _text(file)
    starts = [(match[1], match.start()) for match in _CLASS.finditer(text)]
    return {name: (start, end) for (name, start), (_, end) in pairwise([*starts, ("", len(text))])}


def _class_text(file: Path, name: str) -> str:
    start, end = _class_places(file).get(name, (0, 0))
    return _text(file)[start:end]


def _properties(file: Path, name: str, root: Path) -> Mapping[str, Property]:
    reader = _TypeReader(file, root)
    properties: dict[str, Property] = {}
    for cloud_name, python_name, annotation in _GETTER.findall(_class_text(file, name)):
        type_, optional = reader.read(annotation)
        properties[cloud_name or python_name] = Property(cloud_name or python_name, type_, not optional)
    return properties


class _TypeReader:
    """Parses the type annotations of one SDK file."""

    def __init__(self, file: Path, root: Path) -> None:
        self.file = file
        self.root = root

    def read(self, annotation: str) -> tuple[Type, bool]:
        """Returns (type, whether it is optional)."""
        node = ast.parse(annotation, mode="eval").body
        if isinstance(node, ast.Subscript) and _name(node.value) in {"Input", "Output"}:
            node = node.slice
        if isinstance(node, ast.Subscript) and _name(node.value) == "Optional":
            return self._type(node.slice), True
        return self._type(node), False

    def _type(self, node: ast.expr) -> Type:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self._named(node.value)
        if not isinstance(node, ast.Subscript):
            return _plain(ast.unparse(node)) or self._named(ast.unparse(node))
        outer = _name(node.value)
        if outer in {"Input", "Output", "Optional"}:
            return self._type(node.slice)
        members = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if outer == "Literal":
            return Type("enum", values=tuple(str(ast.literal_eval(member)) for member in members))
        types = tuple(self._type(member) for member in members)
        if outer == "Union":
            return _union(types)
        return Type("map", of=types[1:]) if outer == "Mapping" else Type("list", of=types[:1])

    def _named(self, name: str) -> Type:
        """Returns the type of a class of the SDK: an object or an enum."""
        *module, class_name = name.split(".")
        folder = self._folder(module)
        enum = _class_text(folder / "_enums.py", class_name)
        if enum:
            values = tuple(str(ast.literal_eval(value)) for value in _ENUM_VALUE.findall(enum))
            return Type("enum", values=values)
        source = "_inputs.py" if class_name.endswith("Args") else "outputs.py"
        if _class_text(folder / source, class_name):
            return Type("object", ref=(folder / source, class_name))
        return Type("any")

    def _folder(self, module: list[str]) -> Path:
        """Returns the folder that a module alias such as `_meta.v1` refers to. Generated files alias modules below the
        root only.
        """
        if not module or module == ["outputs"]:
            return self.file.parent
        parts = [part for part in module if part != "outputs"]
        return self.root.joinpath(parts[0].lstrip("_"), *parts[1:])


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _plain(name: str) -> Type | None:
    last = name.rsplit(".", 1)[-1]
    if last in _SCALARS:
        return Type(_SCALARS[last])
    if last in {"Asset", "Archive"}:
        return Type("asset")
    return Type("any") if last in {"Any", "Resource"} else None


def _union(types: tuple[Type, ...]) -> Type:
    """Builds the type of a union: Union[str, SomeEnum] is an open enum, all others are unions."""
    enums = [t for t in types if t.kind == "enum"]
    if len(enums) == 1 and {t.kind for t in types} == {"string", "enum"}:
        return Type("enum", values=enums[0].values, open=True)
    return Type("union", of=types)
