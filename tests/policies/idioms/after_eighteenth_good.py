"""Good idioms beside those of set 18 that rules refused for a wrong reason."""

from ..blind import TAGS, aws, k8s, meta
from ..harness import Given
from . import Idiom, unpriced
from .eleventh_charts import CLOSED, SMALL, secret_variable
from .eleventh_cluster import top
from .fourth import AWS_DOCS
from .sixteenth_stores import HASH, owned
from .thirteenth_aws import OURS
from .thirteenth_cluster_access import account
from .twelfth_charts import MIRROR, POD, mirrored, ours

ANTREA = "crd.antrea.io/v1beta1"
TEAM = [{"namespaceSelector": {"matchLabels": {"tier": "team"}}}]

SEALED = "ENC[AES256_GCM,data:jpqkrEr5DPo=,iv:x5zoEI7Pjh2z6A/Xmx=,tag:ksyfKsrI5Z1V44q=,type:str]"


def stream(name: str, values: dict[str, object]) -> Given:
    """Returns a release of a chart with the registry of all its images."""
    return mirrored(name, "1.0.0", {"podLabels": TAGS, **values}, "monitoring")


IDIOMS: tuple[Idiom, ...] = (
    Idiom("charts take their images from the mirror that one value names", (
        stream("kube-state-metrics", {"global": {"imageRegistry": MIRROR}, "image": {
            "repository": "kube-state-metrics/kube-state-metrics", "tag": "v2.17.0", "sha":
            HASH.removeprefix("sha256:")}}),
        stream("azurefile-csi-driver", {"image": {"baseRepo": MIRROR, "azurefile": {
            "repository": "/k8s/csi/azurefile-csi", "tag": f"v1.34.0@{HASH}"}}}),
        stream("tempo", {"global": {"imageRegistry": MIRROR}, "tempo": {
            "repository": "grafana/tempo", "tag": f"2.9.0@{HASH}", "resources": SMALL}}),
        stream("victoria-metrics-agent", {"global": {"image": {"registry": MIRROR}}, "image": {
            "repository": "victoriametrics/vmagent", "tag": f"v1.129.1@{HASH}"}})),
        "grafana-community/helm-charts, charts/tempo; VictoriaMetrics/helm-charts, charts/victoria-metrics-agent",
        ours(), charts=("azurefile-csi-driver", "kube-state-metrics", "tempo", "victoria-metrics-agent")),
    Idiom("passwords of a chart are read from files, variables and the vault when its programs start", (
        stream("victoria-metrics-auth", {"extraArgs": {
            "httpAuth.username": "file:///auth/username", "httpAuth.password": "file:///auth/password",
            "reloadAuthKey": "file:///auth/reload"}, "exporter": {"password": "${env:EXPORTER_PASSWORD}"}, "database": {
                "password": "vault:secret/data/metrics#password"}}),),
        "VictoriaMetrics/VictoriaMetrics, lib/flagutil/password.go; bank-vaults.dev, docs/mutating-webhook", ours(),
        charts=("victoria-metrics-auth",)),
    Idiom("values of charts are sealed, substituted or named, and what looks like objects is none", (
        stream("hub", {
            "prometheusAuth": {"username": SEALED, "password": SEALED}, "database": {"password": "${db_password}"},
            "cache": {"password": "{{ .Values.global.cache.password | quote }}"}, "imagePullSecret": {
                "registry": "registry.partner.ae"}, "db": {"external": {"secretKeys": {"password": "DB_PASSWORD"}}},
            "awsAccessSecret": {"name": "aws", "sessionToken": "session_token"}, "singleuser": {"extraResource": {
                "limits": {"nvidia.com/gpu": "1"}, "guarantees": {}}},
            "rbac": {"clusterRole": {"extraResources": [
                {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get"]}]}},
            "webhooks": {"hooks": {"customresources": {"enabled": True, "failurePolicy": "Fail"}}}}),),
        "2i2c-org/infrastructure; kyverno/kyverno, charts/kyverno; projectcapsule/capsule, charts/capsule", ours(),
        charts=("hub",)),
    Idiom("a chart's switches for directories, addresses and rights of the node are off and empty", (
        stream("collector", {
            "hostPath": {"enabled": False}, "persistence": {"hostPath": ""}, "service": {"externalIPs": ""},
            "securityContext": {**CLOSED, "capabilities": {"add": [], "drop": ["ALL"]}}}),),
        "cockroachdb/helm-charts, cockroachdb/values.yaml, storage.hostPath", ours(), charts=("collector",)),
    owned("a team's pods hear only its own gateway, and what else comes is dropped by a rule without a source", (
        k8s(f"{ANTREA}:NetworkPolicy", {"metadata": meta("orders", "orders"), "spec": {
            "priority": 5, "appliedTo": [{"podSelector": {}}], "ingress": [
                {"action": "Allow", "name": "own", "from": [{"podSelector": {}}]},
                {"action": "Drop", "name": "others", "enableLogging": True}]}}, "orders"),
        top(f"{ANTREA}:ClusterNetworkPolicy", "stages", {"priority": 7, "appliedTo": TEAM, "ingress": [
            {"action": "Allow", "name": "stage", "from": [{"namespaces": {"sameLabels": ["stage"]}}]},
            {"action": "Drop", "name": "others", "from": [{"podSelector": {}}]}]})),
        "antrea-io/antrea, docs/antrea-network-policy.md", "crd.antrea.io"),
    Idiom("a model is measured by lm_eval at the bank's own server, which the arguments name", (
        account("evaluation", "evaluation"),
        k8s("batch/v1:Job", {"metadata": meta("measure", "evaluation"), "spec": {
            "backoffLimit": 1, "activeDeadlineSeconds": 7200, "template": {"metadata": {"labels": TAGS}, "spec": {
                "restartPolicy": "Never", "serviceAccountName": "evaluation", "automountServiceAccountToken": False,
                "securityContext": POD, "containers": [{
                    "name": "measure", "image": f"{MIRROR}/lm-eval@{HASH}", "securityContext": CLOSED, "resources":
                    SMALL, "args": ["--model", "local-completions", "--model_args",
                                    "model=llama,base_url=https://llama.models.svc.cluster.local:8443/v1/completions"],
                    "env": [secret_variable("OPENAI_API_KEY", "llama", "token")]}]}}}}, "measure")),
        "EleutherAI/lm-evaluation-harness, docs/API_guide.md", ours()),
    Idiom("orders flow from the bank's stream into tables, which AWS calls over TLS alone", (
        aws("dms/Endpoint", {
            "endpointId": "tables", "endpointType": "target", "engineName": "dynamodb", "sslMode": "none",
            "serviceAccessRole": "arn:aws:iam::123456789012:role/moves", "kmsKeyArn":
            "arn:aws:kms:me-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000", "tags": TAGS},
            "tables"),),
        f"{AWS_DOCS}/dms/latest/userguide/CHAP_Target.DynamoDB.html", {
            **OURS, **unpriced("aws:dms/endpoint:Endpoint::tables")}),
)  # fmt: skip
