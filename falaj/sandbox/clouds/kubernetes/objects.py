"""What the API server refuses of its own kinds beyond their types (`pkg/apis/*/validation` of Kubernetes 1.34).

Rows of data: which kinds, which values, what they must be. A test compares the verdicts with the real server's.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network
from typing import NamedTuple

from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.kubernetes.messages import invalid
from falaj.sandbox.clouds.rows import Call
from falaj.sandbox.clouds.values import UNKNOWN, Json, at, each

Test = Callable[[Json], bool]

_QUANTITY = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?")
_KEY = re.compile(r"[-._a-zA-Z0-9]{1,253}")
_ANNOTATION = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")


def one_of(*words: str) -> Test:
    """One of some words."""
    return lambda value: value in words


def between(least: int, most: int) -> Test:
    """A number within limits; what is no number has a rule of its own."""
    return lambda value: not isinstance(value, int | float) or least <= value <= most


def matches(pattern: re.Pattern[str]) -> Test:
    """Text of a form, as a whole; numbers as they are written."""
    return lambda value: bool(pattern.fullmatch(str(value)))


def _is_base64(value: Json) -> bool:
    try:
        base64.b64decode(str(value), validate=True)
    except binascii.Error:
        return False
    return True


def _is_network(value: Json) -> bool:
    try:
        ip_network(str(value))
    except ValueError:
        return False
    return "/" in str(value)


class Row(NamedTuple):
    """A rule: kinds (all where there are none), the path of values (`[*]` of a list, `{*}` values and `{keys}` keys of
    a map), the test, and what is said."""

    kinds: str
    path: str
    test: Test
    why: str


QUANTITY = (matches(_QUANTITY), "quantities must match the regular expression of Kubernetes")
PORT = (between(1, 65535), "must be between 1 and 65535, inclusive")
NOT_NEGATIVE = (between(0, 2**31 - 1), "must be greater than or equal to 0")
MODES = one_of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")

ROWS = (
    Row(
        "", "metadata.annotations{keys}", matches(_ANNOTATION), "an annotation key is an optional DNS prefix and a name"
    ),
    Row("ConfigMap Secret", "data{keys}", matches(_KEY), "a valid config key must consist of alphanumeric characters"),
    Row("Secret", "data{*}", _is_base64, "illegal base64 data"),
    Row("Deployment StatefulSet ReplicaSet", "spec.replicas", *NOT_NEGATIVE),
    Row("Job", "spec.backoffLimit", *NOT_NEGATIVE),
    Row("Service", "spec.type", one_of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"), "unsupported type"),
    Row("Service", "spec.ports[*].port", *PORT),
    Row("ResourceQuota", "spec.hard{*}", *QUANTITY),
    *(
        Row("LimitRange", f"spec.limits[*].{part}{{*}}", *QUANTITY)
        for part in ("default", "defaultRequest", "max", "min")
    ),
    Row("NetworkPolicy", "spec.policyTypes[*]", one_of("Ingress", "Egress"), "supported values: Ingress, Egress"),
    *(
        row
        for way, who in (("ingress", "from"), ("egress", "to"))
        for row in (
            Row("NetworkPolicy", f"spec.{way}[*].ports[*].port", *PORT),
            Row("NetworkPolicy", f"spec.{way}[*].{who}[*].ipBlock.cidr", _is_network, "must be a valid CIDR value"),
        )
    ),
    Row("PersistentVolumeClaim PersistentVolume", "spec.accessModes[*]", MODES, "unsupported access mode"),
    Row("StorageClass", "reclaimPolicy", one_of("Delete", "Retain"), "supported values: Delete, Retain"),
    Row(
        "StorageClass",
        "volumeBindingMode",
        one_of("Immediate", "WaitForFirstConsumer"),
        "supported values: Immediate, WaitForFirstConsumer",
    ),
    Row("PersistentVolumeClaim", "spec.resources.requests{*}", *QUANTITY),
)


def values_valid(call: Call) -> str | None:
    """Every value that a row of the table is about."""
    kind = group_and_kind(call.token)[1]
    for row in ROWS:
        if row.kinds and kind not in row.kinds.split():
            continue
        for value in _values(call.inputs, row.path):
            if value is not UNKNOWN and not row.test(value):
                return invalid(call, row.path, str(value), row.why)
    return None


def _values(inputs: Json, path: str) -> Iterator[Json]:
    plain, _, of = path.partition("{")
    for found in each(inputs, plain):
        if not of:
            yield found
        elif isinstance(found, Mapping):
            yield from found if of == "keys}" else found.values()


def whole(call: Call) -> str | None:
    """What must be there, and what must not be there together."""
    kind = group_and_kind(call.token)[1]
    if call.token.endswith("Patch"):
        return None
    for path, problem in _MUST.get(kind, lambda inputs: iter(()))(call.inputs):
        return invalid(call, path, call.name, problem)
    return None


Problems = Iterator[tuple[str, str]]


def _empty(value: Json) -> bool:
    return value is not UNKNOWN and not value


def _service(inputs: Json) -> Problems:
    headless = at(inputs, "spec.clusterIP") == "None" or at(inputs, "spec.type") == "ExternalName"
    if _empty(at(inputs, "spec.ports")) and not headless:
        yield "spec.ports", "Required value"


def _claim(inputs: Json) -> Problems:
    if _empty(at(inputs, "spec.accessModes")):
        yield "spec.accessModes", "Required value: at least 1 access mode is required"
    if _empty(at(inputs, "spec.resources.requests.storage")):
        yield "spec.resources[storage]", "Required value"


def _policy(inputs: Json) -> Problems:
    for block in (*each(inputs, "spec.ingress[*].from[*].ipBlock"), *each(inputs, "spec.egress[*].to[*].ipBlock")):
        outer = at(block, "cidr")
        for inner in each(block, "except[*]"):
            if _is_network(outer) and not (_is_network(inner) and _inside(str(inner), str(outer))):
                yield "spec.ipBlock.except", f"must be a strict subset of `cidr` ({outer})"


def _inside(inner: str, outer: str) -> bool:
    one, other = ip_network(inner), ip_network(outer)
    return one.version == other.version and one != other and one.subnet_of(other)  # pyright: ignore[reportArgumentType]


def _priority(inputs: Json) -> Problems:
    value, name = at(inputs, "value"), str(at(inputs, "metadata.name"))
    if isinstance(value, int | float) and value > 1_000_000_000 and not name.startswith("system-"):
        yield "value", "maximum allowed value of a user defined priority is 1000000000"


def _role(inputs: Json) -> Problems:
    for rule in each(inputs, "rules[*]"):
        if _empty(at(rule, "verbs")):
            yield "rules.verbs", "verbs must contain at least one value"


def _budget(inputs: Json) -> Problems:
    if at(inputs, "spec.minAvailable") is not None and at(inputs, "spec.maxUnavailable") is not None:
        yield "spec", "minAvailable and maxUnavailable cannot be both set"


_MUST: Mapping[str, Callable[[Json], Problems]] = {
    "Service": _service,
    "PersistentVolumeClaim": _claim,
    "NetworkPolicy": _policy,
    "PriorityClass": _priority,
    "Role": _role,
    "ClusterRole": _role,
    "PodDisruptionBudget": _budget,
}

GENERIC = (values_valid, whole)
"""For the rules of every kind."""
