"""YAML of files that people write: the safe loader with bounds, in which a key that is there twice is an error.

libyaml reads a text where it is installed, five times as fast; what it refuses is read again by PyYAML's own parser,
whose messages say more.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import yaml

from falaj.facts import strict_text

MAX_CHARACTERS = 2**20
"""Greatest length of a document. A stack file of 1,000 tenants has 400,000 characters."""

MAX_DEPTH = 100
"""Greatest nesting of lists and mappings. A custom resource of Kubernetes in a plan is about 20 deep."""

MAX_NODES = 100_000
"""Most keys, values and elements of a document, each alias counted with all that it stands for: nine aliases of nine
aliases, and so on, are small as text and exhaust the memory of what walks through them."""

_MERGE = "tag:yaml.org,2002:merge"
"""Tag of the key `<<`, whose keys the mapping may override."""

_SLOW_CHARACTERS = 200_000
"""Length up to which PyYAML's own parser reads again what libyaml refuses, in a third of a second."""

_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters without a width, and those that turn the direction of a text (rustc's lint
`text_direction_codepoint_in_literal` has the latter, read 2026-12-01): a reviewer reads another text than a program."""

_UNSEEN_IN_NAMES = _UNSEEN | frozenset("\u061c\u200c\u200d\u200e\u200f")
"""The same, with the marks and joiners that belong in Arabic texts, but make two names of one that looks the same."""

_LINES = "\t\n\r\x85"
"""Control characters that a text may have."""

Extent: TypeAlias = tuple[int, int]
"""Number of nodes, and height in levels, of a node with all below it."""


if TYPE_CHECKING:
    _FastLoader = yaml.SafeLoader
else:
    _FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class OutOfBounds(yaml.YAMLError):
    """A document is longer, deeper or larger than the bounds, or contains itself. The message is one sentence."""


class _Strict(yaml.constructor.SafeConstructor):
    """Constructs plain values. Its subclasses compose the nodes."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Raises `yaml.constructor.ConstructorError` with the line of the second key (YAML 1.2.2, 3.2.1.1: keys are
        unique; PyYAML takes the last)."""
        keys = node.value if isinstance(node, yaml.MappingNode) else ()
        seen = set[str]()
        for key in (key for key, _ in keys if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE):
            if key.value in seen:
                raise _refused(key, f"{key.value!r} is a duplicate key")
            _check_seen(key.value, key.start_mark, _UNSEEN_IN_NAMES)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_scalar(self, node: Any) -> Any:
        """Returns the text, with the two halves in which JSON writes a rare character as one. Raises
        `yaml.constructor.ConstructorError` for one half alone, which no file can hold, and for a character that cannot
        be seen, which may be written as an escape."""
        value: Any = super().construct_scalar(node)
        if not isinstance(value, str) or value.isprintable():
            return value
        _check_seen(value, node.start_mark, _UNSEEN)
        try:
            return value.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            raise _refused(node, "a text has half of a character") from None

    def bounded_int(self, node: Any) -> int:
        """Returns a whole number. Raises `yaml.constructor.ConstructorError` for thousands of digits."""
        try:
            number = self.construct_yaml_int(node)
            str(number)
        except ValueError:
            raise _refused(node, f"{node.value[:20]}... is not a number that can be read") from None
        return number

    def no_binary(self, node: Any) -> Any:
        """Raises `yaml.constructor.ConstructorError`: no file here has data that are no text."""
        raise _refused(node, "binary data, where a text is expected")

    def date_or_text(self, node: Any) -> Any:
        """Returns a date; an impossible one stays text, so that its model names the field."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


cast(Any, _Strict).add_constructor("tag:yaml.org,2002:int", _Strict.bounded_int)
cast(Any, _Strict).add_constructor("tag:yaml.org,2002:timestamp", _Strict.date_or_text)
cast(Any, _Strict).add_constructor("tag:yaml.org,2002:binary", _Strict.no_binary)


class _Explaining(_Strict, yaml.SafeLoader):
    """The loader with PyYAML's own parser, which would compose any depth."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Raises `OutOfBounds` before Python's own limit of recursion."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _too_deep(cast(Any, self).peek_event())
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Fast(_Strict, _FastLoader):
    """The loader with libyaml's parser, where it is installed."""


def parse(text: str) -> Any:
    """Returns the content of a YAML document: plain values, dates as dates. Raises `yaml.YAMLError`."""
    if len(text) > MAX_CHARACTERS:
        raise OutOfBounds(f"it has {len(text):,} characters, and at most {MAX_CHARACTERS:,} are read")
    if unseen := _UNSEEN.intersection(text):
        at = min(map(text.index, unseen))
        before = text[:at].split("\n")
        _check_seen(text[at], yaml.Mark("", at, len(before) - 1, len(before[-1]), None, 0), _UNSEEN)
    try:
        return _load(text, _Fast)
    except OutOfBounds:
        raise
    except yaml.YAMLError:
        if len(text) > _SLOW_CHARACTERS:
            raise
        return _load(text, _Explaining)


def load(path: Path) -> Any:
    """Returns the content of a file. Raises `OSError`, and `yaml.YAMLError` for what is no YAML or not in UTF-8."""
    try:
        return parse(strict_text.read(path))
    except ValueError as error:
        raise OutOfBounds(str(error)) from None


def describe(error: Exception) -> str:
    """Returns in one line where a YAML document is wrong, and what is wrong."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return " ".join(str(error).split())
    words = (getattr(error, "context", None), getattr(error, "problem", None))
    return f"line {mark.line + 1}, column {mark.column + 1}: {', '.join(word for word in words if word)}"


def _load(text: str, kind: Any) -> Any:
    try:
        loader = kind(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None
            _check_extent(node, {}, ())
            return loader.construct_document(node)
        finally:
            loader.dispose()
    except (
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
    ) as error:  # a tag that does not fit its value, such as `!!int []`
        raise yaml.YAMLError(f"a value does not fit its tag: {error}") from None


def _check_extent(node: Any, known: dict[int, Extent], above: tuple[int, ...]) -> Extent:
    """Returns the extent of a node. Raises `OutOfBounds`. `above` are the nodes that contain it."""
    if id(node) in known:
        return known[id(node)]
    if id(node) in above:
        raise OutOfBounds(f"line {node.start_mark.line + 1}: an alias contains itself")
    size, height = 1, 1
    if len(above) < MAX_DEPTH:
        for child in _children(node):
            below = _check_extent(child, known, (*above, id(node)))
            size, height = size + below[0], max(height, below[1] + 1)
    if len(above) >= MAX_DEPTH or height > MAX_DEPTH:
        raise _too_deep(node)
    if size > MAX_NODES:
        raise OutOfBounds(f"line {node.start_mark.line + 1}: it has more than {MAX_NODES:,} values, aliases counted")
    known[id(node)] = size, height
    return known[id(node)]


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from (key, value)
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _too_deep(node: Any) -> OutOfBounds:
    return OutOfBounds(f"line {node.start_mark.line + 1}: it is nested more than {MAX_DEPTH} deep")


def _check_seen(text: str, mark: Any, unseen: frozenset[str]) -> None:
    """Raises `yaml.constructor.ConstructorError` for the first character that cannot be seen."""
    for each in text:
        if each in unseen or (unicodedata.category(each) == "Cc" and each not in _LINES):
            problem = f"U+{ord(each):04X} cannot be seen in a text; remove it"
            raise yaml.constructor.ConstructorError(None, None, problem, mark)


def _refused(node: Any, problem: str) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
