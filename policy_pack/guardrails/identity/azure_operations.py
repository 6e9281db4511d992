"""Operations of custom roles of Azure that take over other identities, hand out keys that bypass roles, or remove
records; and built-in roles with keys, which are assigned on one resource.

Azure permissions reference by resource provider (those of run commands, drafts of runbooks, access policies of vaults
and trusted access were looked up on 2026-11-28; addresses of restore points and flow logs, in copies of the reference,
on 2026-11-29) and definitions of built-in roles (iann0036/iam-dataset 2073fa52 azure/built-in-roles-raw.json, read
2026-11-29), which have the others, but keys of caches, brokers and sites and extensions of scale sets, which copies of
the reference and programs have.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from falaj.facts.azure_roles import azure_roles
from falaj.facts.predefined_roles import Level

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Resource, items_of, one_or_many, texts_in
from ..engine.rows import Guardrail, Severity, azure
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.known_later import when_known
from .azure_action_forms import KEYS, REMOVAL, hands_out_keys, passes_rights, removes_for_good
from .azure_custom_roles import check_custom_assignments
from .azure_decisive import decides, decides_on_data, is_for_subscriptions, silences
from .azure_patterns import Patterns, matches, name_of
from .azure_roles import is_of_groups
from .azure_service_rights import gives_rights

_ASSIGNMENTS = azure("authorization:RoleAssignment", "authorization:PimRoleEligibilitySchedule")
_DEFINITION = azure("authorization:RoleDefinition")

_TAKEOVERS: tuple[tuple[str, str], ...] = (
    ("Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
     "tokens of one's own become any identity"),
    ("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", "programs run as any identity"),
    ("Microsoft.Compute/virtualMachines/runCommand/action", "commands in machines"),
    ("Microsoft.Compute/virtualMachines/runCommands/write", "commands in machines"),
    ("Microsoft.Compute/virtualMachines/extensions/write", "programs in machines"),
    ("Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action", "commands in machines"),
    ("Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands/write", "commands in machines"),
    ("Microsoft.Compute/virtualMachineScaleSets/extensions/write", "programs in machines"),
    ("Microsoft.HybridCompute/machines/extensions/write", "programs in machines on premises"),
    ("Microsoft.HybridCompute/machines/runCommands/write", "commands in machines on premises"),
    ("Microsoft.SerialConsole/serialPorts/connect/action", "commands at the console of machines"),
    ("Microsoft.ContainerService/managedClusters/runCommand/action", "commands in clusters"),
    ("Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write", "access to clusters"),
    ("Microsoft.Automation/automationAccounts/jobs/write", "programs with the identity of the account"),
    ("Microsoft.Automation/automationAccounts/runbooks/draft/write", "programs with the identity of the account"),
    ("Microsoft.Automation/automationAccounts/runbooks/draft/content/write",
     "programs with the identity of the account"),
    ("Microsoft.Automation/automationAccounts/runbooks/draft/testJob/write",
     "programs with the identity of the account"),
    ("Microsoft.Resources/deploymentScripts/write", "programs with the identity of a script"),
    ("Microsoft.KeyVault/vaults/accessPolicies/write", "access to every secret of a vault"),
)  # fmt: skip
_OF_DISKS, _OF_ADMINISTRATORS = (
    "addresses from which whole disks are downloaded",
    "sign-in as administrator of machines",
)
_EXPORTS: tuple[tuple[str, str], ...] = (
    ("Microsoft.Compute/disks/beginGetAccess/action", _OF_DISKS),
    ("Microsoft.Compute/snapshots/beginGetAccess/action", _OF_DISKS),
    ("Microsoft.Compute/restorePointCollections/restorePoints/retrieveSasUris/action", _OF_DISKS),
)
_REMOVALS: tuple[tuple[str, str], ...] = (
    ("Microsoft.OperationalInsights/workspaces/purge/action", "removal of what was recorded"),
    ("Microsoft.Insights/components/purge/action", "removal of what was recorded"),
)
_STOPS = tuple(
    (f"{kind}/delete", f"{kind}/write", "the end of recording")
    for kind in (
        "Microsoft.Insights/diagnosticSettings",
        "Microsoft.Insights/activityLogAlerts",
        "Microsoft.Insights/dataCollectionRuleAssociations",
        "Microsoft.Network/networkWatchers/flowLogs",
        "Microsoft.SecurityInsights/alertRules",
        "Microsoft.SecurityInsights/automationRules",
        "Microsoft.SecurityInsights/dataConnectors",
    )
)
"""Operation that ends recording -> the one that whoever deploys it has too, and what it does (Azure permissions
reference, monitoring and networking, by the sources above)."""
_ON_DATA: tuple[tuple[str, str], ...] = (
    ("Microsoft.Compute/disks/download/action", _OF_DISKS),
    ("Microsoft.Compute/snapshots/download/action", _OF_DISKS),
    ("Microsoft.Compute/virtualMachines/loginAsAdmin/action", _OF_ADMINISTRATORS),
    ("Microsoft.HybridCompute/machines/loginAsAdmin/action", _OF_ADMINISTRATORS),
)
"""Operations on data, those of the built-in roles of administrators of machines among them."""
_OF_CLUSTERS: tuple[tuple[str, str], ...] = tuple(
    (f"{place}/{operation}", "the rights of an administrator of clusters")
    for place in ("Microsoft.ContainerService/managedClusters", "Microsoft.ContainerService/fleets",
                  "Microsoft.Kubernetes/connectedClusters")
    for operation in (
        "users/impersonate/action", "groups/impersonate/action", "serviceaccounts/impersonate/action",
        "rbac.authorization.k8s.io/clusterrolebindings/write", "rbac.authorization.k8s.io/clusterroles/escalate/action",
        "rbac.authorization.k8s.io/clusterroles/bind/action")
)  # fmt: skip
"""Operations with which an identity becomes whoever it likes in a cluster (Azure permissions reference, containers, of
which each was found as a string in copies of the page on 2026-12-02). An agent that has them on purpose, such as
Teleport's, is listed in the settings; what deploys into a cluster has the built-in role."""
_KEYS: tuple[str, ...] = (
    "Microsoft.Storage/storageAccounts/listKeys/action",
    "Microsoft.Storage/storageAccounts/listAccountSas/action",
    "Microsoft.DocumentDB/databaseAccounts/listKeys/action",
    "Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action",
    "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
    "Microsoft.ContainerRegistry/registries/listCredentials/action",
    "Microsoft.CognitiveServices/accounts/listKeys/action",
    "Microsoft.Cache/redis/listKeys/action",
    "Microsoft.EventHub/namespaces/authorizationRules/listKeys/action",
    "Microsoft.ServiceBus/namespaces/authorizationRules/listKeys/action",
    "Microsoft.Search/searchServices/listAdminKeys/action",
    "Microsoft.MachineLearningServices/workspaces/listKeys/action",
    "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
    "Microsoft.Web/sites/config/list/action",
    "Microsoft.Web/sites/publishxml/action",
)
"""Operations that hand out keys, for actions with wildcards."""


