"""Attacks that come closest to what passes since the good idioms of the seventeenth set were read.

Written on 2026-11-30 with the rules at hand: secrets beside durations, kinds, switches and names in values of charts,
agents of nodes that take more than their namespace is listed for, schedulers of strangers beside one that schedules no
pods, and what costs something beside objects that are free.
"""

from ..blind import KUBE, TAGS, az, crd, k8s, meta, pod, release
from ..harness import Given
from . import Attack

VALUES, COST, SWITCH, TEXTS = ("FJ-ESC-107",), ("FJ-COST-004",), ("FJ-ESC-115",), ("FJ-EXP-",)
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
READ, KEPT = "whoever reads the repository or the release has it", "read 2026-11-30"
NODE = "whoever takes the program over has the node"
HYDRA = f"{READ} (ory/hydra 01c5a400, spec/config.json, {KEPT})"
AGENTS = f"{NODE} (kubernetes.io, Pod Security Standards; only the namespace of the agents is listed)"
GATEWAY = "gateway.networking.k8s.io/v1"
CHART_VALUES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("chromadb", "every caller reads and writes the store", {"chromadb": {"auth": {"enabled": False}}}),
)
"""Chart, harm of a row of `chart_values.csv`, and values that the row refuses."""


def _with(values: dict[str, object]) -> tuple[Given, ...]:
    return release("podinfo", "6.9.2", values, "payments")


def _agent(values: dict[str, object], namespace: str = "gpu-operator", **more: object) -> tuple[Given, ...]:
    """Returns a release in the namespace that the repository lists for agents of the nodes, or in another one."""
    given = release("node-agent", "1.4.0", values, namespace)[0]
    return (Given(given.type, {**given.props, **more}, given.name, provider=KUBE),)


