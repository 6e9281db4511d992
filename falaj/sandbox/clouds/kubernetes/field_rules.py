"""Validation of built-in kinds beyond their types (`pkg/apis/*/validation` of Kubernetes 1.36).

The rules are data: kinds, path, condition, message. A test compares the verdicts with those of the real API server.
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
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_all, get_path

Predicate = Callable[[Json], bool]

_QUANTITY = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?")
_KEY = re.compile(r"[-._a-zA-Z0-9]{1,253}")
_ANNOTATION = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")


def one_of(*values: str) -> Predicate:
    """Builds a predicate for one of the values."""
    return lambda value: value in values


def between(minimum: int, maximum: int) -> Predicate:
    """Builds a predicate for a number in a range. Other types pass; their types are checked elsewhere."""
    return lambda value: not isinstance(value, int | float) or minimum <= value <= maximum


def matches(pattern: re.Pattern[str]) -> Predicate:
    """Builds a predicate for a value that matches a pattern as a whole; numbers in their written form."""
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


class FieldRule(NamedTuple):
    """One rule.

    kinds: separated by spaces; "" is all kinds.
    path: of the values; `[*]` for list items, `{*}` for values and `{keys}` for keys of a map.
    test: whether a value is valid. why: the message.
    """

    kinds: str
    path: str
    test: Predicate
    why: str


QUANTITY = (matches(_QUANTITY), "quantities must match the regular expression of Kubernetes")
PORT = (between(1, 65535), "must be between 1 and 65535, inclusive")
NOT_NEGATIVE = (between(0, 2**31 - 1), "must be greater than or equal to 0")
MODES = one_of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")

FIELD_RULES = (
    FieldRule(
        "", "metadata.annotations{keys}", matches(_ANNOTATION), "an annotation key is an optional DNS prefix and a name"
    ),
    FieldRule(
        "ConfigMap Secret", "data{keys}", matches(_KEY), "a valid config key must consist of alphanumeric characters"
    ),
    FieldRule("Secret", "data{*}", _is_base64, "illegal base64 data"),
    FieldRule("Deployment StatefulSet ReplicaSet", "spec.replicas", *NOT_NEGATIVE),
    FieldRule("Job", "spec.backoffLimit", *NOT_NEGATIVE),
    FieldRule(
        "Service", "spec.type", one_of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"), "unsupported type"
    ),
    FieldRule("Service", "spec.ports[*].port", *PORT),
    FieldRule("ResourceQuota", "spec.hard{*}", *QUANTITY),
    *(
        FieldRule("LimitRange", f"spec.limits[*].{part}{{*}}", *QUANTITY)
        for part in ("default", "defaultRequest", "max", "min")
    ),
    FieldRule("NetworkPolicy", "spec.policyTypes[*]", one_of("Ingress", "Egress"), "supported values: Ingress, Egress"),
    *(
        rule
        for direction, peer in (("ingress", "from"), ("egress", "to"))
        for rule in (
            FieldRule("NetworkPolicy", f"spec.{direction}[*].ports[*].port", *PORT),
            FieldRule(
                "NetworkPolicy",
                f"spec.{direction}[*].{peer}[*].ipBlock.cidr",
                _is_network,
                "must be a valid CIDR value",
            ),
        )
    ),
    FieldRule("PersistentVolumeClaim PersistentVolume", "spec.accessModes[*]", MODES, "unsupported access mode"),
    FieldRule("StorageClass", "reclaimPolicy", one_of("Delete", "Retain"), "supported values: Delete, Retain"),
    FieldRule(
        "StorageClass",
        "volumeBindingMode",
        one_of("Immediate", "WaitForFirstConsumer"),
        "supported values: Immediate, WaitForFirstConsumer",
    ),
    FieldRule("PersistentVolumeClaim", "spec.resources.requests{*}", *QUANTITY),
)


def values_valid(op: Operation) -> str | None:
    """Checks that all values satisfy the rules of the table."""
    kind = group_and_kind(op.token)[1]
    for rule in FIELD_RULES:
        if rule.kinds and kind not in rule.kinds.split():
            continue
        for value in _values(op.inputs, rule.path):
            if value is not UNKNOWN and not rule.test(value):
                return invalid(op, rule.path, str(value), rule.why)
    return None


def _values(inputs: Json, path: str) -> Iterator[Json]:
    plain, _, suffix = path.partition("{")
    for value in get_all(inputs, plain):
        if not suffix:
            yield value
        elif isinstance(value, Mapping):
            yield from value if suffix == "keys}" else value.values()


def required_fields(op: Operation) -> str | None:
    """Checks that required fields are present, and that mutually exclusive ones are not combined."""
    kind = group_and_kind(op.token)[1]
    if op.token.endswith("Patch"):
        return None
    for path, error in _REQUIRED_FIELDS.get(kind, lambda inputs: iter(()))(op.inputs):
        return invalid(op, path, op.name, error)
    return None


Errors = Iterator[tuple[str, str]]


def _empty(value: Json) -> bool:
    return value is not UNKNOWN and not value


def _service_errors(inputs: Json) -> Errors:
    headless = get_path(inputs, "spec.clusterIP") == "None" or get_path(inputs, "spec.type") == "ExternalName"
    if _empty(get_path(inputs, "spec.ports")) and not headless:
        yield "spec.ports", "Required value"


def _claim_errors(inputs: Json) -> Errors:
    if _empty(get_path(inputs, "spec.accessModes")):
        yield "spec.accessModes", "Required value: at least 1 access mode is required"
    if _empty(get_path(inputs, "spec.resources.requests.storage")):
        yield "spec.resources[storage]", "Required value"


def _network_policy_errors(inputs: Json) -> Errors:
    for block in (
        *get_all(inputs, "spec.ingress[*].from[*].ipBlock"),
        *get_all(inputs, "spec.egress[*].to[*].ipBlock"),
    ):
        outer = get_path(block, "cidr")
        for inner in get_all(block, "except[*]"):
            if _is_network(outer) and not (_is_network(inner) and _inside(str(inner), str(outer))):
                yield "spec.ipBlock.except", f"must be a strict subset of `cidr` ({outer})"


def _inside(inner: str, outer: str) -> bool:
    inner_network, outer_network = ip_network(inner), ip_network(outer)
    return (
        inner_network.version == outer_network.version
        and inner_network != outer_network
        and inner_network.subnet_of(outer_network)  # pyright: ignore[reportArgumentType]
    )


def _priority_class_errors(inputs: Json) -> Errors:
    value, name = get_path(inputs, "value"), str(get_path(inputs, "metadata.name"))
    if isinstance(value, int | float) and value > 1_000_000_000 and not name.startswith("system-"):
        yield "value", "maximum allowed value of a user defined priority is 1000000000"


def _role_errors(inputs: Json) -> Errors:
    for rule in get_all(inputs, "rules[*]"):
        if _empty(get_path(rule, "verbs")):
            yield "rules.verbs", "verbs must contain at least one value"


def _disruption_budget_errors(inputs: Json) -> Errors:
    if get_path(inputs, "spec.minAvailable") is not None and get_path(inputs, "spec.maxUnavailable") is not None:
        yield "spec", "minAvailable and maxUnavailable cannot be both set"


_REQUIRED_FIELDS: Mapping[str, Callable[[Json], Errors]] = {
    "Service": _service_errors,
    "PersistentVolumeClaim": _claim_errors,
    "NetworkPolicy": _network_policy_errors,
    "PriorityClass": _priority_class_errors,
    "Role": _role_errors,
    "ClusterRole": _role_errors,
    "PodDisruptionBudget": _disruption_budget_errors,
}

COMMON_RULES = (values_valid, required_fields)
"""Rules of all kinds."""