_KINDS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "actions": (
        "notActions",
        (*_TAKEOVERS, *_EXPORTS, *_REMOVALS, *((name, KEYS) for name in _KEYS)),
    ),
    "dataActions": ("notDataActions", (*_ON_DATA, *_OF_CLUSTERS)),
}
"""Key of a permission's operations -> the key of those that it leaves out, and the operations with what they grant."""


def _grants(action: str, excluded: Patterns, operations: tuple[tuple[str, str], ...]) -> str:
    """Returns what an action of a custom role grants of these; empty if nothing."""
    for operation, meaning in operations:
        if matches(action, operation) and not excluded.cover(operation):
            return meaning
    if excluded.cover(action.strip()):
        return ""
    if hands_out_keys(action):
        return KEYS
    if removes_for_good(action):
        return REMOVAL
    return "more than the rights of the caller" if passes_rights(action) else ""


def _ends_recording(actions: list[str], excluded: Patterns) -> tuple[str, str] | None:
    """Returns the action of a custom role that ends recording without being that of its deployment, with what it does;
    None if there is none."""

    def allowing(operation: str) -> str | None:
        return (
            None
            if excluded.cover(operation)
            else next((action for action in actions if matches(action, operation)), None)
        )

    return next(
        ((action, text) for ends, begins, text in _STOPS if (action := allowing(ends)) and not allowing(begins)), None
    )


