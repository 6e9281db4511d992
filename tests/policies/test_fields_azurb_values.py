"""Good values of fields of Azure beside those of `attacks.fields_azurb_*`; of the resources only the field counts."""

import re

import pytest
from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types

from falaj.sandbox.clouds.sdk_schema import sdk

from .attacks.fields_azurb_records import HIDDEN, HUB, PATCHES, QUERY, RECORDS, SOURCE, closing, rotated
from .attacks.fields_azurb_rights import PRINCIPAL, READER, REVIEW, eligible, policy, service, written
from .attacks.fields_azure_services import ALERT, RULE
from .blind import GROUP, HERE, OURS, RG, SUB, Props, az
from .enumerations import types_in
from .harness import UNKNOWN, Pack, blocking

PACK = Pack()
RULES = {"FJ-ESC-102", "FJ-ESC-115", "FJ-EXP-114", "FJ-EXP-127", "FJ-IDN-201", "FJ-IDN-211", "FJ-RES-202", "FJ-RES-204",
         "FJ-RES-206", "FJ-ENC-210"}  # fmt: skip
ACCOUNT = "Microsoft.Storage/storageAccounts"
CONDA = "channels:\n  - conda-forge\n  - nvidia/label/cuda-12.4.0\n  - pytorch\ndependencies:\n  - numpy=2.3.4\n"
PUSH = {**HERE, "namespaceName": "push", "sku": {"name": "Standard"}, "publicNetworkAccess": "Disabled"}
LINK = {"resourceUri": f"{OURS}.Web/sites/portal", "linkerName": "db", "publicNetworkSolution": {"action": "optOut"}}
INCIDENT = {"conditionType": "Property", "conditionProperties": {
    "propertyName": "IncidentTitle", "operator": "Equals", "propertyValues": ["Scan of the pen test"]}}  # fmt: skip
