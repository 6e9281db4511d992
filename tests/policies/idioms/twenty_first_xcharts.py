"""Good idioms of clusters: charts with the values that production guides recommend (set 21, blind)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, role
from .sixteenth_stores import password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, MIRROR, POD, image, mirrored, ours
from .twentieth_goodb_charts import approved, merged, namespace

READ, MAKE = ["get", "list", "watch"], ["get", "list", "watch", "create", "delete"]
CLAIM = {"accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted", "resources": {
    "requests": {"storage": "20Gi"}}}  # fmt: skip
GITLAB = """[[runners]]
  url = "https://gitlab.bank.ae"
  executor = "kubernetes"
  environment = ["FF_USE_POD_ACTIVE_DEADLINE_SECONDS=true"]
  [runners.kubernetes]
    namespace = "builds"
    image = "registry.bank.ae/builds/base@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
    helper_image = "registry.bank.ae/gitlab/helper@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
    privileged = false
    allow_privilege_escalation = false
    allowed_images = ["registry.bank.ae/builds/*"]
    allowed_services = ["registry.bank.ae/services/*"]
    pull_policy = ["always"]
    service_account = "build"
    automount_service_account_token = false
    cpu_request = "500m"
    memory_request = "2Gi"
    memory_limit = "2Gi"
    poll_timeout = 600
    [runners.kubernetes.pod_security_context]
      run_as_non_root = true
      run_as_user = 10001
      fs_group = 10001
    [runners.kubernetes.build_container_security_context]
      run_as_non_root = true
      privileged = false
      allow_privilege_escalation = false
      [runners.kubernetes.build_container_security_context.capabilities]
        drop = ["ALL"]
    [runners.kubernetes.node_selector]
      pool = "builds"
