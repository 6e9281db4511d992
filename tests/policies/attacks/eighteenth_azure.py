"""Attacks on Azure: rights, doors and records (2026-11-30, eighteenth set, written blind).

Properties by pulumi-azure-native 3.29.0 and its docstrings. Operations of roles by the Azure permissions reference, and
everything else, as known.
"""

from ..blind import HERE, OURS, RG, SUB, TAGS, az
from . import Attack
from .fifteenth_azure import _role
from .seventeenth_azure_b import _data_role
from .tenth_azure import IDN, RES

ESC, EXP = ("FJ-ESC-", "FJ-IDN-", "FJ-EXP-", "FJ-RSL-"), ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-")
RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")
RBAC_ADMINISTRATOR = "f58310d9-a9f6-439a-9e8d-f62e7b41a168"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
ROLE_ID = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"
NOT_OWNER = (
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR "
    f"({ROLE_ID} ForAnyOfAllValues:GuidNotEquals {{{OWNER}}}))"
)  # fmt: skip
ROOT = (
    "MIIDDTCCAfWgAwIBAgIUY5ukQRKFqDLYbzg3470Zb1hE16EwDQYJKoZIhvcNAQELBQAwFjEUMBIGA1UEAwwLUmVtb3RlIHdvcmswHhcNMjYx"
    "MTMwMTM1NDM4WhcNMzYxMTI3MTM1NDM4WjAWMRQwEgYDVQQDDAtSZW1vdGUgd29yazCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEB"
    "AJliNM1wxMQRUnv0cIqhxV18dkSIrdk44EXR+HBP+1i3VQGAOq78Br+ga+sXwIusvXMCCjH1i2djY5CzwhPVDuIz9bx653OuGMNRhmzO1Ecr"
    "cJD7Zjhgz8aMSv7yCEd/BJ/FYGnoPX5SHwWfmAzmEaGS8mryBcCFel+avb2M4ASE5JqfjHJcvlHe0Mq8L0OmKSfr0qknlIAOWyNgxIuMeUm+"
    "5wonEF9N17Yh7WG3YZJT0CLaw0nvAPDFeiAb0rxiaM2udJVUE+UDqxUoGT8ncv6jq1yPM9xaaTh1nhMufIi0Nq0uQ/IecR0Wwu0waATTFvsc"
    "X9xAF06RGuPGE1iTLCMCAwEAAaNTMFEwHQYDVR0OBBYEFMQv8V4oQ2jIYx+J2IeXxXJpLIr9MB8GA1UdIwQYMBaAFMQv8V4oQ2jIYx+J2IeX"
    "xXJpLIr9MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEBAIZuicjL6aDiMiGV3kn3IFo1WYHlluJ2cKujSLG0wwB8SYSZSocM"
    "tgTsuj4lX1EbfDro8AzfGHPv7XXjPM0ho43qLa2F3es0+ShG2PvI9TOfYhJF96oSa4dRRQXt7bfaN4xm/r8ZEtksJo7aPsBr/aXytngozM2s"
    "9vrDUYo7g2VZonZYdnf20J+DeHYqI+L4bwfA7K+wllTYOkpt/qCpMscGEzwbE3r0jrA8CMKjybJfTPHkS9u06mX++bBNxbWoXlwL59WHDon0"
    "ls0TN8Cg7JvqFC82KwK8P7HuGS1KZ6noV+qsdGLqsq0JI0tBVz41O0m107glIPDLooqLEssp1CM="
)  # fmt: skip
PROBE = """<policies>
  <inbound>
    <base />
    <choose>
      <when condition="@(context.Request.Headers.GetValueOrDefault("X-Probe", "") == "live")">
        <set-variable name="caller" value="probe" />
      </when>
      <otherwise>
        <validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444">
          <audiences><audience>api://payments</audience></audiences>
        </validate-azure-ad-token>
      </otherwise>
    </choose>
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
</policies>"""
LIMIT = """<policies>
  <inbound>
    <base />
    <rate-limit-by-key calls="5" renewal-period="60" counter-key="@(Guid.NewGuid().ToString())" />
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
</policies>"""

