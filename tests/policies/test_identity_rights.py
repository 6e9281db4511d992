"""Who is whom: attributes that users write (FJ-IDN-121), projects of Argo CD (310) and certificates (311)."""

from collections.abc import Mapping
from typing import cast

import pytest
from guardrails.engine.plan import Plan
from guardrails.engine.reading import Plain, Resource
from guardrails.engine.verdicts import Verdict
from guardrails.identity.controller_rights import Right, _groups
from guardrails.identity.user_attributes import _check_attributes

from .blind import KUBE, aws, crd, k8s
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
SIGN_IN = "aws.cognito.signin.user.admin"
SELF_SIGNED = k8s("cert-manager.io/v1:ClusterIssuer", {"metadata": {"name": "root"}, "spec": {"selfSigned": {}}}, "i")


def client(written: object, **more: object) -> Given:
    props = {"name": "portal", "userPoolId": "me-central-1_a", "writeAttributes": written, **more}
    return aws("cognito/UserPoolClient", props)


def test_attributes_without_rights_are_a_pass_in_the_evidence() -> None:
    """Not a rule that does not apply: who reads the evidence sees that the list was evaluated."""

    def verdicts(*written: str) -> list[Verdict]:
        given = client([*written])
        resource = Resource(given.urn, given.type, given.name, cast("dict[str, Plain]", given.props))
        return [outcome.verdict for outcome in _check_attributes(resource, Plan({given.urn: resource}))]

    assert verdicts("name", "email") == [Verdict.PASS]
    assert verdicts("name", "custom:role") == [Verdict.FAIL]
    assert verdicts() == []


def certificate(namespace: str, **spec: object) -> Given:
    metadata = {"name": "x", **({"namespace": namespace} if namespace else {})}
    spec = {"issuerRef": {"name": "root", "kind": "ClusterIssuer"}, **spec}
    return k8s("cert-manager.io/v1:Certificate", {"metadata": metadata, "spec": spec})


def request(**spec: object) -> Given:
    spec = {"request": "LS0t", "issuerRef": {"name": "root", "kind": "ClusterIssuer"}, **spec}
    return k8s("cert-manager.io/v1:CertificateRequest", {"metadata": {"namespace": "team-a"}, "spec": spec})


def entry(annotation: str, value: str) -> Given:
    return k8s("networking.k8s.io/v1:Ingress", {"metadata": {"annotations": {annotation: value}}, "spec": {}})


def is_refused(rule: str, *plan: Given) -> bool:
    return rule in blocking(PACK.evaluate_plan(*plan))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (client(["custom:role"]), True),
        (client(["custom:role"], explicitAuthFlows=["ALLOW_USER_AUTH"]), True),
        (client(["custom:role"], explicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"]), False),
        (client(["custom:role"], explicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"], allowedOauthScopes=[SIGN_IN]), True),
        (client(["custom:role"], explicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"], allowedOauthScopes=["openid"]), False),
        (client(["custom:controlled", "custom:scroll", "email", "dev:role"]), False),
        (client(UNKNOWN), False),
        (client([UNKNOWN, "custom:admin"]), True),
        (aws("cognito/UserPoolClient", {"name": "portal", "userPoolId": "me-central-1_a"}), False),
        (aws("cognito/UserPool", {"writeAttributes": ["custom:role"]}), False),
    ],
    ids=lambda value: str(getattr(value, "props", value)),
)
def test_users_do_not_write_their_rights(given: Given, expected: bool) -> None:
    assert is_refused("FJ-IDN-121", given) is expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"sourceRepos": ["*"]}, True),
        ({"sourceRepos": ["https://git.example.ae/*"]}, False),
        ({"sourceRepos": ["https://*.example.ae/*"]}, False),
        ({"sourceRepos": ["https://github.com/example/*"]}, False),
        ({"sourceRepos": ["!https://*"]}, False),
        ({"destinations": [{"server": "https://kubernetes.default.svc", "namespace": "*"}]}, False),
        ({"destinations": [{"server": "*", "namespace": "team-a"}]}, False),
        ({"destinations": [{"server": "https://*", "namespace": "*"}]}, True),
        ({"destinations": [{"server": "*", "namespace": "team-a"}, {"name": "*", "namespace": "*"}]}, True),
        ({"sourceNamespaces": ["team-*"]}, False),
        ({"sourceRepos": UNKNOWN}, False),
        ({}, False),
    ],
    ids=str,
)
def test_projects_name_what_they_let_through(spec: Mapping[str, object], expected: bool) -> None:
    project = crd("argoproj.io/v1alpha1:AppProject", spec)
    in_a_list = Given("kubernetes:core/v1:List", {"items": [{"kind": "AppProject", "spec": spec}]}, provider=KUBE)
    assert is_refused("FJ-IDN-310", project) is expected
    assert is_refused("FJ-IDN-310", in_a_list) is expected