def _check_definition(resource: Resource, allowed: Collection[str] = ()) -> Iterator[Outcome]:
    permissions = resource.props.get("permissions")
    # Without assignable scopes, the role is for the one in which it is defined.
    scopes = one_or_many(resource.props.get("assignableScopes") or resource.props.get("scope"))
    is_wide = is_for_subscriptions(scopes)
    for index, item in enumerate(items_of(permissions)):
        fields = item if isinstance(item, dict) else {}
        for kind, (left_out, operations) in _KINDS.items():
            path, excluded = f"permissions[{index}].{kind}", Patterns(texts_in(fields.get(left_out)))
            # FJ-IDN-201 reports an action of every service.
            actions = [action for action in texts_in(fields.get(kind)) if action.strip().strip("*/") != ""]
            if kind == "dataActions":
                actions = [action for action in actions if name_of(action) not in allowed]
            found = next(
                ((action, text) for action in actions if (text := _grants(action, excluded, operations))), None
            )
            if found is None and kind == "actions":
                found = _ends_recording(actions, excluded) or gives_rights(actions, excluded)
                found = found or silences(actions, excluded, allowed)
            is_open = found is None and (is_wide or UNKNOWN in scopes)
            decider = decides if kind == "actions" else decides_on_data
            found = decider(actions, excluded, allowed) if is_open else found
            text = f"{path} allows {found[0]}: {found[1]}" if found else ""
            if text and is_open and not is_wide:
                yield undetermined(f"{text}, on scopes that are not known before deployment", path)
            else:
                yield failed(text, path) if text else passed()


def _resolve_scopes(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Scopes that come from groups of the plan are narrow; they are evaluated again once they are known."""
    key = "assignableScopes" if resource.props.get("assignableScopes") else "scope"
    return when_known(outcome) if is_of_groups(resource, plan, key) else outcome


_GROUP = lazy_regex(r"/?subscriptions/[^/]+/resourcegroups/[^/]+/?", re.IGNORECASE)


def _check_assignment(resource: Resource) -> Iterator[Outcome]:
    role = azure_roles().get(str(resource.get("roleDefinitionId")).strip().rstrip("/").rsplit("/", 1)[-1].lower())
    scope = resource.get("scope")
    if role is None or role.level is not Level.HIGH or "access keys" not in role.grants or scope is UNKNOWN:
        return
    is_group = _GROUP.fullmatch(str(scope).strip()) is not None
    text = f"scope: {role.name} hands out keys of everything in the resource group"
    yield failed(text, "scope") if is_group else passed()


def azure_operations_guardrail(listed: Iterable[str]) -> Guardrail:
    """Returns the guardrail of operations of Azure's roles. `listed`: actions that the settings allow."""
    allowed = frozenset(map(name_of, listed))

    def check(resource: Resource) -> Iterator[Outcome]:
        is_definition = resource.type in _DEFINITION
        yield from _check_definition(resource, allowed) if is_definition else _check_assignment(resource)

    return identity_rule(
        214, Severity.CRITICAL,
        "Custom roles neither take over identities, hand out keys nor remove records, have only harmless operations "
        "on whole subscriptions, and built-in roles with keys are assigned on one resource",
        "a key, or another identity, has rights that no role assignment of the caller shows, and nobody "
        "sees what was done where records are removed",
        "Remove the operation and give roles on data instead; make resource groups or resources the assignable scopes "
        "of a role with other operations than those of guardrails/data/azure_operations.csv, or list the operation "
        "under identity.unrestricted_actions in enforcement.yaml, with the reason; assign the built-in role of the "
        "task on one resource (scope), such as Managed Identity Operator on one identity",
        predicate=check, resolve=_resolve_scopes, plan_predicate=check_custom_assignments,
        types=(*_ASSIGNMENTS, *_DEFINITION))  # fmt: skip
