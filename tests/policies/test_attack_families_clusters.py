"""Families of attacks on clusters that the eleventh set is a sample of: what lends, copies, opens and grows.

Each family varies what a table of cases would fix: the kind of the object, the spelling of a name, the place of a
setting and the value; ordinary values beside them pass.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .blind import KUBE, TAGS, cluster_role, crd, k8s, meta, pod, workload
from .harness import Given, Pack, blocking

PACK = Pack()
EXAMPLES = settings(max_examples=40, deadline=None)
NAMES = st.from_regex(r"[a-z]{3,9}", fullmatch=True)
TEAMS = st.from_regex(r"team-[a-y]{1,3}", fullmatch=True)


def findings(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking([item for one in plan for item in PACK.evaluate_resource(one)] + PACK.evaluate_stack(*plan))


def _config(text: str, key: str = "settings.yaml") -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {key: text}})


def _chart(values: object) -> Given:
    chart = "oci://registry.dc1.example.ae/charts/app"
    return Given("kubernetes:helm.sh/v3:Release", {"chart": chart, "version": "1.0.0", "values": values}, provider=KUBE)


def _nested(path: str, value: object) -> dict[str, object]:
    """Returns values of a chart with a value at a path."""
    for name in reversed(path.split(".")):
        value = {name: value}
    assert isinstance(value, dict)
    return value


def _spelled(words: tuple[str, ...], style: str) -> str:
    """Returns the name of a setting as a program spells it."""
    if style == "camel":
        return words[0] + "".join(word.capitalize() for word in words[1:])
    if style == "upper":
        return "_".join(words).upper()
    return {"kebab": "-", "snake": "_", "dot": "."}[style].join(words)


STYLES = st.sampled_from(("camel", "kebab", "snake", "upper"))
PLACES = st.sampled_from(("data", "env", "chart", "argument", "yaml", "ini"))


def _placed(name: str, value: str, place: str) -> Given:
    """Returns an object with a setting at a place."""
    if place == "env":
        return workload("apps/v1:Deployment", {"env": [{"name": name, "value": value}]})
    if place == "argument":
        return workload("apps/v1:Deployment", {"args": [f"--{name}={value}"]})
    if place == "chart":
        return _chart({"config": {name: value}})
    texts = {"data": value, "yaml": f"server:\n  {name}: '{value}'\n", "ini": f"[server]\n{name} = {value}\n"}
    return _config(texts[place], name if place == "data" else "settings")


SWITCHES = (
    (("exec", "enabled"), "true", "false"), (("enable", "web", "terminal"), "on", "off"),
    (("application", "namespaces"), "*", "team-a"), (("allow", "cross", "namespace"), "true", "false"),
    (("allow", "cross", "namespace", "resources"), "yes", "no"), (("enable", "xds", "identity", "check"), "0", "1"),
    (("skip", "issuer", "verification"), "true", "false"), (("disable", "token", "validation"), "1", "0"),
    (("allow", "requests", "on", "db", "unavailable"), "true", "false"),
    (("allow", "if", "opa", "unreachable"), "true", "false"), (("auth", "failure", "mode"), "open", "closed"),
    (("force", "failure", "policy", "ignore"), "true", "false"), (("exception", "namespace"), "*", "kyverno"),
    (("expose", "config"), "true", "non-sensitive-only"), (("wtf", "csrf", "enabled"), "false", "true"),
    (("disable", "check", "xsrf"), "true", "false"), (("allow", "insecure", "serialization"), "1", "0"),
    (("enable", "xcom", "pickling"), "true", "false"), (("client", "cert", "auth"), "false", "true"),
    (("enable", "unsafe", "endpoints"), "true", "false"), (("cookie", "secure"), "false", "true"),
    (("trusted", "proxies"), "0.0.0.0/0", "10.20.0.0/16"), (("trusted", "cidrs"), "10.0.0.0/8,::/0", "10.0.0.0/8"),
    (("num", "trusted", "hops"), "20", "1"), (("allow", "public", "access"), "true", "false"),
    (("runner", "privileged"), "true", "false"), (("tls", "disable"), "1", "0"),
    (("session", "duration"), "87600h", "24h"), (("token", "ttl"), "3650d", "1d"),
    (("jwt", "max", "age"), "never", "1h"), (("log", "format", "upstream"), "$http_cookie", "$status"),
    (("audit", "log", "enabled"), "false", "true"), (("disable", "audit", "logging"), "true", "false"),
    (("insecure", "registries"), "registry.bank:5000", "false"),
    (("disable", "validating", "webhook"), "true", "false"),
    (("disable", "admission", "plugins"), "NodeRestriction,PodSecurity", "DefaultTolerationSeconds"),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(switch=st.sampled_from(SWITCHES), style=STYLES, place=PLACES, prefix=st.sampled_from(("", "server", "app")))
def test_settings_that_open_are_refused_however_they_are_spelled(
    switch: tuple[tuple[str, ...], str, str], style: str, place: str, prefix: str
) -> None:
    words, thrown, safe = switch
    name = _spelled((prefix, *words) if prefix and style != "camel" else words, style)
    assert findings(_placed(name, thrown, place)) & {"FJ-IDN-313", "FJ-ENC-425"}
    assert "FJ-IDN-313" not in findings(_placed(name, safe, place))


PLAIN = (
    (("hubble", "disable", "tls"), "true"), (("server", "tls", "enabled"), "false"), (("use", "ssl"), "0"),
    (("enable", "https"), "no"), (("webserver", "ssl", "enable"), "false"), (("redis", "tls", "enabled"), "off"),
    (("connection", "ssl", "enabled"), "false"), (("minio", "insecure"), "true"),
    (("peer", "tls", "required"), "false"),
    (("disable", "external", "domain", "tls"), "true"), (("without", "tls"), "yes"), (("tls", "disabled"), "true"),
)  # fmt: skip
OPPOSITE = {"true": "false", "yes": "no", "false": "true", "no": "yes", "off": "on", "0": "1"}


@settings(max_examples=80, deadline=None)
@given(switch=st.sampled_from(PLAIN), style=STYLES, place=st.sampled_from(("data", "env", "chart", "yaml")))
def test_settings_that_switch_tls_off_are_refused_however_they_are_spelled(
    switch: tuple[tuple[str, ...], str], style: str, place: str
) -> None:
    name, value = _spelled(switch[0], style), switch[1]
    assert "FJ-ENC-425" in findings(_placed(name, value, place))
    assert "FJ-ENC-425" not in findings(_placed(name, OPPOSITE[value], place))


def test_tls_below_the_name_of_a_connection() -> None:
    for path in ("hubble.tls.enabled", "cluster.api.https.enabled", "config.smtp.tls"):
        assert "FJ-ENC-425" in findings(_chart(_nested(path, value=False)))
        assert "FJ-ENC-425" not in findings(_chart(_nested(path, value=True)))
    for path in ("ingress.tls.enabled", "certManager.tls.enabled", "route.tls.enabled"):
        assert "FJ-ENC-425" not in findings(_chart(_nested(path, value=False)))


HEADERS = st.sampled_from(
    ("X-WEBAUTH-USER", "X-Forwarded-User", "X-Forwarded-Email", "Remote-User", "X-Remote-Group", "kubeflow-userid",
     "X-Auth-Request-Email", "X-Auth-Request-Groups", "X-User-Id", "X-Scope-OrgID", "Impersonate-User",
     "x-amzn-oidc-identity", "X-Forwarded-Client-Cert", "X-MS-CLIENT-PRINCIPAL", "X-authentik-username")
)  # fmt: skip
CASINGS = st.sampled_from((str.upper, str.lower, str.title))
USERS = st.sampled_from(("admin", "root@example.ae", "platform", "alice", "system:masters", "1"))


def _header_routes(name: str, value: str) -> tuple[Given, ...]:
    """Returns routes of each proxy that set a header of requests."""
    pair = [{"name": name, "value": value}]
    gateway = {"filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {"set": pair}}]}
    return (
        crd("gateway.networking.k8s.io/v1:HTTPRoute", {"parentRefs": [{"name": "edge"}], "rules": [gateway]}),
        crd("gateway.networking.k8s.io/v1:GRPCRoute", {"rules": [{"filters": [{
            "type": "RequestHeaderModifier", "requestHeaderModifier": {"add": pair}}]}]}),
        crd("networking.istio.io/v1:VirtualService", {
            "hosts": ["a.example.ae"], "exportTo": ["."], "http": [{"headers": {"request": {"add": {name: value}}}}]}),
        crd("traefik.io/v1alpha1:Middleware", {"headers": {"customRequestHeaders": {name: value}}}),
        crd("projectcontour.io/v1:HTTPProxy", {"routes": [{"services": [{
            "name": "a", "port": 80, "requestHeadersPolicy": {"set": pair}}]}]}),
        crd("k8s.nginx.org/v1:VirtualServerRoute", {"host": "a.example.ae", "subroutes": [{"path": "/a", "action": {
            "proxy": {"upstream": "a", "requestHeaders": {"set": pair}}}}]}),
    )  # fmt: skip


@EXAMPLES
@given(header=HEADERS, casing=CASINGS, user=USERS, place=st.integers(0, 5))
def test_routes_that_write_who_calls(header: str, casing: object, user: str, place: int) -> None:
    name = casing(header)  # type: ignore[operator]
    assert "FJ-IDN-313" in findings(_header_routes(name, user)[place])
    assert "FJ-IDN-313" not in findings(_header_routes("X-Request-Start", user)[place])
    for passed_on in ("", "%DOWNSTREAM_PEER_URI_SAN%", "{{ .User }}", "$http_x_user"):
        assert "FJ-IDN-313" not in findings(_header_routes(name, passed_on)[place])


@pytest.mark.parametrize(("text", "refused"), [
    ("proxy_set_header X-WEBAUTH-USER admin;\n", True), ("proxy_set_header X-Forwarded-User $user;\n", False),
    ('more_set_input_headers "Remote-User: admin";\n', True), ("proxy_set_header X-Forwarded-Proto https;\n", False),
    ("http-request set-header X-Forwarded-Email a@example.ae\n", True), ('proxy_set_header Remote-User "";\n', False),
    ("set_real_ip_from 0.0.0.0/0;\n", True), ("set_real_ip_from 10.0.0.0/8;\n", False),
    ("mc anonymous set public store/models\n", True), ("mc anonymous set none store/models\n", False),
    ("template IN A . {\n  answer \"{{ .Name }} 60 IN A 10.1.2.3\"\n}\n", True),
    ("template IN A example.ae {\n  answer \"{{ .Name }} 60 IN A 10.1.2.3\"\n}\n", False),
    ("template ANY ANY . {\n  rcode NXDOMAIN\n}\n", False),
    ("accept_content = ['json', 'pickle']\n", True), ("accept_content = ['json']\n", False),
    ("[[runners]]\n  [runners.kubernetes]\n    privileged = true\n", True),
    ("[[runners]]\n  [runners.kubernetes]\n    privileged = false\n", False),
    ('listener "tcp" {\n  tls_disable = true\n}\n', True), ('listener "tcp" {\n  tls_disable = 0\n}\n', False),
    ("- rule: Terminal shell in container\n  enabled: false\n", False),
    ("log_format main '$remote_addr $http_authorization';\n", True),
    ("log_format main '$remote_addr $status';\n", False),
    ("proxy_set_header Authorization $http_authorization;\n", False),
    ("accessLogFormat: '[%START_TIME%] %REQ(COOKIE)%'\n", True), ("accessLogFormat: '%REQ(:METHOD)%'\n", False),
    ("package authz\n\ndefault allow := true\n", True), ("package authz\n\ndefault allow := false\n", False),
    ("e = !some(where (p.eft == deny))\n", True), ("e = some(where (p.eft == allow))\n", False),
    ("permit(principal, action, resource);\n", True), ("permit(principal == U::\"a\", action, resource);\n", False),
    ("authorizers:\n- type: AlwaysAllow\n", True), ("authorizers:\n- type: Webhook\n", False),
])  # fmt: skip
def test_lines_of_programs(text: str, *, refused: bool) -> None:
    assert ("FJ-IDN-313" in findings(_config(text, "config"))) is refused


@pytest.mark.parametrize(("key", "text"), [
    ("falco_rules.local.yaml", "- rule: Terminal shell in container\n  enabled: false\n"),
    ("falco_rules.local.yaml", "- rule: Read sensitive file untrusted\n  condition: never_true\n"),
    ("falco.yaml", "falco:\n  rules:\n  - disable:\n      rule: '*'\n"),
    ("policy.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n- level: Metadata\n"),
])  # fmt: skip
def test_records_that_nobody_keeps(key: str, text: str) -> None:
    assert "FJ-IDN-313" in findings(_config(text, key))


@pytest.mark.parametrize(
    "narrowing",
    ["users: ['system:kube-proxy']", "verbs: [watch]", "nonResourceURLs: ['/healthz*']", "namespaces: [kube-system]",
     "resources: [{group: '', resources: [events]}]"],
)  # fmt: skip
def test_a_policy_of_records_may_leave_out_noise(narrowing: str) -> None:
    text = f"apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n  {narrowing}\n- level: Metadata\n"
    assert "FJ-IDN-313" not in findings(_config(text, "policy.yaml"))


def _object(kind: str, spec: object, namespace: str, **annotations: str) -> Given:
    return k8s(kind, {"metadata": meta("x", namespace, annotations=annotations), "spec": spec})


def _lent(namespace: str) -> tuple[tuple[str, object], ...]:
    """Returns objects that take what is of a namespace."""
    return (
        ("core/v1:PersistentVolumeClaim", {"dataSourceRef": {"kind": "VolumeSnapshot", "name": "a",
                                                             "namespace": namespace}}),
        ("kafka.strimzi.io/v1beta2:Kafka", {"entityOperator": {"userOperator": {"watchedNamespace": namespace}}}),
        ("kafka.strimzi.io/v1beta2:Kafka", {"entityOperator": {"topicOperator": {"watchedNamespace": namespace}}}),
        ("networking.istio.io/v1:VirtualService", {
            "hosts": ["a.example.ae"], "gateways": ["edge/a"],
            "http": [{"delegate": {"name": "a", "namespace": namespace}}]}),
        ("projectcontour.io/v1:HTTPProxy", {"includes": [{"name": "a", "namespace": namespace}]}),
        ("k8s.nginx.org/v1:VirtualServer", {"routes": [{"path": "/", "route": f"{namespace}/a"}]}),
        ("external-secrets.io/v1:SecretStore", {"provider": {"kubernetes": {"remoteNamespace": namespace}}}),
    )  # fmt: skip


@EXAMPLES
@given(own=TEAMS, other=TEAMS, place=st.integers(0, 6))
def test_objects_that_take_what_is_of_others(own: str, other: str, place: int) -> None:
    kind, spec = _lent(other)[place]
    assert ("FJ-IDN-314" in findings(_object(kind, spec, own))) is (own != other)
    assert "FJ-IDN-314" not in findings(_object(*_lent(own)[place], own))


def _copied(host: str) -> tuple[tuple[str, object, dict[str, str]], ...]:
    """Returns objects that send copies to a host."""
    call = {"method": "POST", "service": {"url": f"https://{host}/a"}}
    return (
        ("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"logger": {"url": f"http://{host}/"}}}, {}),
        ("serving.kserve.io/v1beta1:InferenceService", {"transformer": {"logger": {"url": f"http://{host}:8080"}}}, {}),
        ("networking.k8s.io/v1:Ingress", {}, {"nginx.ingress.kubernetes.io/mirror-target": f"https://{host}$request_uri"}),
        ("kyverno.io/v1:Policy", {"rules": [{"name": "a", "context": [{"name": "a", "apiCall": call}]}]}, {}),
        ("kyverno.io/v2beta1:GlobalContextEntry", {"apiCall": call}, {}),
    )  # fmt: skip


@EXAMPLES
@given(own=TEAMS, other=TEAMS, name=NAMES, end=st.sampled_from((".svc", ".svc.cluster.local")), place=st.integers(0, 4))
def test_copies_that_go_to_others(own: str, other: str, name: str, end: str, place: int) -> None:
    kind, spec, annotations = _copied(f"{name}.{other}{end}")[place]
    assert ("FJ-IDN-314" in findings(_object(kind, spec, own, **annotations))) is (own != other)
    kind, spec, annotations = _copied(f"{name}.knative-eventing{end}")[place]
    assert "FJ-IDN-314" not in findings(_object(kind, spec, own, **annotations))


@pytest.mark.parametrize(("conditions", "refused"), [
    ([], True), ([{"namespaces": ["payments"]}], False), ([{"namespaces": ["*"]}], True), ([{}], False),
    ([{"namespaceSelector": {}}], True), ([{"namespaceRegexes": [".*"]}], True),
    ([{"namespaces": ["payments"]}, {"namespaceSelector": {}}], True),
    ([{"namespaceSelector": {"matchLabels": {"bank.ae/ledger": "true"}}}], False),
])  # fmt: skip
def test_stores_of_the_secrets_of_a_namespace(conditions: list[object], *, refused: bool) -> None:
    spec = {"provider": {"kubernetes": {"remoteNamespace": "payments"}}, "conditions": conditions}
    store = k8s("external-secrets.io/v1:ClusterSecretStore", {"metadata": {"name": "a"}, "spec": spec})
    assert ("FJ-IDN-314" in findings(store)) is refused


def _service(name: str, **spec: object) -> Given:
    return k8s("core/v1:Service", {"metadata": meta(name, "payments"), "spec": {"type": "ClusterIP", **spec}}, name)


@EXAMPLES
@given(name=NAMES, address=st.ip_addresses(network="10.0.0.0/8"))
def test_slices_that_somebody_writes(name: str, address: object) -> None:
    labels = {**TAGS, "kubernetes.io/service-name": name}
    piece = k8s("discovery.k8s.io/v1:EndpointSlice", {
        "metadata": {"name": f"{name}-1", "namespace": "payments", "labels": labels}, "addressType": "IPv4",
        "endpoints": [{"addresses": [str(address)]}]}, "slice")  # fmt: skip
    assert "FJ-IDN-314" in findings(piece)
    assert "FJ-IDN-314" in findings(_service(name, selector={"app": "a"}), piece)
    assert "FJ-IDN-314" not in findings(_service(name, ports=[{"port": 5432}]), piece)


@EXAMPLES
@given(
    end=st.sampled_from(("", ".com", ".io", ".ae", ".co.uk", ".net", ".com.")),
    stars=st.sampled_from(("*", "**", "*.*")),
    place=st.integers(0, 3),
)
def test_policies_that_list_every_name(end: str, stars: str, place: int) -> None:
    def rules(name: str) -> Given:
        return (
            crd("cilium.io/v2:CiliumNetworkPolicy", {"egress": [{"toFQDNs": [{"matchPattern": name}]}]}),
            crd("networking.k8s.aws/v1alpha1:ApplicationNetworkPolicy", {"egress": [{"to": [
                {"domainNames": [name]}]}]}),
            crd("projectcalico.org/v3:NetworkPolicy", {"egress": [{"action": "Allow", "destination": {
                "domains": [name]}}]}),
            crd("policy.networking.k8s.io/v1alpha2:ClusterNetworkPolicy", {"egress": [{"action": "Accept", "to": [
                {"domainNames": [name]}]}]}),
        )[place]  # fmt: skip

    assert "FJ-EXP-324" in findings(rules(f"{stars}{end}"))
    for name in (
        "*.example.ae",
        "api.example.com",
        "*.s3.me-central-1.amazonaws.com",
        "*.local",
        "*.svc.cluster.local",
    ):
        assert "FJ-EXP-324" not in findings(rules(name))


@EXAMPLES
@given(cpus=st.integers(6, 40), kind=st.sampled_from(("ScaledObject", "ScaledJob")))
def test_autoscalers_that_state_no_maximum(cpus: int, kind: str) -> None:
    size = {"cpu": str(cpus), "memory": "8Gi"}
    container = {"resources": {"requests": size, "limits": size}}
    job = {"jobTargetRef": {"template": {"spec": pod(container)}}}
    spec = {"triggers": [], **({"scaleTargetRef": {"name": "x"}} if kind == "ScaledObject" else job)}
    plan = (workload("apps/v1:Deployment", container), crd(f"keda.sh/v1alpha1:{kind}", spec))
    assert "FJ-COST-126" in findings(*plan)
    stated = crd(f"keda.sh/v1alpha1:{kind}", {**spec, "maxReplicaCount": 4})
    assert "FJ-COST-126" not in findings(plan[0], stated)


@EXAMPLES
@given(highest=st.integers(65, 2_000), workers=st.integers(1, 4))
def test_trainings_that_grow(highest: int, workers: int) -> None:
    size = {"cpu": "4", "memory": "16Gi", "nvidia.com/gpu": "1"}
    template = {"metadata": {"labels": TAGS}, "spec": pod({"resources": {"requests": size, "limits": size}})}

    def training(most: int) -> Given:
        return crd("kubeflow.org/v1:PyTorchJob", {
            "elasticPolicy": {"minReplicas": 1, "maxReplicas": most},
            "pytorchReplicaSpecs": {"Worker": {"replicas": workers, "template": template}}})  # fmt: skip

    assert "FJ-COST-126" in findings(training(highest))
    assert "FJ-COST-126" not in findings(training(8))


@EXAMPLES
@given(name=st.sampled_from(("system-node-critical", "system-cluster-critical")), team=TEAMS)
def test_pods_of_teams_that_displace_the_platform(name: str, team: str) -> None:
    def work(namespace: str, priority: str) -> Given:
        template = {"metadata": {"labels": TAGS}, "spec": pod({}, priorityClassName=priority)}
        return k8s("apps/v1:Deployment", {"metadata": meta("x", namespace), "spec": {"template": template}})

    assert "FJ-COST-126" in findings(work(team, name))
    assert "FJ-COST-126" not in findings(work("kube-system", name))
    assert "FJ-COST-126" not in findings(work(team, "batch"))


@pytest.mark.parametrize("key", ["min-scale", "initial-scale", "activation-scale"])
def test_pods_that_every_service_keeps(key: str) -> None:
    def autoscaler(number: int) -> Given:
        data = {key: str(number)}
        return k8s("core/v1:ConfigMap", {"metadata": meta("config-autoscaler", "knative-serving"), "data": data})

    assert "FJ-COST-126" in findings(autoscaler(50))
    assert "FJ-COST-126" not in findings(autoscaler(1))


ROLES = st.sampled_from(
    ("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files", "pg_write_all_data", "postgres",
     "rds_superuser", "azure_pg_admin", "pg_maintain")
)  # fmt: skip


@EXAMPLES
@given(role=ROLES, others=st.lists(NAMES, max_size=2), upper=st.booleans())
def test_memberships_that_are_a_superuser(role: str, others: list[str], *, upper: bool) -> None:
    def cluster(*names: str) -> Given:
        roles = [{"name": "app", "login": True, "inRoles": list(names)}]
        return crd("postgresql.cnpg.io/v1:Cluster", {"instances": 3, "managed": {"roles": roles}})

    assert "FJ-ESC-115" in findings(cluster(*others, role.upper() if upper else role))
    assert "FJ-ESC-115" not in findings(cluster("pg_monitor", "pg_read_all_data", *(f"app_{name}" for name in others)))


@EXAMPLES
@given(verb=st.sampled_from(("user-info", "serviceaccount", "arbitrary-node", "associated-node")))
def test_verbs_that_act_as_others(verb: str) -> None:
    rule = {"apiGroups": ["authentication.k8s.io"], "resources": ["users"], "verbs": [f"impersonate:{verb}"]}
    assert "FJ-IDN-305" in findings(cluster_role(rule))


@pytest.mark.parametrize(("group", "kind", "verb", "refused"), [
    ("", "services/status", "patch", True), ("", "services/status", "get", False), ("", "services", "patch", False),
    ("karpenter.sh", "nodepools", "patch", True), ("karpenter.sh", "nodepools", "get", False),
    ("kueue.x-k8s.io", "clusterqueues", "update", True), ("kueue.x-k8s.io", "localqueues", "update", False),
])  # fmt: skip
def test_rights_that_reach_beyond_a_team(group: str, kind: str, verb: str, *, refused: bool) -> None:
    role = cluster_role({"apiGroups": [group], "resources": [kind], "verbs": [verb]})
    assert ("FJ-IDN-305" in findings(role)) is refused


@pytest.mark.parametrize(("account", "refused"), [
    ("kube-system:clusterrole-aggregation-controller", True), ("argocd-application-controller", True),
    ("argocd:argocd-application-controller", True), ("crossplane-system:crossplane", True), ("*", True),
    ("deployer", False), ("team-a:deployer", False), ("local-cluster:argocd-manager", False),
])  # fmt: skip
def test_accounts_that_apply_what_a_repository_says(account: str, *, refused: bool) -> None:
    target = {"server": "https://a", "namespace": "a"}
    project = crd("argoproj.io/v1alpha1:AppProject", {
        "sourceRepos": ["https://git.dc1.example.ae/a.git"], "destinations": [target],
        "destinationServiceAccounts": [{**target, "defaultServiceAccount": account}]})  # fmt: skip
    assert ("FJ-IDN-310" in findings(project)) is refused


@EXAMPLES
@given(key=st.sampled_from(("clusterDNS", "dnsServer", "upstreamNameservers", "dns_ips", "resolver", "node-dns")),
       last=st.integers(1, 254))  # fmt: skip
def test_resolvers_of_strangers(key: str, last: int) -> None:
    assert findings(_config(f"config:\n  {key}: ['203.0.113.{last}']\n")) & {"FJ-RES-002", "FJ-RES-003"}
    assert not findings(_config(f"config:\n  {key}: ['10.96.0.{last}']\n")) & {"FJ-RES-002", "FJ-RES-003"}


@EXAMPLES
@given(prefix=st.sampled_from(("storage.s3", "rsm.config", "s3", "remote.storage", "fs.s3a")),
       end=st.sampled_from(("bucket", "bucket.name", "bucket_name")), name=NAMES)  # fmt: skip
def test_buckets_that_properties_name(prefix: str, end: str, name: str) -> None:
    settings_of_storage = {
        "tieredStorage": {"remoteStorageManager": {"config": {f"{prefix}.{end}": f"someone-{name}"}}}
    }
    assert "FJ-RES-003" in findings(crd("kafka.strimzi.io/v1beta2:Kafka", {"kafka": settings_of_storage}))


@pytest.mark.parametrize(("duration", "authority", "refused"), [
    ("87600h", False, True), ("87600h0m0s", False, True), ("2160h", False, False), ("17520h", False, False),
    ("87600h", True, False),
])  # fmt: skip
def test_certificates_that_live_for_years(duration: str, *, authority: bool, refused: bool) -> None:
    spec = {"secretName": "a", "dnsNames": ["a.team-a.svc"], "issuerRef": {"name": "a", "kind": "Issuer"},
            "duration": duration, "isCA": authority}  # fmt: skip
    assert ("FJ-IDN-311" in findings(crd("cert-manager.io/v1:Certificate", spec))) is refused


def test_the_spellings_of_the_families_are_different() -> None:
    names = [re.sub(r"\W", "", "".join(words)) for words, *_ in SWITCHES]
    assert len(names) == len(set(names))
