"""Good values beside the attacks of `attacks.second_reading_azure`; of the resources only the field counts."""

import pytest

from .attacks.fields_azure import front_door
from .attacks.second_reading_azure import EXPORT, OLD_SIGN_IN, PATCHES, SIGN_IN, SQL_SERVER, VOLUME, computes
from .blind import HERE, OURS, RG, Props, az
from .harness import Pack, blocking

PACK = Pack()
TENANT = "https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444/v2.0"
ENTRA = {"registration": {"clientId": "1", "openIdIssuer": TENANT}}
CLOSED = [{"name": "Hate", "enabled": True, "blocking": True, "source": "Prompt", "severityThreshold": "Low"}]
MARKED = [{"name": "Protected Material Code", "enabled": True, "blocking": False, "source": "Completion"}]
SHARE = {**RG, "accountName": "st", "shareName": "f"}
LINK = {"resourceUri": f"{OURS}.Web/sites/portal", "linkerName": "db"}
GOOD: tuple[tuple[str, Props], ...] = (
    ("frontdoor:Policy", front_door("frontdoor", policySettings={
        "enabledState": "Enabled", "mode": "Prevention", "state": "Disabled"})),
    ("web:WebAppAuthSettingsV2", {**SIGN_IN, "identityProviders": {"azureActiveDirectory": ENTRA}}),
    ("web:WebAppAuthSettingsV2", {**SIGN_IN, "identityProviders": {
        "azureActiveDirectory": ENTRA, "google": {"enabled": False}}}),
    ("web:WebAppAuthSettingsV2", SIGN_IN),
    ("web:WebAppAuthSettings", {**OLD_SIGN_IN, "clientId": "1", "issuer": TENANT, "googleClientId": ""}),
    ("storage:FileShare", {**SHARE, "enabledProtocols": "NFS", "rootSquash": "AllSquash"}),
    ("storage:FileShare", {**SHARE, "enabledProtocols": "SMB"}),
    ("storage:FileShare", SHARE),
    ("servicefabric:ManagedCluster", {"clients": [{"isAdmin": True, "thumbprint": "A" * 40}]}),
    ("servicefabric:ManagedCluster", {"clients": []}),
    ("machinelearningservices:Compute", computes(nodeIdleTimeBeforeScaleDown="PT30M")),
    ("sql:SyncMember", {**SQL_SERVER, "usePrivateLinkConnection": True}),
    ("sql:SyncMember", {**SQL_SERVER, "databaseType": "SqlServerDatabase"}),
    ("netapp:CapacityPoolVolume", {**VOLUME, "exportPolicy": {"rules": [{**EXPORT, "hasRootAccess": False}]}}),
    ("netapp:CapacityPoolVolume", {**VOLUME, "protocolTypes": ["CIFS"], "smbEncryption": True}),
    ("cognitiveservices:RaiPolicy", {**RG, "properties": {"mode": "Default", "contentFilters": [*CLOSED, *MARKED]}}),
    ("cognitiveservices:RaiPolicy", {**RG, "properties": {"mode": "Default"}}),
    ("servicelinker:Linker", {**LINK, "authInfo": {"authType": "systemAssignedIdentity"},
                              "publicNetworkSolution": {"action": "optOut"}}),
    ("maintenance:MaintenanceConfiguration", {**PATCHES, "recurEvery": "30Days"}),
    ("web:StaticSite", {**HERE, "name": "portal", "templateProperties": {"isPrivate": True}}),
    *(("web:WebApp", {"siteConfig": {name: version}}) for name, version in (
        ("netFrameworkVersion", "v4.0"), ("netFrameworkVersion", "v10.0"), ("nodeVersion", "~22"), ("phpVersion", ""),
        ("phpVersion", "8.3"), ("pythonVersion", "3.13"))),
    ("redis:Redis", {"redisConfiguration": {
        "rdbBackupEnabled": "true", "preferredDataPersistenceAuthMethod": "ManagedIdentity"}}),
    ("redis:Redis", {"redisConfiguration": {"rdbBackupEnabled": "false"}}),
    ("network:AzureFirewall", {"additionalProperties": {
        "ThreatIntel.Whitelist.FQDNs": "www.bank.ae, *.portal.bank.ae",
        "ThreatIntel.Whitelist.IpAddresses": "10.0.0.4"}}),
    ("security:Assignment", {**HERE, "assignmentId": "a", "effect": "Audit"}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "props"), GOOD, ids=[f"{i}-{kind}" for i, (kind, _) in enumerate(GOOD)])
def test_good_values_pass(kind: str, props: Props) -> None:
    assert "FJ-ESC-115" not in blocking(PACK.evaluate_resource(az(kind, props)))


@pytest.mark.parametrize("odd", [None, 1.0, "x", [], {}, [None], ["x"], {"a": None}], ids=str)
@pytest.mark.parametrize("kind", ["storage:FileShare", "servicefabric:ManagedCluster", "sql:SyncMember",
                                  "machinelearningservices:Compute", "cognitiveservices:RaiPolicy"])  # fmt: skip
def test_odd_values_raise_nothing(kind: str, odd: object) -> None:
    names = ("enabledProtocols", "clients", "databaseType", "properties", "rootSquash")
    reports = PACK.evaluate_resource(az(kind, {**RG, **dict.fromkeys(names, odd)}))
    assert [report.text for report in reports if "raised" in report.text or "Error" in report.text] == []
