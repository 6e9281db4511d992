"""Attacks that earlier reviews left: names that prove nothing, policies and roles that end what is watched, alarms that
silence others, and settings in every place where values of programs stand (2026-11-30).

Read on 2026-11-30: AWS Organizations User Guide, "Amazon GuardDuty policy syntax and examples"; hashicorp/
terraform-provider-aws, internal/service/route53, expandRecordName (a zone puts its domain behind other names);
prometheus/alertmanager docs/configuration.md, inhibit_rule; openshift/cluster-logging-operator 02936a78
api/observability/v1/output_types.go; sources of values in `readers/setting_names.py`. Everything else as known.
"""

import json

from ..blind import HERE, RG, SUB, TAGS, aws, az, crd, k8s, meta, workload
from ..harness import Given
from . import Attack
from .sixteenth_aws import STRANGER
from .tenth_aws import ESC, IDN, RES

SWITCH, SETTING = ("FJ-ESC-115",), ("FJ-IDN-313",)
ON, OFF = {"status": {"@@assign": "enabled"}}, {"status": {"@@assign": "disabled"}}
FORWARDER = "observability.openshift.io/v1:ClusterLogForwarder"
SILENCER = """route: {receiver: desk}
receivers:
- name: desk
inhibit_rules:
- source_matchers: ['team="b"']
  target_matchers: ['severity=~"critical|warning"']
  equal: [no_such_label]
"""
PATCH = """- op: replace
  path: /data/PORTAL_AUTH_SKIPPED
  value: "true"
"""
OPEN = {"server": {"portalAuthSkipped": True}}


def _record(kind: str, value: str) -> tuple[Given, ...]:
    return (aws("route53/Record", {"zoneId": "Z0123456789ABCDEFGHIJ", "name": f"login.{STRANGER}", "type": kind,
                                   "ttl": 300, "records": [value]}),)  # fmt: skip


def _guard_duty(**blocks: object) -> tuple[Given, ...]:
    content = {"guardduty": {"enablement": {name.replace("_", "-"): block for name, block in blocks.items()}}}
    return (aws("organizations/Policy", {
        "name": "watch", "type": "GUARDDUTY_POLICY", "content": json.dumps(content), "tags": TAGS}),)  # fmt: skip


def _role(name: str, *actions: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": SUB, "roleName": name, "roleType": "CustomRole", "assignableScopes": [SUB],
        "permissions": [{"actions": list(actions), "notActions": []}]}),)  # fmt: skip


def _forwarded(kind: str, output: object, **more: object) -> tuple[Given, ...]:
    assert isinstance(output, dict)
    return (crd(FORWARDER, {
        "serviceAccount": {"name": "forwarder"}, "outputs": [{"name": "out", "type": kind, kind: output, **more}],
        "pipelines": [{"name": "all", "inputRefs": ["audit"], "outputRefs": ["out"]}]}),)  # fmt: skip


def _outside_mesh() -> tuple[Given, ...]:
    given = workload("apps/v1:Deployment", {"args": ["discovery"]})
    spec = given.props["spec"]
    assert isinstance(spec, dict)
    template = spec["template"]
    labels = {**template["metadata"]["labels"], "app": "istiod", "istio": "pilot", "sidecar.istio.io/inject": "false"}
    return (k8s("apps/v1:Deployment", {
        **given.props, "spec": {**spec, "template": {**template, "metadata": {"labels": labels}}}}),)  # fmt: skip


