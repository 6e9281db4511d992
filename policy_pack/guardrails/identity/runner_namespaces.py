"""Rights that runners of pipelines have on their own jobs, in a namespace that has nothing else.

A runner makes a pod for each job, runs its steps by commands in that pod, and passes what the job needs in secrets: its
project gives it `pods/exec` and `secrets` (actions/actions-runner-controller 11c4b95c, charts/gha-runner-scale-set/
templates/kube_mode_role.yaml; aws-samples.github.io/sample-eks-nitro-sandbox, ci-cd/gitlab-ci/deploy/runner.yaml, for
`pods/attach` too; read 2026-12-01). Whoever may create pods in a namespace has its secrets and accounts by these
(Kubernetes, "Role Based Access Control Good Practices", workload creation; as known on 2026-12-01), so the rights add
power only where pods and secrets of others are. A plan shows that none are, and that its pods are confined, if it makes
the namespace with a level of Pod Security that admits no privileged pods, closes its network, binds the role to service
accounts of its own, and has nothing in the namespace but the runner's programs, by digests, and what belongs to them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from falaj.facts.chart_names import chart_name

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource, items_of, leaves
from ..engine.verdicts import Outcome, Verdict
from ..readers.chart_roles import ChartRole, chart_roles
from ..readers.kubernetes_objects import ObjectCheck, ObjectPart, is_patch, objects, pods

_RIGHTS = frozenset({"pods/attach", "pods/exec", "secrets"})
_LEVELS = frozenset({"baseline", "restricted"})
"""Levels that admit no privileged pods (Kubernetes, "Pod Security Standards", as known on 2026-12-01)."""
_RELEASE = "kubernetes:helm.sh/v1:Release"
_CHARTS = frozenset({"gha-runner-scale-set", "gitlab-runner"})
"""Charts that run a runner and nothing else."""
_BESIDE = re.compile(
    r"kubernetes:(?:core/v1:(?:ConfigMap|LimitRange|Namespace|PersistentVolumeClaim|ResourceQuota|Secret|Service"
    r"|ServiceAccount)|autoscaling/v1:HorizontalPodAutoscaler|monitoring\.coreos\.com/v1:(?:Pod|Service)Monitor"
    r"|networking\.k8s\.io/v1:NetworkPolicy|policy/v1:PodDisruptionBudget"
    r"|rbac\.authorization\.k8s\.io/v1:(?:Role|RoleBinding)|external-secrets\.io/v1:(?:ExternalSecret|SecretStore)"
    r"|cert-manager\.io/v1:Certificate|actions\.github\.com/v1:\w+|tekton\.dev/v1:\w+)"
)
"""Types of what a runner has beside its programs: what belongs to a namespace, and the objects of runners."""
_IMAGE_OF_POD = re.compile(r"(?:[cC]ontainers|steps|sidecars)\[\d+\]\.image$")


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


def _cluster(resource: Resource) -> str:
    return resource.provider.urn if resource.provider else ""


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
            yield f"{_cluster(item)}|{_namespace(item)}"


def _is_confined(resource: Resource, role: ObjectPart, plan: Plan) -> bool:
    """Returns whether the plan has the namespace of a role, closed, for the accounts that have the role alone."""
    namespace = str(role.child("metadata").get("namespace"))
    found = plan.by_key(_places).get(f"{_cluster(resource)}|{namespace}", ())
    members = [item for each in found for item in expand_list(each) if _namespace(item) == namespace]
    accounts = _accounts(resource, role, members, plan)
    return (
        (bool(accounts) or isinstance(role, ChartRole))
        and not any(map(is_patch, members))
        and any(_is_closed_to_privilege(item) for item in members)
        and any(_denies_all(item) for item in members)
        and all(_is_of_runner(item, accounts, namespace) for item in members)
    )


def _accounts(resource: Resource, role: ObjectPart, members: list[Resource], plan: Plan) -> frozenset[tuple[str, str]]:
    """Returns the accounts to which a role is bound, by namespace and name; none if the plan lacks one of them, or the
    role is bound to others than service accounts."""
    name, namespace = role.child("metadata").get("name"), role.child("metadata").get("namespace")
    bindings = [item for each in members for item in objects(each, "RoleBinding")]
    subjects = [
        subject
        for binding in bindings
        if binding.child("roleRef").get("name") == name
        for subject in binding.children("subjects")
    ]
    found = {(str(item.get("namespace") or namespace), str(item.get("name"))) for item in subjects}
    is_known = all(item.get("kind") == "ServiceAccount" for item in subjects) and all(
        _has_account(resource, place, account, plan) for place, account in found
    )
    return frozenset(found) if is_known else frozenset()


def _has_account(resource: Resource, namespace: str, name: str, plan: Plan) -> bool:
    found = plan.by_key(_places).get(f"{_cluster(resource)}|{namespace}", ())
    accounts = (item for each in found for item in objects(each, "ServiceAccount"))
    return name != "default" and any(item.child("metadata").get("name") == name for item in accounts)


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


def _is_of_runner(item: Resource, accounts: frozenset[tuple[str, str]], namespace: str) -> bool:
    """Returns whether an object is one of the runner: a program with its account, or what it has beside that."""
    if item.type == _RELEASE:
        is_known = chart_name(str(item.get("chart"))) in _CHARTS
    elif made := pods(item):
        is_known = _BESIDE.fullmatch(item.type) is not None or all(
            (namespace, str(pod.spec.get("serviceAccountName"))) in accounts for pod in made
        )
    else:
        is_known = _BESIDE.fullmatch(item.type) is not None
    images = (value for path, _, value in leaves(item.props) if _IMAGE_OF_POD.search(path))
    return is_known and all("@sha256:" in str(value) for value in images)
