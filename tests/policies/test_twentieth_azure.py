"""Roles, tags, records and policies of Azure that the twentieth set of attacks had, and what looks like them."""

import pytest
from guardrails.exposure import own_networks
from guardrails.identity import azure_activation
from guardrails.readers import service_tags
from guardrails.readers.service_tags import is_of_programs, is_of_stores_abroad
from guardrails.resilience import azure_records, record_filters
from guardrails.unverifiable import backup_retention, policy_parameters
from guardrails.unverifiable.policy_parameters import meets_every_image

from tests.processor_time import within

from .blind import GROUP, OURS, RG, SUB, az
from .expressions import expressions_in
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
MODULES = (azure_activation, azure_records, backup_retention, own_networks, policy_parameters, record_filters,
           service_tags)  # fmt: skip
COSMOS = "Microsoft.DocumentDB/databaseAccounts"
VAULT = f"{OURS}.KeyVault/vaults/kv-bank"


def refused(*plan: Given) -> set[str]:
    return blocking(PACK.evaluate_plan(*plan))


@pytest.mark.parametrize(("actions", "is_refused"), [
    ([f"{COSMOS}/sqlRoleAssignments/write"], True), ([f"{COSMOS}/sqlRoleAssignments/*"], True),
    ([f"{COSMOS}/sqlRoleAssignments/write", f"{COSMOS}/write"], False),
    ([f"{COSMOS}/sqlRole*/write", f"{COSMOS}/write"], False),
    ([f"{COSMOS}/sqlRoleAssignments/read"], False), ([f"{COSMOS}/sqlDatabases/write"], False),
    (["Microsoft.Kusto/clusters/databases/principalAssignments/write"], True),
    (["Microsoft.Kusto/clusters/databases/*"], False),
    (["Microsoft.Kusto/clusters/principalAssignments/write", "Microsoft.Kusto/clusters/databases/write"], True),
    (["microsoft.sql/servers/administrators/write"], True), (["Microsoft.Sql/servers/databases/write"], False),
    (["Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write"], True),
    (["Microsoft.Synapse/workspaces/sqlAdministrators/write", "Microsoft.Synapse/workspaces/write"], False),
])  # fmt: skip
def test_roles_that_give_themselves_rights_on_data(actions: list[str], is_refused: bool) -> None:
    role = az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": "x", "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"actions": actions, "notActions": []}]})  # fmt: skip
    assert ("FJ-IDN-214" in refused(role)) is is_refused


def test_a_role_that_leaves_out_assignments_gives_no_rights() -> None:
    role = az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": "x", "roleType": "CustomRole", "assignableScopes": [GROUP], "permissions": [
            {"actions": [f"{COSMOS}/*/write"], "notActions": [f"{COSMOS}/*Assignments/write",
                                                              f"{COSMOS}/mongodbUserDefinitions/write"]}]})  # fmt: skip
    assert "FJ-IDN-214" not in refused(role)


@pytest.mark.parametrize(("rule", "is_refused"), [
    ({"id": "Expiration_Admin_Eligibility", "isExpirationRequired": False}, True),
    ({"id": "Expiration_Admin_Eligibility", "isExpirationRequired": True}, False),
    ({"id": "Expiration_Admin_Eligibility"}, False),
    ({"id": "Notification_Admin_Admin_Assignment", "isDefaultRecipientsEnabled": False}, True),
    ({"id": "Notification_Admin_Admin_Assignment", "isDefaultRecipientsEnabled": True}, False),
    ({"id": "Notification_Admin_Admin_Assignment", "isDefaultRecipientsEnabled": False,
      "notificationRecipients": [" "]}, True),
    ({"id": "Notification_Admin_Admin_Assignment", "isDefaultRecipientsEnabled": False,
      "notificationRecipients": ["guard@example.ae"]}, False),
    ({"id": "Notification_Admin_Admin_Assignment", "isDefaultRecipientsEnabled": False,
      "notificationRecipients": UNKNOWN}, False),
    ({"id": "Notification_Approver_EndUser_Assignment", "isDefaultRecipientsEnabled": False}, False),
])  # fmt: skip
def test_rules_of_activations(rule: dict[str, object], is_refused: bool) -> None:
    policy = az("authorization:RoleManagementPolicy", {"scope": SUB, "roleManagementPolicyName": "x", "rules": [rule]})
    assert ("FJ-IDN-210" in refused(policy)) is is_refused


