"""Rights that runners of pipelines have on their own jobs, in a namespace that has nothing else.

A runner makes a pod for each job, runs its steps by commands in that pod, and passes what the job needs in secrets: its
project gives it `pods/exec` and `secrets` (actions/actions-runner-controller 11c4b95c, charts/gha-runner-scale-set/
templates/kube_mode_role.yaml; aws-samples.github.io/sample-eks-nitro-sandbox, ci-cd/gitlab-ci/deploy/runner.yaml, for
`pods/attach` too; read 2026-12-01). Whoever may create pods in a namespace has its secrets and accounts by these
(Kubernetes, "Role Based Access Control Good Practices", workload creation; read 2026-12-01), so the rights add
power only where pods and secrets of others are. A plan shows that none are, and that its pods are confined, if it makes
the namespace with a level of Pod Security that admits no privileged pods, closes its network, binds the role to service
accounts of its own, and has nothing in the namespace but the runner's programs, by digests, and what belongs to them.
"""

from collections.abc import Iterator
from dataclasses import replace

from falaj.facts.chart_names import chart_name

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource, items_of, leaves
from ..engine.verdicts import Outcome, Verdict
from ..readers.chart_roles import ChartRole, chart_roles
from ..readers.kubernetes_objects import ObjectCheck, ObjectPart, is_patch, objects, pods
from .cluster_wide_roles import cluster_of

_RIGHTS = frozenset({"pods/attach", "pods/exec", "secrets"})
_LEVELS = frozenset({"baseline", "restricted"})
"""Levels that admit no privileged pods (Kubernetes, "Pod Security Standards", read 2026-12-01)."""
_RELEASE = "kubernetes:helm.sh/v1:Release"
_CHARTS = frozenset({"gha-runner-scale-set", "gitlab-runner"})
"""Charts that run a runner and nothing else."""
_BESIDE = lazy_regex(
    r"kubernetes:(?:core/v1:(?:ConfigMap|LimitRange|Namespace|PersistentVolumeClaim|ResourceQuota|Secret|Service"
    r"|ServiceAccount)|autoscaling/v1:HorizontalPodAutoscaler|monitoring\.coreos\.com/v1:(?:Pod|Service)Monitor"
    r"|networking\.k8s\.io/v1:NetworkPolicy|policy/v1:PodDisruptionBudget"
    r"|rbac\.authorization\.k8s\.io/v1:(?:Role|RoleBinding)|external-secrets\.io/v1:(?:ExternalSecret|SecretStore)"
    r"|cert-manager\.io/v1:Certificate|actions\.github\.com/v1:\w+|tekton\.dev/v1:\w+)"
)
"""Types of what a runner has beside its programs: what belongs to a namespace, and the objects of runners."""
_IMAGE_OF_POD = lazy_regex(r"(?:[cC]ontainers|steps|sidecars)\[\d+\]\.image$")


def without_rights_of_runners(role: ObjectPart) -> ObjectPart:
    """Returns a role of a namespace without the rights of which the plan says whether they are power over others;
    roles of the cluster, and of namespaces that are not known, as they are."""
    is_of_namespace = role.get("kind") == "Role" and isinstance(role.child("metadata").get("namespace"), str)
    if not is_of_namespace:
        return role
    if isinstance(role, ChartRole):
        rule = _without(role.rule.data)
        return role if rule == role.rule.data else replace(role, rule=replace(role.rule, data=rule))
    rules = [_without(rule) if isinstance(rule, dict) else rule for rule in items_of(role.get("rules"))]
    return role if rules == role.get("rules") else replace(role, data={**role.data, "rules": rules})


def _without(rule: dict[str, Plain]) -> dict[str, Plain]:
    kinds = rule.get("resources")
    if not isinstance(kinds, list):
        return rule
    return {**rule, "resources": [kind for kind in kinds if str(kind).lower() not in _RIGHTS]}


def check_rights_of_runners(resource: Resource, plan: Plan, check: ObjectCheck) -> Iterator[Outcome]:
    """Yields what a check refuses of the rights that `without_rights_of_runners` leaves out, unless the plan shows that
    the namespace is the runner's own."""
    for role in (*objects(resource, "Role"), *chart_roles(resource)):
        kept = without_rights_of_runners(role)
        if kept is role or _is_confined(resource, role, plan):
            continue
        reported = set(check(kept))
        yield from (item for item in check(role) if item.verdict is Verdict.FAIL and item not in reported)


def _namespace(resource: Resource) -> str:
    """Returns the namespace in which an object or a release is; a Namespace is in itself."""
    metadata = ObjectPart("", resource.props).child("metadata")
    own = {_RELEASE: resource.props.get("namespace"), "kubernetes:core/v1:Namespace": metadata.get("name")}
    value = own.get(resource.type, metadata.get("namespace"))
    provided = resource.provider.get("namespace") if resource.provider else MISSING
    return next((item for item in (value, provided) if isinstance(item, str)), "default")


