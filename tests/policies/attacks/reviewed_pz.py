"""Variants of attacks on Azure that forms of names and texts must not miss (2026-11-30)."""

from ..blind import OURS, RG, SUB, az, k8s, meta
from ..harness import Given
from . import Attack

READ = "read 2026-11-30"
WILDCARDS = f"Azure Firewall FAQ (a star at the left stands for anything, with or without a dot), {READ}"
BUS = {**RG, "namespaceName": "sb-bank", "topicName": "payments", "subscriptionName": "audit", "ruleName": "all",
       "filterType": "SqlFilter"}  # fmt: skip
JOB = {**RG, "serverName": "sql-bank", "jobAgentName": "agent", "jobName": "nightly", "stepName": "one",
       "targetGroup": f"{OURS}.Sql/servers/sql-bank/jobAgents/agent/targetGroups/all"}  # fmt: skip


def _firewall(**reached: object) -> Given:
    rule = {"ruleType": "ApplicationRule", "name": "out", "sourceAddresses": ["10.20.0.0/16"],
            "protocols": [{"protocolType": "Https", "port": 443}], "terminateTLS": True, **reached}  # fmt: skip
    return az("network:FirewallPolicyRuleCollectionGroup", {
        **RG, "firewallPolicyName": "afwp-bank", "ruleCollectionGroupName": "out", "priority": 200,
        "ruleCollections": [{
            "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "out", "priority": 200,
            "action": {"type": "Allow"}, "rules": [rule]}]})  # fmt: skip


def _filter(expression: str) -> Given:
    return az("servicebus:Rule", {**BUS, "sqlFilter": {"sqlExpression": expression}})


def _script(text: str) -> Given:
    return az("sql:JobStep", {**JOB, "action": {"type": "TSql", "source": "Inline", "value": text}})


def _role(*actions: str) -> Given:
    return az("authorization:RoleDefinition", {
        "scope": SUB, "roleName": "Apps", "roleType": "CustomRole", "assignableScopes": [SUB],
        "permissions": [{"actions": list(actions), "notActions": []}]})  # fmt: skip


ATTACKS = (
    Attack("accounts of every customer are reached by a name without the dot", ("FJ-EXP-",), (
        _firewall(targetFqdns=["*blob.core.windows.net"]),), "critical", WILDCARDS),
    Attack("accounts whose name anybody may end so are reached", ("FJ-EXP-",), (
        _firewall(targetFqdns=["*bank.blob.core.windows.net"]),), "critical", WILDCARDS),
    Attack("sites of every customer in a zone of storage are reached", ("FJ-EXP-",), (
        _firewall(targetFqdns=["*.z6.web.core.windows.net"]),), "critical",
        f"Azure Storage, static websites (the zone stands before web), {READ}"),
    Attack("accounts of every customer are reached by an address with a path", ("FJ-EXP-",), (
        _firewall(targetUrls=["*.blob.core.windows.net/*"]),), "critical",
        f"Azure Firewall Premium, target URLs of application rules, {READ}"),
    Attack("no message meets one part of a filter", ("FJ-ESC-115",), (
        _filter("1 = 2 AND kind = 'payment'"),), "critical", f"Service Bus, SQL filters, {READ}"),
    Attack("no message meets a filter of two texts", ("FJ-ESC-115",), (
        _filter("'a' = 'b'"),), "critical", f"Service Bus, SQL filters, {READ}"),
    Attack("no message meets a filter that denies what is so", ("FJ-ESC-115",), (
        _filter("NOT (1=1)"),), "critical", f"Service Bus, SQL filters, {READ}"),
    Attack("a job ends the security of rows between comments", ("FJ-ESC-115",), (
        _script("ALTER/**/SECURITY -- rows\nPOLICY [dbo].[p;1] WITH (STATE = /**/ OFF)"),),
        "critical", f"SQL Server, ALTER SECURITY POLICY, {READ}"),
    Attack("a job drops the key with which a database is encrypted", ("FJ-ESC-115",), (
        _script("DROP DATABASE ENCRYPTION KEY"),), "critical",
        f"SQL Server, DROP DATABASE ENCRYPTION KEY, {READ}"),
    Attack("a custom role runs commands in programs of any kind", ("FJ-IDN-214",), (
        _role("*/exec/action"),), "critical", f"Microsoft.App and Microsoft.ContainerInstance, {READ}"),
    Attack("a custom role runs commands below one provider", ("FJ-IDN-214",), (
        _role("Microsoft.App/*/exec/action"),), "critical", f"Microsoft.App, {READ}"),
    Attack("a custom role gets the addresses with which anybody starts workflows", ("FJ-IDN-214",), (
        _role("*/listCallbackUrl/action"),), "critical", f"Microsoft.Logic, {READ}"),
    Attack("a custom role renews keys of every kind", ("FJ-IDN-214",), (
        _role("*/regenerateKey/action"),), "critical", f"Azure permissions reference, {READ}"),
    Attack("a custom role gets whatever the triggers of workflows list", ("FJ-IDN-214",), (
        _role("Microsoft.Logic/workflows/triggers/list*"),), "critical", f"Microsoft.Logic, {READ}"),
    Attack("a custom role debugs the programs of every kind", ("FJ-IDN-214",), (
        _role("*/remoteDebugging/action"),), "critical", f"Microsoft.AppPlatform, {READ}"),
    Attack("a policy of the vault is for every path behind a comment", ("FJ-ESC-115",), (
        k8s("vault.banzaicloud.com/v1alpha1:Vault", {"metadata": meta(), "spec": {"externalConfig": {"policies": [
            {"name": "apps", "rules": 'path "*" # secrets of apps\n{ capabilities = ["read"] }'}]}}}),),
        "critical", f"openbao/openbao df6ce2c internal/vault/policy/policy.go (HCL with comments), {READ}"),
)  # fmt: skip