@pytest.mark.parametrize(("tag", "calls", "is_abroad"), [
    ("AzureConnectors", True, False), ("datafactory.uaenorth", True, False), ("PowerPlatformInfra", True, False),
    ("ApiManagement", False, False), ("AppServiceManagement", False, False), ("Storage", False, True),
    ("Storage.UAENorth", False, False), (" storage.uaecentral ", False, False), ("Sql.NorthEurope", False, True),
    ("StorageSyncService", False, False), ("AzureMonitor", False, False), ("10.0.0.0/8", False, False),
])  # fmt: skip
def test_service_tags(tag: str, calls: bool, is_abroad: bool) -> None:
    assert (is_of_programs(tag), is_of_stores_abroad(tag)) == (calls, is_abroad)


@pytest.mark.parametrize(("logs", "is_refused"), [
    ([{"category": "AuditEvent", "enabled": True}], False), ([{"categoryGroup": "allLogs", "enabled": True}], False),
    ([{"category": "AzurePolicyEvaluationDetails", "enabled": True}], True), ([], False), (UNKNOWN, False),
    ([{"category": UNKNOWN, "enabled": True}], False), ([{"category": "AuditEvent", "enabled": UNKNOWN}], False),
    ([{"category": "AuditEvent", "enabled": False}, {"category": "Other", "enabled": True}], True),
])  # fmt: skip
def test_what_is_collected_of_a_vault(logs: object, is_refused: bool) -> None:
    setting = az("monitor:DiagnosticSetting", {"name": "x", "resourceUri": VAULT, "workspaceId": UNKNOWN, "logs": logs})
    assert ("FJ-RSL-117" in refused(setting)) is is_refused


@pytest.mark.parametrize(("group", "is_refused"), [("bank", False), ("payments", True)])
def test_another_setting_collects_for_the_same_management_group_only(group: str, is_refused: bool) -> None:
    def setting(name: str, of: str, category: str) -> Given:
        return az("monitor:ManagementGroupDiagnosticSetting", {
            "name": name, "managementGroupId": of, "workspaceId": UNKNOWN,
            "logs": [{"category": category, "enabled": True}]}, name)  # fmt: skip

    plan = (setting("policy", "bank", "Policy"), setting("administrative", group, "Administrative"))
    assert ("FJ-RSL-117" in refused(*plan)) is is_refused


@pytest.mark.parametrize(("table", "is_refused"), [
    ({"tableName": "SigninLogs", "totalRetentionInDays": 29}, True), ({"tableName": "SigninLogs"}, False),
    ({"tableName": "SigninLogs", "totalRetentionInDays": 30}, False),
    ({"tableName": "SigninLogs", "retentionInDays": 8, "totalRetentionInDays": 365}, False),
    ({"tableName": "SigninLogs", "retentionInDays": -1, "totalRetentionInDays": -1}, False),
    ({"tableName": "Perf", "totalRetentionInDays": 8}, False), ({"tableName": UNKNOWN, "retentionInDays": 8}, False),
])  # fmt: skip
def test_how_long_tables_are_kept(table: dict[str, object], is_refused: bool) -> None:
    found = refused(az("operationalinsights:Table", {**RG, "workspaceName": "log-bank", **table}))
    assert ("FJ-RSL-117" in found) is is_refused


@pytest.mark.parametrize(("text", "is_refused"), [
    ("client_ip <> '10.20.9.9'", True), ("[object_name] NOT LIKE 'crm%'", True), ("not (host_name = 'adm')", True),
    ("database_principal_name != 'k.saeed'", True), ("statement NOT LIKE 'SELECT 1%'", False),
    ("object_name = 'customers'", False), ("client_ip = '10.20.9.9' OR 1 = 1", False), ("1 = 0", True),
])  # fmt: skip
def test_predicates_of_audits(text: str, is_refused: bool) -> None:
    audit = az("sql:ExtendedServerBlobAuditingPolicy", {
        **RG, "serverName": "x", "state": "Enabled", "predicateExpression": text})  # fmt: skip
    assert ("FJ-RSL-117" in refused(audit)) is is_refused


