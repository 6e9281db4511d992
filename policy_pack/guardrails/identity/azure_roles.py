"""Roles on Azure: what they grant, on which scope, and to whom.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-27 (a test repeats it).
"""

from collections.abc import Iterator, Sequence

from falaj.facts.azure_roles import azure_roles
from falaj.facts.predefined_roles import PredefinedRole

from ..engine.conditions import NEVER, TRUE, none_of
from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of, walk
from ..engine.rows import Check, Guardrail, Severity, azure
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.delegations import keeps_from, lets_assign
from .azure_activation import check_activation
from .azure_credentials import CREDENTIAL, check_subject
from .azure_patterns import matches
from .azure_standing import PEOPLE_OR_PERSON, check_orders, check_programs, reaches_others

_ASSIGNMENTS = azure("authorization:RoleAssignment", "authorization:PimRoleEligibilitySchedule")
_DEFINITION = azure("authorization:RoleDefinition")[0]
_ENVIRONMENT_TYPE = azure("devcenter:ProjectEnvironmentType")[0]

_NARROW_SCOPE = lazy_regex(r"/subscriptions/[^/]+/(?:resourcegroups/[^/]+(?:/.*)?|providers/.+)")
"""A resource group, or a resource."""


def is_broad_scope(scope: str) -> bool:
    """Returns whether a scope is a subscription or above. Azure ignores case, and slashes at both ends."""
    normalised = "/" + "/".join(part for part in scope.strip().lower().split("/") if part)
    return not _NARROW_SCOPE.fullmatch(normalised) or ".." in normalised or "%" in normalised


_ADMINISTRATORS = ("Owner", "User Access Administrator", "Role Based Access Control Administrator")
"""Roles that assign every role. Others that assign roles are limited to some by their definitions."""
_BROAD = (*_ADMINISTRATORS, "Contributor")
_CLUSTER_ADMINISTRATORS = ("Azure Kubernetes Service RBAC Cluster Admin", "Azure Kubernetes Service Cluster Admin Role")
"""Roles that are system:masters of a cluster. The identity that deploys into it needs the first for good; people do
not."""
_OF_OTHERS = ("Key Vault Data Access Administrator", "Managed Identity Operator", "Managed Identity Contributor",
              "Azure Kubernetes Service RBAC Admin", "Azure Kubernetes Service RBAC Writer")  # fmt: skip
"""Roles with which people of a resource group get what others keep there: every role on data of its vaults, given to
themselves, every identity, put on a machine of their own, or trusting an issuer of their own, and secrets and service
accounts of each namespace of its clusters (MicrosoftDocs/azure-docs articles/role-based-access-control/built-in-roles,
security.md 9772bfe3, identity.md cccf5e99 and containers.md, which of these roles says that it gives access to secrets
and runs pods as any service account; read 2026-12-01). A single vault, identity, cluster or namespace may be theirs;
programs that deploy, and the identities of clusters, have them for a group."""
_MACHINE_ADMINISTRATORS = ("Virtual Machine Administrator Login", "Windows Admin Center Administrator Login")
"""Roles that sign in to each machine of the scope as its administrator (MicrosoftDocs/azure-docs 26d1e35d articles/
role-based-access-control/built-in-roles/compute.md, loginAsAdmin and WACLoginAsAdmin, read 2026-12-01). People and
groups get them; programs do for single machines."""
_DEFAULT_KIND = "user"
"""Type of principal that the SDK sends where none is stated (pulumi-azure-native 3.29.0, role_assignment.py, read
2026-12-01)."""
_PEOPLE = ("group", "foreigngroup")
"""Types of principals that are several people. The identity that deploys may be one person."""


