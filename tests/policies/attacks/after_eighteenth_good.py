"""Attacks that come closest to what rules were softened for after the good idioms of set 18."""

from ..blind import TAGS, aws, az, k8s, meta
from ..harness import Given
from ..idioms.eleventh_cluster import top
from ..idioms.fourth import RG
from ..idioms.twelfth_charts import MIRROR, mirrored
from . import Attack

ANTREA = "crd.antrea.io/v1beta1"
LOGS = "victoria-logs-single"
DIGEST = f"v1.36.1@sha256:{'0' * 64}"


def logs(server: dict[str, object], **more: object) -> tuple[Given, ...]:
    """Returns a release of VictoriaLogs."""
    return (mirrored(LOGS, "0.11.15", {"server": server, **more}, "logs"),)


def antrea(kind: str, name: str, *sources: object, action: str = "Allow") -> Given:
    """Returns a policy of Antrea with one rule."""
    spec = {"priority": 1, "appliedTo": [{"podSelector": {}}], "ingress": [
        {"action": action, "name": "in", **({"from": list(sources)} if sources else {})}]}  # fmt: skip
    if kind == "ClusterNetworkPolicy":
        return top(f"{ANTREA}:{kind}", name, spec)
    return k8s(f"{ANTREA}:{kind}", {"metadata": meta(name, "orders"), "spec": spec}, name)


def job(arguments: dict[str, str]) -> Given:
    """Returns a measurement of a model with a key of OpenAI."""
    return k8s("trustyai.opendatahub.io/v1alpha1:LMEvalJob", {"metadata": meta("llama", "evaluation"), "spec": {
        "model": "openai-completions", "modelArgs": [{"name": key, "value": value} for key, value in arguments.items()],
        "taskList": {"taskNames": ["arc_easy"]}, "pod": {"container": {"env": [{
            "name": "OPENAI_API_KEY", "valueFrom": {"secretKeyRef": {"name": "llama", "key": "token"}}}]}}}},
        "llama")  # fmt: skip


def dms(engine: str) -> Given:
    """Returns an endpoint of a migration that is reached without TLS."""
    return aws("dms/Endpoint", {
        "endpointId": "site", "endpointType": "source", "engineName": engine, "sslMode": "none", "serverName":
        "db.bank.ae", "port": 5432, "username": "move", "databaseName": "orders", "tags": TAGS})  # fmt: skip


