"""Deployers that no longer see what somebody changed in the cluster.

Argo CD ignores what `ignoreDifferences` names, in an Application or for every object of a kind: JSON pointers, paths of
jq, and fields of managers (argoproj/argo-cd 37ee0097c, docs/user-guide/diffing.md; `resourceIgnoreDifferences` of its
operator by argoproj-labs/argocd-operator). Flux does so by `driftDetection.ignore` of a HelmRelease
(fluxcd/helm-controller 0f61a86 api/v2/helmrelease_types.go), Fleet by `diff.comparePatches` (rancher/fleet, api
v1alpha1). Read on 2026-11-30. Another controller often has a field, such as the number of replicas, the rules of a
ClusterRole that is aggregated, or the data of a secret that something generates. Kinds that `resource.exclusions` lists
are not looked at (docs/operator-manual/declarative-setup.md, "Resource Exclusion").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import islice

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf, read_texts

_PLACE = lazy_regex(
    r"(?P<entry>.*)\.(?P<list>jsonPointers|jqPathExpressions|managedFieldsManagers|paths"
    r"|operations)\[\d{1,4}\](?:\.path)?",
    re.DOTALL,
)
_CONTEXT = lazy_regex(r"ignoreDifferences|driftDetection\.ignore|comparePatches", re.IGNORECASE)
_OF_KIND = lazy_regex(
    r"(?:ignoreDifferences\.(?:[\w.-]{1,100}_)?(?P<kind>\w{1,100})"
    r"|customizations\.(?:[\w.*-]{1,100}/)?(?P<old>[\w*]{1,100})\.ignoreDifferences)"
    r"$",
    re.IGNORECASE,
)
"""Key of settings of Argo CD for a kind: `ignoreDifferences.GROUP_KIND`, and `GROUP/KIND` of versions before 1.9."""
_EVERY_KIND = frozenset({"all", "*", ""})
_BIND = frozenset({"/rules", "/subjects", "/roleRef"})
_PODS = frozenset({"/spec", "/spec/template", "/spec/template/spec", "/spec/template/spec/containers"})
_POLICY = frozenset({"/spec", "/specs"})
_ANYTHING = _BIND | _PODS | _POLICY | {"/webhooks", "/data", "/stringData", "/metadata", "/spec/rules"}
_WHOLE: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("Role", "RoleBinding", "ClusterRoleBinding"), _BIND),
    **dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet", "Rollout", "CronJob"), _PODS),
    **dict.fromkeys(
        ("NetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy",
         "AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "ClusterPolicy",
         "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "AppProject"), _POLICY),
    "ValidatingWebhookConfiguration": frozenset({"/webhooks"}),
    "ClusterRole": frozenset(),
}  # fmt: skip
"""Kind that says who may do what, or what runs -> what of it nobody may change unseen. All of an object is `/`. An
entry of Argo CD may name kinds by a pattern."""
_BY_HAND = lazy_regex(
    r"kubectl(?:-(?:edit|patch|client-side-apply|create|replace|set))?|k9s|lens(?:-.*)?|mozilla|argocd-server"
    r"|argocd(?:-application)?-controller",
    re.IGNORECASE,
)
"""Managers of fields by which people change objects, and Argo CD itself, whose fields are all that it applied."""
_EXCLUDED = lazy_regex(
    r"(?P<entry>.*\bresource\.exclusions\[\d{1,4}\])\.(?P<list>kinds|apiGroups)\[\d{1,4}\]", re.DOTALL
)
"""Kinds that Argo CD does not look at: its stock settings have those that controllers write all day."""
_JQ = lazy_regex(r"\[\d{0,4}\]|\?|\"|\s")
_FIRST = lazy_regex(r"/\d{1,4}$")
"""An element of a list, which is as good as all of it where there are few."""


def check_ignored_drift(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each part of an object that a deployer ignores although it decides who may do what."""
    texts = read_texts(resource)
    yield from _excluded(texts.leaves)
    found = [(leaf, place) for leaf in texts.leaves if _CONTEXT.search(leaf.path) is not None
             and (place := _PLACE.fullmatch(leaf.path)) is not None]  # fmt: skip
    values = {leaf.path: leaf.value for leaf in texts.leaves} if found else {}
    for leaf, place in found:
        kind = _kind(place["entry"], values)
        kinds = [kind] if kind in _EVERY_KIND else [one for one in _WHOLE if fnmatchcase(one, kind)]
        yield from islice((outcome for one in kinds for outcome in _check(leaf, place["list"], one)), 1)


def _excluded(leaves: Sequence[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each kind that decides who may do what, or what runs, and that Argo CD does not look at."""
    listed = [(leaf, found) for leaf in leaves if "exclusions[" in leaf.path
              and (found := _EXCLUDED.fullmatch(leaf.path)) is not None]  # fmt: skip
    of_every_group = {found["entry"] for leaf, found in listed if found["list"] == "apiGroups" and leaf.value == "*"}
    for leaf, found in listed:
        is_every = leaf.value == "*" and found["entry"] in of_every_group
        if found["list"] == "kinds" and (leaf.value in _WHOLE or is_every):
            yield failed(f"{leaf.path}: what somebody changes in such objects is not seen, nor undone", leaf.path)


def _kind(entry: str, values: Mapping[str, object]) -> str:
    """Returns the kind of the objects whose changes an entry ignores; empty if it names none."""
    above = entry.removesuffix(".customization")
    for path in (f"{entry}.kind", f"{entry}.target.kind", f"{above}.kind"):
        if path in values:
            return str(values[path])
    named = _OF_KIND.search(entry)
    return (named["kind"] or named["old"]) if named is not None else ""


def _check(leaf: Leaf, name: str, kind: str) -> Iterator[Outcome]:
    value = str(leaf.value).strip()
    what = "every kind of object" if kind in _EVERY_KIND else f"objects of kind {kind}"
    if name == "managedFieldsManagers":
        if _BY_HAND.fullmatch(value):
            yield failed(
                f"{leaf.path}: what people change by hand in {what} is not seen, nor undone",
                leaf.path,
            )
        return
    pointer = _pointer(value) if name == "jqPathExpressions" else _FIRST.sub("", f"/{value.strip('/')}")
    whole = _ANYTHING if kind in _EVERY_KIND else _WHOLE[kind]
    if pointer == "/" or pointer in whole:
        yield failed(f"{leaf.path}: what somebody changes there in {what} is not seen, nor undone", leaf.path)


def decides_rights(kind: str, pointer: str) -> bool:
    """Returns whether a part of an object, as a JSON pointer, says who may do what, or what runs."""
    return kind in _WHOLE and _FIRST.sub("", f"/{pointer.strip('/')}") in (_WHOLE[kind] | {"/"})


def _pointer(expression: str) -> str:
    """Returns a path of jq as a JSON pointer, as far as it only names fields."""
    return "/" + _JQ.sub("", expression).strip(".").replace(".", "/")