"""  # noqa: E501


def leaving(name: str, namespace: str, *blocks: str, port: int = 443) -> Given:
    """Returns the policy by which the pods of a namespace call some addresses of the site by one port."""
    return k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(name, namespace), "spec": {
        "podSelector": {}, "policyTypes": ["Egress"], "egress": [{
            "to": [{"ipBlock": {"cidr": block}} for block in blocks], "ports": [{"port": port, "protocol": "TCP"}]}]}},
        f"{namespace}-{name}")  # fmt: skip


IDIOMS = approved(
    Idiom("runners of GitHub Enterprise make pods of jobs in one namespace, from signed images and for one job", (
        *namespace("arc-system"), *namespace("builds"), account("runner", "builds"),
        password("forge", "builds", "github_app_id", "github_app_installation_id", "github_app_private_key"),
        *role("runner", "builds",
              {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "create", "delete"]},
              {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["get", "create"]},
              {"apiGroups": [""], "resources": ["pods/log"], "verbs": READ},
              {"apiGroups": ["batch"], "resources": ["jobs"], "verbs": ["get", "list", "create", "delete"]},
              {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list", "create", "delete"]}),
        leaving("forge", "builds", "10.40.1.10/32", "10.40.1.20/32"),
        mirrored("gha-runner-scale-set-controller", "0.13.0", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/actions/gha-runner-scale-set-controller", "tag":
                                         "0.13.0"}, "serviceAccount": {"create": True, "name": "arc"}, "labels": TAGS,
            "podLabels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED, "resources": SMALL, "flags": {
                "logLevel": "info", "logFormat": "json", "watchSingleNamespace": "builds", "updateStrategy":
                "eventual"}}, "arc-system"),
        mirrored("gha-runner-scale-set", "0.13.0", {
            "githubConfigUrl": "https://git.bank.ae/platform", "githubConfigSecret": "forge", "runnerScaleSetName":
            "confined", "runnerGroup": "platform", "minRunners": 0, "maxRunners": 20, "labels": TAGS,
            "controllerServiceAccount": {"name": "arc", "namespace": "arc-system"}, "containerMode": {
                "type": "kubernetes", "kubernetesModeWorkVolumeClaim": CLAIM}, "listenerTemplate": {"spec": {
                    "securityContext": POD, "containers": [{"name": "listener", "securityContext": CLOSED, "resources":
                                                           SMALL}]}},
            "template": {"metadata": {"labels": TAGS}, "spec": {
                "serviceAccountName": "runner", "securityContext": POD, "restartPolicy": "Never", "containers": [{
                    "name": "runner", "image": image("actions/runner"), "command": ["/home/runner/run.sh"], "resources":
                    LARGE, "securityContext": {**CLOSED, "readOnlyRootFilesystem": False}, "env": [
                        {"name": "ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER", "value": "true"},
                        {"name": "ACTIONS_RUNNER_CONTAINER_HOOKS", "value": "/home/runner/k8s/index.js"},
                        {"name": "ACTIONS_RUNNER_POD_NAME", "valueFrom": {"fieldRef": {
                            "fieldPath": "metadata.name"}}}]}]}}}, "builds")),
        "docs.github.com/actions/how-tos/manage-runners/use-actions-runner-controller/deploy-runner-scale-sets; "
        "actions/actions-runner-controller, charts/gha-runner-scale-set/values.yaml, as known on 2026-12-01", ours()),
    Idiom("GitLab's runner makes its jobs as closed pods of a namespace of theirs, from the bank's images alone", (
        *namespace("gitlab-runner"), *namespace("builds"), account("build", "builds"),
        account("gitlab-runner", "gitlab-runner"), password("runner-token", "gitlab-runner", "runner-token"),
        k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("gitlab-runner", "builds"), "rules": [
            {"apiGroups": [""], "resources": ["pods"], "verbs": MAKE},
            {"apiGroups": [""], "resources": ["pods/log"], "verbs": READ},
            {"apiGroups": [""], "resources": ["pods/attach", "pods/exec"], "verbs": ["get", "create", "patch",
                                                                                    "delete"]},
            {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "create", "update", "delete"]},
            {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "create", "update", "delete"]},
            {"apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["get"]}]}, "runner-role"),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": meta("gitlab-runner", "builds"), "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "gitlab-runner"}, "subjects": [
                {"kind": "ServiceAccount", "name": "gitlab-runner", "namespace": "gitlab-runner"}]}, "runner-binding"),
        leaving("forge", "builds", "10.40.1.10/32", "10.40.1.20/32"),
        mirrored("gitlab-runner", "0.83.0", {
            "gitlabUrl": "https://gitlab.bank.ae", "replicas": 2, "concurrent": 20, "checkInterval": 5,
                "unregisterRunners":
            False, "image": {"registry": MIRROR, "image": "gitlab/gitlab-runner", "tag": "alpine-v18.6.0"},
            "useTini": False, "rbac": {"create": False}, "serviceAccount": {"create": False, "name": "gitlab-runner"},
            "certsSecretName": "bank-authority", "runners": {"secret": "runner-token", "executor": "kubernetes",
                "config":
                                                             GITLAB}, "securityContext": CLOSED, "podSecurityContext":
            {"runAsUser": 10001, "fsGroup": 10001}, "strategy": {"rollingUpdate": {"maxUnavailable": 1}}, "resources":
            SMALL, "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}}, "podLabels": TAGS})),
        "docs.gitlab.com/runner/install/kubernetes_helm_chart_configuration; .../runner/executors/kubernetes, "
        "as known on 2026-12-01", ours(), charts=("gitlab-runner",)),
    Idiom("Prometheus of two copies keeps two weeks, tells an Alertmanager of three, and opens nothing to others", (
        *namespace("monitoring"), password("grafana-admin", "monitoring", "admin-user", "admin-password"),
        mirrored("kube-prometheus-stack", "79.1.0", {
            "global": {"imageRegistry": MIRROR}, "crds": {"enabled": True}, "commonLabels": TAGS, "prometheus": {
                "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "prometheusSpec": {
                    "replicas": 2, "retention": "14d", "retentionSize": "80GB", "walCompression": True,
                        "enableAdminAPI":
                    False, "ruleSelectorNilUsesHelmValues": False, "serviceMonitorSelectorNilUsesHelmValues": False,
                    "podMonitorSelectorNilUsesHelmValues": False, "resources": LARGE, "podMetadata": {"labels": TAGS},
                    "storageSpec": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
                        "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"], "resources": {"requests": {
                            "storage": "100Gi"}}}}}, "podAntiAffinity": "hard", "externalLabels": {"site": "dc1"}}},
            "alertmanager": {"alertmanagerSpec": {
                "replicas": 3, "retention": "120h", "podAntiAffinity": "hard", "resources": SMALL, "podMetadata": {
                    "labels": TAGS}, "storage": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
                        "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"], "resources": {"requests": {
                            "storage": "5Gi"}}}}}}, "config": {"route": {
                    "receiver": "duty", "group_by": ["alertname", "namespace"], "repeat_interval": "4h"},
                        "receivers": [{
                        "name": "duty", "webhook_configs": [{"url": "https://duty.bank.ae/alerts", "send_resolved":
                                                             True}]}]}},
            "grafana": {"admin": {"existingSecret": "grafana-admin", "userKey": "admin-user", "passwordKey":
                                  "admin-password"}, "persistence": {"enabled": False}, "resources": SMALL,
                                      "grafana.ini": {
                "analytics": {"reporting_enabled": False, "check_for_updates": False,
                    "check_for_plugin_updates": False},
                "auth.anonymous": {"enabled": False}, "security": {"cookie_secure": True, "disable_gravatar": True}},
                "podLabels": TAGS, "ingress": {"enabled": False}}, "prometheus-node-exporter": {"podLabels": TAGS},
            "kube-state-metrics": {"resources": SMALL, "customLabels": TAGS},
                "kubeControllerManager": {"enabled": False},
            "kubeScheduler": {"enabled": False}, "kubeEtcd": {"enabled": False}}, "monitoring")),
        "prometheus-community/helm-charts charts/kube-prometheus-stack/values.yaml; prometheus-operator.dev/docs, "
        "as known on 2026-12-01", merged(ours(), {"kubernetes": {"privileged_namespaces": {
            "monitoring": "figures of nodes are read by an agent of each node"}}})),
    Idiom("cert-manager of three copies signs by the bank's authority, by approved requests alone", (
        *namespace("cert-manager"), password("bank-token", "cert-manager", "token"),
        mirrored("cert-manager", "v1.19.1", {
            "image": {"repository": f"{MIRROR}/jetstack/cert-manager-controller"}, "crds": {"enabled": True,
                "keep": True},
            "replicaCount": 2, "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "global": {
                "commonLabels": TAGS, "priorityClassName": "platform", "leaderElection": {"namespace": "cert-manager"}},
            "disableAutoApproval": True, "enableCertificateOwnerRef": False, "maxConcurrentChallenges": 60, "resources":
            SMALL, "securityContext": POD, "containerSecurityContext": CLOSED, "prometheus": {
                "enabled": True, "servicemonitor": {"enabled": True}}, "webhook": {
                "image": {"repository": f"{MIRROR}/jetstack/cert-manager-webhook"}, "replicaCount": 3,
                    "timeoutSeconds": 10,
                "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "resources": SMALL, "networkPolicy": {
                    "enabled": True}}, "cainjector": {
                "image": {"repository": f"{MIRROR}/jetstack/cert-manager-cainjector"}, "replicaCount": 2, "resources":
                SMALL}, "startupapicheck": {"enabled": False}}),
        mirrored("approver-policy", "v0.22.2", {
            "crds": {"enabled": True}, "replicaCount": 2, "image": {"repository":
                f"{MIRROR}/jetstack/cert-manager-approver-policy"}, "resources": SMALL, "commonLabels": TAGS,
            "podDisruptionBudget": {"enabled": True, "minAvailable": 1}}, "cert-manager"),
        k8s("cert-manager.io/v1:ClusterIssuer", {"metadata": {"name": "bank", "labels": TAGS}, "spec": {"vault": {
            "server": "https://vault.bank.ae:8200", "path": "pki_inner/sign/cluster", "caBundleSecretRef": {
                "name": "bank-authority", "key": "ca.crt"}, "auth": {"kubernetes": {
                    "role": "cert-manager", "mountPath": "/v1/auth/kubernetes-dc1", "serviceAccountRef": {
                        "name": "cert-manager"}}}}}}, "issuer"),
        k8s("policy.cert-manager.io/v1alpha1:CertificateRequestPolicy", {
            "metadata": {"name": "inner", "labels": TAGS}, "spec": {
                "allowed": {"dnsNames": {"required": True, "values": ["*.payments.svc",
                    "*.payments.svc.cluster.local"]},
                            "usages": ["server auth", "digital signature"]}, "constraints": {
                    "maxDuration": "2160h", "privateKey": {"algorithm": "ECDSA", "minSize": 256}}, "selector": {
                        "issuerRef": {"name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"},
                            "namespace": {"matchNames": ["payments"]}}}},
                            "inner")),
        "cert-manager.io/docs/installation/best-practice; .../docs/policy/approval/approver-policy, as known "
        "on 2026-12-01", ours()),
    Idiom("Argo CD of many copies deploys the repositories of the bank into namespaces of their teams alone", (
        *namespace("argocd"), password("argocd-oidc", "argocd", "oidc.clientSecret"),
        mirrored("argo-cd", "9.1.0", {
            "global": {"image": {"repository": f"{MIRROR}/argoproj/argocd"}, "domain": "argocd.bank.ae",
                "additionalLabels":
                       TAGS, "networkPolicy": {"create": True, "defaultDenyIngress": True}, "logging": {
                           "format": "json"}},
            "redis-ha": {"enabled": True, "image": {"repository": f"{MIRROR}/redis"}}, "controller": {"replicas": 2,
                "resources": LARGE, "metrics": {"enabled": True}}, "server": {
                "replicas": 2, "pdb": {"enabled": True, "minAvailable": 1}, "resources": SMALL, "ingress": {
                    "enabled": False}}, "repoServer": {"replicas": 2, "pdb": {"enabled": True, "minAvailable": 1},
                                                       "resources": LARGE}, "applicationSet": {"replicas": 2},
            "dex": {"enabled": False}, "notifications": {"enabled": False}, "configs": {
                "cm": {"admin.enabled": False, "exec.enabled": False, "users.anonymous.enabled": False, "oidc.config":
                       "name: Staff\nissuer: https://login.bank.ae/realms/staff\nclientID: argocd\n"
                       "clientSecret: $argocd-oidc:oidc.clientSecret\nrequestedScopes: [openid, groups]\n",
                       "application.resourceTrackingMethod": "annotation", "timeout.reconciliation": "180s"},
                "params": {"server.insecure": False, "controller.diff.server.side": True}, "rbac": {
                    "policy.default": "", "scopes": "[groups]", "policy.csv":
                    "p, role:payments, applications, get, payments/*, allow\n"
                    "p, role:payments, applications, sync, payments/*, allow\ng, payments-team, role:payments\n"}}},
            "argocd"),
        inside("argoproj.io/v1alpha1:AppProject", "payments", {
            "description": "Apps of payments", "sourceRepos": ["https://git.bank.ae/payments/deploy.git"],
            "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "payments"}],
            "clusterResourceWhitelist": [], "namespaceResourceWhitelist": [
                {"group": "apps", "kind": "Deployment"}, {"group": "", "kind": "Service"}, {"group": "", "kind":
                                                                                           "ConfigMap"}],
            "orphanedResources": {"warn": True}}, "argocd"),
        reached("argocd", "argocd", {"app.kubernetes.io/name": "argocd-server"}, 8080, "gateway")),
        "argo-cd.readthedocs.io/en/stable/operator-manual/high_availability; argoproj/argo-helm, as known",
        merged(ours(), {"escape": {"allowed_types": {"kubernetes:argoproj.io/v1alpha1:AppProject":
                                                     "the deploy repository of payments, reviewed by its owners"}}})),
    Idiom("Loki of three kinds of pods keeps logs of teams apart for ninety days in the bank's objects", (
        *namespace("loki"), password("loki-s3", "loki", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        mirrored("loki", "6.46.0", {
            "global": {"image": {"registry": MIRROR}}, "deploymentMode": "SimpleScalable", "loki": {
                "auth_enabled": True, "podLabels": TAGS, "commonConfig": {"replication_factor": 3}, "analytics": {
                    "reporting_enabled": False}, "schemaConfig": {"configs": [{
                        "from": "2026-01-01", "store": "tsdb", "object_store": "s3", "schema": "v13", "index": {
                            "prefix": "index_", "period": "24h"}}]}, "storage": {
                    "type": "s3", "bucketNames": {"chunks": "bank-logs", "ruler": "bank-logs", "admin": "bank-logs"},
                        "s3": {
                        "endpoint": "https://objects.bank.ae", "region": "me-central-1", "s3ForcePathStyle": True,
                        "insecure": False, "http_config": {"insecure_skip_verify": False}}}, "limits_config": {
                    "retention_period": "2160h", "ingestion_rate_mb": 8, "max_global_streams_per_user": 10000,
                    "reject_old_samples": True, "allow_structured_metadata": True}, "compactor": {
                        "retention_enabled": True, "delete_request_store": "s3"}}, "write": {
                "replicas": 3, "resources": LARGE, "persistence": {"size": "20Gi", "storageClass": "encrypted"},
                "extraEnvFrom": [{"secretRef": {"name": "loki-s3"}}]}, "read": {"replicas": 2, "resources": LARGE,
                    "extraEnvFrom": [{"secretRef": {"name": "loki-s3"}}]}, "backend": {
                "replicas": 2, "resources": SMALL, "persistence": {"size": "10Gi", "storageClass": "encrypted"},
                "extraEnvFrom": [{"secretRef": {"name": "loki-s3"}}]}, "gateway": {"enabled": True, "replicas": 2,
                    "ingress": {"enabled": False}}, "minio": {"enabled": False}, "test": {"enabled": False},
                        "lokiCanary": {
                "enabled": False}, "monitoring": {"selfMonitoring": {"enabled": False}, "serviceMonitor": {
                    "enabled": True}}, "networkPolicy": {"enabled": True}})),
        "grafana.com/docs/loki/latest/setup/install/helm/install-scalable; .../configure/best-practices, as known",
        ours()),
)  # fmt: skip