ATTACKS = (
    Attack("the password of stored logs is what an address on the web answers", ("FJ-ESC-107",), logs({"extraArgs": {
        "httpAuth.username": "logs", "httpAuth.password": "http://passwords.logs.svc/logs"}}),
        "major", "who answers there knows the password (VictoriaMetrics, lib/flagutil/password.go)"),
    Attack("the password of stored logs is echoed by a reference that holds it", ("FJ-ESC-107",), logs({"extraArgs": {
        "httpAuth.username": "logs", "httpAuth.password": "ref+echo://Falcon-2026"}}),
        "major", "the reference is the text itself (helmfile/vals, Echo)"),
    Attack("a password stands in a template of a chart's values", ("FJ-ESC-107",), logs({"extraArgs": {
        "httpAuth.username": "logs", "httpAuth.password": '{{ .Values.absent | default "Falcon-2026" }}'}}),
        "major", "the default is the password (Helm, 'Template functions', default)"),
    Attack("objects stand beside a word of a webhook in a chart's values", ("FJ-ESC-107",), logs(
        {}, extraObjects={"failurePolicy": "Ignore", "role": {
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"}}}),
        "critical", "the chart creates them (VictoriaMetrics/helm-charts, extraObjects)"),
    Attack("the role of a policy engine may read secrets of every namespace by its chart", ("FJ-ESC-107",), (
        mirrored("kyverno", "3.6.0", {"backgroundController": {"rbac": {"coreClusterRole": {"extraResources": [
            {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list"]}]}}}}, "kyverno"),),
        "critical", "who gets the engine gets them (kyverno/kyverno, charts/kyverno/values.yaml)"),
    Attack("a chart's section of a secret has a password where others have the name of a key", ("FJ-ESC-107",), logs(
        {"adminSecret": {"name": "admin", "password": "mypassword"}}),
        "major", "the value is not the name of its key (awslabs/mountpoint-s3-csi-driver, awsAccessSecret)"),
    Attack("a stranger's image stands beside the registry that only another part of the chart joins", ("FJ-ESC-113",),
           logs({}, **{"global": {"image": {"registry": MIRROR}}, "vector": {
               "enabled": True, "image": {"repository": "stranger/vector", "tag": DIGEST}}}),
           "critical", "the chart of Vector knows no such value (VictoriaMetrics/helm-charts, victoria-logs-single)"),
    Attack("a chart that joins no registry of all parts runs a stranger's image", ("FJ-ESC-113",), (
        mirrored("redis-cache", "1.0.0", {"global": {"image": {"registry": MIRROR}}, "server": {
            "image": {"repository": "stranger/redis", "tag": DIGEST}}}, "cache"),),
        "critical", "the name is of Docker Hub where the template does not read the value"),
    Attack("the registry of all images of Loki is a stranger's", ("FJ-ESC-113",), (
        mirrored("loki", "6.46.0", {"global": {"registry": "registry.stranger.example"}}, "logs"),),
        "critical", "each image comes from there (grafana/loki, production/helm/loki, loki.baseImage)"),
    Attack("the registry of the drivers of files is a stranger's", ("FJ-ESC-113",), (
        mirrored("azurefile-csi-driver", "1.34.0", {"image": {"baseRepo": "registry.stranger.example", "azurefile": {
            "repository": "/k8s/csi/azurefile-csi", "tag": DIGEST}}}, "kube-system"),),
        "critical", "the driver runs on each machine (kubernetes-sigs/azurefile-csi-driver, charts/latest)"),
    Attack("the driver of files is a stranger's image whose name the registry is not written before", ("FJ-ESC-113",), (
        mirrored("azurefile-csi-driver", "1.34.0", {"image": {"azurefile": {
            "repository": "stranger/azurefile-csi", "tag": DIGEST}}}, "kube-system"),),
        "critical", "the chart joins what begins with a slash (kubernetes-sigs/azurefile-csi-driver, charts/latest)"),
    Attack("a directory of the node is mounted where the chart's default is none", ("FJ-ESC-107",), (
        mirrored("cockroachdb", "17.0.3", {"storage": {"hostPath": "/var/lib"}}, "accounts"),),
        "critical", "the pod reads the tokens of others (cockroachdb/helm-charts, storage.hostPath)"),
    Attack("a policy of Antrea allows every namespace beside the own one", ("FJ-EXP-324",), (
        antrea("ClusterNetworkPolicy", "own", {"namespaces": {"match": "Self"}}, {"namespaceSelector": {}}),),
        "major", "every pod connects (antrea-io/antrea, antrea-network-policy.md)"),
    Attack("a policy of Antrea for the cluster allows all pods by a selector of pods alone", ("FJ-EXP-324",), (
        antrea("ClusterNetworkPolicy", "pods", {"podSelector": {}}),),
        "major", "it selects the pods of all namespaces (antrea-network-policy.md, 'Key differences')"),
    Attack("a rule of Antrea that allows names no source", ("FJ-EXP-324",), (antrea("NetworkPolicy", "open"),),
           "major", "it is for every source (antrea-io/antrea, test/e2e: an empty From matches all addresses)"),
    Attack("a policy of Kubernetes for the cluster has Antrea's word for the own namespace", ("FJ-EXP-324",), (
        top("policy.networking.k8s.io/v1alpha2:ClusterNetworkPolicy", "own", {
            "priority": 1, "tier": "Admin", "subject": {"namespaces": {}}, "ingress": [
                {"action": "Accept", "from": [{"namespaces": {"match": "Self"}}]}]}),),
        "major", "the field is none of a selector, which then selects every namespace (network-policy-api)"),
    Attack("a model is measured at OpenAI with the key and without an address", ("FJ-RES-114",), (
        job({"model": "gpt-4o-mini"}),),
        "critical", "its class has OpenAI's address (lm-evaluation-harness, openai_completions.py)"),
    Attack("a migration reads a database without TLS", ("FJ-ENC-426",), (dms("db2-zos"),), "major",
           "rows cross the network in plaintext (AWS DMS, 'Using SSL')"),
    Attack("a map of routes drops and lets through in one rule for every caller", ("FJ-EXP-126",), (
        az("network:RouteMap", {**RG, "virtualHubName": "hub-bank", "routeMapName": "all", "rules": [{
            "name": "all", "matchCriteria": [{"matchCondition": "Contains", "routePrefix": ["0.0.0.0/0"]}],
            "actions": [{"type": "Drop"}, {"type": "Add", "parameters": [{"asPath": ["65010"]}]}]}]}),),
        "minor", "what matches is not dropped alone (pulumi-azure-native 3.29.0, network.RouteMapRule)"),
    Attack("a private domain of APIs of another account is called through the bank's endpoint", ("FJ-RES-113",), (
        aws("apigateway/DomainNameAccessAssociation", {
            "accessAssociationSource": "vpce-0123456789abcdef0", "accessAssociationSourceType": "VPCE", "tags": TAGS,
            "domainNameArn": "arn:aws:apigateway:me-central-1:999999999999:/domainnames/pay.bank.ae+a1b2c3d4e5"}),),
        "major", "requests with data go to APIs of a stranger (API Gateway, 'API consumer')"),
)  # fmt: skip
