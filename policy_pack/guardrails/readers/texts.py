"""Reads all texts of a resource, once for all rules: properties, and the JSON, YAML and base64 texts inside them.

The time is linear in the size of the properties, and both are limited: what exceeds the limits is reported as not read.
"""

import base64
import itertools
import json
import re
import zlib
from functools import cached_property, lru_cache
from typing import NamedTuple

import yaml

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, one_or_many
from .set_values import with_set_values
from .stated_variables import with_variables

KEPT_LEAVES, LONGEST_KEPT = 20_000, 400
"""How many leaves are remembered for other resources, and how many characters each has at most: some megabytes,
whatever the resources contain."""
MAX_VALUES = 60_000
MAX_CHARACTERS = 4_000_000
"""Limits of one resource: a Kubernetes object has at most 1.5 MiB (etcd's limit of a request), a property of AWS or
Azure less. So many different values take all rules some 3 s of processor time (measured 2026-11-30)."""
_MAX_DEPTH = 150
"""Levels of values and texts inside each other; schemas of Kubernetes have up to about 60."""

SKIPPED = frozenset(
    {
        "description", "comment", "comments", "displayName", "documentation", "summary", "title", "message", "notes",
        "Comment", "Description", "expr", "_example", "policies.kyverno.io/description", "kubernetes.io/description",
    }
)  # fmt: skip
"""Keys of texts for people, of queries of Prometheus and Grafana, and of the examples in settings of
Knative: they configure nothing that receives data. Two are annotations (kyverno/kyverno 111e07b
charts/kyverno-policies/templates, and kubernetes/website 00a7fc2 reference/labels-annotations-taints; read
2026-11-30)."""
_TAGS = ("tags", "tagsAll", "defaultTags")
_NAME_KEYS = ("name", "Name", "key", "Key", "optionName", "parameterName", "ParameterKey", "parameterKey")
_VALUE_KEYS = ("value", "Value", "defaultValue", "ParameterValue", "parameterValue")
"""Keys of pairs, such as {name: AWS_REGION, value: me-central-1} of environment variables."""

_OPTION = lazy_regex(r"--[a-z][a-z0-9_-]{1,40}|-m")
"""Option of a command whose value is the next item of the list."""
_YAML_KEY = lazy_regex(r"^[ ]{0,99}(?:- ){0,9}[\"']?[\w./-]{1,99}[\"']?:(?:\s|$)", re.MULTILINE)
_DEFINITIONS = "kubernetes:apiextensions.k8s.io/"


class Leaf(NamedTuple):
    """A scalar of a resource: its path, the key that says what it is, and the value."""

    path: str
    key: str
    value: Plain
    is_in_text: bool
    """Whether it stands in a text, so that no type declares its key."""


class Leaves(tuple[Leaf, ...]):
    """Leaves of a resource, which many rules compare with those of others."""

    @cached_property
    def places(self) -> dict[object, list[int]]:
        """Number of a leaf -> its places; a leaf without a number stands for itself."""
        places: dict[object, list[int]] = {}
        for place, leaf in enumerate(self):
            places.setdefault(_number_of(leaf), []).append(place)
        return places

    @cached_property
    def numbers(self) -> frozenset[object]:
        """The keys of `places`."""
        return frozenset(self.places)


_COUNT = itertools.count()
_NUMBERS: dict[object, int] = {}
"""What leaves are as texts -> their number. Numbers are compared in a fraction of the time of leaves."""


def _number_of(leaf: Leaf) -> object:
    """Returns a number that only leaves have that are the same as texts (True and 1 are equal, but differ); a long leaf
    itself."""
    key = leaf if isinstance(leaf.value, str) else (leaf, repr(leaf.value))
    number = _NUMBERS.get(key)
    if number is None and not is_long(leaf):
        if len(_NUMBERS) >= KEPT_LEAVES:
            _NUMBERS.clear()  # what comes again gets another number, and no number comes again
        number = _NUMBERS[key] = next(_COUNT)
    return key if number is None else number


def is_long(leaf: Leaf) -> bool:
    """Returns whether a leaf is too long to be kept."""
    length = len(leaf.value) if isinstance(leaf.value, str) else 0
    return len(leaf.path) + len(leaf.key) + length > LONGEST_KEPT


class Texts(NamedTuple):
    """The leaves of a resource, and whether they are all."""

    leaves: Leaves
    is_complete: bool
    empty: tuple[Leaf, ...] = ()
    """The empty mappings in its texts and properties, as `{}`: some settings say by them that something is chosen; and
    the empty lists, as `[]`, by which values of charts leave out what is there by default."""


EMPTY_MAPPING, EMPTY_LIST, NULL = "{}", "[]", ""
"""Values of the leaves that are empty. Null is as an empty text: values of charts take away by it what is there by
default (helm/helm-www 227f4144, values_files.mdx, read 2026-11-29)."""


class _TooMuchError(Exception):
    """The texts exceed a limit."""


