"""Families of the twelfth set of attacks on clusters: servers that ask nobody, answers of tenants, rights on what runs,
and what classes and policies of the cluster give every pod."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .blind import KUBE, TAGS, cluster_role, k8s, meta, workload
from .harness import Given, Pack, blocking

PACK = Pack()
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def _top(kind: str, **parts: object) -> Given:
    return k8s(kind, {"metadata": {"name": "x", "labels": TAGS}, **parts})


def _in(namespace: str, kind: str, spec: object, name: str = "x") -> Given:
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec})


def _release(values: object, chart: str = "app") -> Given:
    return Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": "1.0.0", "namespace": chart,
        "values": values}, chart, provider=KUBE)  # fmt: skip


def _config(text: str, key: str = "config.yaml") -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {key: text}})


def _started(*args: str) -> Given:
    return workload("apps/v1:Deployment", {"command": list(args)})


AUTH = st.sampled_from([
    ("auth", "type"), ("auth", "mode"), ("authentication", "provider"), ("security", "authentication", "strategy"),
])  # fmt: skip


@given(path=AUTH, value=st.sampled_from(["DISABLED", "disabled", "NoAuth", "allow_all", "permitAll", "unsecured"]))
def test_authentication_that_asks_nobody(path: tuple[str, ...], value: str) -> None:
    values: object = value
    for key in reversed(path):
        values = {key: values}
    assert "FJ-IDN-313" in refused(_release({"settings": values}))
    assert "FJ-IDN-313" in refused(_config(json.dumps(values)))


@pytest.mark.parametrize("given", [
    _release({"gateway": {"auth": {"type": "simple"}}}, "dask-gateway"),
    _config('c.DaskGateway.authenticator_class = "dask_gateway_server.auth.SimpleAuthenticator"\n', "config.py"),
    _release({"controller": {"JCasC": {"authorizationStrategy": "loggedInUsersCanDoAnything:\n"
                                                                "  allowAnonymousRead: true"}}}, "jenkins"),
    _config("jenkins:\n  authorizationStrategy: unsecured\n"),
    _config("<hudson><authorizationStrategy class='hudson.security.AuthorizationStrategy$Unsecured'/></hudson>"),
    _config("<useSecurity>false</useSecurity>", "config.xml"),
    _config('permissions:\n  - "Overall/Administer:anonymous"\n'),
    _release({"dynamic": {"config": {"enabled": True}}}, "kafka-ui"),
    _release({"auth": {"rbac": {"create": False}}}, "etcd"),
    _config('acl = {\n  enabled = true\n  default_policy = "allow"\n}\n', "acl.hcl"),
    _config(json.dumps({"acl": {"enabled": True, "down_policy": "allow"}})),
    _config(json.dumps({"default_intention_policy": "allow"})),
    _config("hadoop.security.authentication=simple\n"),
    _config("hive.server2.authentication=NOSASL\n"),
    _config("http-server.authentication.type=insecure\n"),
    _config("zeppelin.anonymous.allowed=true\n"),
    _started("tritonserver", "--model-repository=/models", "--model-control-mode", "explicit"),
    workload("apps/v1:Deployment", {"env": [{"name": "VLLM_ALLOW_RUNTIME_LORA_UPDATING", "value": "True"}]}),
    _started("metrics-server", "--kubelet-insecure-tls=true"),
    _release({"clustermesh": {"config": {"clusters": [{"name": "b", "ips": ["203.0.113.9"]}]}}}, "cilium"),
])  # fmt: skip
def test_programs_that_ask_nobody(given: Given) -> None:
    assert "FJ-IDN-313" in refused(given)


@pytest.mark.parametrize("given", [
    _release({"auth": {"type": "OAUTH2"}, "dynamic": {"config": {"enabled": True}}, "rbac": {"roles": [
        {"name": "admins", "clusters": ["main"], "permissions": [{"resource": "applicationconfig", "actions": "all"}],
         "subjects": [{"provider": "oauth", "type": "role", "value": "kafka-admins"}]}]}}, "kafka-ui"),
    _release({"controller": {"JCasC": {"authorizationStrategy": "loggedInUsersCanDoAnything:\n"
                                                                "  allowAnonymousRead: false"}}}, "jenkins"),
    _config('permissions:\n  - "Overall/Administer:platform-admins"\n  - "Overall/Read:authenticated"\n'),
    _release({"auth": {"rbac": {"create": False}, "client": {"enableAuthentication": True}}}, "etcd"),
    _release({"auth": {"rbac": {"create": True, "existingSecret": "etcd"}}}, "etcd"),
    _config(json.dumps({"acl": {"enabled": True, "default_policy": "deny", "down_policy": "extend-cache"}})),
    _config("hadoop.security.authentication=kerberos\n"),
    _config(json.dumps({"token_endpoint_auth_method": "none", "grant": "authorization_code"})),
    _started("tritonserver", "--model-control-mode=none"),
    _started("tritonserver", "--model-control-mode=explicit", "--http-restricted-api=model-repository:admin=$KEY"),
    _started("metrics-server", "--kubelet-insecure-tls=false"),
    _release({"clustermesh": {"config": {"clusters": [{"name": "b", "ips": ["10.20.0.9"]}]}}}, "cilium"),
])  # fmt: skip
def test_programs_that_ask(given: Given) -> None:
    assert "FJ-IDN-313" not in refused(given)


@given(
    key=st.sampled_from(["redirectUris", "redirectURIs", "redirect_uris", "callbackURLs", "redirectUri"]),
    address=st.sampled_from(["*", "https://*", "https://*/callback", "http://*:8080/x", ".*", "https://app.bank.ae*",
                             "^https://.*$"]),
)  # fmt: skip
def test_links_that_name_the_address_of_tokens(key: str, address: str) -> None:
    assert "FJ-IDN-313" in refused(_config(json.dumps({"clients": [{"clientId": "x", key: [address]}]})))


@given(address=st.sampled_from(["https://app.bank.ae/*", "https://app.bank.ae/oauth2/callback", "/oauth2/*",
                                "http://localhost:*/callback", "https://app.bank.ae"]))  # fmt: skip
def test_links_to_one_host(address: str) -> None:
    assert "FJ-IDN-313" not in refused(_config(json.dumps({"redirectUris": [address]})))


@pytest.mark.parametrize(("rule", "is_refused"), [
    ({"apiGroups": [""], "resources": ["pods"], "verbs": ["update"]}, True),
    ({"apiGroups": [""], "resources": ["pods/status"], "verbs": ["patch"]}, True),
    ({"apiGroups": [""], "resources": ["persistentvolumes"], "verbs": ["patch"]}, True),
    ({"apiGroups": [""], "resources": ["nodes/checkpoint"], "verbs": ["create"]}, True),
    ({"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch", "delete"]}, False),
    ({"apiGroups": [""], "resources": ["pods"], "verbs": ["patch"], "resourceNames": ["one"]}, False),
    ({"apiGroups": [""], "resources": ["nodes/metrics", "nodes/stats"], "verbs": ["get"]}, False),
])  # fmt: skip
def test_rights_on_what_runs(rule: dict[str, object], *, is_refused: bool) -> None:
    assert ("FJ-IDN-305" in refused(cluster_role(rule))) is is_refused


@pytest.mark.parametrize(("role", "theirs", "is_refused"), [
    ("admin", "team-a", True), ("edit", "risk", True), ("edit", "payments", False), ("view", "team-a", False),
    ("edit", "argocd", False), ("edit", "team-a-ci", False), ("edit", "gitlab-runner", False),
    ("edit", "kube-system", False), ("edit", "platform-tools", False),
])  # fmt: skip
def test_accounts_of_other_teams(role: str, theirs: str, *, is_refused: bool) -> None:
    group = "rbac.authorization.k8s.io"
    binding = k8s(f"{group}/v1:RoleBinding", {
        "metadata": meta("x", "payments"), "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": role},
        "subjects": [{"kind": "ServiceAccount", "name": "builder", "namespace": theirs}]})  # fmt: skip
    assert ("FJ-IDN-301" in refused(binding)) is is_refused


@pytest.mark.parametrize(("group", "namespace", "is_refused"), [
    ("kyverno.io", "team-a", True), ("external-secrets.io", "risk", True), ("cert-manager.io", "payments", True),
    ("kyverno.io", "kyverno", False), ("argoproj.io", "argocd", False), ("kafka.strimzi.io", "strimzi", False),
    ("kueue.x-k8s.io", "kueue-system", False), ("ledger.example.ae", "ledger", False),
])  # fmt: skip
def test_conversion_by_others(group: str, namespace: str, *, is_refused: bool) -> None:
    config = {"service": {"name": "convert", "namespace": namespace}}
    definition = _top("apiextensions.k8s.io/v1:CustomResourceDefinition", spec={
        "group": group, "conversion": {"strategy": "Webhook", "webhook": {"clientConfig": config}}})  # fmt: skip
    assert ("FJ-IDN-314" in refused(definition)) is is_refused


STORE, HERE = "minio.dc1.example.ae", "x.team-a.svc.cluster.local"


@pytest.mark.parametrize(("kind", "spec", "is_refused"), [
    ("ServiceEntry", {"hosts": [STORE], "workloadSelector": {"labels": {"app": "x"}}}, True),
    ("ServiceEntry", {"hosts": [STORE], "endpoints": [{"address": HERE}]}, True),
    ("VirtualService", {"hosts": [STORE], "http": [{"route": [{"destination": {"host": "x"}}]}]}, True),
    ("VirtualService", {"hosts": [STORE], "tls": [{"route": [{"destination": {"host": HERE}}]}]}, True),
    ("VirtualService", {"hosts": [STORE], "tcp": [{"route": [{"destination": {"host": HERE}}]}]}, True),
    ("ServiceEntry", {"hosts": [STORE], "exportTo": ["."], "workloadSelector": {"labels": {"app": "x"}}}, False),
    ("ServiceEntry", {"hosts": ["vm.team-a.example.ae"], "workloadSelector": {"labels": {"app": "x"}}}, False),
    ("ServiceEntry", {"hosts": [STORE], "endpoints": [{"address": "10.1.2.3"}]}, False),
    ("VirtualService", {"hosts": [STORE], "http": [{"route": [{"destination": {"host": STORE}}]}]}, False),
    ("VirtualService", {"hosts": [STORE], "http": [{"route": [{"destination": {
        "host": "istio-egressgateway.istio-system.svc.cluster.local"}}]}]}, False),
    ("VirtualService", {"hosts": [STORE], "gateways": ["edge/a"], "http": [{"route": [{"destination": {
        "host": "x"}}]}]}, False),
])  # fmt: skip
def test_names_that_a_tenant_answers(kind: str, spec: object, *, is_refused: bool) -> None:
    given = _in("team-a", f"networking.istio.io/v1:{kind}", spec)
    assert ("FJ-IDN-314" in refused(given)) is is_refused


@pytest.mark.parametrize(("expression", "is_refused"), [
    ("object.data.map(k, k + string(object.data[k])).join(',')", True), ("string(object['data'].password)", True),
    ("oldObject.stringData.token", True), ("'keys: ' + string(size(object.data))", False),
    ("object.metadata.name", False), ("string(has(object.data.password))", False),
])  # fmt: skip
@pytest.mark.parametrize("resources", [["secrets"], ["*"], ["configmaps"]])
def test_secrets_in_records(resources: list[str], expression: str, *, is_refused: bool) -> None:
    for part in ({"auditAnnotations": [{"key": "x", "valueExpression": expression}]},
                 {"validations": [{"expression": "true", "messageExpression": expression}]}):  # fmt: skip
        rules = [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": resources}]
        policy = _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", spec={
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": rules}, **part})  # fmt: skip
        assert ("FJ-IDN-314" in refused(policy)) is (is_refused and resources != ["configmaps"])


@pytest.mark.parametrize("kind", ["repo-creds", "repo-write-creds"])
@pytest.mark.parametrize(("url", "is_refused"), [
    ("https://git", True), ("https://forge.example.ae", True), ("https://forge.example.ae:8443", True),
    ("git@forge", True), ("ssh://git@forge.example.ae", True), ("oci://registry.dc1.example.ae", True),
    ("https://forge.example.ae/", False), ("https://forge.example.ae:8443/team", False), ("git@forge.bank.ae:", False),
    ("ssh://git@forge.example.ae:2222/team", False), ("registry.dc1.example.ae/charts", False),
    ("http://gitea/", False),
])  # fmt: skip
def test_credentials_for_beginnings_of_hosts(kind: str, url: str, *, is_refused: bool) -> None:
    metadata = meta("forge", "argocd") | {"labels": {**TAGS, "argocd.argoproj.io/secret-type": kind}}
    secret = k8s("core/v1:Secret", {"metadata": metadata, "stringData": {"type": "git", "url": url}})
    assert ("FJ-IDN-314" in refused(secret)) is is_refused


@pytest.mark.parametrize(("names", "namespace", "is_refused"), [
    (["*.example.ae"], "team-a", True), (["*.bank.co.ae"], "team-a", True), (["*.example.ae"], "istio-system", False),
    (["*.team-a.example.ae"], "team-a", False), (["chat.example.ae"], "team-a", False),
])  # fmt: skip
def test_certificates_of_each_host(names: list[str], namespace: str, *, is_refused: bool) -> None:
    given = _in(namespace, "cert-manager.io/v1:Certificate", {
        "secretName": "edge", "dnsNames": names, "issuerRef": {"name": "public", "kind": "ClusterIssuer"},
        "privateKey": {"rotationPolicy": "Always"}})  # fmt: skip
    assert ("FJ-IDN-311" in refused(given)) is is_refused
