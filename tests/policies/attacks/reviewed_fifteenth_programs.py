"""Attacks that a review of the rows for the fifteenth set found to pass: other spellings of what the rows refuse
(2026-11-29)."""

from ..blind import IMAGE, k8s, meta, release, workload
from ..harness import Given
from . import Attack
from .after_fifteenth_cluster_c import _text
from .fifteenth_cluster_a import OPEN, _annotated
from .fifteenth_cluster_b import _in

BUDGET = k8s("policy/v1:PodDisruptionBudget", {
    "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip
USER = "each caller is the administrator of the boards"
NOTHING = "<match **>\n  @type null\n</match>\n"
LOST = "nobody sees what the programs did"
DASHBOARDS = {"instanceSelector": {"matchLabels": {"dashboards": "grafana"}}}


def _lua(value: str) -> tuple[Given, ...]:
    return (_text("proxy", "team-a", {"access.lua": f'ngx.req.set_header("X-WEBAUTH-USER", {value})'}),)


def _vcl(statement: str) -> tuple[Given, ...]:
    return (_text("proxy", "team-a", {"default.vcl": f"sub vcl_recv {{\n  {statement}\n}}\n"}),)


def _collector(text: str) -> tuple[Given, ...]:
    return (_text("fluentd", "logging", {"fluent.conf": text}),)


def _excluded(annotation: str, image: str = IMAGE) -> tuple[Given, ...]:
    """Returns a Deployment whose pods are left out of the logs by an annotation."""
    if image == IMAGE:
        return _annotated({annotation: "true"})
    given = workload("apps/v1:Deployment", {"image": image})
    return (k8s("apps/v1:Deployment", {**given.props, "metadata": meta(annotations={annotation: "true"})}), BUDGET)


def _folder(permissions: str) -> tuple[Given, ...]:
    return (_in("grafana", "grafana.integreatly.org/v1beta1:GrafanaFolder", "payments", {
        "title": "Payments", "permissions": permissions, **DASHBOARDS}),)  # fmt: skip


def _topics(expression: str) -> tuple[Given, ...]:
    return release("kafka-ui", "1.5.3", {
        "image": {"registry": "registry.dc1.example.ae", "repository": "kafbat/kafka-ui", "tag": "v1.4.0"},
        "yamlApplicationConfig": {"auth": {"type": "OAUTH2"}, "rbac": {"default-role": {"permissions": [
            {"resource": "topic", "value": expression, "actions": ["view", "messages_read"]}]}}}})  # fmt: skip


ATTACKS = (
    Attack("a proxy writes the user of the boards between brackets of Lua", OPEN, _lua("[[admin]]"), "critical", USER),
    Attack("a proxy writes the user of the boards as a table of Lua", OPEN, _lua('{"admin"}'), "critical", USER),
    Attack("a cache writes the user of the boards by a function", OPEN, _vcl(
        'header.set(req, "X-WEBAUTH-USER", "admin");'), "critical", USER),
    Attack("a cache writes the user of the boards as a long text", OPEN, _vcl(
        'set req.http.X-WEBAUTH-USER = {"admin"};'), "critical", USER),
    Attack("a collector with a named output throws every record away", OPEN, _collector(
        "<match **>\n  @id nothing\n  @type null\n</match>\n"), "major", LOST),
    Attack("a collector throws two kinds of records away", OPEN, _collector(
        "<match kubernetes.** audit.**>\n  @type null\n</match>\n"), "major", LOST),
    Attack("a collector throws every record away behind the label of its own", OPEN, _collector(
        f"<label @FLUENT_LOG>\n{NOTHING}</label>\n{NOTHING}"), "major", LOST),
    Attack("a collector throws every record away behind its own and a remark", OPEN, _collector(
        f"# <match x>\n{NOTHING.replace('**', 'fluent.**')}{NOTHING}"), "major", LOST),
    Attack("records of a program of Confluent are left out as if it were a collector", OPEN, _excluded(
        "fluentbit.io/exclude", IMAGE.replace("/a@", "/confluent-app@")), "minor", LOST),
    Attack("records of a database of vectors are left out as if it were a collector", OPEN, _excluded(
        "fluentbit.io/exclude", IMAGE.replace("/a@", "/pgvector@")), "minor", LOST),
    Attack("records of an agent of payments are left out", OPEN, _excluded(
        "fluentbit.io/exclude-payment-agent"), "minor", LOST),
    Attack("whoever looks at boards changes them: something stands between role and permission", OPEN, _folder(
        '{"items":[{"role":"Viewer","x":{},"permission":2}]}'), "major", "alerts of payments fall silent"),
    Attack("whoever looks at boards changes them: much space stands between role and permission", OPEN, _folder(
        '{"items":[{"role":"Viewer",' + " " * 300 + '"permission":4}]}'), "major", "alerts of payments fall silent"),
    Attack("whoever looks at boards changes them: the role is written with an escape", OPEN, _folder(
        '{"items":[{"role":"\\u0056iewer","permission":2}]}'), "major", "alerts of payments fall silent"),
    Attack("everybody who signs in reads each topic by a group", OPEN, _topics("(.*)"), "critical",
           "messages of payments are read (kafbat/kafka-ui ab8c9ce, Permission.java)"),
    Attack("everybody who signs in reads each topic by a class", OPEN, _topics(r"[\s\S]*"), "critical",
           "messages of payments are read (kafbat/kafka-ui ab8c9ce, Permission.java)"),
    Attack("a router leaves out calls that succeed behind those that fail", OPEN, (_text("routes", "team-a", {
        "r.eskip": 'h: PathSubtree("/") -> disableAccessLog(4, 2) -> "http://web.team-a.svc";'}),), "minor",
        "nobody sees which data were fetched (zalando/skipper 527238d12, filters.md)"),
    Attack("a script installs a package that nobody signed", OPEN, (_text("node", "team-a", {
        "a.sh": "rpm -Uvh --nosignature https://m.svc.cluster.local/a.rpm\n"}),), "major",
        "who is in between runs programs as root (rpm(8), as known)"),
    Attack("a picker of models serves without TLS by a value of its chart", OPEN, release("inferencepool", "1.2.0", {
        "inferenceExtension": {"flags": {"secure-serving": False}}}), "major", "questions are read in between"),
    Attack("machines of a pipeline wait day and night", ("FJ-COST-126",), (
        Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae"), *release("gitlab-runner", "0.80.0", {
            "runners": {"machine": {"idleCount": 400}}})), "major",
        "machines that nobody uses are paid for (GitLab Runner, 'Runner autoscaling', as known)"),
)  # fmt: skip