@pytest.mark.parametrize(("line", "expected"), [
    ("p, role:team-a, clusters, *, team-a/https://api.example.ae:6443, allow", False),
    ("p, role:team-a, clusters, create, team-a/*, allow", False),
    ("p, role:team-a, clusters, *, https://kubernetes.default.svc, allow", True),
    ("p, role:team-a, clusters, create, */*, allow", True),
    ("p, role:team-a, clusters, update, *, allow", True),
    ("p, role:team-a, projects, update, team-a, allow", True),
    ("p, role:team-a, *, *, team-a/*, allow", True),
])  # fmt: skip
def test_teams_add_clusters_of_their_own_project_only(line: str, expected: bool) -> None:
    rights = k8s(
        "core/v1:ConfigMap",
        {"metadata": {"name": "argocd-rbac-cm", "namespace": "argocd"}, "data": {"policy.csv": line}},
        "rights",
    )
    assert is_refused("FJ-IDN-310", rights) is expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ((certificate("team-a", dnsNames=["a.team-a.svc", "*.team-a.svc.cluster.local"]),), False),
        ((certificate("team-a", dnsNames=["a.team-b.svc"]),), True),
        ((certificate("", dnsNames=["a.team-a.svc"]),), True),
        ((certificate("", dnsNames=["a.default.svc"]),), False),
        ((certificate("istio-system", dnsNames=["a.team-b.svc"]),), False),
        ((certificate("istio-system", commonName="system:masters"),), True),
        ((certificate("team-a", commonName="systems.example.ae"),), False),
        ((certificate("team-a", dnsNames=["*.apps.example.ae", "svc.example.ae"]),), False),
        ((certificate("team-a", dnsNames=["*"]),), True),
        ((certificate("team-a", uris=["spiffe://cluster.local/ns/team-a/sa/a"]),), False),
        ((certificate("team-a", isCA=True),), True),
        ((certificate("team-a", isCA=True), SELF_SIGNED), False),
        ((certificate("team-a", isCA=True, issuerRef={"name": "selfsigned", "kind": "ClusterIssuer"}),), False),
        ((certificate("team-a", isCA=True, issuerRef={"name": "own", "kind": "Issuer"}),), False),
        ((certificate("cert-manager", isCA=True),), False),
        ((certificate(UNKNOWN, dnsNames=["a.team-b.svc"], isCA=True),), False),
        ((certificate("team-a", dnsNames=UNKNOWN),), False),
        ((request(isCA=True),), True),
        ((request(),), False),
        ((entry("cert-manager.io/subject-organizations", "ops,system:masters"),), True),
        ((entry("cert-manager.io/common-name", "orders.example.ae"),), False),
        ((entry("cert-manager.io/alt-names", "a.example.ae, vault.security.svc"),), True),
        ((entry("cert-manager.io/alt-names", "kubernetes.default.svc"),), True),
        ((entry("cert-manager.io/uri-sans", "spiffe://cluster.local/ns/vault/sa/vault"),), True),
        ((entry("cert-manager.io/alt-names", "a.example.ae,b.example.ae"),), False),
        ((entry("cert-manager.io/cluster-issuer", "system:masters"),), False),
    ],
    ids=lambda value: str(value[0].props) if isinstance(value, tuple) else str(value),
)
def test_certificates_name_their_own_services(plan: tuple[Given, ...], expected: bool) -> None:
    assert is_refused("FJ-IDN-311", *plan) is expected


@pytest.mark.parametrize(
    ("groups", "kinds", "verbs", "is_in"),
    [
        ({"ray.io"}, {"rayjobs"}, {"create"}, True),
        ({"", "ray.io"}, {"pods", "rayjobs"}, {"get", "create"}, True),
        ({"apps.ray.io"}, {"rayjobs"}, {"create"}, True),
        ({"apps"}, {"rayjobs"}, {"create"}, False),
        (set(), {"rayjobs"}, {"create"}, False),
        ({"ray.io"}, {"rayjobs/status"}, {"create"}, False),
        ({"ray.io"}, {"rayjobs"}, {"get"}, False),
    ],
)
def test_a_right_is_in_the_rules_with_its_group_kind_and_verb(
    groups: set[str], kinds: set[str], verbs: set[str], is_in: bool
) -> None:
    right = Right("jobs", _groups("ray.io"))
    assert right.is_in(frozenset(groups), frozenset(kinds), frozenset(verbs)) is is_in


@pytest.mark.parametrize("groups", [set[str](), {"", "apps"}, {"apps"}])
def test_a_right_without_groups_is_of_all_and_a_rule_without_groups_of_the_core(groups: set[str]) -> None:
    verbs, kinds = frozenset({"create"}), frozenset({"deployments"})
    assert Right("pods", kinds=kinds).is_in(frozenset(groups), kinds, verbs)
