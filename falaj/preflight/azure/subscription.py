"""Subscription, permissions, resource providers, features and policies."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from falaj.facts.regions import normalise_azure
from falaj.preflight.azure.context import AzureContext, Missing
from falaj.preflight.needs import option
from falaj.preflight.rows import PreflightRow, Verdict

PROVIDERS = (
    *(
        "Microsoft.Compute",
        "Microsoft.ContainerService",
        "Microsoft.KeyVault",
        "Microsoft.Storage",
        "Microsoft.Network",
    ),
    *("Microsoft.ManagedIdentity", "Microsoft.OperationalInsights", "Microsoft.Insights", "Microsoft.Consumption"),
    *("Microsoft.Authorization", "Microsoft.CostManagement"),
)
"""Resource providers of every site's types."""


def subscription(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields the subscription, its tenant and whether it is enabled."""
    found = context.arm.get(context.scope, "Microsoft.Resources")
    enabled = found.get("state") in ("Enabled", "PastDue")
    yield PreflightRow(
        site=context.name,
        subject="subscription",
        found=f"{found.get('displayName')} ({context.subscription}) of {found.get('tenantId')}, {found.get('state')}",
        needed="enabled",
        verdict=Verdict.OK if enabled else Verdict.REFUSED,
        fix="" if enabled else "let the owner of the billing account enable it",
        setting="" if enabled else f"sites.{context.name}.azure.subscription_id",
    )


def region(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields whether the region is open to the subscription. UAE Central is open on request only."""
    found = context.arm.items(f"{context.scope}/locations", "Microsoft.Resources")
    listed = any(item["name"] == context.region for item in found)
    open_region = listed and any(not _restrictions(sku, "Location") for sku in context.skus.values())
    state = "open" if open_region else "no machine type is open to the subscription" if listed else "not listed"
    yield PreflightRow(
        site=context.name,
        subject=f"region {context.region}",
        found=state,
        needed="open",
        verdict=Verdict.OK if open_region else Verdict.REFUSED,
        fix="" if open_region else "request access to the region in a support request for quotas",
        setting="" if open_region else f"sites.{context.name}.region",
    )


def _restrictions(sku: Any, kind: str) -> list[Any]:
    return [item for item in sku.get("restrictions") or () if item.get("type") == kind]


def permissions(context: AzureContext, actions: Sequence[str]) -> Iterator[PreflightRow]:
    """Yields which operations of a deployment no role of the caller at the subscription has."""
    found = context.arm.items(
        f"{context.scope}/providers/Microsoft.Authorization/permissions", "Microsoft.Authorization/permissions"
    )
    lacking = [action for action in actions if not any(_allows(item, action) for item in found)]
    yield PreflightRow(
        site=context.name,
        subject="permissions",
        found=f"no role has {', '.join(lacking)}" if lacking else f"all of {len(actions)} operations",
        needed="what a deployment does",
        verdict=Verdict.REFUSED if lacking else Verdict.OK,
        fix="assign the role of the stack, which includes role assignments, at the subscription" if lacking else "",
        commands=(f'az role assignment create --assignee OBJECT_ID --role "ROLE_OF_THE_STACK" --scope {context.scope}',)
        if lacking
        else (),
    )


def _allows(permission: Any, action: str) -> bool:
    """Azure matches operations without regard to case; `*` stands for any characters."""
    actions, excluded = permission.get("actions") or (), permission.get("notActions") or ()
    return _any(actions, action) and not _any(excluded, action)


def _any(patterns: Any, action: str) -> bool:
    return any(fnmatchcase(action.lower(), pattern.lower()) for pattern in patterns)


def providers(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields the resource providers that are not registered."""
    found = context.arm.items(f"{context.scope}/providers", "Microsoft.Resources")
    state = {item["namespace"].lower(): item.get("registrationState", "") for item in found}
    wanted = _wanted_providers(context)
    lacking = [name for name in wanted if state.get(name.lower()) != "Registered"]
    yield PreflightRow(
        site=context.name,
        subject="resource providers",
        found=", ".join(f"{name}: {state.get(name.lower(), 'unknown')}" for name in lacking) or "all registered",
        needed=", ".join(wanted),
        verdict=Verdict.REFUSED if lacking else Verdict.OK,
        fix="register them, which takes minutes" if lacking else "",
        commands=[f"az provider register --subscription {context.subscription} --namespace {name}" for name in lacking],
    )


def _wanted_providers(context: AzureContext) -> list[str]:
    wanted = [*PROVIDERS]
    finops = context.settings.finops.get(context.site.cloud)
    if finops is not None and finops.cost_export:
        wanted.append("Microsoft.CostManagementExports")
    if context.site.storage.registry:
        wanted.append("Microsoft.ContainerRegistry")
    if context.site.sleeps:
        wanted.append("Microsoft.Logic")
    return wanted


def features(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields whether encryption at host is allowed, which every node pool uses.

    https://learn.microsoft.com/azure/aks/enable-host-encryption.
    """
    path = f"{context.scope}/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost"
    try:
        state = context.arm.get(path, "Microsoft.Features").get("properties", {}).get("state", "")
    except Missing:
        state = "not registered"
    registered = state == "Registered"
    yield PreflightRow(
        site=context.name,
        subject="feature EncryptionAtHost",
        found=state,
        needed="Registered",
        verdict=Verdict.OK if registered else Verdict.REFUSED,
        fix="" if registered else "register the feature, then its provider again",
        commands=()
        if registered
        else (
            f"az feature register --subscription {context.subscription} --namespace Microsoft.Compute "
            "--name EncryptionAtHost",
            f"az provider register --subscription {context.subscription} --namespace Microsoft.Compute",
        ),
    )


def policies(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields the policy assignments that limit locations or types, with the values that they allow.

    Other assignments that deny depend on the properties of each resource: they are listed, and not judged.
    """
    assignments = context.arm.items(
        f"{context.scope}/providers/Microsoft.Authorization/policyAssignments",
        "Microsoft.Authorization/policyAssignments",
    )
    limited = False
    for assignment in assignments:
        for row in _assignment(context, assignment):
            limited = True
            yield row
    if not limited:
        yield PreflightRow(site=context.name, subject="policies", found="none limits locations or denies")


def _assignment(context: AzureContext, assignment: Any) -> Iterator[PreflightRow]:
    """Yields the row of an assignment that limits locations or denies."""
    properties = assignment.get("properties", {})
    if properties.get("enforcementMode") != "DoNotEnforce":
        allowed = option(properties, "parameters", "listOfAllowedLocations", "value")
        title = properties.get("displayName") or assignment.get("name")
        if allowed is not None:
            fits = context.region in {normalise_azure(location) for location in allowed}
            yield PreflightRow(
                site=context.name,
                subject=f"policy {title}",
                found=f"allows {', '.join(allowed)}",
                needed=context.region,
                verdict=Verdict.OK if fits else Verdict.REFUSED,
                fix="" if fits else "ask the owners of the management group for an exemption",
            )
        elif _denies(context, properties):
            yield PreflightRow(
                site=context.name,
                subject=f"policy {title}",
                found="denies what does not conform",
                verdict=Verdict.UNKNOWN,
                fix="compare its rule with the plan of the stack",
            )


def _denies(context: AzureContext, properties: Any) -> bool:
    """Returns whether a single definition has the effect Deny. An initiative is taken to have one, if it says so."""
    effect = option(properties, "parameters", "effect", "value")
    if effect is not None:
        return str(effect).lower() == "deny"
    definition = str(properties.get("policyDefinitionId", ""))
    if "/policyDefinitions/" not in definition:
        return False
    rule = context.arm.get(definition, "Microsoft.Authorization/policyDefinitions").get("properties", {})
    stated = str(option(rule, "policyRule", "then", "effect") or "")
    if stated.startswith("["):
        stated = str(option(rule, "parameters", "effect", "defaultValue") or "")
    return stated.lower() == "deny"
