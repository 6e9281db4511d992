"""Good idioms beside the ideas that were known to pass: charts that a deployer installs, workflows, storage and clouds
(2026-11-29)."""

from typing import cast

from ..blind import KEY, ME, TAGS, aws, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import inside
from .twelfth_charts import SMALL, image, mirrored, ours

R = "me-central-1"
PLATFORM = {"project": "platform", "destination": {"server": "https://kubernetes.default.svc", "namespace": "x"}}

OURS = ours("argoproj.io")
SOURCES = OURS | {
    "escape": cast("dict[str, object]", OURS["escape"]) | {"code_sources": {"https://git.bank.ae": "our own server"}}
}


def _application(**source: object) -> Given:
    return inside("argoproj.io/v1alpha1:Application", "x", {**PLATFORM, "source": {
        "repoURL": "registry.bank.ae/charts", "targetRevision": "1.0.0", **source}}, "argocd")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Argo CD installs a store of vectors whose key is a secret", (
        _application(chart="qdrant", helm={"valuesObject": {"apiKey": {"valueFrom": {"secretKeyRef": {
            "name": "qdrant", "key": "api-key"}}}}}),),
        "qdrant.github.io/qdrant-helm", ours("argoproj.io")),
    Idiom("Flux installs a registry of models behind a sign-in", (
        inside("helm.toolkit.fluxcd.io/v2:HelmRelease", "mlflow", {
            "interval": "10m", "chart": {"spec": {"chart": "mlflow", "version": "1.0.0", "sourceRef": {
                "kind": "HelmRepository", "name": "bank"}}},
            "values": {"replicaCount": 2, "oauth2Proxy": {"enabled": True}}}, "mlflow"),),
        "fluxcd.io/flux/components/helm/helmreleases", ours(
            "helm.toolkit.fluxcd.io", prices=("helm.toolkit.fluxcd.io/v2:HelmRelease::mlflow",))),
    Idiom("k3s installs a vault with TLS", (
        inside("helm.cattle.io/v1:HelmChart", "vault", {
            "chart": "oci://registry.bank.ae/charts/vault", "version": "0.30.0", "targetNamespace": "vault",
            "valuesContent": "global:\n  tlsDisable: false\n"}, "kube-system"),),
        "docs.k3s.io/helm", ours("helm.cattle.io", prices=("helm.cattle.io/v1:HelmChart::vault",))),
    Idiom("ingresses of charts have certificates, each in the chart's way", (
        mirrored("app", "1.0.0", {
            "ingress": {"enabled": True, "className": "internal", "hosts": [{"host": "a.bank.ae", "paths": [
                {"path": "/", "pathType": "Prefix"}]}], "tls": [{"secretName": "a", "hosts": ["a.bank.ae"]}]},
            "server": {"ingress": {"enabled": True, "hostname": "b.bank.ae", "tls": True}},
            "api": {"ingress": {"enabled": True, "host": "c.bank.ae", "tlsSecret": "c"}},
            "admin": {"ingress": {"enabled": False, "host": "d.bank.ae", "tls": []}},
            "networkPolicy": {"ingress": {"enabled": True, "podSelector": {"app": "x"}}}}),),
        "helm.sh/docs/chart_template_guide/getting_started (helm create)", ours(), charts=("app",)),
    Idiom("a workflow builds from the bank's repository", (
        inside("argoproj.io/v1alpha1:WorkflowTemplate", "build", {
            "entrypoint": "a", "serviceAccountName": "build", "automountServiceAccountToken": False,
            "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
            "activeDeadlineSeconds": 3600, "podMetadata": {"labels": TAGS},
            "templates": [{
                "name": "a", "inputs": {"artifacts": [
                    {"name": "code", "path": "/src", "git": {
                        "repo": "git@git.bank.ae:platform/models.git", "revision": "v1.2.0",
                        "sshPrivateKeySecret": {"name": "git", "key": "ssh"}}},
                    {"name": "tools", "path": "/tools", "git": {
                        "repo": "https://github.com/bank/tools.git", "revision": "v2.0.0"}}]},
                "container": {"image": image("python"), "command": ["python", "/src/run.py"], "resources": SMALL,
                              "securityContext": {
                                  "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                  "capabilities": {"drop": ["ALL"]}}}}]}),),
        "argo-workflows.readthedocs.io/en/latest/walk-through/hardwired-artifacts",
        SOURCES),
    Idiom("classes of volumes and of snapshots use the secrets of the storage", (
        k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
            "metadata": {"name": "ceph", "labels": TAGS}, "driver": "rook-ceph.rbd.csi.ceph.com",
            "deletionPolicy": "Retain", "parameters": {
                "clusterID": "rook-ceph", "csi.storage.k8s.io/snapshotter-secret-name": "rook-csi-rbd-provisioner",
                "csi.storage.k8s.io/snapshotter-secret-namespace": "rook-ceph"}}),),
        "github.com/rook/rook, deploy/examples/csi/rbd/snapshotclass.yaml"),
    Idiom("an API of GraphQL logs what failed, without contents", (
        aws("appsync/GraphQLApi", {
            "name": "orders", "authenticationType": "AWS_IAM", "visibility": "PRIVATE",
            "introspectionConfig": "DISABLED", "queryDepthLimit": 5, "resolverCountLimit": 50, "tags": TAGS,
            "logConfig": {"cloudwatchLogsRoleArn": f"arn:aws:iam::{ME}:role/logs", "fieldLogLevel": "ERROR",
                          "excludeVerboseContent": True}}),),
        "docs.aws.amazon.com/appsync/latest/devguide/monitoring.html"),
    Idiom("a copying service checks no foreign keys while it loads", (
        aws("dms/Endpoint", {
            "endpointId": "orders", "endpointType": "target", "engineName": "mysql", "sslMode": "verify-full",
            "certificateArn": f"arn:aws:dms:{R}:{ME}:cert:A", "kmsKeyArn": KEY,
            "secretsManagerArn": f"arn:aws:secretsmanager:{R}:{ME}:secret:dms-AbCdEf",
            "secretsManagerAccessRoleArn": f"arn:aws:iam::{ME}:role/dms",
            "extraConnectionAttributes": "initstmt=SET FOREIGN_KEY_CHECKS=0;", "tags": TAGS}),),
        "docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.MySQL.html"),
    Idiom("an ingress of HAProxy checks the certificate of its server", (
        k8s("core/v1:Service", {"metadata": meta(annotations={
            "haproxy.org/server-ssl": "true", "haproxy.org/server-ca": "team-a/ca"}), "spec": {
                "type": "ClusterIP", "selector": {"app": "x"}, "ports": [{"port": 8443}]}}),),
        "github.com/haproxytech/kubernetes-ingress, documentation/annotations.md"),
)  # fmt: skip