GOOD: tuple[tuple[str, Props], ...] = (
    *(("authorization:PolicyDefinition", policy("modify", written(f"{ACCOUNT}/{field}", value)))
      for field, value in (("allowBlobPublicAccess", False), ("publicNetworkAccess", "Disabled"),
                           ("networkAcls.defaultAction", "Deny"), ("minimumTlsVersion", "TLS1_2"),
                           ("supportsHttpsTrafficOnly", "true"), ("routingPreference.routingChoice", "x"))),
    ("authorization:PolicyDefinition", policy("modify", written("identity.type", "SystemAssigned"))),
    ("authorization:PolicyDefinition", policy(
        "modify", written(f"{ACCOUNT}/minimumTlsVersion", "[parameters('tls')]"),
        parameters={"tls": {"type": "String", "defaultValue": "TLS1_2"}})),
    ("authorization:PolicyDefinition", policy("append", [{"field": f"{ACCOUNT}/networkAcls.bypass", "value": "None"}])),
    ("authorization:PolicyDefinition", policy("auditIfNotExists", {"type": "Microsoft.Insights/diagnosticSettings"})),
    ("authorization:PimRoleEligibilitySchedule", eligible(type="AfterDuration", duration="P365D")),
    ("authorization:PimRoleEligibilitySchedule", eligible(type="AfterDuration", duration="P1Y")),
    ("authorization:PimRoleEligibilitySchedule", eligible(type="AfterDateTime", endDateTime="2027-11-01T00:00:00Z")),
    ("authorization:AccessReviewScheduleDefinitionById", {
        **REVIEW, "type": "absoluteMonthly", "interval": 12.0, "instanceDurationInDays": 14.0,
        "range": {"type": "endDate", "startDate": "2026-12-01", "endDate": "2028-12-01"}}),
    ("devcenter:ProjectEnvironmentType", {**HERE, "deploymentTargetId": SUB, "userRoleAssignments": {
        PRINCIPAL: {"roles": [READER[-36:]]}}}),
    ("devcenter:ProjectEnvironmentType", {**HERE, "deploymentTargetId": SUB, "userRoleAssignments": UNKNOWN}),
    ("eventgrid:TopicSpace", {**RG, "topicTemplates": ["site/+/telemetry/#", "${client.authenticationName}/in"]}),
    ("healthcareapis:FhirService", {**RECORDS, "resourceVersionPolicyConfiguration": {
        "default": "versioned", "resourceTypeOverrides": {"Patient": "versioned-update"}}}),
    ("monitor:ScheduledQueryRule", {
        **ALERT, "criteria": {"allOf": [{**QUERY, "operator": "LessThan", "threshold": 1.0}]}}),
    ("monitor:ScheduledQueryRule", {**ALERT, "criteria": {"allOf": [
        {"query": "Perf", "timeAggregation": "Average", "operator": "GreaterThan", "threshold": 1e9}]}}),
    ("securityinsights:ScheduledAlertRule", {
        **RULE, "triggerOperator": "LessThan", "triggerThreshold": 1.0, "queryFrequency": "P7D"}),
    ("securityinsights:AutomationRule", {
        **closing(severity="Low"), "triggeringLogic": {"isEnabled": True, "conditions": [INCIDENT]}}),
    ("securityinsights:AutomationRule", closing(severity="High")),
    ("security:AlertsSuppressionRule", {**HIDDEN, "expirationDateUtc": "2027-03-01T00:00:00Z"}),
    ("security:StandardAssignment", {"resourceId": SUB[1:], "excludedScopes": [GROUP]}),
    ("security:SecurityContact", {"emails": "soc@platform.ae;cert@platform.ae"}),
    ("security:SecurityContact", {"emails": UNKNOWN}),
    ("security:DefenderForStorage", {"properties": {"malwareScanning": {"onUpload": {"capGBPerMonth": -1.0}}}}),
    ("maintenance:MaintenanceConfiguration", {**PATCHES, "expirationDateTime": "9999-12-31 00:00"}),
    ("iothub:IotHubResource", {**HUB, "properties": {"storageEndpoints": {"$default": {"sasTtlAsIso8601": "PT1H"}}}}),
    ("datamigration:Project", {**HERE, "sourceConnectionInfo": {
        **SOURCE, "additionalSettings": "Encrypt=True;TrustServerCertificate=False;ApplicationIntent=ReadOnly"}}),
    ("servicelinker:Linker", {**LINK, "authInfo": {"authType": "systemAssignedIdentity"}}),
    ("servicelinker:Linker", {**LINK, "authInfo": {"authType": "secret", "secretInfo": {
        "secretType": "keyVaultSecretReference", "name": "db"}}}),
    ("machinelearningservices:EnvironmentVersion", {**RG, "properties": {"condaFile": CONDA}}),
    ("machinelearningservices:EnvironmentVersion", {**RG, "properties": {"condaFile": "dependencies:\n- pip\n"}}),
    ("machinelearningservices:Compute", service(volumes=[{"type": "bind", "source": "/home/azureuser/cloudfiles",
                                                          "target": "/home/data"}])),
    ("keyvault:Key", rotated("notify", "Rotate")),
    ("notificationhubs:Namespace", {**PUSH, "replicationRegion": "None"}),
    ("notificationhubs:Namespace", {**PUSH, "pnsCredentials": {"fcmV1Credential": {"projectId": "bank"}}}),
    ("appconfiguration:KeyValue", {**RG, "keyValueName": "core:pageSize", "value": "20"}),
    ("appconfiguration:KeyValue", {
        **RG, "keyValueName": "core:db-password", "value": '{"uri":"https://kv-bank.vault.azure.net/secrets/db"}',
        "contentType": "application/vnd.microsoft.appconfig.keyvaultref+json;charset=utf-8"}),
    ("datafactory:GlobalParameter", {**RG, "properties": {"environment": {"type": "String", "value": "prod"}}}),
    ("cosmosdb:DatabaseAccount", {
        **HERE, "defaultIdentity": f"UserAssignedIdentity={OURS}.ManagedIdentity/userAssignedIdentities/i"}),
    ("loadtestservice:PlaywrightWorkspace", {**HERE, "regionalAffinity": "Disabled"}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "props"), GOOD, ids=range(len(GOOD)))
def test_a_good_value_of_a_field_passes(kind: str, props: Props) -> None:
    reports = PACK.evaluate_resource(az(kind, props))
    assert [report.text for report in reports if report.mandatory and report.rule in RULES] == []


_OF_OTHER_TENANTS = re.compile(r"federated\w*clientid|crosstenant\w*applicationid|delegatedidentityclientid")


def test_keys_of_other_tenants_are_refused_in_every_type() -> None:
    """A new type with such a name is read without a row of its own."""
    azure, found = sdk("pulumi_azure_native"), 0
    for token in sorted((evaluated_types(ALL) | reviewed_types().keys()) & azure.tokens.keys()):
        if token.split(":")[1] in ("datafactory", "synapse"):  # thousands of objects, with none of these names
            continue
        for path, kind in types_in(azure, azure.schema(token).inputs, 3):
            if kind.kind == "string" and _OF_OTHER_TENANTS.search(path.lower().rpartition(".")[2]):
                props: object = PRINCIPAL
                for name in reversed(path.split(".")):
                    props = {name: props}
                assert isinstance(props, dict)
                assert "FJ-IDN-211" in blocking(PACK.evaluate_resource(az(token.partition(":")[2], props))), path
                found += 1
    assert found
