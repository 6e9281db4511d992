"""Attacks on points of the guardrails that were known to be open (2026-12-02)."""

from ..blind import GROUP, ME, RG, THEIR_SUB, THEIR_TENANT, THEIRS, Given, aws, az, crd, pod, role
from . import Attack
from .twenty_fourth_aws_b import STANDARD
from .twenty_fourth_azure import activation, custom_role

TRUST, ESC, COST, ROLES = ("FJ-IDN-105",), ("FJ-ESC-115",), ("FJ-COST-126",), ("FJ-IDN-214",)
ACCOUNT = {"AWS": f"arn:aws:iam::{ME}:root"}
CENTER = f"arn:aws:iam::{ME}:role/aws-reserved/sso.amazonaws.com"
FACTOR = {"id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule"}
CONTEXT = {
    "id": "AuthenticationContext_EndUser_Assignment",
    "ruleType": "RoleManagementPolicyAuthenticationContextRule",
}


def parameter(control: str, name: str, kind: str, value: object) -> tuple[Given, ...]:
    """Returns a policy of Security Hub with one parameter of a control."""
    return (aws("securityhub/ConfigurationPolicy", {"name": "bank", "configurationPolicy": {
        "serviceEnabled": True, "enabledStandardArns": [STANDARD], "securityControlsConfiguration": {
            "disabledControlIdentifiers": [], "securityControlCustomParameters": [{
                "securityControlId": control, "parameters": [
                    {"name": name, "valueType": "CUSTOM", kind: {"value": value}}]}]}}}),)  # fmt: skip