def _extends_itself(resource: Resource, role: PredefinedRole | None, is_of_group: bool = False) -> str:
    """Returns what a permanent assignment on a narrow scope gives that must be activated; empty if nothing. Whoever
    assigns roles on a group is its owner, unless a condition keeps these roles out of what may be assigned. A scope
    that is not known yet may be known to be a resource group (`is_of_group`)."""
    if role is None or resource.type != _ASSIGNMENTS[0]:
        return ""
    condition = resource.get("condition")
    administrators = [key for key, item in azure_roles().items() if item.name in _ADMINISTRATORS]
    is_limited = condition is UNKNOWN or (isinstance(condition, str) and keeps_from(condition, administrators))
    given = _given_to_people(condition) if role.name in _ADMINISTRATORS and isinstance(condition, str) else ""
    stated = resource.get("principalType")
    kind, scope = _DEFAULT_KIND if stated is MISSING else str(stated).lower(), str(resource.get("scope")).lower()
    is_machine = not is_of_group and ("/providers/" in scope or resource.get("scope") is UNKNOWN)
    extends = (
        (role.name in _ADMINISTRATORS and not is_limited)
        or (role.name in _CLUSTER_ADMINISTRATORS and kind in _PEOPLE)
        or (role.name in _OF_OTHERS and kind in _PEOPLE and not is_machine and condition is MISSING)
        or (role.name in _MACHINE_ADMINISTRATORS and str(stated).lower() not in PEOPLE_OR_PERSON and not is_machine)
        or (reaches_others(role, kind) and not is_machine)
        or (given and kind in PEOPLE_OR_PERSON and not is_machine)
    )
    to_whom = " to a user, as no principalType says otherwise" if stated is MISSING else ""
    of_others = f", whose condition lets people be {given}" if given else ""
    return f"{role.name} is assigned{to_whom}{of_others}" if extends else ""


def _given_to_people(condition: str) -> str:
    """Returns a role that a condition names and lets people have, though they must not have it for good: who assigns a
    role has it (Azure, "Delegate Azure role assignment management using conditions": of the roles that a condition
    names, the delegate assigns each to whom he likes, himself too, unless it names the kinds of principals; examples of
    both in ten public repositories, read 2026-12-02). A condition that only leaves out administrators' roles is the
    template of the portal, and passes."""
    return next((role.name for key, role in azure_roles().items()
                 if (role.name in (*_BROAD, *_CLUSTER_ADMINISTRATORS, *_OF_OTHERS) or reaches_others(role, "group"))
                 and any(lets_assign(condition, key, kind) for kind in PEOPLE_OR_PERSON)), "")  # fmt: skip


def _check_role_assignment(resource: Resource) -> Iterator[Outcome]:
    yield from check_orders(resource)
    role, scope = resource.get("roleDefinitionId"), resource.get("scope")
    if role is UNKNOWN and isinstance(scope, str) and is_broad_scope(scope):
        yield undetermined(
            "roleDefinitionId is not known before deployment, on a whole subscription or above", "roleDefinitionId"
        )
        return
    broad_role = _role_of(resource)
    if broad_role is None or (isinstance(scope, str) and not is_broad_scope(scope)):
        extends = _extends_itself(resource, broad_role)
        text = f"roleDefinitionId: {extends}, for good"
        yield failed(text, "roleDefinitionId") if extends else passed()
        return
    text = f"scope: it assigns {broad_role.name} ({broad_role.grants})"
    if isinstance(scope, str):
        yield failed(f"{text} on a whole subscription or above", "scope")
    else:
        yield undetermined(f"{text} on a scope that is not known before deployment", "scope")


def _check_environment_type(resource: Resource) -> Iterator[Outcome]:
    """Checks the roles that users of an environment have in its subscription (pulumi-azure-native 3.29.0 docs,
    devcenter:ProjectEnvironmentType, userRoleAssignments, read 2026-11-29). Ids of users are keys, those of roles items
    in the SDK and keys in the API."""
    for path, users in walk(resource.props, "userRoleAssignments?"):
        for user, given in users.items() if isinstance(users, dict) else ():
            roles = given.get("roles") if isinstance(given, dict) else None
            ids = [str(role).strip().rpartition("/")[2] for role in roles] if isinstance(roles, dict | list) else []
            names = [azure_roles().get(role.lower()) for role in ids]
            broad = next((role for role in names if role is not None and role.name in _BROAD), None)
            yield failed(f"{path}.{user} is {broad.name} of each environment", path) if broad else passed()


_RESOURCE_GROUP = azure("resources:ResourceGroup")
_SCOPES_ABOVE = ("azure-native:management:", "azure-native:subscription:")
"""Modules of management groups and subscriptions. What else a plan has is a resource group, or in one."""


