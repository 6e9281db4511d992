"""Write operations of custom roles of Azure that change where data goes, who may call or which program runs, by the
form of their names: services add types every month, and the last words of a type say what it is.

They decide where the role may be assigned on a whole subscription, as `azure_decisive.py` says. Types by the Azure
permissions reference (those of Container Apps and Spring Apps by MicrosoftDocs/azure-docs 03e5750
articles/role-based-access-control/permissions/compute.md, those of Data Factory by 03adcc3 permissions/analytics.md
there, most of what runs programs by the classes of pulumi-azure-native 3.29.0 too, those of runtime environments,
galleries' scripts and registries by programs and roles in public repositories, such as AzureML Registry User, which has
`registries/assets/*`, read 2026-11-30; others as known),
and by the operations of built-in roles (iann0036/iam-dataset 2073fa52 azure/built-in-roles-raw.json, read 2026-11-30);
what they do by the services' references, as known.
"""

import re
from collections.abc import Callable, Mapping

from .azure_patterns import matches, name_of

_OF_DESTINATIONS, _OF_CALLERS, _OF_PROGRAMS, _OF_ALARMS = (
    "where data and records are sent",
    "who may call, and where calls go",
    "which programs run",
    "what is guarded, and who hears of alarms",
)
_FORMS: Mapping[str, re.Pattern[str]] = {
    _OF_PROGRAMS: re.compile(
        # What a cluster, a database, a machine or a node runs.
        r"microsoft\.kubernetesconfiguration/(?:fluxconfigurations|extensions|sourcecontrolconfigurations)"
        r"|microsoft\.kusto/clusters/databases/scripts|microsoft\.avs/privateclouds/scriptexecutions"
        r"|microsoft\.batch/batchaccounts/(?:pools|applications/versions)|microsoft\.containerinstance/containergroups"
        r"|microsoft\.compute/galleries/(?:images|applications|scripts)/versions|microsoft\.virtualmachineimages/imagetemplates"
        r"|microsoft\.devtestlab/labs/artifactsources|microsoft\.hdinsight/clusters/applications"
        r"|microsoft\.containerregistry/registries/(?:tasks|taskruns|cacherules|credentialsets|importpipelines)"
        # Pipelines, flows and apps, and what is loaded into them.
        r"|microsoft\.datafactory/factories(?:/(?:pipelines|dataflows|triggers|linkedservices|integrationruntimes))?"
        r"|microsoft\.synapse/workspaces(?:/(?:bigdatapools|integrationruntimes|linkedservices))?"
        r"|microsoft\.streamanalytics/streamingjobs(?:/(?:functions|transformations))?|microsoft\.logic/workflows"
        r"|microsoft\.automation/automationaccounts/(?:runbooks|webhooks|jobschedules|modules|powershell72modules"
        r"|python[23]packages|configurations|nodeconfigurations|sourcecontrols|watchers"
        r"|runtimeenvironments(?:/packages)?)"
        r"|microsoft\.web/(?:staticsites|sites(?:/slots)?/(?:config|functions|sourcecontrols|deployments|siteextensions"
        r"|extensions|(?:triggered|continuous)webjobs))"
        r"|microsoft\.app/(?:jobs|logicapps|containerapps(?:/(?:authconfigs|sourcecontrols))?"
        r"|(?:managed|connected)environments/daprcomponents)"
        r"|microsoft\.appplatform/spring/(?:apps(?:/deployments)?|jobs|buildservices/builds|configservers)"
        r"|microsoft\.machinelearningservices/workspaces/(?:jobs|schedules|(?:online|batch)endpoints/deployments"
        r"|(?:components|environments|models|codes)/versions)"
        r"|microsoft\.machinelearningservices/registries/"
        r"(?:assets|(?:components|environments|models|codes)/versions)"
        r"|microsoft\.apimanagement/service/(?:[\w/]{0,99}/)?(?:policies|policyfragments|backends|namedvalues)"
    ),
    _OF_DESTINATIONS: re.compile(
        r"microsoft\.[\w./]{1,199}/(?:datacollectionrules|dataexports|eventsubscriptions"
        r"|dataconnections|exportpipelines|linkedstorageaccounts|failovergroups|flowlogs|packetcaptures|logprofiles"
        r"|objectreplicationpolicies|streamingjobs/outputs)"
    ),
    _OF_CALLERS: re.compile(
        r"microsoft\.[\w./]{1,199}/(?:firewallrules|ipfirewallrules|networkrulesets|virtualnetworkrules|securityrules"
        r"|authorizationrules|rulecollectiongroups|applicationrulecollections|azurefirewalls|firewallpolicies"
        r"|\w{0,40}webapplicationfirewallpolicies|applicationgateways|dnsforwardingrulesets/forwardingrules"
        r"|trafficmanagerprofiles/(?:azure|external|nested)endpoints|routetables(?:/routes)?"
        r"|topics/subscriptions/rules|managedenvironments/httprouteconfigs|spring/gateways/routeconfigs"
        r"|profiles/(?:origingroups/origins|rulesets/rules|securitypolicies|customdomains))"
    ),
    _OF_ALARMS: re.compile(
        # Plans of Defender, what it keeps quiet and whom it writes to, as its administrator; rules that take every
        # alert its receivers.
        r"microsoft\.security/(?:pricings|settings|alertssuppressionrules|autoprovisioningsettings|securitycontacts"
        r"|automations)|microsoft\.alertsmanagement/actionrules"
    ),
}  # fmt: skip
"""What the operations change -> the form of a type, in lower case. Diagnostic settings are not among them: whoever
deploys resources has that right on subscriptions, and so have identities of policies; `azure_decisive.py` has those
who deploy nothing. Nor are rules of alerts and groups of receivers: the team that watches writes them, as Monitoring
Contributor does. Those of Defender and of alert processing by copies of the permissions reference (found as strings,
read 2026-11-30)."""
_EXAMPLES: Mapping[str, tuple[str, ...]] = {
    _OF_PROGRAMS: (
        "Microsoft.KubernetesConfiguration/fluxConfigurations", "Microsoft.KubernetesConfiguration/extensions",
        "Microsoft.Kusto/clusters/databases/scripts", "Microsoft.AVS/privateClouds/scriptExecutions",
        "Microsoft.Batch/batchAccounts/pools", "Microsoft.ContainerInstance/containerGroups",
        "Microsoft.Compute/galleries/images/versions", "Microsoft.VirtualMachineImages/imageTemplates",
        "Microsoft.ContainerRegistry/registries/tasks", "Microsoft.DataFactory/factories",
        "Microsoft.Synapse/workspaces", "Microsoft.StreamAnalytics/streamingjobs", "Microsoft.Logic/workflows",
        "Microsoft.Automation/automationAccounts/webhooks", "Microsoft.Web/staticSites",
        "Microsoft.Automation/automationAccounts/runtimeEnvironments/packages",
        "Microsoft.App/managedEnvironments/daprComponents", "Microsoft.AppPlatform/Spring/apps/deployments",
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
        "Microsoft.MachineLearningServices/registries/assets",
        "Microsoft.ApiManagement/service/apis/policies", "Microsoft.ApiManagement/service/backends",
    ),
    _OF_DESTINATIONS: (
        "Microsoft.Insights/dataCollectionRules",
        "Microsoft.OperationalInsights/workspaces/dataExports", "Microsoft.EventGrid/eventSubscriptions",
        "Microsoft.Kusto/clusters/databases/dataConnections", "Microsoft.Sql/servers/failoverGroups",
        "Microsoft.StreamAnalytics/streamingjobs/outputs",
    ),
    _OF_CALLERS: (
        "Microsoft.Sql/servers/firewallRules", "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules",
        "Microsoft.EventHub/namespaces/networkRuleSets", "Microsoft.ServiceBus/namespaces/authorizationRules",
        "Microsoft.Synapse/workspaces/firewallRules", "Microsoft.Cdn/profiles/securityPolicies",
    ),
    _OF_ALARMS: (
        "Microsoft.Security/pricings", "Microsoft.Security/alertsSuppressionRules",
        "Microsoft.AlertsManagement/actionRules",
    ),
}  # fmt: skip
"""Types of the forms, for actions with wildcards."""
_STAR = "*"
_EVERYTHING_BELOW = re.compile(r"(?:/\*|/write)$")
_OF_NETWORKS = re.compile(r"microsoft\.network/(?!trafficmanagerprofiles/)[\w/]+")
_DEPLOYS_NETWORKS = "Microsoft.Network/virtualNetworks/write"
"""Whoever deploys networks, as Network Contributor does, also deploys their gateways, firewalls and rules."""


def changed_by(action: str, excluded: Callable[[str], bool], has: Callable[[str], bool]) -> str:
    """Returns what an action of a custom role changes of these; empty if nothing. `excluded`: whether the role leaves
    an operation out; `has`: whether the role has one by any action."""
    name = name_of(action)
    if _STAR in name:
        listed = next(
            (text for text, kinds in _EXAMPLES.items() for kind in kinds
             if matches(action, f"{kind}/write") and not excluded(f"{kind}/write")), "")  # fmt: skip
        if listed:
            return listed
        # A pattern below one type, or of a type in several places, has no example.
        name = f"{_EVERYTHING_BELOW.sub('', name)}/write".replace(_STAR, "x")
    kind, _, verb = name.rpartition("/")
    if verb != "write" or excluded(name) or (_OF_NETWORKS.fullmatch(kind) and has(_DEPLOYS_NETWORKS)):
        return ""
    return next((text for text, form in _FORMS.items() if form.fullmatch(kind)), "")
