"""Bindings: to users of Kubernetes, to roles of controllers, and to accounts of other teams; and roles of operators."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import cluster_role, k8s
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
RBAC = "rbac.authorization.k8s.io"
Rule = dict[str, object]


def rule(group: str, resources: str, verbs: str, *names: str) -> Rule:
    """Returns a rule of a role."""
    given_rule: Rule = {"apiGroups": [group], "resources": resources.split(), "verbs": verbs.split()}
    return {**given_rule, "resourceNames": list(names)} if names else given_rule


def role(namespace: object, *given_rules: Rule, name: object = "reach") -> Given:
    """Returns a role of a namespace."""
    return k8s(f"{RBAC}/v1:Role", {"metadata": {"name": name, "namespace": namespace}, "rules": list(given_rules)})


def binding(name: object, subject: Mapping[str, object], namespace: object = "", kind: str = "ClusterRole") -> Given:
    """Returns a binding of a role to one subject, in a namespace or in all."""
    metadata = {"name": "bound", **({"namespace": namespace} if namespace else {})}
    return k8s(f"{RBAC}/v1:{'RoleBinding' if namespace else 'ClusterRoleBinding'}", {
        "metadata": metadata, "roleRef": {"apiGroup": RBAC, "kind": kind, "name": name}, "subjects": [subject]},
        "bound")  # fmt: skip


def account(namespace: object, name: str = "builder") -> dict[str, object]:
    """Returns an account as a subject."""
    return {"kind": "ServiceAccount", "name": name, "namespace": namespace}


def refused(*plan: Given) -> set[str]:
    """Returns the rules on roles and bindings that refuse a plan."""
    reports = [report for item in plan for report in PACK.evaluate_resource(item)] + PACK.evaluate_stack(*plan)
    return {found for found in blocking(reports) if found.startswith("FJ-IDN-30")}


ACTS = (
    rule("apps", "deployments", "patch"), rule("", "secrets", "get", "ledger-db"), rule("", "pods", "create"),
    rule("kafka.strimzi.io", "kafkatopics", "create"), rule("", "services", "update"),
)  # fmt: skip
READS = (
    rule("", "pods pods/log services", "get list watch"), rule("", "configmaps", "get", "flags"),
    rule("kafka.strimzi.io", "kafkatopics", "list"), rule("kafka.strimzi.io", "kafkatopics", "patch", "orders"),
    rule("", "events", "create"),
)  # fmt: skip


TEAMS = st.sampled_from(("team-a", "risk", "cards", "treasury", "shops", "arrays", "search"))


@given(acts=st.sampled_from(ACTS), reads=st.lists(st.sampled_from(READS), max_size=2), theirs=TEAMS,
       own=st.sampled_from(("payments", "ledger")))  # fmt: skip
@settings(max_examples=many(40), deadline=None)
def test_accounts_of_other_teams_only_read(acts: Rule, reads: list[Rule], theirs: str, own: str) -> None:
    bound = binding("reach", account(theirs), own, "Role")
    assert refused(role(own, *reads, acts), bound) == {"FJ-IDN-301"}
    assert refused(role(own, *reads), bound) == set()
    assert refused(role(own, acts), binding("reach", account(own), own, "Role")) == set()
    assert refused(role("other", acts), bound) == set()


@pytest.mark.parametrize("theirs", [
    "airflow", "argo", "jhub", "kuberay", "team-a-ci", "monitoring", "spark-operator", "kube-system", UNKNOWN, None,
    "arc", "arc-runners", "atlantis", "automation", "circleci", "mlops", "aiops", "gha", "harness", "infra",
    "infrastructure", "kargo", "metaflow", "mlflow", "notebook", "notebooks", "octopus", "operators", "gpu-operator",
    "pulumi", "ray", "harness-delegate", "systems", "terraform", "zenml",
])  # fmt: skip
def test_operators_and_pipelines_act_in_namespaces_of_teams(theirs: object) -> None:
    assert (
        refused(role("team-a", rule("", "pods", "create")), binding("reach", account(theirs), "team-a", "Role"))
        == set()
    )


CONTROLLERS = ("argocd-server", "crossplane", "kueue-manager-role", "external-secrets-controller", "karpenter-core",
               "istiod-clusterrole-istio-system", "strimzi-cluster-operator-global")  # fmt: skip


@pytest.mark.parametrize("name", CONTROLLERS)
def test_roles_of_controllers_are_for_their_own_accounts(name: str) -> None:
    for subject in (account("team-a"), {"kind": "Group", "name": "team-a"}, {"kind": "User", "name": "m@example.ae"}):
        assert refused(binding(name, subject)) == {"FJ-IDN-301"}
    assert refused(binding(name, account("kueue-system"))) == set()
    own = k8s(f"{RBAC}/v1:ClusterRole", {"metadata": {"name": name}, "rules": [READS[0]]})
    assert refused(own, binding(name, account("team-a"))) == set()
    assert refused(binding(name, account("team-a"), "team-a", "Role")) == set()


@pytest.mark.parametrize(("kind", "name", "expected"), [
    ("Group", "system:nodes", True), ("Group", "system:bootstrappers:worker", True), ("Group", "system:masters", True),
    ("Group", "system:serviceaccounts:team-b", True), ("User", "system:kube-scheduler", True), ("Group", "*", True),
    ("User", "system:serviceaccount:team-a:app", False), ("User", "system:serviceaccount:*:app", True),
    ("User", "m.haddad@gmail.com", True), ("User", "m.haddad@example.ae", False), ("Group", "team@gmail.com", False),
    ("User", "https://accounts.google.com#109", True), ("User", "https://sso.example.ae#109", False),
    ("User", "m.haddad@mail.example.ae", False), ("User", "m@mail.abc.ae", False), ("User", "m@yahoo.co.uk", True),
    ("Group", "systems:ops", False), ("User", UNKNOWN, False), ("User", "m.haddad@qq.com", True),
    ("User", "M@163.com", True), ("User", "m@me.com", True), ("User", "m@msn.com", True), ("User", "m@Mail.ru", True),
    ("User", "m@gmx.net", True), ("User", "m@proton.me", True), ("User", "m@qq.bank.ae", False),
    ("User", "m@msn.example.com", False), ("User", "@gmail.com", False), ("User", "m@me.com.ae", False),
    ("User", "m@pm.me", True), ("User", "m@pm.me.bank.ae", False),
])  # fmt: skip
def test_subjects_are_people_and_programs_of_ones_own(kind: str, name: object, *, expected: bool) -> None:
    assert ("FJ-IDN-303" in refused(binding("view", {"kind": kind, "name": name}))) is expected


COMPONENTS_THAT_READ = ("system:node-proxier", "system:kube-dns", "system:kube-aggregator")


@pytest.mark.parametrize(("name", "expected"), [
    ("system:kube-scheduler", True), ("system:certificates.k8s.io:kubelet-serving-approver", True),
    ("system:node", True), ("system:kube-controller-manager", True),
    ("system:metrics-server", False), ("system:coredns", False), ("view", False), ("system:monitoring", False),
    *((name, False) for name in COMPONENTS_THAT_READ),
])  # fmt: skip
def test_roles_of_kubernetes_are_its_own(name: str, *, expected: bool) -> None:
    written = k8s(f"{RBAC}/v1:ClusterRole", {"metadata": {"name": name}, "rules": [READS[0]]})
    assert ("FJ-IDN-301" in refused(binding(name, account("team-a")), written)) is expected
    is_default = expected or name in ("view", "system:monitoring", *COMPONENTS_THAT_READ)
    assert ("FJ-IDN-305" in refused(written)) is is_default
    assert refused(role("team-a", READS[0], name=name)) == set()


@pytest.mark.parametrize("given_role", [
    # kubeflow/spark-operator 38082f33, charts/spark-operator-chart/templates/spark/rbac.yaml: the driver's role.
    role("team-a", rule("", "pods configmaps persistentvolumeclaims services",
                        "get list watch create update patch delete deletecollection")),
    # NVIDIA/gpu-operator a22dbf67, assets/state-operator-validation/0200_role.yaml.
    role("gpu-operator", rule("", "pods", "create get list watch delete"),
         rule("apps", "daemonsets", "get list watch")),
    # cert-manager/cert-manager 2d0d7f7f, deploy/charts/cert-manager/templates/rbac.yaml: ingress-shim and requests.
    cluster_role(rule("networking.k8s.io", "ingresses", "get list watch"),
                 rule("networking.k8s.io", "ingresses/finalizers", "update"),
                 rule("gateway.networking.k8s.io", "gateways/finalizers httproutes/finalizers", "update")),
    cluster_role(rule("certificates.k8s.io", "certificatesigningrequests", "get list watch update"),
                 rule("certificates.k8s.io", "certificatesigningrequests/status", "update patch"),
                 rule("certificates.k8s.io", "signers", "sign", "clusterissuers.cert-manager.io/*")),
    # kubernetes-sigs/external-dns 2bf1bf8a, kustomize/external-dns-clusterrole.yaml.
    cluster_role(rule("networking.k8s.io", "ingresses", "get watch list"), rule("", "services", "get watch list"),
                 rule("discovery.k8s.io", "endpointslices", "get watch list")),
    # Leader election of controller-runtime, as operators have it.
    role("kueue-system", rule("", "configmaps", "get list watch create update patch delete"),
         rule("coordination.k8s.io", "leases", "get list watch create update patch delete"),
         rule("", "events", "create patch")),
    # Kubebuilder v2, config/rbac/leader_election_role.yaml, as known.
    role("team-a", rule("", "configmaps", "get list watch create update patch delete"),
         rule("", "configmaps/status", "get update patch"), rule("", "events/status", "patch")),
])  # fmt: skip
def test_roles_of_operators_that_have_no_power_over_others(given_role: Given) -> None:
    assert refused(given_role) == set()


@pytest.mark.parametrize("given_role", [
    role("kube-system", rule("", "configmaps/status", "update")),
    role("team-a", rule("batch", "superjobs/status", "get")), role("team-a", rule("", "secrets/status", "patch")),
])  # fmt: skip
def test_the_state_of_a_kind_has_the_rights_of_the_kind(given_role: Given) -> None:
    assert refused(given_role) == {"FJ-IDN-305"}


def test_a_role_whose_name_is_not_known_is_none_of_the_plan() -> None:
    unknown = role("payments", ACTS[0], name=UNKNOWN)
    assert refused(unknown, binding(UNKNOWN, account("team-a"), "payments", "Role")) == set()