def _resolve_role(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """A role that is defined in the plan is judged there; any other that is not known may be every role. The scope is
    narrow if it comes from groups and resources of the plan; it is evaluated again once it is known."""
    if outcome.path == "scope":
        return _resolve_scope(resource, plan, outcome)
    defined = (plan.resources.get(urn) for urn in resource.dependencies.get("roleDefinitionId", ()))
    if outcome.path != "roleDefinitionId" or any(item is not None and item.type == _DEFINITION for item in defined):
        return outcome if outcome.path != "roleDefinitionId" else passed()
    return failed(outcome.sentence, outcome.path)


def is_of_groups(resource: Resource, plan: Plan, key: str) -> bool:
    """Returns whether scopes that are not known yet come from resource groups of the plan, and what is in them."""
    within = [item.type for item in plan.dependencies_of(resource, key)]
    return bool(within) and all(
        token.startswith("azure-native:") and not token.startswith(_SCOPES_ABOVE) for token in within
    )


def _resolve_scope(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    if not is_of_groups(resource, plan, "scope"):
        return outcome
    is_of_group = all(item.type in _RESOURCE_GROUP for item in plan.dependencies_of(resource, "scope"))
    extends = _extends_itself(resource, _role_of(resource), is_of_group)
    return failed(f"roleDefinitionId: {extends}, for good", "roleDefinitionId") if extends else passed()


def _role_of(resource: Resource) -> PredefinedRole | None:
    """Returns the role that an assignment gives; none if it is a custom one, or not known."""
    return azure_roles().get(str(resource.get("roleDefinitionId")).strip().rstrip("/").rsplit("/", 1)[-1].lower())


_OPERATIONS: tuple[tuple[str, str], ...] = (
    ("Microsoft.Authorization/roleAssignments/write", "role assignments"),
    ("Microsoft.Authorization/roleDefinitions/write", "role definitions"),
    ("Microsoft.Authorization/roleAssignmentScheduleRequests/write", "role assignments"),
    ("Microsoft.Authorization/roleEligibilityScheduleRequests/write", "role assignments"),
    ("Microsoft.Authorization/elevateAccess/action", "access to every subscription"),
    ("Microsoft.Authorization/policyAssignments/write", "changes of policies"),
    ("Microsoft.Authorization/policyDefinitions/write", "changes of policies"),
    ("Microsoft.Authorization/policyExemptions/write", "exemptions from policies"),
    ("Microsoft.Authorization/locks/write", "changes of locks"),
    ("Microsoft.Authorization/locks/delete", "deletion of locks"),
    ("Microsoft.ManagedServices/registrationDefinitions/write", "delegations to other tenants"),
    ("Microsoft.ManagedServices/registrationAssignments/write", "delegations to other tenants"),
)
"""Operations with which an identity extends its own permissions, or lifts limits (Azure permissions reference,
management and governance, 2026-11)."""
_OF_SEVERAL_SERVICES = (
    ("Microsoft.Compute/virtualMachines/write", "Microsoft.Storage/storageAccounts/write"),
    ("Microsoft.Compute/virtualMachines/delete", "Microsoft.Storage/storageAccounts/delete"),
    ("Microsoft.Compute/virtualMachines/runCommand/action", "Microsoft.Storage/storageAccounts/listKeys/action"),
)
"""Operations of two unrelated services: a pattern that matches both of a pair matches them in every service."""
_DATA_OF_SEVERAL_SERVICES = (
    ("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
     "Microsoft.KeyVault/vaults/secrets/readMetadata/read"),
    ("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
     "Microsoft.KeyVault/vaults/secrets/write"),
    ("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action",
     "Microsoft.KeyVault/vaults/secrets/getSecret/action"),
)  # fmt: skip


def _as_list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _granted(actions: Sequence[Plain], excluded: Sequence[Plain], pairs: Sequence[tuple[str, str]]) -> str:
    """Returns what a permission grants that a custom role must not; empty if it grants nothing of it."""
    for action in actions:
        if any(all(matches(action, operation) for operation in pair) for pair in pairs):
            return f"{action}, which is an action of every service"
    for operation, meaning in _OPERATIONS:
        allows = next((action for action in actions if matches(action, operation)), None)
        if allows is not None and not any(matches(pattern, operation) for pattern in excluded):
            return f"{allows}: {meaning}"
    return ""


def _check_role_definition(resource: Resource) -> Iterator[Outcome]:
    permissions = resource.props.get("permissions")
    for index, item in enumerate(items_of(permissions)):
        for key, excluding, pairs in (("actions", "notActions", _OF_SEVERAL_SERVICES),
                                      ("dataActions", "notDataActions", _DATA_OF_SEVERAL_SERVICES)):  # fmt: skip
            actions = _as_list(item.get(key)) if isinstance(item, dict) else []
            excluded = _as_list(item.get(excluding)) if isinstance(item, dict) else []
            path = f"permissions[{index}].{key}"
            if granted := _granted(actions, excluded, pairs):
                yield failed(f"{path} allows {granted}", path)
            elif UNKNOWN in actions:
                yield undetermined(f"{path} is not known before deployment", path)
            else:
                yield passed()
    if any(str(scope).strip() == "/" for scope in _as_list(resource.props.get("assignableScopes"))):
        yield failed("assignableScopes includes every scope", "assignableScopes")


def _check_in_plan(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if resource.type in _ASSIGNMENTS:
        yield from check_programs(resource, plan, _role_of(resource), _BROAD)


def _check_roles(resource: Resource) -> Iterator[Outcome]:
    if resource.type == _ENVIRONMENT_TYPE:
        yield from _check_environment_type(resource)
        return
    yield from (_check_role_definition if resource.type == _DEFINITION else _check_role_assignment)(resource)


_GRANT_ROWS = (
    Check(
        azure(
            "managedservices:RegistrationDefinition", "managedservices:RegistrationAssignment", "keyvault:AccessPolicy"
        ),
        "",
        NEVER,
    ),
    Check(azure("keyvault:Vault"), "properties.enableRbacAuthorization", TRUE),
    # A group of another tenant, whose members are managed there (a value of PrincipalType of pulumi-azure-native
    # 3.29.0; help of the module MSOnline 1.0, Add-MsolForeignGroupToRole: of a partner's tenant; read 2026-11-30).
    Check(azure("authorization:RoleAssignment"), "principalType", none_of("ForeignGroup")),
)

AZURE_ROLES: tuple[Guardrail, ...] = (
    identity_rule(201, Severity.CRITICAL,
                  "No broad role is assigned at subscription level or above, no administrator for good, and custom "
                  "roles list their actions",
                  "an attacker who steals an identity gets all of its permissions",
                  "Assign a narrower role (role_definition_id), and set scope to the id of a resource group or a "
                  "resource; where the message ends in `for good`, make people eligible instead "
                  "(PimRoleEligibilitySchedule, with the same scope), or list the roles that an administrator may "
                  "assign in a condition; list its operations in permissions[].actions of a custom role",
                  predicate=_check_roles, resolve=_resolve_role, plan_predicate=_check_in_plan,
                  types=(*_ASSIGNMENTS, _DEFINITION, _ENVIRONMENT_TYPE)),
    identity_rule(204, Severity.HIGH, "Azure permissions are role assignments within the tenant",
                  "role reviews do not cover vault access policies and delegations to other tenants",
                  "Set enable_rbac_authorization to true; remove the delegation; set principal_type to Group, User or "
                  "ServicePrincipal, of your own tenant",
                  checks=_GRANT_ROWS),
    identity_rule(210, Severity.HIGH, "Eligible roles on Azure are activated with a second factor",
                  "a stolen session activates every role that its user is eligible for",
                  "Add MultiFactorAuthentication to enabled_rules of the rule Enablement_EndUser_Assignment, or enable "
                  "the rule AuthenticationContext_EndUser_Assignment; set maximum_duration of the rule "
                  "Expiration_EndUser_Assignment to PT8H, and is_expiration_required to true; list who hears of it in "
                  "notification_recipients",
                  predicate=check_activation, types=azure("authorization:RoleManagementPolicy")),
    identity_rule(209, Severity.HIGH, "Federated credentials name one subject",
                  "whoever gets a token with such a subject acts as the identity",
                  "Set subject to one environment, branch or service account of one repository or cluster, such as "
                  "repo:example/platform:environment:prod",
                  predicate=check_subject, types=CREDENTIAL),
)  # fmt: skip