@pytest.mark.parametrize(("service", "kind", "is_refused"), [
    ("queue", "Service", True), ("table", "Service", True), ("table", "Account", False), ("blob", "Service", False),
])  # fmt: skip
def test_keys_of_services_of_an_account(service: str, kind: str, is_refused: bool) -> None:
    key = {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"}
    account = az("storage:StorageAccount", {**RG, "accountName": "x", "encryption": {
        "keySource": "Microsoft.Keyvault", "keyVaultProperties": key,
        "services": {service: {"enabled": True, "keyType": kind}}}})  # fmt: skip
    assert ("FJ-ENC-201" in refused(account)) is is_refused


@pytest.mark.parametrize(("services", "name", "is_refused"), [
    ({}, "x", True), ({"queue": {"enabled": True}}, "x", True), ({"queue": {"keyType": "Account"}}, "x", False),
    ({"queue": {"keyType": UNKNOWN}}, "x", False), ({"table": {"keyType": "Account"}}, "x", True), ({}, "y", False),
])  # fmt: skip
def test_keys_of_queues_of_the_plan(services: dict[str, object], name: str, is_refused: bool) -> None:
    key = {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"}
    account = az("storage:StorageAccount", {**RG, "accountName": "x", "encryption": {
        "keySource": "Microsoft.Keyvault", "keyVaultProperties": key, "services": services}}, "account")  # fmt: skip
    queue = az("storage:Queue", {**RG, "accountName": name, "queueName": "orders"}, "queue")
    assert ("FJ-ENC-201" in refused(account, queue)) is is_refused


@pytest.mark.parametrize(("stack", "weekly", "is_refused"), [
    ("prod-uae", "PT0S", True), ("dev-uae", "PT0S", False), ("prod-uae", "P5W", False), ("prod-uae", UNKNOWN, False),
])  # fmt: skip
def test_backups_of_years(stack: str, weekly: str, is_refused: bool) -> None:
    policy = {**RG, "serverName": "x", "databaseName": "y", "policyName": "default", "weeklyRetention": weekly}
    found = refused(az("sql:LongTermRetentionPolicy", policy | {"yearlyRetention": "PT0S"}, stack=stack))
    assert ("FJ-ESC-115" in found) is is_refused


@pytest.mark.parametrize(("filters", "size", "is_refused"), [
    ([], 0, True), ([{"remoteIPAddress": "0.0.0.0/0"}], 0, True), ([{"remoteIPAddress": "10.20.1.4"}], 0, False),
    ([{"localPort": "443"}], 1500, False), ([{"protocol": "TCP"}], 1500, True), ([], 128, False), (UNKNOWN, 0, False),
    ([], UNKNOWN, False),
])  # fmt: skip
def test_captures_of_packets(filters: object, size: object, is_refused: bool) -> None:
    capture = az("network:PacketCapture", {
        **RG, "networkWatcherName": "nw", "target": f"{OURS}.Compute/virtualMachines/x", "filters": filters,
        "bytesToCapturePerPacket": size, "storageLocation": {"filePath": "/var/captures/x.cap"}})  # fmt: skip
    assert ("FJ-ESC-115" in refused(capture)) is is_refused


@pytest.mark.parametrize(("expression", "is_met"), [
    ("^.+$", True), (".*", True), ("[\\w./:-]+", True), ("\\S{1,256}", True), ("^bank\\.azurecr\\.io/.+$", False),
    ("^(bank\\.azurecr\\.io/.+|.*)$", True), ("(?i)^.+$", True), ("^([a-z0-9]+\\.azurecr\\.io)/.+$", False),
    ("", False), ("(?P<a>.+)", True), ("(?:bank)\\.io/.+", False), ("[^\\]]+", True),
])  # fmt: skip
def test_expressions_of_images(expression: str, is_met: bool) -> None:
    assert meets_every_image(expression) is is_met


@pytest.mark.parametrize("text", [
    "[" * 20_000, "(?" * 10_000, "\\" * 20_000, "{1" * 10_000, "not (" * 4000, "client_ip " * 2000,
    "not" + " " * 20_000 + "client_ip", "a_" * 10_000 + "principal_name",
])  # fmt: skip
def test_long_texts_take_no_time(text: str) -> None:
    audit = az("sql:ExtendedServerBlobAuditingPolicy", {"predicateExpression": text})
    with within(0.5):
        meets_every_image(text)
        assert not is_of_programs(text)
        assert not is_of_stores_abroad(text)
        PACK.evaluate_resource(audit)


@pytest.mark.parametrize("text", [
    "a" * 20_000, "effect" * 3333, "image" * 4000, "audit" * 4000, "P0Y" * 6666, "P" + "0" * 20_000, "1." * 10_000,
    "notification_admin_" + "a_" * 10_000, "insights-logs-" + "a-" * 10_000,
    "/providers/microsoft.keyvault/vaults/" * 600, "/" * 20_000,
])  # fmt: skip
def test_long_names_take_no_time(text: str) -> None:
    patterns = list(expressions_in([list(vars(module).values()) for module in MODULES]))
    with within(0.5):
        for pattern in patterns:
            pattern.search(text)
        assert patterns
