"""Policies of a cluster that are in place and are never evaluated for what they forbid, or are always satisfied.

kyverno/website 7c0814a5, match-exclude.md (operations) and customization.md (webhooks); open-policy-agent/gatekeeper
dd8507eb, howto.md (scope) and validating-admission-policy.md (CEL in templates); kubernetes/api 10b39a39,
admissionregistration/v1/types.go (`excludeResourceRules`); read 2026-11-29. What is always true is by `readers.cel` and
`readers.rego`. Which kinds have no namespace is by the API reference of Kubernetes 1.36.
"""

from collections.abc import Iterator, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, one_or_many, stated_items
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cel import always_true
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.rego import refuses_nothing

WITHOUT_NAMESPACE = lazy_regex(
    r"Namespace|Node|PersistentVolume|ClusterRole(?:Binding)?|StorageClass|IngressClass|GatewayClass|PriorityClass"
    r"|RuntimeClass|CustomResourceDefinition|APIService|CertificateSigningRequest|(?:Mutating|Validating)\w+"
    r"|FlowSchema|PriorityLevelConfiguration|CSIDriver|CSINode|VolumeAttachment|VolumeSnapshotClass|VolumeSnapshotContent"
    r"|Cluster\w+|Global\w+"
)
"""Kinds of objects outside namespaces."""
_WITH_NAMESPACE = lazy_regex(
    r"Pod|PodTemplate|Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob|Service|Endpoints"
    r"|EndpointSlice|Ingress|NetworkPolicy|ConfigMap|Secret|ServiceAccount|Role|RoleBinding|PersistentVolumeClaim"
    r"|ResourceQuota|LimitRange|HorizontalPodAutoscaler|PodDisruptionBudget"
)
"""Kinds of objects that stand in a namespace."""
_SATISFIED_BY_OBJECTS = ("pattern", "anyPattern", "podSecurity", "foreach", "cel")
"""Forms of a rule that look at the object that is stored; `deny` may look at a request to delete one."""
_OF_THE_REQUEST = lazy_regex(r"\b(?:oldObject|request)\b")
"""What an expression in CEL has of a request that stores nothing."""
_CREATING = frozenset({"CREATE", "UPDATE"})
_LOADED = "openpolicyagent.org/policy"
"""Label of maps whose programs Open Policy Agent loads (open-policy-agent/kube-mgmt 9257c9fa,
README.md, read 2026-11-29)."""
_SELECTOR_KEYS = ("namespaceSelector", "objectSelector")


