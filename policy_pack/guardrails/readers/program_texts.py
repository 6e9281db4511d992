"""Programs in a resource: texts and structures that something runs, or by which it decides.

A text with a line break is one wherever it stands; `data/program_texts.csv` lists the properties, of a type or of each
type, that are one also on a single line or as a structure; commands are one if they give a shell or an interpreter a
text. What a property means for a service is that of its documentation, which the rules on it name.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..engine.data_folder import DATA
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, from_json
from .inline_commands import inline_command
from .program_forms import from_base64, has_line_break, is_certificate, is_mapping_text, is_policy_text

Steps = tuple[str, ...]
"""Names on the way to a value, without the indices of lists."""


@dataclass(frozen=True)
class Program:
    """A text or a structure. `path` has the indices of lists, for messages; `steps` have none."""

    type: str
    path: str
    steps: Steps
    value: Plain

    @property
    def is_known(self) -> bool:
        """Whether no part of it is decided by the deployment."""
        return _is_known(self.value)


_DESCRIPTIVE = frozenset({"comment", "comments", "description", "displayName", "notes", "remarks", "summary"})
"""Names of texts for people, as schemas of the clouds and of Kubernetes spell them."""
_FREE_MAPS = frozenset(
    {"annotations", "config", "data", "defaultArguments", "env", "environment", "parameters", "stringData", "values",
     "variables"}
)  # fmt: skip
"""Maps whose names a program chooses: there no name says that a text is for people."""
_SECRET = "kubernetes:core/v1:Secret"  # noqa: S105
_CONFIGURED = frozenset({"kubernetes:core/v1:ConfigMap", _SECRET})
_FILES = frozenset({"binaryData", "data", "stringData"})
_CHART_VALUES = frozenset({"kubernetes:helm.sh/v1:Release", "kubernetes:helm.toolkit.fluxcd.io/v1:HelmRelease"})
_CARRIER = lazy_regex(r"(?:\w*extra)?config(?:uration)?s?|rules|\w*scripts?|\w*snippets?|lua\w*", re.IGNORECASE)
"""Names of values of charts that carry programs, in any case."""
_SNIPPET = lazy_regex(r"\S*(?:snippets?|scripts?|lua)", re.IGNORECASE)
"""Keys of annotations that carry programs, in any case, such as `configuration-snippet`."""


@cache
def _table() -> Mapping[str, Sequence[Steps]]:
    """Returns the listed properties by type."""
    rows: dict[str, list[Steps]] = {}
    with (DATA / "program_texts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["type"], []).append(tuple(row["path"].split(".")))
    return rows


def is_listed(token: str, steps: Steps) -> bool:
    """Returns whether the table has a property of a type; `*` in the table is any name."""
    return any(
        len(row) == len(steps) and all(given in ("*", name) for given, name in zip(row, steps, strict=True))
        for row in (*_table().get(token, ()), *_table().get(_any_kind(token), ()))
    )


def _any_kind(token: str) -> str:
    """Returns the row of a whole API group: `kubernetes:GROUP/v1:*`."""
    return f"{token.rpartition(':')[0]}:*"


def programs_in(resource: Resource) -> Iterator[Program]:
    """Yields the programs of a resource, or of the items of a list of Kubernetes objects."""
    for item in expand_list(resource):
        yield from _programs(item.type, item.props, (), "")


def _programs(token: str, value: Plain, steps: Steps, path: str) -> Iterator[Program]:
    if isinstance(value, str) and _is_encoded(token, steps):
        value = from_base64(value)
    if steps and _is_whole(token, value, steps):
        yield Program(token, path, steps, value)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _programs(token, item, steps, f"{path}[{index}]")
    elif isinstance(value, dict):
        command = inline_command(value)
        if command:
            name = next(iter(command))
            yield Program(token, _joined(path, name), (*steps, name), command)
        for name, item in value.items():
            if name not in command:
                yield from _programs(token, item, (*steps, name), _joined(path, name))
    elif isinstance(value, str) and value[:1] in "{[" and (read := from_json(value)) is not value:
        yield from _programs(token, read, steps, path)


def _is_encoded(token: str, steps: Steps) -> bool:
    """Returns whether a value of a config map or a secret is in base64."""
    return token in _CONFIGURED and (steps[:1] == ("binaryData",) or (token == _SECRET and steps[:1] == ("data",)))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _is_whole(token: str, value: Plain, steps: Steps) -> bool:
    """Returns whether a value is one program, in which no other is looked for."""
    if value is None or value in ("", [], {}):
        return False
    if is_listed(token, steps) or _is_file(token, value, steps) or _is_chart_part(token, value, steps):
        return True
    if not isinstance(value, str):
        return False
    if len(steps) > 1 and steps[-2] == "annotations" and _SNIPPET.fullmatch(steps[-1]):
        return True
    return has_line_break(value) and not (
        _is_description(steps) or is_certificate(value) or is_policy_text(token, steps, value)
    )


def _is_description(steps: Steps) -> bool:
    return steps[-1] in _DESCRIPTIVE and not _FREE_MAPS.intersection(steps[:-1])


def _is_file(token: str, value: Plain, steps: Steps) -> bool:
    """Returns whether a value is a file of a config map or a secret: by its name, or by what it contains."""
    if token not in _CONFIGURED or len(steps) != 2 or steps[0] not in _FILES:
        return False
    if "." in steps[1]:
        return not (isinstance(value, str) and is_certificate(value))
    return isinstance(value, str) and not is_certificate(value) and (has_line_break(value) or is_mapping_text(value))


def _is_chart_part(token: str, value: Plain, steps: Steps) -> bool:
    """Returns whether a value of a chart is more than a scalar, and of a name that carries programs."""
    is_value = token in _CHART_VALUES and "values" in steps[:2] and len(steps) > steps.index("values") + 1
    return is_value and isinstance(value, dict | list) and _CARRIER.fullmatch(steps[-1]) is not None


def _is_known(value: Plain) -> bool:
    if isinstance(value, dict):
        return all(map(_is_known, value.values()))
    if isinstance(value, list):
        return all(map(_is_known, value))
    return value is not UNKNOWN
