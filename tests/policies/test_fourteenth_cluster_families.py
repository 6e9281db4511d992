"""Families of the fourteenth set of attacks on clusters: who is let in, what tokens are for, what programs run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .blind import TAGS, crd, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
CALLERS, CERTIFICATE, SWITCH, CROSSING = "FJ-EXP-324", "FJ-IDN-311", "FJ-IDN-313", "FJ-IDN-314"
TEAMS = st.from_regex(r"\Ateam-[b-z][a-z0-9]{0,8}\Z")


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def in_payments(kind: str, spec: object, **more: object) -> Given:
    """Returns an object of the namespace of payments."""
    return k8s(kind, {"metadata": meta("x", "payments", **more), "spec": spec})


@pytest.mark.parametrize(("source", "is_refused"), [
    ({"principals": ["*/sa/ledger"]}, True), ({"principals": ["*ledger"]}, True),
    ({"principals": ["cluster.local/ns/pay*"]}, True), ({"principals": ["bank.local/*"]}, True),
    ({"principals": ["*/payments-x/sa/ledger"]}, True), ({"serviceAccounts": ["*/ledger"]}, True),
    ({"principals": ["*/ns/payments/sa/ledger"]}, False), ({"principals": ["cluster.local/ns/payments/*"]}, False),
    ({"principals": ["cluster.local/ns/payments/sa/led*"]}, False), ({"serviceAccounts": ["payments/*"]}, False),
    ({"principals": ["*"], "namespaces": ["payments"]}, False), ({"principals": [UNKNOWN]}, False),
])  # fmt: skip
def test_accounts_of_istio_are_of_a_namespace(source: dict[str, object], *, is_refused: bool) -> None:
    rule = {"from": [{"source": source}], "to": [{"operation": {"paths": ["/entries"]}}]}
    policy = {"selector": {"matchLabels": {"app": "x"}}, "action": "ALLOW", "rules": [rule]}
    assert (CALLERS in refused(in_payments("security.istio.io/v1:AuthorizationPolicy", policy))) is is_refused


@pytest.mark.parametrize("value", ["*/sa/ledger", "cluster.local/ns/p*", "*"])
def test_conditions_on_accounts_of_istio(value: str) -> None:
    rule = {"when": [{"key": "source.principal", "values": [value]}], "to": [{"operation": {"paths": ["/entries"]}}]}
    policy = {"selector": {"matchLabels": {"app": "x"}}, "rules": [rule]}
    assert CALLERS in refused(in_payments("security.istio.io/v1:AuthorizationPolicy", policy))


MESH = "serviceaccount.identity.linkerd.cluster.local"


@pytest.mark.parametrize(("identity", "is_refused"), [
    ("*", True), (f"*.{MESH}", True), ("*.identity.linkerd.cluster.local", True), ("*.cluster.local", True),
    ("*.local", True), ("*.example.ae", True), (f"*.payments.{MESH}", False), (f"app.payments.{MESH}", False),
])  # fmt: skip
def test_accounts_of_linkerd_are_of_a_namespace(identity: str, *, is_refused: bool) -> None:
    whole = in_payments("policy.linkerd.io/v1alpha1:MeshTLSAuthentication", {"identities": [identity]})
    client = {"client": {"meshTLS": {"identities": [identity]}}, "server": {"name": "x"}}
    older = in_payments("policy.linkerd.io/v1beta1:ServerAuthorization", client)
    assert [CALLERS in refused(item) for item in (whole, older)] == [is_refused] * 2


CLUSTER = "io.cilium.k8s.policy.cluster"
NAMESPACE = "io.kubernetes.pod.namespace"


@given(
    source=st.sampled_from(("", "k8s:", "any:", "k8s.")),
    more=st.sampled_from((
        {}, {"key": CLUSTER, "operator": "In", "values": ["default"]}, {"key": CLUSTER, "operator": "Exists"},
        {"key": "io.cilium.k8s.policy.serviceaccount", "operator": "Exists"},
        {"key": "io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name", "operator": "Exists"},
    )),
)  # fmt: skip
def test_labels_that_every_pod_of_cilium_has(source: str, more: dict[str, object]) -> None:
    terms = [{"key": f"{source}{NAMESPACE}", "operator": "Exists"}]
    terms += [{**more, "key": f"{source}{more['key']}"}] if more else []
    spec = {"endpointSelector": {}, "ingress": [{"fromEndpoints": [{"matchExpressions": terms}]}]}
    narrow = {"endpointSelector": {}, "ingress": [{"fromEndpoints": [
        {"matchLabels": {"app": "web"}, "matchExpressions": terms}]}]}  # fmt: skip
    kind = "cilium.io/v2:CiliumNetworkPolicy"
    assert CALLERS in refused(in_payments(kind, spec))
    assert CALLERS not in refused(in_payments(kind, narrow))


@given(team=TEAMS, name=st.sampled_from(("administrator@bank.ae", "ceo@bank.ae", "CN=x", "krbtgt/BANK.AE@BANK.AE")))
def test_names_of_people_in_certificates(team: str, name: str) -> None:
    issuer = {"name": "internal", "kind": "ClusterIssuer"}
    for field in ({"otherNames": [{"oid": "1.3.6.1.5.2.2", "utf8Value": name}]}, {"emailAddresses": [name]}):
        kind, spec = "cert-manager.io/v1:Certificate", {"secretName": "x", "issuerRef": issuer, **field}
        item = k8s(kind, {"metadata": meta("x", team), "spec": spec})
        own = {"secretName": "x", "issuerRef": issuer, "emailAddresses": [f"{team}@bank.ae"]}
        assert CERTIFICATE in refused(item)
        assert CERTIFICATE not in refused(k8s(kind, {"metadata": meta("x", team), "spec": own}))
        assert CERTIFICATE not in refused(k8s(kind, {"metadata": meta("x", "cert-manager"), "spec": spec}))


@pytest.mark.parametrize(("spec", "is_refused"), [
    ({"permissions": {"contents": "write"}}, True), ({}, False), ({"appID": "1"}, True),
    ({"repositories": ["a"], "permissions": {"workflows": "write"}}, True),
    ({"repositories": ["a"], "permissions": {"organization_secrets": "WRITE"}}, True),
    ({"repositories": ["a"], "permissions": {"administration": "read", "contents": "write"}}, False),
    ({"permissions": {"contents": "read", "metadata": "read"}}, False),
    ({"repositories": ["a"]}, False), ({"repositories": UNKNOWN}, False), ({"permissions": [1]}, False),
])  # fmt: skip
def test_tokens_of_github(spec: dict[str, object], *, is_refused: bool) -> None:
    group = "generators.external-secrets.io/v1alpha1"
    single = crd(f"{group}:GithubAccessToken", spec)
    wide = {"kind": "GithubAccessToken", "generator": {"githubAccessTokenSpec": spec}}
    shared = k8s(f"{group}:ClusterGenerator", {"metadata": {"name": "x"}, "spec": wide})
    assert [CROSSING in refused(item) for item in (single, shared)] == [is_refused] * 2


@given(team=TEAMS, key=st.sampled_from(("kubernetes-namespace", "namespace", "k8s_namespace", "Namespace-Name")))
def test_tags_of_sessions(team: str, key: str) -> None:
    def store(value: str) -> Given:
        aws = {
            "service": "SecretsManager",
            "sessionTags": [{"key": "cost", "value": "a"}, {"key": key, "value": value}],
        }
        return in_payments("external-secrets.io/v1:SecretStore", {"provider": {"aws": aws}})

    assert CROSSING in refused(store(team))
    assert CROSSING not in refused(store("payments"))


@pytest.mark.parametrize(("manager", "is_refused"), [
    ("team-a", True), ("team-a-argocd", True), ("argocd", False), ("openshift-gitops", False), ("payments", False),
    ("payments-gitops", False), ("platform-argocd", False),
])  # fmt: skip
@pytest.mark.parametrize("label", ["managed-by", "managed-by-cluster-argocd", "applicationset-managed-by"])
def test_namespaces_that_another_argo_cd_manages(label: str, manager: str, *, is_refused: bool) -> None:
    labels = {**TAGS, f"argocd.argoproj.io/{label}": manager}
    own = k8s("core/v1:Namespace", {"metadata": {"name": "payments", "labels": labels}}, "payments")
    assert (CROSSING in refused(own)) is is_refused


@pytest.mark.parametrize(("command", "is_refused"), [
    ("sh", True), ("/opt/run", True), ("python3", True), ("argocd-k8s-auth", False), ("/usr/local/bin/aws", False),
    ("kubelogin", False),
])  # fmt: skip
def test_programs_that_sign_in_to_clusters(command: str, *, is_refused: bool) -> None:
    config = f'{{"execProviderConfig": {{"command": "{command}", "args": ["a"]}}}}'
    kubeconfig = f"apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user:\n    exec:\n      command: {command}\n"
    for text in (config, kubeconfig):
        secret = k8s("core/v1:Secret", {"metadata": meta("edge", "argocd"), "stringData": {"config": text}})
        assert (SWITCH in refused(secret)) is is_refused


@pytest.mark.parametrize(("selector", "is_refused"), [
    ("labelSelector: {matchExpressions: [{key: a, operator: DoesNotExist}]}", True),
    ("labelSelector: {matchExpressions: [{key: a, operator: NotIn, values: [b]}]}", True),
    ("labelSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}", False),
    ("labelSelector: {matchLabels: {a: b}}", False),
])  # fmt: skip
def test_projects_that_all_inherit(selector: str, *, is_refused: bool) -> None:
    data = {"globalProjects": f"- {selector}\n  projectName: platform\n"}
    settings = k8s("core/v1:ConfigMap", {"metadata": meta("argocd-cm", "argocd"), "data": data})
    assert (SWITCH in refused(settings)) is is_refused


@pytest.mark.parametrize(("line", "is_refused"), [
    ('disable_lockout = "true"', True), ("disable_lockout = true", True), ("lockout_disable = true", True),
    ('disable_lockout = "false"', False), ('lockout_threshold = "5"', False),
])  # fmt: skip
def test_passwords_of_the_vault_have_a_brake(line: str, *, is_refused: bool) -> None:
    data = {"vault.hcl": f'user_lockout "userpass" {{\n  {line}\n}}\n'}
    settings = k8s("core/v1:ConfigMap", {"metadata": meta("vault", "vault"), "data": data})
    assert (SWITCH in refused(settings)) is is_refused
