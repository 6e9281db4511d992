"""Policies of a cluster for namespaces that are nowhere: they look like a protection, and protect nothing.

A policy selects namespaces by names (Kyverno, "Match/Exclude"; Gatekeeper, "Constraints"), by a selector of labels
(Kubernetes, "Dynamic Admission Control" and "Validating Admission Policy"), or by a condition on the namespace of the
object; as known on 2026-11-28. `*` stands for any characters in the names of Kyverno and Gatekeeper. Which namespaces
there are is known as far as the plan creates them, has objects in them, or grants rights in them: a policy for names of
which the plan knows none is refused. Other labels may be those of namespaces of other stacks.
"""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, objects

_NAME = "kubernetes.io/metadata.name"
_SYSTEM = frozenset({"default", "kube-system", "kube-public", "kube-node-lease"})
"""Namespaces that every cluster has."""
_NAMESPACE_FIELDS = ("namespace", "managedNamespaceName")
_NAMED_ELSEWHERE = (
    "aws:eks/podIdentityAssociation:", "azure-native:containerservice:ManagedNamespace", "kubernetes:helm.sh/",
)  # fmt: skip
"""Types with a property that names a namespace of a cluster."""
_SPACE = r"(?:object\.metadata\.namespace|request\.(?:object\.metadata\.)?namespace|namespaceObject\.metadata\.name)"
_TEXT = r"(?:'[^']*'|\"[^\"]*\")"
_ONE_OF = re.compile(rf"\(?{_SPACE}\s*(?:==|in)\s*\[?\s*(?P<names>{_TEXT}(?:\s*,\s*{_TEXT})*)\s*\]?\)?")
"""A condition in CEL on the name of the object's namespace, and on nothing else."""
_OBJECT_SPACE = re.compile(r"\{\{\s*request\.(?:object\.metadata\.)?namespace\s*(?:\|\|\s*(?:''|\"\")\s*)?\}\}")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_EQUALITIES = ("Equals", "Equal", "In", "AnyIn", "AllIn")
_KYVERNO = re.compile(r"kubernetes:kyverno\.io/\w+:(?:Cluster)?Policy(?:Patch)?")
_BY_CONSTRAINTS = re.compile(
    r"kubernetes:policies\.kyverno\.io/\w+:.*Policy|kubernetes:admissionregistration\.k8s\.io/\w+:Validating\w+Policy"
)

TYPES = (
    "kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/", "kubernetes:constraints.gatekeeper.sh/",
    "kubernetes:admissionregistration.k8s.io/",
)  # fmt: skip
"""Types of policies of a cluster."""


def _named_in(resource: Resource) -> Iterator[str]:
    """Yields the names of the namespaces that a resource creates, or in which it has something."""
    if resource.type.startswith(_NAMED_ELSEWHERE):
        yield from (str(value) for field in _NAMESPACE_FIELDS if isinstance(value := resource.get(field), str))
    for item in expand_list(resource) if resource.type.startswith("kubernetes:") else ():
        name = ObjectPart("", item.props).child("metadata").get("name" if kind_of(item) == "Namespace" else "namespace")
        yield str(name)


def _is_nowhere(names: Iterable[Plain], plan: Plan) -> bool:
    """Returns whether names, perhaps with stars, are those of no namespace of which the plan knows."""
    patterns = list(names)
    known = plan.by_key(_named_in).keys() | _SYSTEM
    if not patterns or UNKNOWN in patterns or str(UNKNOWN) in known:
        return False
    return not any(fnmatchcase(name, str(pattern)) for pattern in patterns for name in known)


def selects_nothing(selector: ObjectPart, plan: Plan) -> bool:
    """Returns whether a selector lists names of namespaces of which the plan knows none."""
    label = selector.child("matchLabels").get(_NAME)
    lists = [[label]] if label is not MISSING else []
    for term in selector.children("matchExpressions"):
        values = term.get("values")
        if term.get("key") == _NAME and term.get("operator") == "In" and isinstance(values, list):
            lists.append(values)
    return any(_is_nowhere(names, plan) for names in lists)


def _names(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else [] if value is MISSING else [value]


def _clause_is_nowhere(clause: ObjectPart, plan: Plan) -> bool:
    """Returns whether a part that selects objects, of Kyverno or Gatekeeper, names only namespaces that are nowhere."""
    is_by_names = _is_nowhere(_names(clause.get("namespaces")), plan)
    return is_by_names or selects_nothing(clause.child("namespaceSelector"), plan)


def _check_rule(rule: ObjectPart, plan: Plan) -> Iterator[Outcome]:
    """Yields the outcomes of a rule of Kyverno: one clause of `any` is enough, and all of `all` must apply."""
    match = rule.child("match")
    some = [clause.child("resources") for clause in match.children("any")]
    every = [match.child("resources"), *(clause.child("resources") for clause in match.children("all"))]
    is_nowhere = bool(some) and all(_clause_is_nowhere(clause, plan) for clause in some)
    is_nowhere = is_nowhere or any(_clause_is_nowhere(clause, plan) for clause in every)
    yield _outcome(match.path, is_nowhere)
    conditions = rule.child("preconditions")
    for condition in (*conditions.children("all"), *rule.children("preconditions")):
        is_of_space = _OBJECT_SPACE.fullmatch(str(condition.get("key")).strip()) is not None
        is_equality = is_of_space and condition.get("operator") in _EQUALITIES
        yield _outcome(condition.path, is_equality and _is_nowhere(_names(condition.get("value")), plan))


def _check_conditions(part: ObjectPart, plan: Plan) -> Iterator[Outcome]:
    for condition in part.children("matchConditions"):
        path, expression = condition.path_to("expression"), condition.get("expression")
        found = _ONE_OF.fullmatch(expression.strip()) if isinstance(expression, str) else None
        names = [first or second for first, second in _QUOTED.findall(found["names"])] if found else []
        yield _outcome(path, _is_nowhere(names, plan))


def _outcome(path: str, is_nowhere: bool) -> Outcome:
    return failed(f"{path} is for namespaces of which the plan knows none", path) if is_nowhere else passed()


def check_namespaces(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields an outcome for each part of a policy that selects the namespaces for which it is."""
    for item in expand_list(resource):
        spec = ObjectPart("", item.props).child("spec")
        if _KYVERNO.fullmatch(item.type):
            for rule in spec.children("rules"):
                yield from _check_rule(rule, plan)
            yield from _check_conditions(spec.child("webhookConfiguration"), plan)
        elif item.type.startswith("kubernetes:constraints.gatekeeper.sh/"):
            yield _outcome(spec.child("match").path, _clause_is_nowhere(spec.child("match"), plan))
        elif _BY_CONSTRAINTS.fullmatch(item.type):
            selector = spec.child("matchConstraints").child("namespaceSelector")
            yield _outcome(selector.path, selects_nothing(selector, plan))
            yield from _check_conditions(spec, plan)
    for configuration in objects(resource, "ValidatingWebhookConfiguration"):
        for webhook in configuration.children("webhooks"):
            selector = webhook.child("namespaceSelector")
            yield _outcome(selector.path, selects_nothing(selector, plan))
            yield from _check_conditions(webhook, plan)
