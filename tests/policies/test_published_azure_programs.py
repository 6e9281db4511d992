"""What published templates of Azure showed: sentences that were not true of them, and values that plans do show."""

import pytest

from .blind import GROUP, HERE, RG, SUB, az
from .harness import UNKNOWN, Given, Pack, Report

ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
READER_OF_SECRETS = f"{ROLES}/4633458b-17de-408a-b874-0445c86b69e6"
OWNER = f"{ROLES}/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
VAULT = az("keyvault:Vault", {**HERE, "vaultName": "kv"}, "vault")
ABOVE = az("management:ManagementGroup", {"groupId": "mg"}, "vault")


def found(rule: str, *plan: Given) -> list[Report]:
    """Returns what a rule reports of a plan."""
    return [report for report in Pack().evaluate_plan(*plan) if report.rule == rule]


def assigned(role: str, principal: str = "ServicePrincipal") -> Given:
    """Returns an assignment on what the plan calls `vault`, whose id is not known yet."""
    return az("authorization:RoleAssignment", {
        "scope": UNKNOWN, "roleDefinitionId": role, "principalId": UNKNOWN, "principalType": principal}, "role",
        links={"scope": ("vault",)})  # fmt: skip


def test_a_scope_of_the_plan_is_narrow() -> None:
    """As in Azure/bicep-registry-modules avm/res/key-vault/vault/main.json, read 2026-11-30."""
    assert found("FJ-IDN-201", VAULT, assigned(READER_OF_SECRETS)) == []


def test_a_scope_above_resource_groups_stays_open() -> None:
    (report,) = found("FJ-IDN-201", ABOVE, assigned(READER_OF_SECRETS))
    assert "on a scope that is not known before deployment" in report.text


def test_an_administrator_for_good_is_found_on_a_narrow_scope_too() -> None:
    (report,) = found("FJ-IDN-201", VAULT, assigned(OWNER, "Group"))
    assert "for good" in report.text


@pytest.mark.parametrize(
    ("rule", "kind", "props", "sentence"),
    [
        ("FJ-EXP-204", "network:NetworkInterface", {"ipConfigurations": UNKNOWN},
         "ipConfigurations.publicIPAddress must not be set"),
        ("FJ-EXP-210", "network:WebApplicationFirewallPolicy", {"policySettings": UNKNOWN},
         "policySettings.mode must be Prevention"),
        ("FJ-IDN-203", "compute:VirtualMachine", {"osProfile": {"linuxConfiguration": UNKNOWN}},
         "osProfile.linuxConfiguration.disablePasswordAuthentication must be true"),
    ],
)  # fmt: skip
def test_a_message_names_the_property_of_what_is_not_known(
    rule: str, kind: str, props: dict[str, object], sentence: str
) -> None:
    texts = [report.text for report in found(rule, az(kind, {**HERE, **props}))]
    assert any(f"{sentence}, and this is not known before deployment" in text for text in texts), texts


def test_ports_are_no_addresses() -> None:
    """As in Azure/AI-Landing-Zones portal/template.json, read 2026-11-30."""
    rule = {"sourcePortRange": "*", "sourceAddressPrefix": "10.0.0.0/16"}
    template = {"parameters": {"nsg": {"value": {"securityRules": [{"properties": rule}]}}}}
    assert found("FJ-EXP-126", az("resources:Deployment", {**RG, "properties": template})) == []
    rule["sourceAddressPrefix"] = "*"
    (report,) = found("FJ-EXP-126", az("resources:Deployment", {**RG, "properties": template}))
    assert "sourceAddressPrefix is every address" in report.text


def test_a_setting_with_a_password_is_found_in_the_connection_string_of_telemetry() -> None:
    name = "APPLICATIONINSIGHTS_CONNECTION_STRING"
    for value, count in ((UNKNOWN, 0), ("Server=db;Password=hunter22", 1)):
        settings = az("web:WebAppApplicationSettings", {**RG, "name": "app", "properties": {name: value}})
        assert len(found("FJ-EXP-114", settings)) == count