def workflow(retry: object, kind: str = "Workflow", *, inside: bool = True, **spec: object) -> tuple[Given, ...]:
    """Returns a workflow of Argo whose template has a strategy of retries, or the defaults of its templates."""
    steps = {"entrypoint": "train", "serviceAccountName": "train", "ttlStrategy": {"secondsAfterCompletion": 3600},
             "templates": [{"name": "train", **pod({}), "container": pod({})["containers"][0]}], **spec}  # fmt: skip
    template = steps["templates"][0]
    del template["containers"]
    if inside:
        template["retryStrategy"] = retry
    else:
        steps["templateDefaults"] = {"retryStrategy": retry}
    nested = {"schedules": ["0 2 * * *"], "concurrencyPolicy": "Forbid", "workflowSpec": steps}
    return (crd(f"argoproj.io/v1alpha1:{kind}", nested if kind == "CronWorkflow" else steps),)


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"who signs in by any permission set takes on the role of settlement: {text}", TRUST, (role(
        ACCOUNT, {"ArnLike": {"aws:PrincipalArn": pattern}}, name="settlement"),), "critical",
        "the name of the permission set follows AWSReservedSSO_ (IAM Identity Center, 'Referencing permission sets in "
        "resource policies, Amazon EKS, and AWS KMS', read 2026-12-02)")
      for text, pattern in (
          ("in any Region", f"{CENTER}/*/AWSReservedSSO_*"), ("of each suffix", f"{CENTER}/AWSReservedSSO_*_*"),
          ("by the beginning of the path", f"arn:aws:iam::{ME}:role/aws-r*"))),
    *(Attack(f"a control of Security Hub asks for less: {name}", ESC, parameter(control, name, kind, value), "major",
             f"the control passes what the parameter allows (AWS Security Hub CSPM, {control}, read 2026-12-02)")
      for control, name, kind, value in (
          ("IAM.7", "RequireUppercaseCharacters", "bool", False), ("IAM.7", "RequireNumbers", "bool", False),
          ("Cognito.3", "requireSymbols", "bool", False), ("Cognito.3", "temporaryPasswordValidity", "int", 365),
          ("SecretsManager.4", "maxDaysSinceRotation", "int", 180), ("SecretsManager.3", "unusedForDays", "int", 365),
          ("Kinesis.3", "minimumBackupRetentionPeriod", "string", "24"))),
    *(Attack(f"a step that fails is tried again without end: {text}", COST, workflow(retry, kind, inside=inside),
             "critical", "retries without a limit go on until the step succeeds (argoproj/argo-workflows 0b0aac92 "
             "examples/retry-container-to-completion.yaml, read 2026-12-02)")
      for text, retry, kind, inside in (
          ("an empty strategy", {}, "Workflow", True), ("a policy alone", {"retryPolicy": "Always"}, "WorkflowTemplate",
                                                        True),
          ("a pause alone", {"backoff": {"duration": "1s", "factor": "1"}}, "CronWorkflow", True),
          ("an empty limit", {"limit": None}, "ClusterWorkflowTemplate", True),
          ("the defaults of templates", {}, "Workflow", False))),
    Attack("a step that fails is tried again without end: a template of a step", COST, (crd(
        "argoproj.io/v1alpha1:WorkflowTemplate", {"entrypoint": "all", "serviceAccountName": "train", "templates": [
            {"name": "all", "steps": [[{"name": "train", "inline": {
                "retryStrategy": {"expression": "true"}, "container": pod({})["containers"][0]}}]]}]}),), "critical",
        "an expression that is always true ends nothing (argoproj/argo-workflows 03d3dd57 docs/retries.md, read "
        "2026-12-02)"),
    *(Attack(f"a role takes copies away: {name}", ROLES, custom_role("hygiene", name, scope=scope), "critical",
             "nothing makes them again (Azure, 'Azure permissions', read 2026-12-02)") for name, scope in (
                 ("Microsoft.Compute/restorePointCollections/delete", GROUP),
                 ("Microsoft.Compute/restorePointCollections/*", GROUP),
                 ("Microsoft.NetApp/netAppAccounts/backupVaults/backups/delete", GROUP),
                 ("Microsoft.NetApp/netAppAccounts/capacityPools/volumes/snapshots/delete", GROUP),
                 ("Microsoft.Sql/servers/databases/restorePoints/delete", GROUP))),
    *(Attack(f"a role is activated without a second factor, {text}", ("FJ-IDN-210",), activation(*rules), "critical",
             "values of a context are c1 to c99 (Microsoft Graph, authContext, authenticationContextValue, read "
             "2026-12-02)") for text, rules in (
          ("by the context none", ({**FACTOR, "enabledRules": []}, {**CONTEXT, "isEnabled": True, "claimValue": "none"})),
          ("by a context without a number", ({**FACTOR, "enabledRules": ["Justification"]},
                                            {**CONTEXT, "isEnabled": True, "claimValue": "c"})),
          ("by a context that is off", ({**FACTOR, "enabledRules": []},
                                       {**CONTEXT, "isEnabled": False, "claimValue": "c1"})),
          ("by a context that may be off", ({**FACTOR, "enabledRules": []}, {**CONTEXT, "claimValue": "c1"})),
          ("by a context of no name alone", ({**CONTEXT, "isEnabled": True, "claimValue": "none"},)),
          ("by an empty context alone", ({**CONTEXT, "isEnabled": True},)))),
    Attack("a network of a stranger joins the mesh", ("FJ-IDN-213",), (az("network:StaticMember", {
        **RG, "networkManagerName": "vnm", "networkGroupName": "ng-prod", "staticMemberName": "partner", "resourceId":
        f"{THEIRS}.Network/virtualNetworks/vnet-partner"}),), "critical", "members of the group reach each other"),
    Attack("the manager of a stranger may write the rules of the networks", ("FJ-IDN-213",), (
        az("network:SubscriptionNetworkManagerConnection", {
            "networkManagerConnectionName": "central", "networkManagerId":
            f"{THEIRS}.Network/networkManagers/vnm"}),), "critical", "its connectivity and admin rules apply here"),
    Attack("the manager reaches for networks of another tenant", ("FJ-IDN-211", "FJ-IDN-213"), (
        az("network:ScopeConnection", {
            **RG, "networkManagerName": "vnm", "scopeConnectionName": "partner", "tenantId": THEIR_TENANT, "resourceId":
            THEIR_SUB}),), "critical", "networks of that subscription join the groups"),
)  # fmt: skip
