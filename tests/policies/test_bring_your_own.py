"""What docs/bring-your-own.md lists is refused under neutral settings, and passes with the setting that it names."""

import json
import re
from typing import Any

import pytest
import yaml
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.presets import presets, with_presets

from falaj.cli.exported_pack import neutral_settings
from tests.distribution import ROOT

from .harness import UNKNOWN, Given, Pack, blocking

PAGE = (ROOT / "docs" / "bring-your-own.md").read_text(encoding="utf-8")
NEUTRAL = yaml.safe_load(neutral_settings((ROOT / "policy_pack" / "enforcement.yaml").read_text(encoding="utf-8")))
HUB = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub"
THEIRS = "/subscriptions/99999999-0000-0000-0000-000000000001"
PARTNER = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/a"}, "Action": "sts:AssumeRole"}
OWN = {"region": "me-central-1", "allowedAccountIds": ["123456789012"]}
QUEUE = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
         "Resource": "arn:aws:sqs:me-central-1:123456789012:a"}  # fmt: skip
GROUPS = {"Effect": "Allow", "Action": "ec2:CreateSecurityGroup", "Resource": "*"}
CHART = {"chart": "oci://charts.example.ae/a", "version": "1.0.0"}
PRIVILEGED = {"metadata": {"name": "agents", "labels": {"pod-security.kubernetes.io/enforce": "privileged"}}}
BROAD = {"role": "a", "policyArn": "arn:aws:iam::aws:policy/AmazonEC2FullAccess"}
REASON = "confirmed by the platform team"

ROWS: tuple[tuple[str, Given, dict[str, Any]], ...] = (
    ("FJ-IDN-116",
     Given("aws:iam/role:Role", {"assumeRolePolicy": json.dumps({"Statement": [PARTNER]})}, provider=OWN),
     {"identity": {"trusted": {"111122223333": REASON}}}),
    ("FJ-IDN-119", Given("azure-native:managedidentity:FederatedIdentityCredential", {
        "issuer": "https://token.actions.githubusercontent.com", "subject": "repo:example/platform:environment:prod"}),
     {"identity": {"repositories": {"https://github.com/example": REASON}}}),
    ("FJ-RES-003", Given("aws:route53/record:Record", {"type": "CNAME", "records": ["api.partner.ae"]}),
     {"residency": {"known": {"partner.ae": REASON}}}),
    ("FJ-RES-113", Given("aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",
                         {"transitGatewayAttachmentId": "tgw-attach-0123"}),
     {"residency": {"known": {"tgw-attach-0123": REASON}}}),
    ("FJ-IDN-213",
     Given("azure-native:network:StaticMember", {"resourceId": f"{THEIRS}/resourceGroups/hub"},
           provider={"subscriptionId": "00000000-0000-0000-0000-000000000001"}),
     {"identity": {"trusted": {THEIRS: REASON}}}),
    ("FJ-IDN-106", Given("aws:iam/rolePolicyAttachment:RolePolicyAttachment", BROAD),
     {"identity": {"managed_policies": {"AmazonEC2FullAccess": REASON}}}),
    ("FJ-IDN-109", Given("aws:iam/policy:Policy", {"policy": json.dumps({"Statement": [GROUPS]})}),
     {"identity": {"unrestricted_actions": {"ec2:CreateSecurityGroup": REASON}}}),
    ("FJ-IDN-305", Given("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", {
        "kind": "ClusterRole", "metadata": {"name": "scaler"}, "rules": [
            {"apiGroups": [""], "resources": ["nodes"], "verbs": ["update"]}]}),
     {"identity": {"controller_rights": {"scaler:core/nodes:update": REASON}}}),
    ("FJ-IDN-301", Given("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", {
        "kind": "ClusterRoleBinding", "metadata": {"name": "metrics"}, "subjects": [],
        "roleRef": {"kind": "ClusterRole", "name": "node-metrics"}}),
     {"identity": {"cluster_roles": {"node-metrics": REASON}}}),
    ("FJ-RES-208",
     Given("azure-native:network:VirtualNetworkPeering",
           {"remoteVirtualNetwork": {"id": f"{HUB}/providers/Microsoft.Network/virtualNetworks/hub"}}),
     {"residency": {"known": {HUB: REASON}}}),
    ("FJ-RES-106",
     Given("aws:s3/bucketReplicationConfig:BucketReplicationConfig",
           {"rules": [{"destination": {"bucket": "arn:aws:s3:::central-copies"}}]}),
     {"residency": {"known": {"central-copies": REASON}}}),
    ("FJ-RES-301",
     Given("pulumi:providers:kubernetes", {"kubeconfig": json.dumps({
         "current-context": "a", "contexts": [{"name": "a", "context": {"cluster": "a"}}],
         "clusters": [{"name": "a", "cluster": {"server": "https://kubernetes.bank.ae:6443"}}]})}),
     {"kubernetes": {"allowed_clusters": ["https://kubernetes.bank.ae:6443"]}}),
    ("FJ-EXP-325", Given("kubernetes:core/v1:Namespace", PRIVILEGED),
     {"kubernetes": {"privileged_namespaces": {"agents": REASON}}}),
    ("FJ-ESC-117", Given("kubernetes:constraints.gatekeeper.sh/v1beta1:Labels", {
        "spec": {"match": {"namespaces": ["payments"]}}}), {"kubernetes": {"namespaces": {"payments": REASON}}}),
    ("FJ-ESC-105", Given("kubernetes:helm.sh/v3:Release", CHART),
     {"escape": {"helm_sources": {"oci://charts.example.ae": REASON}}}),
    ("FJ-ESC-123", Given("kubernetes:helm.sh/v3:Release", CHART), {"escape": {"charts": {"a": REASON}}}),
    ("FJ-ESC-103", Given("kubernetes:example.ae/v1:Tool", {"spec": {}}),
     {"escape": {"allowed_types": {"kubernetes:example.ae/*": REASON}}}),
    ("FJ-ESC-112", Given("aws:fms/policy:Policy", {}),
     {"escape": {"allowed_types": {"aws:fms/policy:Policy": REASON}}}),
    ("FJ-ESC-115", Given("aws:cognito/userPool:UserPool", {}),
     {"escape": {"allowed_switches": {
         "aws:cognito/userPool:UserPool:adminCreateUserConfig.allowAdminCreateUserOnly": REASON}}}),
    ("FJ-ESC-125", Given("kubernetes:core/v1:Namespace", {
        "metadata": {"name": "team-a", "labels": {"argocd.argoproj.io/managed-by": "argocd"}}}),
     {"escape": {"allowed_annotations": {"argocd.argoproj.io/managed-by": REASON}}}),
    ("FJ-ESC-113", Given("kubernetes:helm.sh/v3:Release", {**CHART, "values": {
        "image": {"repository": "registry.bank.ae/mirror/tool"}}}),
     {"escape": {"helm_sources": {"oci://registry.bank.ae": REASON}}}),
    ("FJ-ESC-116", Given("aws:lambda/function:Function", {"imageUri": "ghcr.io/example/scorer:1.2.0"}),
     {"escape": {"image_publishers": {"ghcr.io/example": REASON}}}),
    ("FJ-ESC-120", Given("aws:ec2/launchTemplate:LaunchTemplate", {
        "userData": "#!/bin/sh\ndocker run ghcr.io/example/agent:1\n"}),
     {"escape": {"image_publishers": {"ghcr.io/example": REASON}}}),
    ("FJ-IDN-122", Given("aws:cognito/identityProvider:IdentityProvider", {"providerType": "SignInWithApple"}),
     {"identity": {"trusted": {"appleid.apple.com": REASON}}}),
    ("FJ-ESC-101", Given("cloudflare:index/record:Record", {}),
     {"escape": {"allowed_types": {"cloudflare:*": REASON}}}),
    ("FJ-EXP-130", Given("aws:sqs/queuePolicy:QueuePolicy", {"policy": json.dumps({"Statement": [QUEUE]})},
                         name="a-interruption-queue"),
     {"exposure": {"service_callers": {"*-interruption-queue": REASON}}}),
)  # fmt: skip


