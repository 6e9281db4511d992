"""Good values of fields of Azure beside those of `attacks.second_reading_azura`; only the field counts."""

import re
import time

import pytest
from guardrails.unverifiable.switch_rows import condition, read_rows

from .attacks.second_reading_azura import (
    alert,
    container,
    enclave,
    filtered,
    linked,
    outbound,
    overridden,
    recorded,
    texts,
)
from .blind import HERE, OURS, RG, SUB, Props, az
from .harness import UNKNOWN, Pack, rules

PACK = Pack()
CLUSTER = {**RG, "resourceName": "aks", "trustedAccessRoleBindingName": "defender-cloudposture"}
TENANT = "33333333-4444-5555-6666-777777777777"
PORTAL = {**RG, "serviceName": "apim", "identityProviderName": "aad", "type": "aad", "clientId": TENANT}
SERVER = {"server": "10.20.0.4", "database": "ledger"}


def site(channel: str, **more: object) -> Props:
    """Returns a channel of a bot with one site."""
    return {**RG, "resourceName": "bot", "channelName": channel, "properties": {
        "channelName": channel, "properties": {"sites": [{"siteName": "web", "isEnabled": True, **more}]}}}  # fmt: skip


GOOD: tuple[tuple[str, Props], ...] = (
    ("datafactory:LinkedService", linked("SqlServer", **SERVER, encrypt="mandatory")),
    ("datafactory:LinkedService", linked("SqlServer", **SERVER, encrypt="strict")),
    ("datafactory:LinkedService", linked("Oracle", server="x", encryptionClient="required")),
    ("datafactory:LinkedService", linked("SapOdp", server="x", sncMode=True)),
    ("datafactory:LinkedService", linked("MySql", **SERVER, sslMode=2.0)),
    ("datafactory:LinkedService", linked("PostgreSqlV2", **SERVER, sslMode=3.0)),
    ("datafactory:LinkedService", linked("Teradata", server="x", sslMode="Verify-Full")),
    ("dns:RecordSet", texts("v=spf1 include:spf.protection.outlook.com -all")),
    ("dns:RecordSet", texts("v=spf1 ip4:20.174.0.0/16 a:mail.all.example.ae ~all")),
    ("dns:RecordSet", texts("all of v=spf1 is in the wiki")),
    ("containerregistry:Token", {**RG, "scopeMapId": f"{OURS}.ContainerRegistry/registries/cr/scopeMaps/claims"}),
    ("containerregistry:Token", {
        **RG, "scopeMapId": f"{OURS}.ContainerRegistry/registries/cr/scopeMaps/_repositories_pull"}),
    ("batch:BatchAccount", {**HERE, "autoStorage": {"authenticationMode": "BatchAccountManagedIdentity"}}),
    ("batch:BatchAccount", {**HERE, "accountName": "batch"}),
    ("batch:Pool", container("--rm --ipc private --network none -v shared:/data --workdir /opt/v/host")),
    ("digitaltwins:DigitalTwinsEndpoint", {**RG, "properties": {"authenticationType": "IdentityBased"}}),
    ("dashboard:Grafana", {**HERE, "properties": {"grafanaConfigurations": {"users": {"viewersCanEdit": False}}}}),
    ("cdn:Policy", overridden(action="Block", enabledState="Enabled")),
    ("cdn:Policy", {**HERE, "policySettings": {"mode": "Prevention"}, "managedRules": {"managedRuleSets": [{}]}}),
    ("apimanagement:IdentityProvider", {**PORTAL, "allowedTenants": [TENANT, "common.example.ae"]}),
    ("apimanagement:IdentityProvider", {**PORTAL, "allowedTenants": UNKNOWN}),
    ("apimanagement:ApiDiagnostic", recorded("Idempotency-Key")),
    ("appplatform:Gateway", {
        **RG, "properties": {"corsProperties": {"allowedOriginPatterns": ["https://*.example.ae"]}}}),
    ("botservice:Channel", site("DirectLineChannel", isSecureSiteEnabled=True)),
    ("botservice:Channel", site("WebChatChannel")),
    ("compute:VirtualMachineScaleSet", {**HERE, "virtualMachineProfile": {"extensionProfile": {"extensions": [
        {"publisher": "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent"}]}}}),
    ("cognitiveservices:RaiPolicy", filtered("s", name="Protected Material Code", blocking=False)),
    ("cognitiveservices:RaiPolicy", filtered("s", name="Violence", blocking=True)),
    ("cognitiveservices:ManagedNetworkSetting", outbound(type="FQDN", destination="*.models.example.ae")),
    ("cognitiveservices:ManagedNetworkSetting", outbound(type="FQDN", destination="kv-bank.vault.azure.net")),
    ("cognitiveservices:ManagedNetworkSetting", outbound(
        type="ServiceTag", destination={"serviceTag": "AzureActiveDirectory", "protocol": "TCP", "portRanges": "443"})),
    ("alertsmanagement:PrometheusRuleGroup", alert("PT15M")),
    ("containerinstance:ContainerGroup", enclave(
        "package policy\nallow_all := false\nallow_environment_variable_dropping := true\n"
        "create_container := data.framework.create_container\nexec_external := {\"allowed\": false}\n")),
    ("containerinstance:ContainerGroup", {**HERE, "confidentialComputeProperties": {"ccePolicy": "not base64!"}}),
    ("alertsmanagement:PrometheusRuleGroup", alert("P7DT12H")),
    ("authorization:PimRoleEligibilitySchedule", {"scope": SUB, "scheduleInfo": {"expiration": {
        "type": "AfterDuration", "duration": "P0Y180DT12H"}}}),
    ("authorization:PimRoleEligibilitySchedule", {"scope": SUB, "scheduleInfo": {"expiration": {
        "type": "AfterDuration", "duration": "PT8760H"}}}),
    ("containerservice:TrustedAccessRoleBinding", {
        **CLUSTER, "roles": ["Microsoft.Security/pricings/microsoft-defender-operator"],
        "sourceResourceId": f"{SUB}/providers/Microsoft.Security/pricings/CloudPosture/securityOperators/"
                            "DefenderCSPMSecurityOperator"}),
)  # fmt: skip
UNCERTAIN: tuple[tuple[str, Props], ...] = (
    ("datafactory:LinkedService", {**RG, "properties": UNKNOWN}),
    ("datafactory:LinkedService", linked("PostgreSqlV2", sslMode={"type": "Expression", "value": "@mode"})),
    ("cognitiveservices:RaiPolicy", {**RG, "properties": {"contentFilters": UNKNOWN}}),
    ("cognitiveservices:RaiPolicy", {**RG, "properties": {"contentFilters": ["Hate", None, {"name": 3.0}]}}),
    ("botservice:Channel", {**RG, "properties": {"channelName": "DirectLineChannel", "properties": UNKNOWN}}),
    ("botservice:Channel", {**RG, "properties": ["DirectLineChannel"]}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "props"), GOOD, ids=range(len(GOOD)))
