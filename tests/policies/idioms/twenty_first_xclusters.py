"""Good idioms of clusters: runners, pipelines, apps, stores, gateways and tenants as objects (set 21, blind)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, role, stored
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import owned, password, reached
from .thirteenth_cluster_access import account, within
from .twelfth_charts import LARGE, POD, image, ours
from .twentieth_goodb_charts import apart, approved, certificate, merged, namespace
from .twenty_first_xcharts import CLAIM, READ, leaving

PIPELINES = {"params": [{"name": "revision", "type": "string"}], "workspaces": [{"name": "source"}], "tasks": [
    {"name": "fetch", "taskRef": {"name": "fetch"}, "params": [{"name": "revision", "value": "$(params.revision)"}],
     "workspaces": [{"name": "source", "workspace": "source"}]},
    {"name": "build", "runAfter": ["fetch"], "timeout": "30m", "taskRef": {"name": "build"}, "workspaces": [
        {"name": "source", "workspace": "source"}]}]}  # fmt: skip
TOKEN = {"name": "token", "projected": {"sources": [{"serviceAccountToken": {
    "path": "token", "expirationSeconds": 3600, "audience": "https://kubernetes.default.svc"}},
    {"configMap": {"name": "kube-root-ca.crt"}}, {"downwardAPI": {"items": [
        {"path": "namespace", "fieldRef": {"fieldPath": "metadata.namespace"}}]}}]}}  # fmt: skip
MOUNTED = {"name": "token", "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "readOnly": True}


def step(name: str, *command: str) -> dict[str, object]:
    """Returns a closed step of a task from an image of the bank."""
    return {"name": name, "image": image(f"builds/{name}"), "command": list(command), "securityContext": CLOSED,
            "computeResources": SMALL, "workingDir": "$(workspaces.source.path)"}  # fmt: skip


def app(name: str, space: str, port: int, replicas: int = 2, **fields: object) -> tuple[Given, ...]:
    """Returns a closed Deployment, its account, service, budget and the policy that lets the gateway in."""
    probe = {"httpGet": {"path": "/ready", "port": port, "scheme": "HTTPS"}}
    return (
        account(name, space),
        k8s("apps/v1:Deployment", {"metadata": meta(name, space), "spec": {
            "replicas": replicas, "selector": {"matchLabels": {"app": name}}, "template": {
                "metadata": {"labels": {**TAGS, "app": name}}, "spec": pod(
                    name, SMALL, ports=[{"containerPort": port}], readinessProbe=probe, livenessProbe=probe,
                    **{"volumeMounts": SCRATCH_MOUNTS, "pod": {"volumes": SCRATCH, "topologySpreadConstraints":
                                                              apart(name)}, **fields})}}}, name),
        k8s("core/v1:Service", {"metadata": meta(name, space), "spec": {
            "type": "ClusterIP", "selector": {"app": name}, "ports": [{"port": 443, "targetPort": port, "appProtocol":
                                                                       "https"}]}}, f"{name}-service"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(name, space), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": name}}}}, f"{name}-budget"),
        reached(name, space, {"app": name}, port, "gateway"),
    )  # fmt: skip


IDIOMS = (
    *approved(
        Idiom("a manager of GitLab's runners makes closed pods in one namespace, by a Role of that namespace", (
            *namespace("builds"), account("build", "builds"), account("manager", "builds"),
            *role("manager", "builds",
                  {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch", "create", "delete"]},
                  {"apiGroups": [""], "resources": ["pods/log"], "verbs": READ},
                  {"apiGroups": [""], "resources": ["pods/attach", "pods/exec"], "verbs": ["get", "create"]},
                  {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "create", "delete"]}),
            k8s("core/v1:ResourceQuota", {"metadata": meta("builds", "builds"), "spec": {"hard": {
                "pods": "40", "requests.cpu": "40", "limits.memory": "160Gi", "requests.storage": "200Gi"}}}, "quota"),
            password("runner-config", "builds", "config.toml"), leaving("forge", "builds", "10.40.1.10/32"),
            k8s("apps/v1:Deployment", {"metadata": meta("manager", "builds"), "spec": {
                "replicas": 1, "selector": {"matchLabels": {"app": "manager"}}, "template": {
                    "metadata": {"labels": {**TAGS, "app": "manager"}}, "spec": pod(
                        "manager", SMALL, image=image("gitlab/gitlab-runner"), args=[
                            "run", "--config=/config/config.toml", "--working-directory=/var/cache/app"],
                        volumeMounts=[*SCRATCH_MOUNTS, MOUNTED, {"name": "config", "mountPath": "/config", "readOnly":
                                                                 True}], pod={"volumes": [
                            *SCRATCH, TOKEN, {"name": "config", "secret": {"secretName": "runner-config"}}]})}}},
                "manager")),
            "docs.gitlab.com/runner/executors/kubernetes, as known on 2026-12-01", ours()),
        Idiom("agents of Jenkins come as pods for one build, made by a server that has no rights beyond", (
            *namespace("jenkins"), *namespace("agents"), account("agent", "agents"), *app("jenkins", "jenkins", 8443,
                1, volumeMounts=[
                *SCRATCH_MOUNTS, {"name": "home", "mountPath": "/var/jenkins_home"}], pod={"volumes": [
                    *SCRATCH, {"name": "home", "persistentVolumeClaim": {"claimName": "jenkins"}}]}),
            k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("jenkins", "jenkins"), "spec": CLAIM}, "home"),
            k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("agents", "agents"), "rules": [
                {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch", "create", "delete"]},
                {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get", "list", "watch"]},
                {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["get", "create"]},
                {"apiGroups": [""], "resources": ["events"], "verbs": ["get", "list", "watch"]}]}, "agents-role"),
            k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
                "metadata": meta("agents", "agents"), "roleRef": {
                    "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "agents"}, "subjects": [
                    {"kind": "ServiceAccount", "name": "jenkins", "namespace": "jenkins"}]}, "agents-binding"),
            leaving("mirror", "agents", "10.40.1.20/32")),
            "plugins.jenkins.io/kubernetes; jenkins.io/doc/book/security, as known on 2026-12-01", ours()),
        Idiom("a web app has three copies, grows with its load, and is reached by the gateway alone", (
            *namespace("onboarding"), *app("onboarding", "onboarding", 8443, 3),
            certificate("onboarding", "onboarding", "onboarding.bank.ae"),
            k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta("onboarding", "onboarding"), "spec": {
                "minReplicas": 3, "maxReplicas": 10, "scaleTargetRef": {
                    "apiVersion": "apps/v1", "kind": "Deployment", "name": "onboarding"}, "metrics": [
                    {"type": "Resource", "resource": {"name": "cpu", "target": {
                        "type": "Utilization", "averageUtilization": 70}}}]}}, "scale"),
            inside("gateway.networking.k8s.io/v1:HTTPRoute", "onboarding", {
                "parentRefs": [{"name": "apps", "namespace": "gateway", "sectionName": "https"}], "hostnames": [
                    "onboarding.bank.ae"], "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
                                                     "timeouts": {"request": "30s"}, "backendRefs": [
                        {"name": "onboarding", "port": 443}]}]}, "onboarding"),
            inside("gateway.networking.k8s.io/v1:BackendTLSPolicy", "onboarding-tls", {
                "targetRefs": [{"group": "", "kind": "Service", "name": "onboarding"}], "validation": {
                    "caCertificateRefs": [{"group": "", "kind": "ConfigMap", "name": "bank-authority"}], "hostname":
                    "onboarding.onboarding.svc"}}, "onboarding")),
            "gateway-api.sigs.k8s.io/guides/tls; kubernetes.io/docs/concepts/workloads/autoscaling, as known",
            merged(ours(), {"kubernetes": {"authenticated_gateways": {"gateway/apps": "staff sign in before it"}}})),
        Idiom("a gateway of the platform serves TLS of the bank and lets routes in from namespaces with a label", (
            *namespace("gateway"), top("gateway.networking.k8s.io/v1:GatewayClass", "envoy-inner", {
                "controllerName": "gateway.envoyproxy.io/gatewayclass-controller"}), certificate("apps", "gateway",
                    "*.apps.bank.ae"),
            inside("gateway.networking.k8s.io/v1:Gateway", "apps", {
                "gatewayClassName": "envoy-inner", "infrastructure": {"labels": TAGS, "annotations": {
                    "metallb.io/address-pool": "inner"}}, "listeners": [{
                    "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "*.apps.bank.ae", "tls": {
                        "mode": "Terminate", "certificateRefs": [{"kind": "Secret", "name": "apps-tls"}]},
                    "allowedRoutes": {"namespaces": {"from": "Selector", "selector": {"matchLabels": {
                        "bank.ae/gateway": "apps"}}}, "kinds": [{"kind": "HTTPRoute"}]}}]}, "gateway"),
            inside("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", "apps-clients", {
                "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "apps"}], "tls": {
                    "minVersion": "1.2", "clientValidation": {"caCertificateRefs": [
                        {"kind": "ConfigMap", "group": "", "name": "bank-authority"}]}}, "connection": {
                    "connectionLimit": {"value": 10000}}, "timeout": {"http": {"requestReceivedTimeout": "30s"}}},
                "gateway")),
            "gateway.envoyproxy.io/docs/tasks/security/mutual-tls, as known on 2026-12-01", ours()),
        Idiom("a cache of sessions has three pods with sealed disks, a password and TLS", (
            *namespace("sessions"), account("valkey", "sessions"), password("valkey", "sessions", "users.acl"),
            certificate("valkey", "sessions", "*.valkey.sessions.svc"),
            k8s("core/v1:Service", {"metadata": meta("valkey", "sessions"), "spec": {
                "clusterIP": "None", "selector": {"app": "valkey"}, "ports": [{"port": 6379, "name": "tls"}]}},
                    "service"),
            k8s("apps/v1:StatefulSet", {"metadata": meta("valkey", "sessions"), "spec": {
                "serviceName": "valkey", "replicas": 3, "podManagementPolicy": "OrderedReady", "selector": {
                    "matchLabels": {"app": "valkey"}}, "persistentVolumeClaimRetentionPolicy": {
                        "whenDeleted": "Retain", "whenScaled": "Retain"}, "volumeClaimTemplates": [
                    {"metadata": {"name": "data", "labels": TAGS}, **stored("20Gi")}], "template": {
                    "metadata": {"labels": {**TAGS, "app": "valkey"}}, "spec": pod(
                        "valkey", LARGE, ports=[{"containerPort": 6379, "name": "tls"}], args=[
                            "valkey-server", "--port", "0", "--tls-port", "6379", "--tls-cert-file", "/tls/tls.crt",
                            "--tls-key-file", "/tls/tls.key", "--tls-ca-cert-file", "/tls/ca.crt", "--tls-replication",
                            "yes", "--aclfile", "/acl/users.acl", "--appendonly", "yes", "--dir", "/data"],
                        readinessProbe={"tcpSocket": {"port": 6379}}, volumeMounts=[
                            {"name": "data", "mountPath": "/data"}, {"name": "tls", "mountPath": "/tls", "readOnly":
                                True}, {"name": "acl", "mountPath": "/acl", "readOnly": True}], pod={
                            "terminationGracePeriodSeconds": 60, "topologySpreadConstraints": apart("valkey"),
                                "volumes": [
                                {"name": "tls", "secret": {"secretName": "valkey-tls"}},
                                {"name": "acl", "secret": {"secretName": "valkey"}}]})}}}, "valkey"),
            k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("valkey", "sessions"), "spec": {
                "minAvailable": 2, "selector": {"matchLabels": {"app": "valkey"}}}}, "budget"),
            reached("valkey", "sessions", {"app": "valkey"}, 6379, "onboarding")),
            "valkey.io/topics/security; kubernetes.io/docs/concepts/workloads/controllers/statefulset, as known",
                ours()),
        Idiom("tables are dumped each night to the bank's objects by a job that signs in by a password of its own", (
            *namespace("dumps"), account("dump", "dumps"), password("dump", "dumps", "PGPASSWORD", "AWS_ACCESS_KEY_ID",
                                                                    "AWS_SECRET_ACCESS_KEY"),
            leaving("stores", "dumps", "10.30.20.0/28", port=5432), leaving("objects", "dumps", "10.40.2.10/32"),
            k8s("batch/v1:CronJob", {"metadata": meta("dump", "dumps"), "spec": {
                "schedule": "0 22 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
                "startingDeadlineSeconds": 600, "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 3,
                "jobTemplate": {"metadata": {"labels": TAGS}, "spec": {
                    "backoffLimit": 1, "activeDeadlineSeconds": 7200, "ttlSecondsAfterFinished": 86400, "template": {
                        "metadata": {"labels": {**TAGS, "app": "dump"}}, "spec": pod(
                            "dump", LARGE, image=image("backups/pgdump"), args=[
                                "--bucket=bank-backups", "--endpoint=https://objects.bank.ae", "--sse=aws:kms"], env=[
                                {"name": "PGHOST", "value": "db.bank.ae"}, {"name": "PGSSLMODE",
                                    "value": "verify-full"},
                                {"name": "PGUSER", "value": "dump"}], envFrom=[{"secretRef": {"name": "dump"}}],
                            volumeMounts=SCRATCH_MOUNTS, pod={"volumes": SCRATCH, "restartPolicy": "Never"})}}}}},
                "dump")),
            "postgresql.org/docs/current/app-pgdump.html; kubernetes.io/docs/concepts/workloads/controllers/cron-jobs, "
            "as known on 2026-12-01", ours()),
        Idiom("a tenant's namespace has quotas, closed pods, staff who edit, and a deployer that reads no secrets", (
            *namespace("lending", **{"bank.ae/gateway": "apps"}), account("deployer", "lending"),
            within("edit", "lending-developers", "lending"), within("view", "auditors", "lending"),
            k8s("core/v1:ResourceQuota", {"metadata": meta("lending", "lending"), "spec": {"hard": {
                "requests.cpu": "20", "requests.memory": "80Gi", "limits.memory": "80Gi", "services.loadbalancers": "0",
                "services.nodeports": "0", "persistentvolumeclaims": "10"}}}, "quota"),
            k8s("core/v1:LimitRange", {"metadata": meta("lending", "lending"), "spec": {"limits": [{
                "type": "Container", "default": {"memory": "512Mi", "cpu": "500m"}, "defaultRequest": {
                    "cpu": "100m", "memory": "256Mi"}}]}}, "limits"),
            *role("deployer", "lending",
                  {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "list", "watch", "create",
                                                                                  "update", "patch"]},
                  {"apiGroups": [""], "resources": ["services", "configmaps"], "verbs": [
                      "get", "list", "watch", "create", "update", "patch"]},
                  {"apiGroups": ["gateway.networking.k8s.io"], "resources": ["httproutes"], "verbs": [
                      "get", "list", "watch", "create", "update", "patch"]})),
            "kubernetes.io/docs/concepts/security/multi-tenancy, as known on 2026-12-01", ours()),
        Idiom("the cluster itself refuses pods without the bank's registry or with the host's paths", (
            k8s("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", {
                "metadata": {"name": "pods-of-the-bank", "labels": TAGS}, "spec": {
                    "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                        "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": [
                            "pods", "pods/ephemeralcontainers"]}]}, "variables": [{
                                "name": "all", "expression": "object.spec.containers + object.spec.?initContainers."
                                "orValue([]) + object.spec.?ephemeralContainers.orValue([])"}], "validations": [
                        {"expression": "variables.all.all(c, c.image.startsWith('registry.bank.ae/'))", "message":
                         "Images are of registry.bank.ae", "reason": "Forbidden"},
                        {"expression": "object.spec.?volumes.orValue([]).all(v, !has(v.hostPath))", "message":
                         "No hostPath", "reason": "Forbidden"}]}}, "policy"),
            k8s("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", {
                "metadata": {"name": "pods-of-the-bank", "labels": TAGS}, "spec": {
                    "policyName": "pods-of-the-bank", "validationActions": ["Deny", "Audit"], "matchResources": {
                        "namespaceSelector": {"matchExpressions": [{
                            "key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system"]}]}}}},
                "binding")),
            "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy, as known on 2026-12-01",
                ours()),
    ),
    owned("Tekton builds a repository in closed steps by an account with no rights, and its runs end by themselves", (
        *namespace("pipelines"), account("builder", "pipelines"), leaving("forge", "pipelines", "10.40.1.10/32"),
        inside("tekton.dev/v1:Task", "fetch", {
            "params": [{"name": "revision", "type": "string"}], "workspaces": [{"name": "source"}], "steps": [
                step("git", "git", "clone", "--depth=1", "--branch=$(params.revision)",
                     "https://git.bank.ae/payments/api.git", ".")]}, "pipelines"),
        inside("tekton.dev/v1:Task", "build", {
            "workspaces": [{"name": "source"}], "steps": [
                step("maven", "mvn", "--batch-mode", "verify"), step("buildah", "buildah", "build",
                    "--isolation=chroot",
                                                                  "--tag=registry.bank.ae/apps/api", ".")]},
                                                                      "pipelines"),
        inside("tekton.dev/v1:Pipeline", "api", PIPELINES, "pipelines"),
        inside("tekton.dev/v1:PipelineRun", "api-first", {
            "pipelineRef": {"name": "api"}, "params": [{"name": "revision", "value": "v1.4.2"}], "timeouts": {
                "pipeline": "1h"}, "taskRunTemplate": {"serviceAccountName": "builder", "podTemplate": {
                    "securityContext": POD, "automountServiceAccountToken": False}}, "workspaces": [{
                        "name": "source", "volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": CLAIM}}]},
                            "pipelines")),
        "tekton.dev/docs/pipelines/pipelines; tekton.dev/docs/pipelines/pod-templates, as known on 2026-12-01",
        "tekton.dev"),
    owned("runners of GitHub are an object that makes closed pods for one job each, up to ten", (
        *namespace("runners"), account("runner", "runners"), password("forge", "runners", "github_app_id",
            "github_app_installation_id", "github_app_private_key"), leaving("forge", "runners", "10.40.1.10/32"),
        inside("actions.github.com/v1alpha1:AutoscalingRunnerSet", "confined", {
            "githubConfigUrl": "https://git.bank.ae/platform", "githubConfigSecret": "forge", "runnerGroup": "platform",
            "runnerScaleSetName": "confined", "minRunners": 0, "maxRunners": 10, "githubServerTLS": {
                "certificateFrom": {"configMapKeyRef": {"name": "bank-authority", "key": "ca.crt"}}}, "template": {
                "metadata": {"labels": TAGS}, "spec": {
                    **pod("runner", LARGE, image=image("actions/runner"), command=["/home/runner/run.sh"],
                          volumeMounts=SCRATCH_MOUNTS, pod={"volumes": SCRATCH}), "restartPolicy": "Never"}}},
                              "runners")),
        "actions/actions-runner-controller, apis/actions.github.com/v1alpha1, as known on 2026-12-01",
        "actions.github.com"),
)  # fmt: skip