def _variable(name: str, value: str) -> tuple[Given, ...]:
    return (k8s("apps/v1:Deployment", {"metadata": meta("hydra", "sign-in"), "spec": {
        "replicas": 2, "selector": {"matchLabels": {"app": "hydra"}}, "template": {
            "metadata": {"labels": {**TAGS, "app": "hydra"}}, "spec": pod({"env": [
                {"name": name, "value": value}]})}}}, "hydra"),)  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("a token of five characters stands in the values of a chart", VALUES, _with({"auth": {"token": "k7Gh2"}}),
           "major", READ),
    Attack("a token that is nearly a duration stands in values", VALUES, _with({"auth": {"token": "8hm7"}}),
           "major", READ),
    Attack("a password has the form of a duration", VALUES, _with({"auth": {"password": "15m"}}), "major", READ),
    Attack("a password is the word for a kind of token", VALUES, _with({"database": {"password": "opaque"}}),
           "major", READ),
    Attack("a password stands among durations of Hydra", VALUES, _with({"hydra": {"config": {"ttl": {
        "access_token": "15m", "password": "s3cret"}}}}), "major", HYDRA),
    Attack("a token stands among durations of Hydra", VALUES, _with({"hydra": {"config": {"ttl": {
        "access_token": "aB3xYz"}}}}), "major", HYDRA),
    Attack("a token stands among kinds of tokens of Hydra", VALUES, _with({"hydra": {"config": {"strategies": {
        "access_token": "k7Gh2"}}}}), "major", HYDRA),
    Attack("a password stands beside a switch of its name", VALUES, _with({
        "allowEmptyPassword": "no", "usePassword": "hunter2"}), "major", READ),
    Attack("a limit of a password is a password", VALUES, _with({"auth": {"maxPassword": "hunter2"}}), "major", READ),
    Attack("a password of a database stands among names of columns", VALUES, _with({
        "columns": {"user": "login", "password": "hunter2"}}), "major", READ),
    Attack("a password with the word for one stands among names of fields", VALUES, _with({
        "fields": {"user": "login", "password": "mypassword"}}), "major", READ),
    Attack("a token is a header that callers send", VALUES, _with({"headers": {"token": "mytokenabc"}}),
           "major", READ),
    Attack("a secret of base64 begins like a file", VALUES, _with({"auth": {"password": "/etc/aB3xYz9Q"}}),
           "major", READ),
    Attack("members of a chart's etcd share a random token by the name of their cluster", VALUES, _with({
        "etcd": {"initialClusterToken": "aB3xYz9Qk"}}), "minor", READ),
    Attack("a short token stands in the text of Hydra's settings", VALUES, _with({
        "config": {"hydra.yaml": "strategies:\n  access_token: k7Gh2\nttl:\n  refresh_token: 8h\n"}}), "major", HYDRA),
    Attack("a variable of Hydra for a duration has a password", TEXTS, _variable("TTL_ACCESS_TOKEN", "hunter2"),
           "major", HYDRA),
    Attack("a variable of Hydra for a kind of token has a password", TEXTS, _variable(
        "STRATEGIES_ACCESS_TOKEN", "hunter2"), "major", HYDRA),
    Attack("a variable with a token has the form of a duration", TEXTS, _variable("ACCESS_TOKEN", "15m"),
           "minor", HYDRA),
    Attack("a chart makes its pods privileged in a namespace that nobody listed", VALUES, _agent({
        "containerSecurityContext": {"privileged": True}}, "payments"), "critical", AGENTS),
    Attack("a chart shares processes of its node in a namespace that nobody listed", VALUES, _agent({
        "hostPID": True}, "payments"), "critical", AGENTS),
    Attack("a chart makes its pods privileged among agents of the nodes", VALUES, _agent({
        "containerSecurityContext": {"privileged": True}}), "critical",
        f"{NODE} (FJ-EXP-301 refuses it to pods of that namespace)"),
    Attack("a section of a chart makes its pods privileged among agents of the nodes", VALUES, _agent({
        "privileged": {"enabled": True}}), "critical", f"{NODE} (FJ-EXP-301 refuses it to pods of that namespace)"),
    Attack("an agent of a chart mounts the keys of the cluster", VALUES, _agent({
        "extraVolumes": [{"name": "pki", "hostPath": {"path": "/etc/kubernetes/pki"}}]}), "critical",
        "the keys of the cluster's authority (kubernetes.io, PKI certificates and requirements)"),
    Attack("an agent of a chart mounts the socket that starts containers", VALUES, _agent({
        "socket": {"hostPath": "/run/containerd/containerd.sock"}}), "critical", f"{NODE} (containerd)"),
    Attack("a release among agents shares the network of nodes in a namespace of a team", VALUES, _agent({
        "namespaceOverride": "payments", "hostNetwork": True}), "critical", AGENTS),
    Attack("a part of a release among agents shares processes of nodes in a namespace of a team", VALUES, _agent({
        "worker": {"namespace": "payments", "hostPID": True}}), "critical", AGENTS),
    Attack("a release among agents has a file of values that shares the network of nodes", VALUES, _agent(
        {}, valueYamlFiles=[{"text": "hostNetwork: true\nnamespaceOverride: payments\n"}]), "critical", AGENTS),
    Attack("an agent of a chart may do what the kernel's administrator may", VALUES, _agent({
        "securityContext": {"capabilities": {"add": ["CAP_SYS_ADMIN"]}}}), "critical", NODE),
    Attack("pods of AIBrix are placed by a scheduler of a stranger", SWITCH, (
        crd("orchestration.aibrix.ai/v1alpha1:StormService", {"replicas": 1, "template": {"spec": {"roles": [{
            "name": "prefill", "replicas": 1, "template": {"spec": {"schedulerName": "stranger-scheduler"}}}]}}}),),
        "major", f"taints, spreading and the isolation of tenants do not apply (vllm-project/aibrix e3e10f9e, {KEPT})"),
    Attack("pods of a database are placed by a scheduler of a stranger", SWITCH, (
        crd("postgresql.cnpg.io/v1:Cluster", {"instances": 3, "schedulerName": "least-adapters"}),), "major",
        f"taints, spreading and the isolation of tenants do not apply (cloudnative-pg a95a534d, {KEPT})"),
    Attack("every caller reads and writes texts in Chroma", ("FJ-ESC-124",), release(
        "chromadb", "0.3.0", CHART_VALUES[0][2]), "major",
        f"answers are made of what a stranger wrote (amikos-tech/chromadb-chart 042af260, values.yaml, {KEPT})"),
    Attack("every caller changes tables of Pinot", ("FJ-IDN-313",), release("pinot", "0.3.5", {
        **{part: {"external": {"enabled": False}} for part in ("controller", "broker")}}), "major",
        f"the chart asks nobody to sign in (apache/pinot 003b50b4, values.yaml, {KEPT})"),
    Attack("load balancers lead to Pinot because nobody switched them off", ("FJ-EXP-",), release("pinot", "0.3.5", {
        "pinotAuth": {"enabled": True}}), "critical",
        f"the tables are open to the internet (apache/pinot 003b50b4, values.yaml, {KEPT})"),
    Attack("a gateway buys a load balancer that no budget has", COST, (
        STACK, crd(f"{GATEWAY}:Gateway", {"gatewayClassName": "inner", "listeners": [
            {"name": "https", "port": 443, "protocol": "HTTPS"}]}, "apps")), "minor",
        f"its controller makes a load balancer (kubernetes-sigs/gateway-api 4564255a, {KEPT})"),
    Attack("a private way of Stream Analytics costs what nobody approved", COST, (
        STACK, az("streamanalytics:PrivateEndpoint", {
            "resourceGroupName": "rg", "clusterName": "asa-bank", "privateEndpointName": "events",
            "manualPrivateLinkServiceConnections": []}, "events")), "minor",
        f"no source says that it is free (MicrosoftDocs/azure-docs 0fd9a8d8, private-endpoints.md, {KEPT})"),
    Attack("a group named like one of Kubernetes' own costs what nobody approved", COST, (
        STACK, crd("certificates.k8s.io.example.ae/v1:ClusterTrustBundle", {"signerName": "example.ae/inner"})),
        "minor", f"its controller may create anything (kubernetes/api 10b39a39, certificates, {KEPT})"),
)  # fmt: skip
