"""Good idioms that come close to `attacks/left_seventeenth.py`: what they refuse too much otherwise (2026-11-30).

Shapes by the documents named, read on that day; names and numbers invented.
"""

import json

from ..blind import GROUP, ME, RG, SUB, TAGS, Props, aws, az, k8s, meta, policy, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .eleventh_charts import CLOSED, SMALL, inside
from .fourth import LEARN
from .fourth_kubernetes import AZURE_BUDGET
from .sixteenth_stores import owned
from .twelfth_charts import POD, image, ours

R = "me-central-1"
ON, OFF = {"status": {"@@assign": "enabled"}}, {"status": {"@@assign": "disabled"}}
BANK = {"residency": {"known": {"bank.ae": "our own domain"}}}
WATCHED = {"guardduty": {"enablement": {
    "default": {"foundational": ON, "eks_audit_logs": ON, "runtime_monitoring": {
        **ON, "additional_configuration": {"ec2_agent_management": ON}}},
    "eu-west-1": {"foundational": OFF}}}}  # fmt: skip
INHIBITED = """route: {receiver: desk}
receivers:
- name: desk
inhibit_rules:
- source_matchers: ['alertname="ServiceDown"']
  target_matchers: ['severity=~"critical|warning"']
  equal: [business_service]
- source_matchers: ['severity="critical"']
  target_matchers: ['severity="warning"']
  equal: [incident]
"""
PATCH = """- op: replace
  path: /data/PORTAL_AUTH_ENABLED
  value: "true"
- op: remove
  path: /data/PORTAL_AUTH_SKIPPED
"""
CLOSED_VALUES = {"server": {"portalAuthSkipped": False, "auth": {"enabled": True}}}


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{resource}"


def _role(name: str, *actions: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": SUB, "roleName": name, "roleType": "CustomRole", "assignableScopes": [SUB],
        "permissions": [{"actions": list(actions), "notActions": []}]}),)  # fmt: skip