def test_a_good_value_passes(kind: str, props: Props) -> None:
    reports = PACK.evaluate_resource(az(kind, props))
    assert [report.text for report in reports if report.mandatory and report.rule == "FJ-ESC-115"] == []


@pytest.mark.parametrize(("kind", "props"), UNCERTAIN, ids=range(len(UNCERTAIN)))
def test_odd_values_raise_nothing(kind: str, props: Props) -> None:
    reports = PACK.evaluate_resource(az(kind, props))
    assert [report.text for report in reports if "FJ-ESC-115" in report.text and "error" in report.text.lower()] == []


def test_a_filter_is_undetermined_until_its_effect_is_known() -> None:
    unknown = filtered("s", name="Self Harm", blocking=UNKNOWN)
    assert "FJ-ESC-115" in rules(PACK.evaluate_resource(az("cognitiveservices:RaiPolicy", unknown)))


HOSTILE = ("P" + "0" * 20000, "P" + "1D" * 10000, "v=spf1 " * 3000, "PT" + "1H" * 10000, "--pid" + " " * 20000,
           "*." * 10000, "-" + "v" * 20000, " -v" * 7000)  # fmt: skip
TIMED = [
    row.safe
    for row in read_rows()["azure-native"]
    if re.search(r"duration$|\.for$|txtRecords|containerRunOptions|\*\.destination$|allowedTenants", row.path)
]


@pytest.mark.parametrize("safe", sorted(set(TIMED) - {"any", "elsewhere"}))
def test_patterns_are_linear(safe: str) -> None:
    start = time.process_time()
    for text in HOSTILE:
        condition(safe).judge(text)
    assert time.process_time() - start < 1