def check_kyverno_operations(rule: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for each clause by which a rule of Kyverno evaluates objects when none is stored."""
    validate = rule.child("validate")
    if "verifyImages" not in rule.data and not any(key in validate.data for key in _SATISFIED_BY_OBJECTS):
        return
    expressions = [str(item.get("expression")) for item in validate.child("cel").children("expressions")]
    if expressions and all(_OF_THE_REQUEST.search(text) for text in expressions):
        return
    match = rule.child("match")
    for clause in (match, *match.children("any"), *match.children("all")):
        resources = clause.child("resources")
        listed = resources.get("operations")
        names = {str(item).upper() for item in listed} if isinstance(listed, list) else set()
        path = resources.path_to("operations")
        text = f"{path} has neither CREATE nor UPDATE, so that what is stored is never evaluated"
        yield failed(text, path) if names and not names & _CREATING else passed()


def check_kyverno_settings(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for the settings of Kyverno: a selector of its webhooks that lists what is evaluated leaves out
    everything else."""
    for settings in objects(resource, "ConfigMap"):
        if settings.child("metadata").get("name") != "kyverno":
            continue
        path, value = settings.child("data").path_to("webhooks"), settings.child("data").get("webhooks")
        given = from_json(value) if isinstance(value, str) else value
        for webhook in one_or_many(given):
            text = f"{path} has policies evaluated only for what it lists"
            yield failed(text, path) if only_listed(webhook) else passed()


def only_listed(webhook: Plain) -> bool:
    """Returns whether selectors of a webhook of Kyverno select what has a label: everything else is left out."""
    return isinstance(webhook, dict) and any(map(_lists, (webhook.get(key) for key in _SELECTOR_KEYS)))


def _lists(selector: Plain) -> bool:
    """Returns whether a selector selects what has a label, rather than leaving out what has it."""
    part = ObjectPart("", selector if isinstance(selector, dict) else {})
    positive = any(term.get("operator") in ("In", "Exists") for term in part.children("matchExpressions"))
    return positive or bool(part.child("matchLabels").data)


def check_constraint_scope(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for the scope of a constraint of Gatekeeper whose kinds are all on the other side."""
    match = ObjectPart("", resource.props).child("spec").child("match")
    kinds = [str(kind) for item in match.children("kinds") for kind in stated_items(item.get("kinds"))]
    others = {"cluster": _WITH_NAMESPACE, "namespaced": WITHOUT_NAMESPACE}.get(str(match.get("scope")).lower())
    is_nobody = others is not None and bool(kinds) and all(map(others.fullmatch, kinds))
    path = match.path_to("scope")
    yield failed(f"{path} is {match.get('scope')}, which no object of its kinds is", path) if is_nobody else passed()
    asked = [item for item in match.children("kinds") if stated_items(item.get("kinds"))]
    is_nobody = bool(asked) and not any(map(_is_a_kind, asked))
    text = f"{match.path_to('kinds')} has no kind of its group: kinds have capitals, and pods the group without a name"
    yield failed(text, match.path_to("kinds")) if is_nobody else passed()


_GROUPS = {
    **dict.fromkeys(("Pod", "Service", "Secret", "ConfigMap", "Namespace", "Node", "ServiceAccount", "PersistentVolume",
                     "PersistentVolumeClaim", "ResourceQuota", "LimitRange"), ""),
    **dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"), "apps"),
    **dict.fromkeys(("Job", "CronJob"), "batch"),
    **dict.fromkeys(("Ingress", "NetworkPolicy"), "networking.k8s.io"),
    **dict.fromkeys(("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"), "rbac.authorization.k8s.io"),
}  # fmt: skip
"""Kind of Kubernetes itself -> its API group (API reference of 1.36)."""
_OF_KUBERNETES = lazy_regex(r"(?:.+\.)?k8s\.io")
"""Groups of Kubernetes itself, or of nobody. Kinds of others, whose groups are domains too, may have the same names,
such as the Service of Knative."""


def _is_a_kind(item: ObjectPart) -> bool:
    """Returns whether a group and a kind that a constraint names may belong to each other."""
    groups = frozenset(map(str, stated_items(item.get("apiGroups")))) or _ANY
    kinds = [str(kind) for kind in stated_items(item.get("kinds"))]
    if UNKNOWN in (*stated_items(item.get("apiGroups")), *stated_items(item.get("kinds"))) or "*" in kinds:
        return True
    may_be_any = "*" in groups or any("." in group and not _OF_KUBERNETES.fullmatch(group) for group in groups)
    return any(kind[:1].isupper() and (may_be_any or _GROUPS.get(kind, next(iter(groups))) in groups) for kind in kinds)


def sources_of(template: ObjectPart) -> Iterator[ObjectPart]:
    """Yields the parts of a template of constraints that have its program, in Rego or in CEL."""
    for target in template.child("spec").children("targets"):
        yield target
        yield from (code.child("source") for code in target.children("code"))


def check_programs(item: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for each program in Rego of a template of constraints, or of a map that Open Policy Agent
    loads: one whose every rule has a condition that is never met refuses nothing."""
    labels = item.child("metadata").child("labels")
    is_loaded = labels.get(_LOADED) == "rego"
    texts = [(item.child("data").path_to(key), text) for key, text in item.child("data").data.items() if is_loaded]
    for path, text in (*texts, *((source.path_to("rego"), source.get("rego")) for source in sources_of(item))):
        is_never = isinstance(text, str) and refuses_nothing(text)
        yield failed(f"{path} has a condition that is never met", path) if is_never else passed()


def check_validations(spec: ObjectPart, key: str = "validations") -> Iterator[Outcome]:
    """Yields an outcome for each expression in CEL that a policy requires: one that is always true refuses nothing."""
    for validation in spec.children(key):
        path, expression = validation.path_to("expression"), validation.get("expression")
        is_always = isinstance(expression, str) and always_true(expression, variables_of(spec))
        yield failed(f"{path} is always true", path) if is_always else passed()


def variables_of(spec: ObjectPart) -> dict[str, str]:
    """Returns the expressions of a policy's variables by their names, as far as they are known."""
    return {
        str(item.get("name")): text
        for item in spec.children("variables")
        if isinstance(text := item.get("expression"), str)
    }


def check_constraints(constraints: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for each rule that says which objects a policy or a webhook is asked about, and that is for
    none: because it is taken out again, or names what is not served."""
    excluded = [*constraints.children("excludeResourceRules")]
    for key in ("resourceRules", "rules"):
        rules = [*constraints.children(key)]
        for rule in rules:
            problem = next(_asks_for_nothing(rule, excluded, rules), "")
            yield failed(f"{rule.path} {problem}", rule.path) if problem else passed()


def _asks_for_nothing(rule: ObjectPart, excluded: list[ObjectPart], beside: list[ObjectPart]) -> Iterator[str]:
    """Yields why a rule is for no object; one of an old version is nothing beside one of a served version."""
    if any(UNKNOWN in stated_items(rule.get(key)) for key in _OF_A_RULE):
        return
    if any(covers(other, rule) for other in excluded):
        yield "is taken out again by excludeResourceRules"
    groups, _, kinds = (frozenset(map(str, stated_items(rule.get(key)))) for key in _OF_A_RULE)
    same = [other for other in beside if covers(other, rule, ("apiGroups", "resources"))]
    versions = frozenset(str(version) for other in (rule, *same) for version in stated_items(other.get("apiVersions")))
    served = frozenset[str]().union(*(_SERVED.get(group, _ANY) for group in groups))
    if groups and versions and served.isdisjoint(_ANY) and versions.isdisjoint({*served, "*"}):
        yield f"is for versions {', '.join(sorted(versions))}, in which no such object is served"
    if kinds and all(_NO_RESOURCE.search(kind) for kind in kinds):
        yield f"names {', '.join(sorted(kinds))}: resources have the plural in lower case"
    others = {"cluster": _RESOURCES_WITH_NAMESPACE}.get(str(rule.get("scope")).lower())
    if others is not None and kinds and all(map(others.fullmatch, kinds)):
        yield f"has scope {rule.get('scope')}, which no such object is"


def check_matched(spec: ObjectPart) -> Iterator[Outcome]:
    """Yields the outcomes of the requests that a policy in CEL is asked about. One that reads what is stored, and is
    asked only when something is deleted or connected to, refuses nothing."""
    constraints = spec.child("matchConstraints")
    yield from check_constraints(constraints)
    asked = [
        str(item).upper()
        for rule in constraints.children("resourceRules")
        for item in stated_items(rule.get("operations"))
    ]
    texts = [str(item.get("expression")) for item in spec.children("validations")]
    reads_stored = bool(texts) and not any(_OF_THE_REQUEST.search(text) for text in texts)
    is_never = bool(asked) and reads_stored and not {*_CREATING, "CONNECT", "*"}.intersection(asked)
    path = constraints.path_to("resourceRules")
    yield (
        failed(f"{path} have neither CREATE nor UPDATE, so that what is stored is never evaluated", path)
        if (is_never)
        else passed()
    )


_OF_A_RULE = ("apiGroups", "apiVersions", "resources")
_ANY = frozenset({"*"})
_SERVED = {
    "": frozenset({"v1"}), "apps": frozenset({"v1"}), "batch": frozenset({"v1"}), "policy": frozenset({"v1"}),
    "rbac.authorization.k8s.io": frozenset({"v1"}), "autoscaling": frozenset({"v1", "v2"}),
}  # fmt: skip
"""API group -> the versions in which its objects are served (API reference of Kubernetes 1.36). The API server knows no
objects of another one, so that `matchPolicy: Equivalent` finds none either."""
_NO_RESOURCE = lazy_regex(r"[A-Z]|^(?:pod|deployment|secret|job|cronjob|namespace|service|configmap|daemonset)(?:/|$)")
_RESOURCES_WITH_NAMESPACE = lazy_regex(
    r"(?:pods|deployments|statefulsets|daemonsets|replicasets|jobs|cronjobs|services|secrets|configmaps"
    r"|serviceaccounts|roles|rolebindings|ingresses|networkpolicies|persistentvolumeclaims)(?:/.*)?"
)


def meet(rule: ObjectPart, other: ObjectPart) -> bool:
    """Returns whether two rules may be for the same objects."""
    for key in ("apiGroups", "resources"):
        first, second = stated_items(rule.get(key)), stated_items(other.get(key))
        is_every = UNKNOWN in (*first, *second) or any("*" in str(item) for item in (*first, *second))
        if first and second and not is_every and set(map(str, first)).isdisjoint(map(str, second)):
            return False
    return True


def covers(other: ObjectPart, rule: ObjectPart, keys: Sequence[str] = (*_OF_A_RULE, "operations")) -> bool:
    """Returns whether a rule is for everything that another one asks for. `*` has no subresources, `*/*` has."""
    if other.get("resourceNames") not in (MISSING, []) or other.get("scope") not in (MISSING, "*", rule.get("scope")):
        return False
    for key in keys:
        items, wanted = set(map(str, stated_items(other.get(key)))), set(map(str, stated_items(rule.get(key))))
        is_every = "*/*" in items or ("*" in items and not any("/" in item for item in wanted))
        if not is_every and not (wanted and wanted <= items):
            return False
    return True