def test_only_scopes_of_known_services_are_no_addresses() -> None:
    known = ("vault.azure.net", "ai.azure.com", "search.azure.com", "servicebus.azure.net", "graph.microsoft.com")
    addresses = [(f"https://{host}/.default", 0) for host in known]
    for value, count in (*addresses, ("https://logs.example.com/.default", 1), ("https://ai.azure.com/.default/a", 1)):
        settings = az("web:WebAppApplicationSettings", {**RG, "name": "app", "properties": {"SINK": value}})
        assert len(found("FJ-RES-002", settings)) == count, GROUP


def test_a_redirect_of_a_listener_that_is_not_known_may_be_for_each() -> None:
    """As in Azure/bicep-registry-modules avm/res/network/application-gateway, tests/e2e/waf-aligned, 2026-11-30."""
    gateway: dict[str, object] = {"httpListeners": [{"name": "plain", "protocol": "Http"}]}
    redirects = {"requestRoutingRules": [{"httpListener": {"id": UNKNOWN}, "redirectConfiguration": {"id": UNKNOWN}}]}
    (report,) = found("FJ-ENC-412", az("network:ApplicationGateway", {**HERE, **gateway, **redirects}))
    assert "whether a rule redirects it is not known" in report.text
    assert not report.mandatory
    (report,) = found("FJ-ENC-412", az("network:ApplicationGateway", {**HERE, **gateway}))
    assert "no rule redirects it" in report.text


def test_a_database_of_cosmos_without_a_version_takes_the_default() -> None:
    for version, count in ((None, 0), ("Tls12", 0), ("Tls11", 1)):
        props = HERE if version is None else {**HERE, "minimalTlsVersion": version}
        assert len(found("FJ-ENC-411", az("cosmosdb:DatabaseAccount", props))) == count


def test_a_pattern_of_anything_says_that_a_value_must_be_set() -> None:
    pool = {"fabricProfile": {"kind": "Vmss", "networkProfile": {"subnetId": ""}}}
    (text,) = [item.text for item in found("FJ-ESC-115", az("devopsinfrastructure:Pool", {**HERE, **pool}))
               if "subnetId" in item.text]  # fmt: skip
    assert "subnetId must be set" in text


def test_the_list_of_endpoints_of_a_workspace_is_no_issuer() -> None:
    """As in Azure/bicep-registry-modules avm/ptn/azd/ml-ai-environment/main.json, read 2026-11-30."""
    url = "https://uaenorth.api.azureml.ms/discovery"
    assert found("FJ-IDN-118", az("machinelearningservices:Workspace", {**HERE, "discoveryUrl": url})) == []
    provider = {**RG, "serviceName": "apim", "opid": "login", "clientId": "x", "metadataEndpoint": url}
    assert len(found("FJ-IDN-118", az("apimanagement:OpenIdConnectProvider", {**provider, "discoveryUrl": url}))) == 1


def test_none_is_no_application_of_another_tenant() -> None:
    """As in Azure/bicep-registry-modules avm/res/compute/disk-encryption-set/main.json, read 2026-11-30."""
    for client, count in (("None", 0), ("", 0), ("99999999-0000-0000-0000-000000000009", 1)):
        assert len(found("FJ-IDN-211", az("compute:DiskEncryptionSet", {**HERE, "federatedClientId": client}))) == count


def test_broken_methods_are_better_off() -> None:
    """As in Azure/bicep-registry-modules avm/res/aad/domain-service, tests/e2e/waf-aligned, read 2026-11-30."""
    secure = {"kerberosRc4Encryption": "Disabled", "tlsV1": "Disabled", "ntlmV1": "Disabled"}
    for further, count in (({}, 0), ({"kerberosArmoring": "Enabled", "tlsEncryption": "Disabled"}, 1)):
        props = {**HERE, "domainServiceName": "bank.ae", "domainSecuritySettings": {**secure, **further}}
        assert len(found("FJ-ENC-426", az("aad:DomainService", props))) == count