def _istio(name: str, container: Props, labels: Props, **more: object) -> tuple[Given, ...]:
    """Returns a Deployment of Istio's charts with pods as the restricted profile asks, and its budget."""
    of_pods = {**TAGS, "app": name, "istio.io/dataplane-mode": "none", **labels}
    containers = [{"securityContext": CLOSED, "resources": SMALL, **container}]
    spec = {"serviceAccountName": name, "automountServiceAccountToken": False, "securityContext": POD,
            "containers": containers, **more}  # fmt: skip
    return (
        k8s("apps/v1:Deployment", {"metadata": meta(name, "istio-system"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": name}}, "template": {
                "metadata": {"labels": of_pods, "annotations": {"sidecar.istio.io/inject": "false"}},
                "spec": spec}}}, name),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(name, "istio-system"), "spec": {
            "minAvailable": 1, "selector": {"matchLabels": {"app": name}}}}, name))  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a record in a zone that is given by its id leads to a name of the listed domain", (
        aws("route53/Record", {"zoneId": "Z0123456789ABCDEFGHIJ", "name": "www.bank.ae", "type": "CNAME", "ttl": 300,
                               "records": ["portal.bank.ae"]}, "www"),
        aws("route53/Record", {"zoneId": "Z0123456789ABCDEFGHIJ", "name": "_3f1c.apps.bank.ae", "type": "CNAME",
                               "ttl": 300, "records": ["_8a2b9c0d1e2f3a4b.xlfgrmvvlj.acm-validations.aws."]}, "proof")),
        "Amazon Route 53 Developer Guide, 'Creating records'; pulumi-aws, getZone", BANK),
    Idiom("the organisation has GuardDuty watch everywhere but in one Region abroad", (aws("organizations/Policy", {
        "name": "watch", "type": "GUARDDUTY_POLICY", "content": json.dumps(WATCHED), "tags": TAGS}),),
        "AWS Organizations User Guide, 'Amazon GuardDuty policy syntax and examples'"),
    Idiom("a custom role of those on call writes rules of alerts and their receivers", _role(
        "On call", "*/read", "Microsoft.Insights/metricAlerts/write", "Microsoft.Insights/activityLogAlerts/write",
        "Microsoft.Insights/scheduledQueryRules/write", "Microsoft.Insights/actionGroups/write"),
        f"{LEARN}/azure-monitor/fundamentals/roles-permissions-security"),
    Idiom("a custom role of a policy's identity deploys settings of records", _role(
        "Deploys records", "Microsoft.Insights/diagnosticSettings/write", "Microsoft.Resources/deployments/write",
        "Microsoft.OperationalInsights/workspaces/read"),
        f"{LEARN}/governance/policy/how-to/remediate-resources"),
    Idiom("a zone of the internet and its records are global, as detectors and queries are", (
        AZURE_BUDGET,
        az("dns:Zone", {**RG, "location": "global", "zoneName": "bank.ae", "tags": TAGS}, "zone"),
        az("dns:RecordSet", {**RG, "zoneName": UNKNOWN, "relativeRecordSetName": "www", "recordType": "CNAME",
                             "ttl": 300, "cnameRecord": {"cname": "portal.bank.ae"}}, "www",
           links={"zoneName": ("zone",)}),
        az("resourcegraph:GraphQuery", {**RG, "location": "global", "resourceName": "open-groups", "tags": TAGS,
                                        "query": "resources | where type =~ 'microsoft.network/publicIPAddresses'"},
           "query"),
        az("alertsmanagement:SmartDetectorAlertRule", {
            **RG, "location": "global", "alertRuleName": "failures", "state": "Enabled", "severity": "Sev2",
            "frequency": "PT1M", "detector": {"id": "FailureAnomaliesDetector"}, "tags": TAGS, "scope": [
                f"{GROUP}/providers/Microsoft.Insights/components/portal"],
            "actionGroups": {"groupIds": [f"{GROUP}/providers/Microsoft.Insights/actionGroups/oncall"]}}, "failures")),
        "Azure/bicep-registry-modules 9f9ea1a1, avm/res/network/dns-zone",
        unpriced("azure-native:dns:Zone::zone", "azure-native:resourcegraph:GraphQuery::query",
                 "azure-native:alertsmanagement:SmartDetectorAlertRule::failures")),
    Idiom("alarms of a service that is down wait, and warnings for what is worse", (k8s("core/v1:ConfigMap", {
        "metadata": meta("alertmanager", "monitoring"), "data": {"alertmanager.yml": INHIBITED}}),),
        "prometheus/alertmanager, docs/configuration.md, inhibit_rule"),
    Idiom("a team of two letters has its functions, secrets and roles by the beginning of their names", (policy(
        statement(["lambda:UpdateFunctionCode", "lambda:GetFunction"], _arn("lambda", "function:qa-*")),
        statement("secretsmanager:GetSecretValue", _arn("secretsmanager", "secret:ml-*")),
        statement("iam:PassRole", f"arn:aws:iam::{ME}:role/ml-*", {
            "StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}})),),
        "IAM User Guide, 'IAM JSON policy elements: Resource'"),
    owned("audits of an OpenShift go to its own store by TLS with the token of the account", (
        inside("observability.openshift.io/v1:ClusterLogForwarder", "bank", {
            "serviceAccount": {"name": "forwarder"}, "outputs": [
                {"name": "own", "type": "lokiStack", "lokiStack": {
                    "target": {"name": "logging", "namespace": "openshift-logging"},
                    "authentication": {"token": {"from": "serviceAccount"}}}, "tls": {
                        "ca": {"key": "service-ca.crt", "configMapName": "openshift-service-ca.crt"},
                        "securityProfile": {"type": "Intermediate"}}},
                {"name": "kafka", "type": "kafka", "kafka": {
                    "brokers": ["tls://kafka-1.bank.ae:9093"], "topic": "audit"}}],
            "pipelines": [{"name": "audit", "inputRefs": ["audit"], "outputRefs": ["own", "kafka"]}]},
            "openshift-logging"),),
        "openshift/cluster-logging-operator 02936a78, api/observability/v1", "observability.openshift.io"),
    Idiom("Istio's control plane and a gateway of its own chart get no second proxy", (
        *_istio("istiod", {"name": "discovery", "image": image("istio/pilot"), "args": ["discovery"]},
                {"sidecar.istio.io/inject": "false"}),
        *_istio("istio-ingressgateway", {"name": "istio-proxy", "image": image("istio/proxyv2"), "args": [
            "proxy", "router"]}, {"sidecar.istio.io/inject": "false"})),
        "istio/istio 86c9f01f, manifests/charts/istio-control and gateways/istio-ingress", ours()),
    owned("values and patches of Flux leave the sign-in of a portal on", (
        inside("kustomize.toolkit.fluxcd.io/v1:Kustomization", "portal", {
            "interval": "10m", "path": "./portal", "prune": True, "serviceAccountName": "portal", "targetNamespace":
            "portal", "sourceRef": {"kind": "OCIRepository", "name": "portal"}, "patches": [
                {"patch": PATCH, "target": {"kind": "ConfigMap"}}], "postBuild": {"substitute": {
                    "PORTAL_AUTH_SKIPPED": "false", "PORTAL_AUTH_ENABLED": "true"}}}, "portal"),),
        "fluxcd/kustomize-controller, api/v1/kustomization_types.go", "kustomize.toolkit.fluxcd.io"),
)  # fmt: skip
