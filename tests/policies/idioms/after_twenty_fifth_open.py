"""Good programs beside points of the guardrails that were known to be open (2026-12-02)."""

from ..attacks.after_twenty_fifth_open import (
    CONTEXT,
    ENVOY,
    FACTOR,
    GATEWAY,
    INNER,
    OF_GATEWAY,
    OF_ROUTE,
    builds,
    edge,
    parameter,
    tokens,
    updates,
    workflow,
)
from ..attacks.twenty_fourth_azure import activation, custom_role
from ..blind import ME, RG, SUB, TAGS, aws, az, document
from . import Idiom, Settings, unpriced
from .families import AWS_DOCS
from .twenty_second_xazure_b import account

LEARN = "learn.microsoft.com"
TENANT = "77777777-1111-2222-3333-444444444444"
OURS: Settings = {"identity": {"trusted": {TENANT: "the bank's own tenant", "login.bank.ae": "our own sign-in"}}}
BUILDS: Settings = {
    "escape": {"code_sources": {"https://github.com/bank": "our own repositories", "bank-builds": "our own caches"}}
}
RUNS: Settings = unpriced("kubernetes:argoproj.io/v1:Workflow::it")
ARGO = "github.com/argoproj/argo-workflows, docs/retries.md"


EDGE: Settings = {**OURS, **unpriced(f"kubernetes:{GATEWAY}/v1:Gateway::gateway",
                                     f"kubernetes:{ENVOY}/v1:EnvoyProxy::proxy")}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    *(Idiom(f"a control of Security Hub asks for more, or for what AWS asks: {control} {name}", parameter(
        control, name, kind, value), f"{AWS_DOCS}/securityhub/latest/userguide/custom-control-parameters.html")
      for control, name, kind, value in (
          ("IAM.7", "RequireSymbols", "bool", True), ("IAM.7", "MinimumPasswordLength", "int", 14),
          ("SecretsManager.4", "maxDaysSinceRotation", "int", 60), ("CloudWatch.15", "okActionRequired", "bool", False),
          ("CloudWatch.16", "minRetentionTime", "enum", "731"),
          ("RDS.14", "minimumBackupRetentionPeriod", "int", 14),
          ("Kinesis.3", "minimumBackupRetentionPeriod", "string", "168"))),
    *(Idiom(f"a step is tried again {text}", workflow(retry, deadline=end), ARGO, RUNS) for text, retry, end in (
        ("three times", {"limit": "3"}, None),
        ("for an hour", {"backoff": {"duration": "1m", "factor": "2", "maxDuration": "1h"}}, None),
        ("if the cluster fails", {"retryPolicy": "OnTransientError"}, None),
        ("while its last attempt was evicted", {"expression": "lastRetry.exitCode == '137'"}, None),
        ("until the deadline of its workflow", {}, 7200))),
    Idiom("whoever takes restore points of machines removes old ones", custom_role(
        "backup of machines", "Microsoft.Compute/virtualMachines/read",
        "Microsoft.Compute/restorePointCollections/read", "Microsoft.Compute/restorePointCollections/write",
        "Microsoft.Compute/restorePointCollections/delete"),
        f"{LEARN}/azure/virtual-machines/virtual-machines-create-restore-points"),
    Idiom("activation asks for a context with two digits", activation(
        {**FACTOR, "enabledRules": ["Justification"]}, {**CONTEXT, "isEnabled": True, "claimValue": "c12"}),
        f"{LEARN}/graph/identity-governance-pim-rules-overview"),
    Idiom("activation asks for a second factor, and a context is off", activation(
        {**FACTOR, "enabledRules": ["MultiFactorAuthentication", "Justification"]},
        {**CONTEXT, "isEnabled": False, "claimValue": None}), f"{LEARN}/graph/identity-governance-pim-rules-overview"),
    Idiom("a gateway gets the inner address that the proxies of its class have", edge(
        tokens(OF_GATEWAY), service=INNER),
        "gateway.envoyproxy.io/docs/tasks/operations/customize-envoyproxy", EDGE),
    Idiom("the route of a gateway asks for tokens", edge(
        tokens(OF_ROUTE), service={"type": "ClusterIP"}),
        "gateway.envoyproxy.io/docs/tasks/security/jwt-authentication", EDGE),
    Idiom("a workspace of the bank's own tenant reaches its account of storage", (
        account("stledger", publicNetworkAccess="Enabled", networkRuleSet={
            "defaultAction": "Deny", "bypass": "AzureServices", "resourceAccessRules": [{
                "tenantId": TENANT, "resourceId": f"{SUB}/resourceGroups/rg-platform/providers/Microsoft.Synapse/"
                "workspaces/syn-bank"}]}),
        az("storage:ManagementPolicy", {
            **RG, "accountName": "stledger", "managementPolicyName": "default", "policy": {"rules": [{
                "name": "old", "type": "Lifecycle", "enabled": True, "definition": {
                    "filters": {"blobTypes": ["blockBlob"]}, "actions": {"baseBlob": {
                        "delete": {"daysAfterModificationGreaterThan": 365}}}}}]}}, "tiers", links={
                            "accountName": ("stledger",)})),
        f"{LEARN}/azure/storage/common/storage-network-security-resource-instances", OURS),
    *(Idiom(f"updates are merged once their tests pass: {text}", (updates(settings),),
            "docs.renovatebot.com/key-concepts/automerge", {"residency": {"known": {
                "git.bank.ae": "our own server"}}}) for text, settings in (
        ("minor ones", {"packageRules": [{"matchUpdateTypes": ["minor", "patch"], "automerge": True}]}),
        ("files of locks", {"ignoreTests": False, "lockFileMaintenance": {"enabled": True, "automerge": True}}),
        ("by a preset", {"extends": ["config:recommended", ":automergeMinor"]}))),
    Idiom("builds of pull requests have a cache of their own", builds("requests", "main"),
          f"{AWS_DOCS}/codebuild/latest/userguide/caching-s3.html", BUILDS),
    *(Idiom(f"nobody changes {text}", (aws("organizations/Policy", {
        "name": "shared", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS, "content": document(
            {"Effect": "Deny", "Action": action, "Resource": resource})}),),
        f"{AWS_DOCS}/service-authorization/latest/reference") for text, action, resource in (
            ("the certificates of enclaves", "ec2:DisassociateEnclaveCertificateIamRole",
             f"arn:aws:acm:me-central-1:{ME}:certificate/*"),
            ("licences by new machines", "ec2:RunInstances",
             f"arn:aws:license-manager:me-central-1:{ME}:license-configuration:*"),
            ("access points of functions", ["s3:PutAccessPointPolicyForObjectLambda",
                                            "s3:DeleteAccessPointForObjectLambda"],
             f"arn:aws:s3-object-lambda:me-central-1:{ME}:accesspoint/*"))),
)  # fmt: skip
