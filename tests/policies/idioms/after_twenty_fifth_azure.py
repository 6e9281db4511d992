"""Good programs near the attacks of the twenty-fifth set on Azure (2026-12-02)."""

from ..attacks.after_twenty_fifth_azure import PRINCIPAL, WRITES, detection, rule_of_edge
from ..attacks.twenty_fifth_azure import (
    CLUSTERS,
    CONTRIBUTOR,
    credential,
    data_role,
    delegate,
    denial,
    directory,
    namespace,
    statement,
)
from ..attacks.twenty_fifth_azure_flow import alarm, gateway, package, sign_in, subnet, vault
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged

LEARN = "learn.microsoft.com/azure"
PROGRAMS = f" AND {PRINCIPAL} ForAnyOfAnyValues:StringEqualsIgnoreCase {{'ServicePrincipal'}}"
GITHUB = "https://token.actions.githubusercontent.com"
NAMED = "an internal domain of the bank"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("developers see what runs in clusters, and restart their deployments", data_role(
        "cluster observers", f"{CLUSTERS}/*/read", f"{CLUSTERS}/apps/deployments/write", f"{CLUSTERS}/pods/delete",
        f"{CLUSTERS}/rbac.authorization.k8s.io/rolebindings/read"), f"{LEARN}/aks/manage-azure-rbac, custom roles"),
    Idiom("an agent of access to clusters has the rights that its vendor asks for, and is listed", data_role(
        "access agent", f"{CLUSTERS}/users/impersonate/action", f"{CLUSTERS}/groups/impersonate/action",
        f"{CLUSTERS}/pods/read"), "Teleport, discovery of clusters on Azure (found as a string on 2026-12-02)", {
            "identity": {"unrestricted_actions": {
                f"{CLUSTERS}/users/impersonate/action": "Teleport, by the platform team",
                f"{CLUSTERS}/groups/impersonate/action": "Teleport, by the platform team"}}}),
    Idiom("a team lets its people pull images", delegate("7f951dda-4ed3-4680-a7ca-43fe172d538d"),
          f"{LEARN}/role-based-access-control/delegate-role-assignments-examples"),
    Idiom("a team assigns Contributor to programs alone", delegate(CONTRIBUTOR, more=PROGRAMS),
          f"{LEARN}/role-based-access-control/delegate-role-assignments-examples, roles and principal types"),
    Idiom("a pipeline assigns what it deploys for", delegate(CONTRIBUTOR, kind="ServicePrincipal"),
          f"{LEARN}/role-based-access-control/delegate-role-assignments-overview"),
    *(Idiom(f"a pipeline of the bank signs in: {subject}", credential(subject, issuer), "docs.github.com, OpenID "
            "Connect reference", {"identity": {"repositories": {
                "https://github.com/example": "of the bank itself",
                "https://gitlab.com/example": "of the bank itself"}}})
      for subject, issuer in (
          ("repo:example/platform:environment:production", GITHUB),
          ("repo:example@123/platform@456:ref:refs/heads/main", GITHUB),
          ("repo:example/platform:environment:prod:job_workflow_ref:example/flows/.github/workflows/a.yml@refs/heads/"
           "main", GITHUB),
          ("project_path:example/platform:ref_type:branch:ref:main", "https://gitlab.com"))),
    Idiom("a policy of the bank asks for one disk at most, and for a name in time", denial({"allOf": [
        {"field": "type", "equals": "Microsoft.Compute/virtualMachines"},
        {"count": {"field": "Microsoft.Compute/virtualMachines/storageProfile.dataDisks[*]"}, "greater": 1},
        {"not": {"count": {"field": "Microsoft.Compute/virtualMachines/networkProfile.networkInterfaces[*]"},
                 "less": 1}},
        {"value": "[utcNow()]", "greater": "2026-01-01T00:00:00Z"},
        {"value": "[resourceGroup().location]", "notEquals": "uaenorth"}]}),
        f"{LEARN}/governance/policy/concepts/definition-structure-policy-rule"),
    Idiom("a pipeline keeps statistics of the ledger and its authorizations up to date", statement(
        "UPDATE STATISTICS dbo.authorizations; UPDATE dbo.batches SET state = 'authorized' WHERE id = 7"),
        f"{LEARN}/data-factory/transform-data-using-script"),
    Idiom("a workflow asks of which groups somebody is", directory(
        "post", "/v1.0/users/@{encodeURIComponent(triggerBody()?['user'])}/checkMemberGroups"),
        f"{LEARN}/logic-apps, connector of Entra ID"),
    Idiom("a workflow reads the members of a group", directory(
        "get", "/v1.0/groups/@{encodeURIComponent('99999999-8888-7777-6666-555555555555')}/members"),
        f"{LEARN}/logic-apps, connector of Entra ID"),
    Idiom("a namespace is created, or taken as it is", namespace(adoptionPolicy="IfIdentical", deletePolicy="Keep"),
          f"{LEARN}/aks/managed-namespaces"),
    Idiom("a pipeline runs a package of its catalogue", package(
        type="SSISDB", packagePath="ledger/month-end/load.dtsx"),
        f"{LEARN}/data-factory/how-to-invoke-ssis-package-ssis-activity"),
    Idiom("a gateway removes what callers say of themselves, and writes whose certificate they have", gateway(
        {"headerName": "X-MS-CLIENT-PRINCIPAL-NAME", "headerValue": ""},
        {"headerName": "X-Forwarded-User", "headerValue": ""},
        {"headerName": "X-Subject", "headerValue": "{var_client_certificate_subject}"},
        {"headerName": "X-Request-Source", "headerValue": "portal"}),
        f"{LEARN}/application-gateway/rewrite-http-headers-url", merged(
            {"residency": {"known": {"bank.ae": NAMED}}}, unpriced("azure-native:network:ApplicationGateway::it"))),
    Idiom("the edge removes what callers say of themselves", rule_of_edge("X-Forwarded-User", "", "Delete"),
          f"{LEARN}/frontdoor/front-door-rules-engine-actions"),
    Idiom("an alarm leaves out the pipeline, by the number of its identity", alarm(
        f"{WRITES} // | where Caller != 'contractor@example.ae'\n"
        "| where Caller != '22222222-3333-4444-5555-666666666666' and isnotempty(Caller)"),
        f"{LEARN}/azure-monitor/alerts/alerts-create-log-alert-rule"),
    Idiom("an alarm rings if an emergency account signs in, or a guest", detection(
        "SigninLogs | where UserPrincipalName =~ 'emergency@example.ae' or UserPrincipalName !endswith '@example.ae'"),
        f"{LEARN}/sentinel/detect-threats-custom"),
    Idiom("an alarm of how fast an app answers leaves out its test", alarm(
        "AppRequests | where UserId != 'loadtest@example.ae' and DurationMs > 2000"),
        f"{LEARN}/azure-monitor/alerts/alerts-create-log-alert-rule"),
    Idiom("a vault gives no secret to templates", vault(enabledForTemplateDeployment=False),
          f"{LEARN}/key-vault/general/security-features"),
    Idiom("a subnet is of its own subscription", subnet(), f"{LEARN}/virtual-network/virtual-network-manage-subnet"),
    Idiom("an app shows its state and its public pages without a sign-in", sign_in(
        "/health", "/api/health", "/public/*", "/.well-known/*", "/api/v1/webhooks/clearing"),
        f"{LEARN}/app-service/configure-authentication-file-based"),
)  # fmt: skip