def refused(given: Given, settings: dict[str, Any]) -> set[str]:
    merged = {**NEUTRAL, **{key: {**NEUTRAL.get(key, {}), **value} for key, value in settings.items()}}
    pack = Pack(Enforcement.model_validate(with_presets(merged)))
    return blocking(pack.evaluate_plan(given))


@pytest.mark.parametrize(("rule", "given", "settings"), ROWS, ids=[row[0] for row in ROWS])
def test_a_setting_of_the_page_lets_the_program_pass(rule: str, given: Given, settings: dict[str, Any]) -> None:
    assert rule in refused(given, {})
    assert rule not in refused(given, settings)
    ((section, options),) = settings.items()
    listed = next(line for line in PAGE.splitlines() if line.startswith("|") and f"| {rule} |" in line)
    assert f"{section}.{next(iter(options))}" in listed


def test_a_group_read_from_the_cloud_shows_the_location() -> None:
    group = Given("azure-native:resources:ResourceGroup", {"location": "uaenorth"}, name="group")
    account = {"resourceGroupName": UNKNOWN}
    given = Given("azure-native:storage:StorageAccount", account, links={"resourceGroupName": ("group",)})
    assert "FJ-RES-201" in refused(Given(given.type, {"resourceGroupName": "existing"}), {})
    pack = Pack(Enforcement.model_validate(NEUTRAL))
    assert "FJ-RES-201" not in blocking(pack.evaluate_stack(given, read=(group,)))


def test_the_page_lists_every_preset_and_every_rule_exists() -> None:
    assert set(re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE)) == set(presets())
