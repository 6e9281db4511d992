"""Families of attacks on clusters that the eleventh set is a sample of: what lends, copies, opens and grows.

Each family varies what a table of cases would fix: the kind of the object, the spelling of a name, the place of a
setting and the value; ordinary values beside them pass.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import KUBE, crd, k8s, meta, workload
from .harness import Given, Pack, blocking

PACK = Pack()
EXAMPLES = settings(max_examples=many(40), deadline=None)


def findings(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def config_map(text: str, key: str = "settings.yaml") -> Given:
    """Returns a ConfigMap with a text."""
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
    return config_map(texts[place], name if place == "data" else "settings")


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


@settings(max_examples=many(150), deadline=None)
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


@settings(max_examples=many(80), deadline=None)
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
    assert ("FJ-IDN-313" in findings(config_map(text, "config"))) is refused


@pytest.mark.parametrize(("key", "text"), [
    ("falco_rules.local.yaml", "- rule: Terminal shell in container\n  enabled: false\n"),
    ("falco_rules.local.yaml", "- rule: Read sensitive file untrusted\n  condition: never_true\n"),
    ("falco.yaml", "falco:\n  rules:\n  - disable:\n      rule: '*'\n"),
    ("policy.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n- level: Metadata\n"),
])  # fmt: skip
def test_records_that_nobody_keeps(key: str, text: str) -> None:
    assert "FJ-IDN-313" in findings(config_map(text, key))


@pytest.mark.parametrize(
    "narrowing",
    ["users: ['system:kube-proxy']", "verbs: [watch]", "nonResourceURLs: ['/healthz*']", "namespaces: [kube-system]",
     "resources: [{group: '', resources: [events]}]"],
)  # fmt: skip
def test_a_policy_of_records_may_leave_out_noise(narrowing: str) -> None:
    text = f"apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n  {narrowing}\n- level: Metadata\n"
    assert "FJ-IDN-313" not in findings(config_map(text, "policy.yaml"))


def test_the_spellings_of_the_families_are_different() -> None:
    names = [re.sub(r"\W", "", "".join(words)) for words, *_ in SWITCHES]
    assert len(names) == len(set(names))
