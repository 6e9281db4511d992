"""Policies of Istio that decide who may call workloads.

Fields by istio/api b8f8791d, security/v1/authorization_policy.proto, and istio.io, "Authorization Policy Conditions",
read 2026-11-29. Policies of gateways are those of FJ-EXP-331.
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.cidrs import is_open, split_addresses
from ..readers.kubernetes_objects import ObjectPart

_OF_CALLERS = ("source.", "remote.ip", "request.auth.")
"""Beginnings of the attributes of a caller."""
_IDENTITIES = ("principals", "namespaces", "serviceAccounts", "trustDomains")
_EVERYBODY = ("*", "*/*", "*/ns/*", "cluster.local/*")
"""Fields of a source that say who calls, and values that every pod of the mesh has."""
_OF_ONE_NAMESPACE = lazy_regex(r"(?:\*|[^*]*)/ns/[^*/]+/(?:\*|sa/[^*/]*\*?)")
_ACCOUNTS_OF_ONE = lazy_regex(r"[^*/]+/(?:\*|[^*/]+\*?)")
"""Name of accounts of one namespace: `DOMAIN/ns/NAMESPACE/sa/ACCOUNT`, or `NAMESPACE/ACCOUNT`. Whoever has a namespace
names its accounts, so that the end of a name, or the beginning of a namespace, is that of others too."""
_NAMED_BY_TEAMS = {
    **dict.fromkeys(("principals", "source.principal"), _OF_ONE_NAMESPACE),
    **dict.fromkeys(("serviceAccounts", "source.serviceAccount"), _ACCOUNTS_OF_ONE),
}
_EVERY_PATH = ("*", "/*", "/**", "/{**}")
_METHODS_OF_READERS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that a policy for some workloads may open to everybody: `productpage-viewer` of istio/istio.io 0ef777a1,
"HTTP Traffic", read 2026-11-29."""


def check_istio(item: ObjectPart) -> Iterator[Outcome]:
    """Checks a policy that allows requests: its sources name callers, and name more than who may not call."""
    spec = item.child("spec")
    if spec.get("action") not in (MISSING, "ALLOW"):
        return
    is_for_some = any(spec.get(key) not in (MISSING, {}, []) for key in ("selector", "targetRef", "targetRefs"))
    for rule in spec.children("rules"):
        yield from _check_sources(rule)
        yield from _check_conditions(rule)
        yield _evaluate_callers(rule, is_for_some)
    if not is_for_some:
        yield from _check_for_all(spec)


def _check_sources(rule: ObjectPart) -> Iterator[Outcome]:
    for source in (entry.child("source") for entry in rule.children("from")):
        stated = [key for key in source.data if not key.startswith("not")]
        is_everybody = bool(stated) and all(
            key in _IDENTITIES and any(_is_of_others(key, text) for text in _texts(source.get(key))) for key in stated
        )
        if is_everybody:
            yield failed(f"{source.path} allows every pod of the mesh, or accounts of every namespace", source.path)
        elif source.data and not stated:
            yield failed(f"{source.path} only names who may not call, and allows every other source", source.path)
        else:
            yield passed()
        for key in ("ipBlocks", "remoteIpBlocks"):
            yield judge_blocks(split_addresses(source.get(key)), source.path_to(key))


def _is_of_others(key: str, text: str) -> bool:
    """Returns whether a value stands for callers of every namespace, by its wildcard."""
    form = _NAMED_BY_TEAMS.get(key) if "*" in text else None
    return text in _EVERYBODY or (form is not None and form.fullmatch(text) is None)


def _check_conditions(rule: ObjectPart) -> Iterator[Outcome]:
    conditions = list(rule.children("when"))
    is_negative = bool(conditions) and all(
        _is_void(item) and str(item.get("key")).startswith(_OF_CALLERS) for item in conditions
    )
    if is_negative and rule.get("from") in (MISSING, []):
        path = rule.path_to("when")
        yield failed(f"{path} only names who may not call, or everybody, and allows every other source", path)


def _is_void(condition: ObjectPart) -> bool:
    """Returns whether a condition lists nobody, or every value but that of a token, which only its check gives."""
    key, values = str(condition.get("key")), _texts(condition.get("values"))
    is_of_pod = key.startswith("source.")
    return "values" not in condition.data or (is_of_pod and any(_is_of_others(key, text) for text in values))


def _evaluate_callers(rule: ObjectPart, is_for_some: bool) -> Outcome:
    """Evaluates a rule without sources and conditions, which lets everybody call what it lists: it lists paths, or, in
    a policy for some workloads, methods of readers."""
    is_for_everybody = rule.get("from") in (MISSING, []) and rule.get("when") in (MISSING, [])
    operations = [entry.child("operation") for entry in rule.children("to")]
    is_wide = not operations or any(
        (item.get("paths") in (MISSING, []) or not _texts(item.get("paths")).isdisjoint(_EVERY_PATH))
        and not (is_for_some and _only_reads(item))
        for item in operations
    )
    text = f"{rule.path} allows everybody to call every path"
    return failed(text, rule.path) if is_for_everybody and is_wide else passed()


def _only_reads(operation: ObjectPart) -> bool:
    """Returns whether an operation lists methods, and only those by which callers read."""
    methods = operation.get("methods")
    return methods not in (MISSING, []) and isinstance(methods, list) and _texts(methods) <= _METHODS_OF_READERS


def _check_for_all(spec: ObjectPart) -> Iterator[Outcome]:
    """Checks a policy for all workloads of a namespace or of the mesh."""
    for rule in spec.children("rules"):
        if not rule.data or any(not entry.child("source").data for entry in rule.children("from")):
            yield failed(f"{rule.path} allows every request to every workload", rule.path)


def judge_blocks(blocks: list[Plain], path: str) -> Outcome:
    """Returns a failure where blocks hold every address."""
    allows_everyone = is_open(blocks)
    if allows_everyone is None:
        return undetermined(f"{path} has an address that is not known before deployment", path)
    return failed(f"{path} allows every address", path) if allows_everyone else passed()


def _texts(value: Plain) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()