def _places(resource: Resource) -> Iterator[str]:
    """Yields a key of the namespace of each object of a resource."""
    if resource.type.startswith("kubernetes:"):
        for item in expand_list(resource):
            yield f"{cluster_of(item)}|{_namespace(item)}"


def _is_confined(resource: Resource, role: ObjectPart, plan: Plan) -> bool:
    """Returns whether the plan has the namespace of a role, closed, for the accounts that have the role alone."""
    metadata = role.child("metadata")
    namespace = str(metadata.get("namespace"))
    place = f"{cluster_of(resource)}|{namespace}"
    used = plan.once(_accounts_of_programs, place)
    if used is None or isinstance(role, ChartRole):
        return used == frozenset()
    found = plan.by_key(_bound_roles).get(f"{place}/{metadata.get('name')}", ())
    accounts = _accounts(resource, [item for each in found for item in objects(each, "RoleBinding")], role, plan)
    return bool(accounts) and {(namespace, name) for name in used} <= accounts


def _accounts_of_programs(plan: Plan, place: str) -> frozenset[str] | None:
    """Returns the accounts of the programs of a namespace; None unless it is closed and has those of a runner alone."""
    namespace = place.rpartition("|")[2]
    found = plan.by_key(_places).get(place, ())
    members = [item for each in found for item in expand_list(each) if _namespace(item) == namespace]
    is_closed = any(map(_is_closed_to_privilege, members)) and any(map(_denies_all, members))
    if not is_closed or any(map(is_patch, members)) or not all(map(_is_of_runner, members)):
        return None
    programs = (item for item in members if _BESIDE.fullmatch(item.type) is None)
    return frozenset(str(pod.spec.get("serviceAccountName")) for item in programs for pod in pods(item))


def _bound_roles(resource: Resource) -> Iterator[str]:
    for binding in objects(resource, "RoleBinding"):
        namespace, name = binding.child("metadata").get("namespace"), binding.child("roleRef").get("name")
        yield f"{cluster_of(resource)}|{namespace}/{name}"


def _account_keys(resource: Resource) -> Iterator[str]:
    for account in objects(resource, "ServiceAccount"):
        metadata = account.child("metadata")
        yield f"{cluster_of(resource)}|{metadata.get('namespace')}/{metadata.get('name')}"


def _accounts(
    resource: Resource, bindings: list[ObjectPart], role: ObjectPart, plan: Plan
) -> frozenset[tuple[str, str]]:
    """Returns the accounts to which a role is bound, by namespace and name; none if the plan lacks one of them, or the
    role is bound to others than service accounts."""
    metadata = role.child("metadata")
    subjects = [
        subject
        for binding in bindings
        if binding.child("roleRef").get("name") == metadata.get("name")
        for subject in binding.children("subjects")
    ]
    found = {(str(item.get("namespace")), str(item.get("name"))) for item in subjects}
    known = plan.by_key(_account_keys)
    is_known = all(item.get("kind") == "ServiceAccount" for item in subjects) and all(
        name != "default" and f"{cluster_of(resource)}|{place}/{name}" in known for place, name in found
    )
    return frozenset(found) if is_known else frozenset()


def _is_closed_to_privilege(item: Resource) -> bool:
    labels = ObjectPart("", item.props).child("metadata").child("labels")
    return kind_of(item) == "Namespace" and labels.get("pod-security.kubernetes.io/enforce") in _LEVELS


def _denies_all(item: Resource) -> bool:
    """Returns whether an object is a network policy that selects each pod and allows nothing in or out."""
    spec = ObjectPart("", item.props).child("spec")
    directions = {str(kind) for kind in items_of(spec.get("policyTypes"))}
    is_of_all = spec.get("podSelector") in ({}, MISSING) and directions >= {"Ingress", "Egress"}
    is_open = any(items_of(spec.get(key)) for key in ("ingress", "egress"))
    return kind_of(item) == "NetworkPolicy" and is_of_all and not is_open


def _is_of_runner(item: Resource) -> bool:
    """Returns whether an object may be one of a runner: a program, by digests, or what a runner has beside them."""
    is_chart = item.type == _RELEASE and chart_name(str(item.get("chart"))) in _CHARTS
    is_known = is_chart or bool(pods(item)) or _BESIDE.fullmatch(item.type) is not None
    images = (value for path, _, value in leaves(item.props) if _IMAGE_OF_POD.search(path))
    return is_known and all("@sha256:" in str(value) for value in images)
