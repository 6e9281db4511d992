"""Attacks by rights that a review of the rules of the fifteenth set found allowed (2026-11-29).

Operations of Azure by copies of the permissions reference and roles on GitHub, read 2026-11-29; what they do by
documentation, as known.
"""

from collections.abc import Iterable

from ..blind import ME, SUB, az, policy, statement
from ..harness import Given
from . import Attack
from .tenth_azure import IDN

_ALL_ZONES, _CHANGE = "arn:aws:route53:::hostedzone/*", "route53:ChangeResourceRecordSets"
_NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames"


def _named(*patterns: str) -> tuple[Given, ...]:
    return (policy(statement(_CHANGE, _ALL_ZONES, {"ForAllValues:StringLike": {_NAMES: list(patterns)}})),)


def _role(actions: Iterable[str], **more: object) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "roleName": "Support", "scope": SUB, "permissions": [{"actions": list(actions)}], **more}),)  # fmt: skip


def _on_subscription(name: str, harm: str, *actions: str, severity: str = "critical") -> Attack:
    return Attack(name, ("FJ-IDN-214",), _role(actions, assignableScopes=[SUB]), severity, harm)


ATTACKS = (
    Attack(
        "a role changes each name below a top-level domain",
        ("FJ-IDN-109",),
        _named("*.info"),
        "major",
        "it is each zone of the bank that ends so (Amazon Route 53, fine-grained conditions)",
    ),
    Attack(
        "a role changes each name below a domain of companies",
        ("FJ-IDN-109",),
        _named("*.co.uk", "*.com.ae"),
        "major",
        "everybody registers there (Public Suffix List)",
    ),
    Attack(
        "a role shares what it likes, if it writes a tag on the share",
        ("FJ-IDN-109",),
        (policy(statement("ram:CreateResourceShare", "*", {"StringEquals": {"aws:RequestTag/team": "payments"}})),),
        "critical",
        "the tag does not say with whom (AWS RAM, CreateResourceShare)",
    ),
    Attack(
        "a role gives each function an address, with or without asking who calls",
        ("FJ-IDN-109",),
        (
            policy(
                statement(
                    "lambda:CreateFunctionUrlConfig",
                    f"arn:aws:lambda:me-central-1:{ME}:function:*",
                    {"StringEquals": {"lambda:FunctionUrlAuthType": ["AWS_IAM", "NONE"]}},
                )
            ),
        ),
        "critical",
        "an address with NONE asks nobody who he is (AWS Lambda, 'Control access to function URLs')",
    ),
    _on_subscription(
        "a custom role leads the newer addresses of every zone elsewhere",
        "clients prefer AAAA (Azure DNS)",
        "Microsoft.Network/dnsZones/AAAA/write",
        severity="major",
    ),
    _on_subscription(
        "a custom role leads services of every zone elsewhere",
        "clients follow SRV (Azure DNS)",
        "Microsoft.Network/dnsZones/SRV/write",
        severity="major",
    ),
    _on_subscription(
        "a custom role lets another authority certify every name",
        "CAA says who may (RFC 8659)",
        "Microsoft.Network/dnsZones/CAA/write",
        severity="major",
    ),
    _on_subscription(
        "a custom role changes the image of every container app",
        "it runs with the app's identity (Azure Container Apps)",
        "Microsoft.App/containerApps/write",
    ),
    _on_subscription(
        "a custom role changes the settings of every app",
        "among them the start command (App Service)",
        "Microsoft.Web/sites/config/write",
    ),
    _on_subscription(
        "a custom role writes functions of every app",
        "they run with its identity (Azure Functions)",
        "Microsoft.Web/sites/functions/write",
    ),
    _on_subscription(
        "a custom role writes runbooks of every account",
        "they run with its identity (Azure Automation)",
        "Microsoft.Automation/automationAccounts/runbooks/write",
    ),
    _on_subscription(
        "a custom role makes itself administrator of every cluster of Data Explorer",
        "AllDatabasesAdmin (Azure Data Explorer, principal assignments)",
        "Microsoft.Kusto/clusters/principalAssignments/write",
    ),
    _on_subscription(
        "a custom role makes itself administrator of every database of Data Explorer",
        "Admin (Azure Data Explorer, principal assignments)",
        "Microsoft.Kusto/clusters/databases/principalAssignments/write",
    ),
    _on_subscription(
        "a custom role gives itself the data of every managed cache",
        "Azure Managed Redis, access policy assignments",
        "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write",
    ),
    _on_subscription(
        "a custom role leads every profile of traffic elsewhere",
        "Traffic Manager, external endpoints",
        "Microsoft.Network/trafficManagerProfiles/write",
        severity="major",
    ),
    _on_subscription(
        "a custom role leads every route of Front Door elsewhere",
        "Azure Front Door, routes",
        "Microsoft.Cdn/profiles/afdEndpoints/routes/write",
        severity="major",
    ),
    Attack(
        "a custom role without scopes of assignment is administrator of every server",
        IDN,
        _role(["Microsoft.Sql/servers/administrators/write"]),
        "critical",
        "its scope is the subscription (Azure RBAC, role definitions)",
    ),
)