ATTACKS = (
    Attack("a custom role leads private names elsewhere", IDN, _role(
        "Names support", "Microsoft.Network/privateDnsZones/read", "Microsoft.Network/privateDnsZones/A/write"),
        "critical", "vaults and databases are his machine for every program (Azure Private DNS)"),
    Attack("a custom role ends the audit of every database", IDN, _role(
        "Audit support", "Microsoft.Sql/servers/read", "Microsoft.Sql/servers/auditingSettings/write",
        "Microsoft.Sql/servers/databases/auditingSettings/write"),
        "major", "nobody sees who reads customers (Azure SQL, 'Auditing')"),
    Attack("a custom role has the blobs of every account deleted after a day", IDN, _role(
        "Storage cost support", "Microsoft.Storage/storageAccounts/read",
        "Microsoft.Storage/storageAccounts/managementPolicies/write"),
        "critical", "a rule of the lifecycle deletes what is older (Azure Blob Storage, 'Lifecycle management')"),
    Attack("a custom role gets passwords of SFTP users of every account", IDN, _role(
        "Partner support", "Microsoft.Storage/storageAccounts/read",
        "Microsoft.Storage/storageAccounts/localUsers/read",
        "Microsoft.Storage/storageAccounts/localUsers/regeneratePassword/action"),
        "critical", "files are read without a role on data (Azure Blob Storage, 'SFTP local users')"),
    Attack("a custom role commands every device", IDN, _data_role(
        "Plant support", "Microsoft.Devices/IotHubs/twins/write",
        "Microsoft.Devices/IotHubs/directMethods/invoke/action",
        "Microsoft.Devices/IotHubs/cloudToDeviceMessages/send/action"),
        "critical", "meters and doors do what it says (Azure IoT Hub, 'Direct methods', permissions on data)"),
    Attack("whoever gives roles in a group may give each but one", IDN, (az("authorization:RoleAssignment", {
        "scope": f"{SUB}/resourceGroups/rg-platform", "principalId": "11111111-aaaa-bbbb-cccc-222222222222",
        "principalType": "ServicePrincipal", "conditionVersion": "2.0", "condition": NOT_OWNER, "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{RBAC_ADMINISTRATOR}"}),),
        "critical", "User Access Administrator gives Owner (Azure, 'Delegate role assignments with conditions')"),
    Attack("deletions are told where an event is of a type and is not", RSL, (
        az("eventgrid:SystemTopicEventSubscription", {
            **RG, "systemTopicName": "subscription", "eventSubscriptionName": "soc",
            "eventDeliverySchema": "CloudEventSchemaV1_0", "filter": {
                "includedEventTypes": ["Microsoft.Resources.ResourceDeleteSuccess"], "advancedFilters": [
                    {"operatorType": "StringContains", "key": "subject", "values": ["/providers/"]},
                    {"operatorType": "StringNotContains", "key": "subject", "values": ["/providers/"]}]},
            "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
                "endpointType": "ServiceBusQueue", "resourceId":
                    f"{OURS}.ServiceBus/namespaces/sb-bank/queues/soc"}}}),),
        "major", "filters are combined by AND, and no event is delivered (Azure Event Grid, 'Advanced filtering')"),
    Attack("the alert on new owners looks for them among threats", RSL, (az("monitor:ActivityLogAlert", {
        **RG, "location": "global", "tags": TAGS, "activityLogAlertName": "owners", "enabled": True, "scopes": [SUB],
        "condition": {"allOf": [
            {"field": "category", "equals": "Security"},
            {"field": "operationName", "equals": "Microsoft.Authorization/roleAssignments/write"}]},
        "actions": {"actionGroups": [{"actionGroupId": f"{OURS}.Insights/actionGroups/soc"}]}}),),
        "major", "assignments are events of the category Administrative, and it never rings (Azure Monitor, "
        "AlertRuleAllOfCondition)"),
    Attack("a header spares callers of an API their token", EXP, (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "payments", "policyId": "policy", "format": "rawxml",
        "value": PROBE}),),
        "critical", "whoever writes X-Probe: live pays (API Management, 'choose')"),
    Attack("each attempt to sign in is counted by itself", EXP, (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "sign-in", "policyId": "policy", "format": "rawxml",
        "value": LIMIT}),),
        "major", "the key is new for each call and passwords are tried without end (API Management, "
        "'rate-limit-by-key')"),
    Attack("a machine of unknown owner announces routes to the hub", RES, (az("network:VirtualHubBgpConnection", {
        **RG, "virtualHubName": "hub", "connectionName": "branch", "peerIp": "10.20.77.9", "peerAsn": 64999,
        "hubVirtualNetworkConnection": {"id": f"{OURS}.Network/virtualHubs/hub/hubVirtualNetworkConnections/tools"}}),),
        "critical", "packets of each spoke go through it (Azure Virtual WAN, 'BGP peering with a virtual hub')"),
    Attack("who has a certificate of an authority of unknown owner enters by VPN", EXP, (
        az("network:VirtualNetworkGateway", {
            **HERE, "virtualNetworkGatewayName": "vpn", "gatewayType": "Vpn", "vpnType": "RouteBased",
            "sku": {"name": "VpnGw2AZ", "tier": "VpnGw2AZ"}, "vpnClientConfiguration": {
                "vpnClientProtocols": ["OpenVPN"], "vpnAuthenticationTypes": ["Certificate"],
                "vpnClientAddressPool": {"addressPrefixes": ["10.9.0.0/24"]},
                "vpnClientRootCertificates": [{"name": "remote-work", "publicCertData": ROOT}]}}),),
        "critical", "whoever holds its key makes users (VPN Gateway, 'Certificate authentication')"),
)  # fmt: skip
