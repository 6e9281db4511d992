"""JSON patches: the settings that they write, and those that give a container access to its host; an operation that
removes or switches off a field gives none.

The path of an operation says nothing by itself: `op` and `value` stand beside it (RFC 6902, sections 4.1 to 4.6;
`patch` of nats-io/k8s 957650fb helm/charts/nats/values.yaml, and `patches` of fluxcd/pkg e2cfd1a2 apis/kustomize/
kustomize_types.go, which are Kustomize's; read 2026-11-29).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf

_LONGEST = 300
"""Characters of a path that are compared."""
_OPERATION = lazy_regex(r".*patch(?:es)?\[\d{1,3}\]\.path", re.IGNORECASE)
_ACCESS = lazy_regex(
    r".*[/.](?:hostnetwork|hostpid|hostipc|privileged|allowprivilegeescalation|hostpath)(?:[/.].*)?", re.IGNORECASE
)
_SETTING, _HARMLESS = {"add"}, {"remove", "test"}
"""Operations: what counts where none is stated, and those that set nothing."""


def patched_settings(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Yields a setting for each operation that writes one, by the last name of its path (RFC 6901)."""
    found = [leaf for leaf in leaves if leaf.path.endswith(("].path", "].value", "].op")) and "atch" in leaf.path]
    values = {leaf.path: leaf for leaf in found}
    for leaf in found:
        if leaf.key != "path" or len(leaf.path) > _LONGEST or _OPERATION.fullmatch(leaf.path) is None:
            continue
        begin, name = leaf.path.removesuffix("path"), str(leaf.value).strip()[:_LONGEST].rpartition("/")[2]
        value, operation = values.get(f"{begin}value"), values.get(f"{begin}op")
        is_harmless = operation is not None and str(operation.value).strip().lower() in _HARMLESS
        if value is not None and name.strip("-0123456789") and not is_harmless:
            yield Leaf(value.path, name.replace("~1", "/").replace("~0", "~"), value.value, True)


def check_json_patches(leaves: Sequence[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each operation that gives access to the host."""
    paths = [leaf for leaf in leaves if leaf.key == "path" and _ACCESS.fullmatch(str(leaf.value).strip()[:_LONGEST])]
    values: dict[str, set[str]] = {}  # several documents in a text have the same path
    for leaf in leaves if paths else ():
        values.setdefault(leaf.path, set()).add(str(leaf.value).strip().lower())
    for leaf in paths:
        found = _OPERATION.fullmatch(leaf.path) if len(leaf.path) <= _LONGEST else None
        begin = leaf.path.removesuffix("path")
        is_off = values.get(f"{begin}value") == {"false"} or values.get(f"{begin}op", _SETTING) <= _HARMLESS
        if found is not None and not is_off:
            yield failed(f"{leaf.path}: a patch gives a container access to its host", leaf.path)