ATTACKS = (
    Attack("a record by the id of a zone is named like a stranger's host and leads there", RES, _record(
        "CNAME", f"edge.{STRANGER}"), "major", "the zone puts its domain behind the name; he answers below it"),
    Attack("servers of a stranger answer below a zone that only its id names", RES, _record(
        "NS", f"ns1.{STRANGER}."), "major", "each name below it is his to give, with cookies of the bank's domain"),
    Attack("the organisation ends the detection of attacks in each Region", SWITCH, _guard_duty(
        default={"foundational": OFF}), "critical", "GuardDuty is off in every account ('Amazon GuardDuty policies')"),
    Attack("the organisation watches no bucket in the Region of the country", SWITCH, _guard_duty(
        default={"foundational": ON, "s3_data_events": ON}, me_central_1={"foundational": ON, "s3_data_events": OFF}),
        "major", "a block of a Region replaces the default ('GuardDuty policy syntax')"),
    Attack("a custom role sets which records of every resource are kept", IDN, _role(
        "Records", "Microsoft.Insights/diagnosticSettings/read", "Microsoft.Insights/diagnosticSettings/write"),
        "critical", "a setting without records takes the place of the one that has them"),
    Attack("a custom role sees every figure and sets each resource's records by a pattern", IDN, _role(
        "Figures", "*/read", "Microsoft.Insights/diagnosticSettings/*", "Microsoft.Resources/tags/write",
        "Microsoft.Compute/virtualMachines/restart/action"), "critical", "as above; tags and restarts deploy nothing"),
    Attack("a custom role takes the receivers of every alert", IDN, _role(
        "Quiet hours", "Microsoft.AlertsManagement/actionRules/write"),
        "critical", "a rule of alert processing for the subscription removes all action groups"),
    Attack("a custom role switches the plans of Defender off", IDN, _role(
        "Costs of Defender", "Microsoft.Security/pricings/read", "Microsoft.Security/pricings/write"),
        "critical", "nobody is told of attacks; the built-in Security Admin is refused on a subscription"),
    Attack("a custom role keeps alerts of Defender quiet", IDN, _role(
        "Triage", "Microsoft.Security/alertsSuppressionRules/write"), "critical", "alerts are dismissed as they come"),
    Attack("one alarm silences all by a label that none has", SWITCH, (k8s("core/v1:ConfigMap", {
        "metadata": meta("alertmanager", "monitoring"), "data": {"alertmanager.yml": SILENCER}}),),
        "major", "a label that both lack is equal in both"),
    Attack("records of an OpenShift go to Kafka in plain text", SWITCH, _forwarded("kafka", {
        "brokers": ["tcp://kafka-1.kafka.svc.cluster.local:9092"], "topic": "audit"}), "major", "audits too"),
    Attack("audits of an OpenShift go to Loki in plain text", SWITCH, _forwarded("loki", {
        "url": "http://loki.monitoring.svc.cluster.local:3100"}), "major", "TLS is on if the URL's scheme asks for it"),
    Attack("audits of an OpenShift go to a cloud of another country", SWITCH, _forwarded("googleCloudLogging", {
        "id": {"type": "project", "value": "p"}, "logId": "audit"}), "critical", "Google has no region in the UAE"),
    Attack("an OpenShift sends audits by broken versions of TLS", SWITCH, _forwarded("syslog", {
        "url": "tls://syslog.monitoring.svc.cluster.local:6514", "rfc": "RFC5424"}, tls={
            "securityProfile": {"type": "Old"}}), "major", "whoever is in between agrees to TLS 1.0"),
    Attack("a program with the labels of the mesh's control plane is outside of the mesh", SWITCH, _outside_mesh(),
           "major", "no policy of the mesh applies to it"),
    Attack("values of Flux let in whoever comes", SETTING, (crd("helm.toolkit.fluxcd.io/v2:HelmRelease", {
        "interval": "5m", "chartRef": {"kind": "OCIRepository", "name": "portal"}, "values": OPEN}),),
        "critical", "the setting's name says so"),
    Attack("values of Argo CD as an object let in whoever comes", SETTING, (crd("argoproj.io/v1alpha1:Application", {
        "source": {"helm": {"valuesObject": OPEN}}}),), "critical", "as above"),
    Attack("a set of Argo CD's applications lets in whoever comes", SETTING, (crd(
        "argoproj.io/v1alpha1:ApplicationSet", {"template": {"spec": {"sources": [{"helm": {
            "valuesObject": OPEN}}]}}}),), "critical", "as above"),
    Attack("values of a release by Crossplane let in whoever comes", SETTING, (crd(
        "helm.crossplane.io/v1beta1:Release", {"forProvider": {"chart": {"name": "portal"}, "values": OPEN}}),),
        "critical", "as above"),
    Attack("values of a chart of k3s let in whoever comes", SETTING, (crd("helm.cattle.io/v1:HelmChart", {
        "chart": "portal", "set": {"server.portalAuthSkipped": "true"}}),), "critical", "as above"),
    Attack("Flux writes into manifests that whoever comes is let in", SETTING, (crd(
        "kustomize.toolkit.fluxcd.io/v1:Kustomization", {"postBuild": {"substitute": {
            "PORTAL_AUTH_SKIPPED": "true"}}}),), "critical", "as above"),
    Attack("a patch of Flux lets in whoever comes", SETTING, (crd("kustomize.toolkit.fluxcd.io/v1:Kustomization", {
        "patches": [{"patch": PATCH, "target": {"kind": "ConfigMap"}}]}),), "critical", "RFC 6902, by its path"),
    Attack("a patch behind a chart lets in whoever comes", SETTING, (crd("helm.toolkit.fluxcd.io/v2:HelmRelease", {
        "interval": "5m", "postRenderers": [{"kustomize": {"patches": [{"patch": PATCH}]}}]}),),
        "critical", "as above"),
    Attack("an add-on of EKS lets in whoever comes", SETTING, (aws("eks/Addon", {
        "clusterName": "ai", "addonName": "portal", "configurationValues": json.dumps(OPEN), "tags": TAGS}),),
        "critical", "its values are text of JSON (CreateAddon, configurationValues)"),
    Attack("an extension of AKS lets in whoever comes", (*SETTING, *ESC), (az("kubernetesconfiguration:Extension", {
        **RG, "clusterRp": "Microsoft.ContainerService", "clusterResourceName": "managedClusters",
        "clusterName": "ai", "extensionName": "portal", "extensionType": "bank.portal",
        "configurationSettings": {"server.portalAuthSkipped": "true"}}),), "critical", "as above"),
    Attack("a zone of names of the internet is in a region abroad", ("FJ-RES-201",), (az("dns:Zone", {
        **HERE, "location": "westeurope", "zoneName": "bank.ae"}),), "minor", "only `global` is no region"),
)  # fmt: skip