class _Reader:
    """Collects leaves until a limit is reached."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.empty: list[Leaf] = []
        self._values = 0
        self._characters = 0

    def read_mapping(self, value: dict[str, Plain], path: str, depth: int, is_in_text: bool) -> None:
        """Adds the leaves of a mapping."""
        pair = next((value[name] for name in _NAME_KEYS if isinstance(value.get(name), str)), None)
        for name, item in value.items():
            is_prose = name in SKIPPED and not _is_address(item)
            if is_prose or name in _TAGS or (name == "Statement" and _is_policy(item)):
                continue
            key = pair if isinstance(pair, str) and name in _VALUE_KEYS else name
            self._read(item, f"{path}.{name}" if path else name, key, depth, is_in_text)

    def _read(self, value: Plain, path: str, key: str, depth: int, is_in_text: bool) -> None:
        # Aliases of YAML repeat values without adding text, so values are counted too.
        self._values += 1
        if self._values > MAX_VALUES or depth > _MAX_DEPTH:
            raise _TooMuchError
        if isinstance(value, str):
            self._read_text(value, path, key, depth, is_in_text)
        elif isinstance(value, dict):
            self.read_mapping(value, path, depth + 1, is_in_text)
            if not value:
                self.empty.append(Leaf(path, key, EMPTY_MAPPING, is_in_text))
        elif isinstance(value, list):
            option = ""
            if not value:
                self.empty.append(Leaf(path, key, EMPTY_LIST, is_in_text))
            for index, item in enumerate(value):
                self._read(item, f"{path}[{index}]", option or key, depth + 1, is_in_text)
                option = item if isinstance(item, str) and _OPTION.fullmatch(item) else ""
        elif value is None:
            self.empty.append(Leaf(path, key, NULL, is_in_text))
        else:
            self.leaves.append(Leaf(path, key, value, is_in_text))

    def _read_text(self, text: str, path: str, key: str, depth: int, is_in_text: bool) -> None:
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise _TooMuchError
        document = _parse(text)
        if document is None:
            self.leaves.append(Leaf(path, key, text, is_in_text))
        else:
            self._read(document, path, key, depth + 1, is_in_text=True)


def _is_address(value: Plain) -> bool:
    """Returns whether a text for people is an address and nothing else: a program may read a setting of any name."""
    return isinstance(value, str) and "://" in value and len(value.split()) == 1


def _is_policy(value: Plain) -> bool:
    """Returns whether a value is the statements of an IAM policy. A region in them sends no data there."""
    statements = one_or_many(value)
    return all(isinstance(item, dict) and "Effect" in item for item in statements)


def _parse(text: str) -> Plain:
    """Returns what a text contains if it is JSON, YAML or base64: a mapping, a list, or a decoded text; else None."""
    if text.lstrip()[:1] in _JSON_STARTS:
        document = _json(text)
        if document is not None:
            return document
    # A word with a colon at its end, such as a prefix of names, is a text.
    if (": " in text or ":\n" in text or ("\n" in text and text.endswith(":"))) and _YAML_KEY.search(text):
        return from_yaml(text)
    return _base64(text) if len(text) >= _SHORTEST_BASE64 and _BASE64.fullmatch(text) else None


_JSON_STARTS = ("{", "[", '"')


def _json(text: str) -> Plain:
    try:
        return json.loads(text)  # type: ignore[no-any-return]
    except (ValueError, RecursionError):
        return None


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Constructs nothing: all scalars stay texts. Its depth is limited."""


def from_yaml(text: str) -> Plain:
    """Returns the document of a YAML text, or a list of its documents, if all are mappings or lists."""
    try:
        documents = [item for item in yaml.load_all(text, _LOADER) if item]
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not documents or not all(isinstance(item, dict | list) for item in documents):
        return None
    return documents[0] if len(documents) == 1 else documents


_SHORTEST_BASE64 = 16
_BASE64 = lazy_regex(r"[A-Za-z0-9+/\r\n]+={0,2}\s?")
_GZIP = b"\x1f\x8b"


def _base64(text: str) -> str | None:
    """Returns the text that is encoded as base64, and perhaps compressed, as user data may be."""
    try:
        data = base64.b64decode(text)
        if data.startswith(_GZIP):
            data = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, MAX_CHARACTERS)
        decoded = data.decode()
    except (ValueError, zlib.error):
        return None
    return decoded if decoded.replace("\n", "").replace("\t", "").replace("\r", "").isprintable() else None


@lru_cache(maxsize=4)
def read_texts(resource: Resource) -> Texts:
    """Returns every scalar of a resource, also those in its texts. Texts for people, tags, IAM statements and the
    schemas of custom resources are left out."""
    is_definition = resource.type.startswith(_DEFINITIONS)
    props = {name: item for name, item in with_set_values(resource).items() if not (is_definition and name == "spec")}
    reader = _Reader()
    try:
        reader.read_mapping(props, "", 0, is_in_text=False)
    except (_TooMuchError, RecursionError):
        return Texts(Leaves(with_variables(reader.leaves)), is_complete=False, empty=tuple(reader.empty))
    return Texts(Leaves(with_variables(reader.leaves)), is_complete=True, empty=tuple(reader.empty))
