"""Good idioms of clusters: delivery, records, storage, copies and programs as whole plans (set 15, blind)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .eleventh_cluster import DNS, top
from .thirteenth_cluster_access import account, within
from .twelfth_charts import MIRROR, POD, image, ours
from .twelfth_cluster import GPU, OFFLINE, TOLERATED

KARGO, FLUX, TRIGGERS = "kargo.akuity.io/v1alpha1", "toolkit.fluxcd.io", "triggers.tekton.dev/v1beta1"
LOGS, K8UP, TRIDENT = "operator.victoriametrics.com/v1", "k8up.io/v1", "trident.netapp.io/v1"
ARGO, SLOTH = "argoproj.io/v1alpha1", "sloth.slok.dev/v1"
GIT = "https://git.bank.ae/payments/deploy.git"
CLAIM = {"accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted"}
SCRATCH = [{"name": "tmp", "emptyDir": {"sizeLimit": "2Gi"}}]
SCRATCH_MOUNTS = [{"name": "tmp", "mountPath": "/var/cache/app"}]


def delivered(*groups: str, prices: tuple[str, ...] = (), **more: object) -> dict[str, object]:
    """Returns what the bank lists, with the repositories from which its deployers take objects."""
    settings = ours(*groups, prices=prices, **more)
    escape = settings["escape"]
    assert isinstance(escape, dict)
    sources = {GIT.removesuffix(".git"): "reviewed by the leads of payments", f"oci://{MIRROR}": "our own registry"}
    return {**settings, "escape": {**escape, "code_sources": sources}}  # fmt: skip


def pod(name: str, resources: object, **container: object) -> dict[str, object]:
    """Returns the spec of a closed pod of one container; `volumes` and other fields of the pod are in `pod`."""
    fields = container.pop("pod", {})
    assert isinstance(fields, dict)
    return {
        "serviceAccountName": name, "automountServiceAccountToken": False, "securityContext": POD, "containers": [{
            "name": name, "image": image(f"apps/{name}"), "resources": resources, "securityContext": CLOSED,
            **container}], **fields}  # fmt: skip


def network(name: str, namespace: str, port: int) -> Given:
    """Returns the policy that lets the gateway call a program, which may ask for names alone."""
    return k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(name, namespace), "spec": {
        "podSelector": {"matchLabels": {"app": name}}, "policyTypes": ["Ingress", "Egress"], "egress": DNS, "ingress": [
            {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "gateway"}}}],
             "ports": [{"port": port, "protocol": "TCP"}]}]}}, f"{name}-network")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Kargo brings an image of the registry to the test, and to production after somebody agreed", (
        top(f"{KARGO}:Project", "payments", {}),
        inside(f"{KARGO}:ProjectConfig", "payments", {"promotionPolicies": [
            {"stageSelector": {"name": "test"}, "autoPromotionEnabled": True},
            {"stageSelector": {"name": "prod"}, "autoPromotionEnabled": False}]}, "payments"),
        inside(f"{KARGO}:Warehouse", "app", {"interval": "5m", "subscriptions": [{"image": {
            "repoURL": f"{MIRROR}/apps/payments", "imageSelectionStrategy": "SemVer", "constraint": "^2.0.0",
            "discoveryLimit": 10, "insecureSkipTLSVerify": False}}]}, "payments"),
        *(inside(f"{KARGO}:Stage", name, {
            "requestedFreight": [{"origin": {"kind": "Warehouse", "name": "app"}, "sources": source}],
            "promotionTemplate": {"spec": {"vars": [{"name": "repo", "value": GIT}], "steps": [
                {"uses": "git-clone", "config": {"repoURL": "${{ vars.repo }}", "checkout": [
                    {"branch": "main", "path": "./src"}]}},
                {"uses": "kustomize-set-image", "config": {"path": f"./src/{name}", "images": [
                    {"image": f"{MIRROR}/apps/payments"}]}},
                {"uses": "git-commit", "config": {"path": "./src", "message": f"Bring payments to {name}"}},
                {"uses": "git-push", "config": {"path": "./src"}}]}}}, "payments")
          for name, source in (("test", {"direct": True}), ("prod", {"stages": ["test"]})))),
        "docs.kargo.io/user-guide/how-to-guides/working-with-stages", delivered("kargo.akuity.io")),
    Idiom("Flux applies what the bank's registry holds under its signature, by the team's own account", (
        account("flux-payments", "payments"),
        inside(f"source.{FLUX}/v1:OCIRepository", "payments", {
            "interval": "10m", "url": f"oci://{MIRROR}/manifests/payments", "ref": {"semver": ">=2.0.0 <3.0.0"},
            "provider": "generic", "secretRef": {"name": "mirror-reader"}, "certSecretRef": {"name": "bank-authority"},
            "insecure": False, "verify": {"provider": "cosign", "secretRef": {"name": "cosign-key"}}}, "payments"),
        inside(f"kustomize.{FLUX}/v1:Kustomization", "payments", {
            "interval": "10m", "sourceRef": {"kind": "OCIRepository", "name": "payments"}, "path": "./prod", "prune":
            True, "wait": True, "timeout": "5m", "targetNamespace": "payments", "serviceAccountName": "flux-payments",
            "force": False}, "payments"),
        inside(f"notification.{FLUX}/v1beta3:Provider", "alerts", {
            "type": "alertmanager", "address": "https://alerts.bank.ae/api/v2/alerts", "secretRef": {
                "name": "alerts-token"}, "certSecretRef": {"name": "bank-authority"}}, "payments"),
        inside(f"notification.{FLUX}/v1beta3:Alert", "failures", {
            "providerRef": {"name": "alerts"}, "eventSeverity": "error", "eventSources": [
                {"kind": "Kustomization", "name": "payments"}]}, "payments")),
        "fluxcd.io/flux/components/source/ocirepositories", delivered(
            f"source.{FLUX}", f"kustomize.{FLUX}", f"notification.{FLUX}")),
    Idiom("a set of apps of Argo CD deploys each folder of one repository into its namespace, within a project", (
        inside(f"{ARGO}:AppProject", "payments", {
            "description": "Apps of payments", "sourceRepos": [GIT], "destinations": [
                {"server": "https://kubernetes.default.svc", "namespace": f"payments-{name}"} for name in (
                    "ledger", "limits")], "clusterResourceWhitelist": [], "namespaceResourceWhitelist": [
                {"group": "apps", "kind": "Deployment"}, {"group": "", "kind": "Service"},
                {"group": "", "kind": "ConfigMap"}], "signatureKeys": [{"keyID": "4AEE18F83AFDEB23"}]}, "argocd"),
        inside(f"{ARGO}:ApplicationSet", "payments", {
            "goTemplate": True, "goTemplateOptions": ["missingkey=error"], "generators": [{"list": {"elements": [
                {"name": "ledger"}, {"name": "limits"}]}}], "syncPolicy": {"preserveResourcesOnDeletion": True},
            "template": {"metadata": {"name": "payments-{{ .name }}", "labels": TAGS}, "spec": {
                "project": "payments", "source": {"repoURL": GIT, "targetRevision": "v2.4.1", "path":
                                                  "prod/{{ .name }}"},
                "destination": {"server": "https://kubernetes.default.svc", "namespace": "payments-{{ .name }}"},
                "syncPolicy": {"automated": {"prune": True, "selfHeal": True}}}}}, "argocd")),
        "argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-List", delivered(
            "argoproj.io", kubernetes={"namespaces": {
                f"payments-{name}": "made by the stack of payments" for name in ("ledger", "limits")}})),
    Idiom("a push to the bank's forge starts a build when its signature is right, by an account that starts one", (
        account("listener", "builds"), account("builder", "builds"),
        inside(f"{TRIGGERS}:TriggerBinding", "push", {"params": [
            {"name": "revision", "value": "$(body.after)"}]}, "builds"),
        inside(f"{TRIGGERS}:TriggerTemplate", "build", {
            "params": [{"name": "revision"}], "resourcetemplates": [{
                "apiVersion": "tekton.dev/v1", "kind": "PipelineRun", "metadata": {
                    "generateName": "build-", "labels": TAGS},
                "spec": {"pipelineRef": {"name": "build"}, "timeouts": {"pipeline": "1h"}, "params": [
                    {"name": "revision", "value": "$(tt.params.revision)"}], "taskRunTemplate": {
                        "serviceAccountName": "builder", "podTemplate": {
                            "securityContext": POD, "automountServiceAccountToken": False}}}}]}, "builds"),
        inside(f"{TRIGGERS}:EventListener", "forge", {
            "serviceAccountName": "listener", "triggers": [{
                "name": "push", "bindings": [{"ref": "push"}], "template": {"ref": "build"}, "interceptors": [
                    {"ref": {"name": "gitlab", "kind": "ClusterInterceptor"}, "params": [
                        {"name": "secretRef", "value": {"secretName": "forge-webhook", "secretKey": "token"}},
                        {"name": "eventTypes", "value": ["Push Hook"]}]},
                    {"ref": {"name": "cel"}, "params": [
                        {"name": "filter", "value": "body.ref == 'refs/heads/main'"}]}]}],
            "resources": {"kubernetesResource": {"serviceType": "ClusterIP", "spec": {"template": {
                "metadata": {"labels": TAGS}, "spec": {"securityContext": POD, "containers": [
                    {"resources": SMALL, "securityContext": CLOSED}]}}}}}}, "builds")),
        "tekton.dev/docs/triggers/eventlisteners; interceptors", delivered("triggers.tekton.dev", "tekton.dev", prices=(
            f"{TRIGGERS}:EventListener::forge",))),
    Idiom("a password lies sealed in the program, for one namespace and one name", (
        inside("bitnami.com/v1alpha1:SealedSecret", "ledger-db", {
            "encryptedData": {"password": "AgBy3i4OJSWK" + "c" * 200}, "template": {
                "type": "Opaque", "immutable": True, "metadata": {"name": "ledger-db", "namespace": "ledger",
                                                                  "labels": TAGS}}}, "ledger"),
        account("ledger", "ledger"), network("ledger", "ledger", 8443)),
        "github.com/bitnami-labs/sealed-secrets, README.md 'Scopes'", ours()),
    Idiom("promises on answers of the gateway are kept as rules by Sloth, with a page for the fast loss", (
        inside(f"{SLOTH}:PrometheusServiceLevel", "gateway", {
            "service": "gateway", "labels": {"team": "platform"}, "slos": [{
                "name": "answers", "objective": 99.9, "description": "Calls that are answered", "sli": {"events": {
                    "errorQuery": 'sum(rate(gateway_requests_total{code=~"5.."}[{{.window}}]))',
                    "totalQuery": "sum(rate(gateway_requests_total[{{.window}}]))"}},
                "alerting": {"name": "GatewayAnswers", "labels": {"category": "availability"}, "pageAlert": {
                    "labels": {"severity": "critical"}}, "ticketAlert": {"labels": {"severity": "warning"}}}}]},
            "monitoring"),
        inside("monitoring.coreos.com/v1:PodMonitor", "gateway", {
            "selector": {"matchLabels": {"app": "gateway"}}, "namespaceSelector": {"matchNames": ["gateway"]},
            "podMetricsEndpoints": [{"port": "metrics", "scheme": "https", "interval": "30s", "tlsConfig": {
                "ca": {"configMap": {"name": "bank-authority", "key": "ca.crt"}}, "serverName":
                "gateway.gateway.svc"}}]}, "monitoring")),
        "sloth.dev/specs/kubernetes; github.com/slok/sloth, examples/k8s-getting-started.yml", ours("sloth.slok.dev")),
    Idiom("records of a quarter lie in VictoriaLogs of closed pods, and are asked by those with certificates", (
        inside(f"{LOGS}:VLCluster", "records", {
            "clusterVersion": "v1.36.1", "managedMetadata": {"labels": TAGS}, **{part: {
                "replicaCount": 2, "resources": SMALL, "securityContext": {**POD, **CLOSED}, "image": {
                    "repository": f"{MIRROR}/victoriametrics/victoria-logs", "tag": "v1.36.1"},
                "disableAutomountServiceAccountToken": True, "useStrictSecurity": True, "secrets": ["records-tls"],
                "podMetadata": {"labels": TAGS}, "extraArgs": {
                    "tls": "true", "tlsCertFile": "/etc/vm/secrets/records-tls/tls.crt", "tlsKeyFile":
                    "/etc/vm/secrets/records-tls/tls.key", "mtls": "true", "mtlsCAFile":
                    "/etc/vm/secrets/records-tls/ca.crt"}} for part in ("vlinsert", "vlselect")},
            "vlstorage": {"replicaCount": 2, "retentionPeriod": "90d", "resources": SMALL, "useStrictSecurity": True,
                          "image": {"repository": f"{MIRROR}/victoriametrics/victoria-logs", "tag": "v1.36.1"},
                          "podMetadata": {"labels": TAGS}, "storage": {"volumeClaimTemplate": {
                              "metadata": {"labels": TAGS}, "spec": {
                                  **CLAIM, "resources": {"requests": {"storage": "100Gi"}}}}}}}, "logging"),),
        "docs.victoriametrics.com/operator/resources/vlcluster", ours(
            "operator.victoriametrics.com", prices=(f"{LOGS}:VLCluster::records",))),
    Idiom("volumes of a namespace are copied at night by K8up, sealed with a password, and checked weekly", (
        account("k8up", "ledger"),
        inside(f"{K8UP}:Schedule", "nightly", {
            "backend": {"repoPasswordSecretRef": {"name": "restic", "key": "password"}, "s3": {
                "endpoint": "https://s3.me-central-1.amazonaws.com", "bucket": "bank-backups", "accessKeyIDSecretRef": {
                    "name": "restic-bucket", "key": "id"}, "secretAccessKeySecretRef": {
                        "name": "restic-bucket", "key": "key"}}},
            "podSecurityContext": POD, "resourceRequirementsTemplate": SMALL, "backup": {
                "schedule": "0 22 * * *", "failedJobsHistoryLimit": 2, "successfulJobsHistoryLimit": 2},
            "check": {"schedule": "0 4 * * 6"}, "prune": {"schedule": "0 3 * * 6", "retention": {
                "keepDaily": 14, "keepWeekly": 8, "keepMonthly": 12}}}, "ledger")),
        "docs.k8up.io/k8up/references/api-reference.html", ours("k8up.io", prices=(f"{K8UP}:Schedule::nightly",))),
    Idiom("volumes of the data centre come from NetApp by Trident, sealed on the machine and kept", (
        inside(f"{TRIDENT}:TridentBackendConfig", "dc1", {
            "version": 1, "storageDriverName": "ontap-san", "backendName": "dc1", "managementLIF": "10.30.4.10",
            "svm": "kubernetes", "useCHAP": True, "credentials": {"name": "trident-dc1"}, "defaults": {
                "spaceReserve": "none", "encryption": "true", "snapshotPolicy": "daily", "snapshotReserve": "10"},
            "deletionPolicy": "retain", "limitVolumeSize": "2Ti"}, "trident"),
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "dc1", "labels": TAGS}, "provisioner": "csi.trident.netapp.io", "reclaimPolicy":
            "Retain", "allowVolumeExpansion": True, "volumeBindingMode": "WaitForFirstConsumer", "parameters": {
                "backendType": "ontap-san", "selector": "tier=gold", "fsType": "ext4", "luksEncryption": "true",
                "csi.storage.k8s.io/node-stage-secret-name": "luks-${pvc.name}",
                "csi.storage.k8s.io/node-stage-secret-namespace": "${pvc.namespace}"}}, "class")),
        "docs.netapp.com/us-en/trident/trident-reco/security-luks.html", ours("trident.netapp.io")),
    Idiom("Triton serves a model of the claim on a GPU, by TLS, and grows with the time that calls wait", (
        account("triton", "scores"), network("triton", "scores", 8443),
        k8s("apps/v1:Deployment", {"metadata": meta("triton", "scores"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "triton"}}, "strategy": {"rollingUpdate": {
                "maxUnavailable": 0, "maxSurge": 1}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "triton"}}, "spec": pod(
                    "triton", GPU, env=OFFLINE, command=["tritonserver"], args=[
                        "--model-repository=/models", "--model-control-mode=none", "--allow-http=false",
                        "--allow-grpc=true", "--grpc-port=8443", "--grpc-use-ssl=true", "--grpc-use-ssl-mutual=true",
                        "--grpc-server-cert=/tls/tls.crt", "--grpc-server-key=/tls/tls.key",
                        "--grpc-root-cert=/tls/ca.crt"],
                    ports=[{"name": "grpc", "containerPort": 8443}], readinessProbe={"tcpSocket": {"port": 8443}},
                    volumeMounts=[{"name": "models", "mountPath": "/models", "readOnly": True},
                                  {"name": "tls", "mountPath": "/tls", "readOnly": True}, *SCRATCH_MOUNTS],
                    pod={"tolerations": TOLERATED, "volumes": [
                        {"name": "models", "persistentVolumeClaim": {"claimName": "models", "readOnly": True}},
                        {"name": "tls", "secret": {"secretName": "triton-tls"}}, *SCRATCH]})}}}, "triton"),
        k8s("core/v1:Service", {"metadata": meta("triton", "scores"), "spec": {
            "type": "ClusterIP", "selector": {"app": "triton"}, "ports": [
                {"name": "grpc", "port": 8443, "targetPort": 8443}]}}, "service"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("triton", "scores"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "triton"}}}}, "budget"),
        k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta("triton", "scores"), "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "triton"}, "minReplicas": 2,
            "maxReplicas": 4, "metrics": [{"type": "Pods", "pods": {"metric": {"name": "triton_queue_ms"}, "target": {
                "type": "AverageValue", "averageValue": "50"}}}]}}, "scale")),
        "docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/customization_guide/deploy.html", ours()),
    Idiom("code of agents runs in pods of gVisor that are gone after ten minutes and reach nothing", (
        k8s("node.k8s.io/v1:RuntimeClass", {
            "metadata": {"name": "gvisor", "labels": TAGS}, "handler": "runsc", "overhead": {"podFixed": {
                "cpu": "100m", "memory": "100Mi"}}, "scheduling": {"nodeSelector": {"runtime": "gvisor"}}}, "gvisor"),
        account("sandbox", "sandbox"),
        k8s("batch/v1:Job", {"metadata": meta("sandbox", "sandbox"), "spec": {
            "activeDeadlineSeconds": 600, "ttlSecondsAfterFinished": 60, "backoffLimit": 0, "template": {
                "metadata": {"labels": {**TAGS, "app": "sandbox"}}, "spec": pod(
                    "sandbox", SMALL, volumeMounts=SCRATCH_MOUNTS, pod={
                        "runtimeClassName": "gvisor", "restartPolicy": "Never", "enableServiceLinks": False,
                        "hostUsers": False, "volumes": SCRATCH})}}}, "job"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("nothing", "sandbox"), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"]}}, "nothing"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("sandbox", "sandbox"), "spec": {"hard": {
            "pods": "20", "requests.cpu": "10", "requests.memory": "20Gi", "limits.memory": "20Gi"}}}, "quota")),
        "gvisor.dev/docs/user_guide/quick_start/kubernetes; kubernetes.io/docs/concepts/containers/runtime-class",
        ours()),
    Idiom("a training of four pods fails at once when its program does, and not when a machine leaves", (
        account("trainer", "research"),
        k8s("batch/v1:Job", {"metadata": {**meta("trainer", "research"), "labels": {
            **TAGS, "kueue.x-k8s.io/queue-name": "research"}}, "spec": {
            "completionMode": "Indexed", "completions": 4, "parallelism": 4, "backoffLimit": 6, "suspend": True,
            "activeDeadlineSeconds": 86400, "ttlSecondsAfterFinished": 3600, "podReplacementPolicy": "Failed",
            "podFailurePolicy": {"rules": [
                {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]},
                {"action": "FailJob", "onExitCodes": {"containerName": "trainer", "operator": "In", "values": [42]}}]},
            "template": {"metadata": {"labels": {**TAGS, "app": "trainer"}}, "spec": pod(
                "trainer", GPU, env=OFFLINE, volumeMounts=SCRATCH_MOUNTS, pod={
                    "restartPolicy": "Never", "subdomain": "trainer", "tolerations": TOLERATED, "volumes":
                    SCRATCH})}}}, "job"),
        k8s("core/v1:Service", {"metadata": meta("trainer", "research"), "spec": {
            "clusterIP": "None", "selector": {"app": "trainer"}, "ports": [{"name": "rendezvous", "port": 29500}]}},
            "names")),
        "kubernetes.io/docs/tasks/job/pod-failure-policy; kueue.sigs.k8s.io/docs/tasks/run/jobs", ours()),
    Idiom("a team gets a namespace with a limit, closed networks, restricted pods and its own editors", (
        k8s("core/v1:Namespace", {"metadata": {"name": "claims", "labels": {**TAGS, **{
            f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}}}}, "claims"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("claims", "claims"), "spec": {"hard": {
            "requests.cpu": "40", "requests.memory": "160Gi", "limits.memory": "160Gi", "requests.storage": "500Gi",
            "persistentvolumeclaims": "20", "services.loadbalancers": "0", "services.nodeports": "0",
            "requests.nvidia.com/gpu": "2"}}}, "quota"),
        k8s("core/v1:LimitRange", {"metadata": meta("claims", "claims"), "spec": {"limits": [{
            "type": "Container", "default": {"cpu": "500m", "memory": "512Mi"}, "defaultRequest": {
                "cpu": "100m", "memory": "512Mi"}, "max": {"memory": "32Gi"}}]}}, "limits"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("names-only", "claims"), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": DNS}}, "names-only"),
        within("view", "claims-readers", "claims")),
        "kubernetes.io/docs/concepts/security/multi-tenancy", ours()),
)  # fmt: skip
