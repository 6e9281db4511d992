"""Services without a region, with the reason why each is allowed despite data residency in the UAE.

The list is short on purpose: any service that is not listed must be located in the UAE.
"""

GLOBAL_AWS: dict[str, str] = {
    "iam": "identities and permissions; holds no customer data",
    "route53": "authoritative DNS names; holds no customer data",
    "budgets": "money data; served from us-east-1 only",
    "costexplorer": "money data; served from us-east-1 only",
    "organizations": "account structure; holds no customer data",
}
"""AWS module of the type token -> reason."""

GLOBAL_AWS_TYPES: dict[str, str] = {
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": "an account-wide access setting; holds no data",
    **dict.fromkeys(
        ("aws:account/alternativeContact:AlternativeContact", "aws:account/primaryContact:PrimaryContact"),
        "names and addresses of staff whom the vendor writes to; hold no customer data",
    ),
    "aws:account/region:Region": "a switch of the account, of which only regions in the UAE pass; holds no data",
    "aws:backup/globalSettings:GlobalSettings": "account-wide settings of backups; hold no data",
    "aws:servicecatalog/organizationsAccess:OrganizationsAccess": "an account-wide setting; holds no data",
    "aws:cur/reportDefinition:ReportDefinition": "money data; its bucket's region is judged",
    "aws:bcmdata/export:Export": "money data; its bucket's region is judged",
    "aws:billing/view:View": "money data",
    "aws:savingsplans/savingsPlan:SavingsPlan": "money data",
    "aws:costoptimizationhub/enrollmentStatus:EnrollmentStatus": "money data",
    "aws:costoptimizationhub/preferences:Preferences": "money data",
    "aws:ram/sharingWithOrganization:SharingWithOrganization": "an account-wide setting; holds no data",
    "aws:rolesanywhere/profile:Profile": "regional, where the provider deploys; names roles and holds no data",
    "aws:rolesanywhere/trustAnchor:TrustAnchor": "regional, where the provider deploys; holds public certificates",
    "aws:directconnect/gateway:Gateway": "a routing object; carries traffic and holds no data",
}
"""AWS type token -> reason, for types without a region whose module is not global as a whole."""

GLOBAL_AZURE: dict[str, str] = {
    "azure-native:consumption:Budget": "money data at subscription scope; has no location",
    "azure-native:costmanagement:": "money data at subscription scope; has no location",
    "azure-native:authorization:": "role assignments and policies; hold no customer data",
    "azure-native:monitor:ActivityLogAlert": "global: the activity log is one for all regions",
    "azure-native:monitor:MetricAlert": "global: a rule has no region, and its metrics stay with the resource",
    "azure-native:alertsmanagement:AlertProcessingRuleByName": "global: a rule of alerts has no region",
    "azure-native:alertsmanagement:ActionRuleByName": "global: the older name of a rule of alerts, which has no region",
    "azure-native:alertsmanagement:SmartDetectorAlertRule": "global: a rule of alerts has no region",
    "azure-native:resourcegraph:GraphQuery": "global: the text of a query, which runs as whoever asks it",
    "azure-native:maintenance:ConfigurationAssignmentsForResourceGroup": "global: whose machines a window is for",
    "azure-native:maintenance:ConfigurationAssignmentsForSubscription": "global: whose machines a window is for",
    "azure-native:dns:": "public DNS zones are global objects; everybody may ask for the names in them",
    "azure-native:trafficmanager:": "authoritative DNS names and probes of endpoints; carries no traffic",
    "azure-native:monitor:ActionGroup": "global in most regions; holds the addresses of notification recipients",
    "azure-native:monitor:TenantActionGroup": "global as groups of a subscription; holds the addresses of recipients",
    "azure-native:monitor:PrivateLinkScope": "global: lists workspaces that a private endpoint leads to; holds no data",
    "azure-native:privatedns:": "private DNS zones are global objects; resolvable inside linked networks only",
}
"""Prefix of the Azure type token -> reason. Types with the location `global` by Azure/bicep-registry-modules 9f9ea1a1
(avm/res: the default of `location`), smart detector alert rules and queries by public templates; read 2026-11-30.
Assignments of a maintenance configuration to a subscription or a group by the cmdlet of Azure PowerShell, which sends
`global` for both (found as a string in public repositories on 2026-12-01)."""
