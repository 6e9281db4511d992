"""Azure Resource Manager: ids, types, parents, error messages, and descriptions of types from their path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from falaj.sandbox.clouds.spec import (
    CloudState,
    InventoryItem,
    Naming,
    Operation,
    ResourceType,
    Rule,
    UsedBy,
    stored_inputs,
)
from falaj.sandbox.clouds.values import Json, Props, get_str

SUBSCRIPTION = "7c4e9a10-5f0d-4c2b-9a4e-d1f5a0b1c2d3"
"""The subscription of the sandbox; it does not exist."""
TENANT = "3f6b8e52-9d41-4e7a-8c30-6a2b7d9e1f04"
"""The Entra tenant of the sandbox; it does not exist."""
CLIENT = "b81d5c3e-27aa-4f19-a6c4-90e2f7b3d815"
"""The client id of the application with which the sandbox is signed in."""
OPERATOR = "e5a7c9f1-6b24-4d83-b0d5-1c3e8f2a7b96"
"""The object id of the application's service principal."""

GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
"""The path of a resource group, the prefix of most paths."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_BUILT_IN_CHILDREN = (
    "/blobServices/default",
    "/fileServices/default",
    "/queueServices/default",
    "/tableServices/default",
)


def arm_error(status: int, code: str, message: str) -> str:
    """Formats an error as azure-native does: status, code and message of the ARM response."""
    return f'Status={status} Code="{code}" Message="{message}"'


@dataclass(frozen=True)
class ArmPath:
    """The path of a resource type, such as `{GROUP}/providers/Microsoft.Network/virtualNetworks/{virtualNetworkName}`.

    Placeholders are input properties. `{subscriptionId}` defaults to the sandbox's.
    """

    template: str

    @property
    def name_property(self) -> str:
        """The input that names the resource: the last placeholder, or "" for a singleton such as `default`."""
        match = _PLACEHOLDER.fullmatch(self.template.rsplit("/", 1)[-1])
        return match.group(1) if match else ""

    @property
    def properties(self) -> tuple[str, ...]:
        """All inputs in the path. A change of one replaces the resource."""
        return tuple(name for name in _PLACEHOLDER.findall(self.template) if name != "subscriptionId")

    @property
    def type(self) -> str:
        """The ARM type, such as `Microsoft.Network/virtualNetworks/subnets`."""
        _, separator, rest = self.template.rpartition("/providers/")
        if not separator:
            return "Microsoft.Resources/resourceGroups"
        namespace, *segments = rest.split("/")
        return "/".join((namespace, *segments[::2]))

    @property
    def is_nested(self) -> bool:
        """Whether the resource is the child of another resource, other than a resource group or subscription."""
        return self.type.count("/") > 1 or self.template.startswith(("{scope}", "{resourceUri}"))

    def fill(self, inputs: Props) -> str:
        """Returns the resource's id. An absent or unknown input leaves its segment empty."""
        return _fill(self.template, inputs)

    def parent(self, inputs: Props) -> str:
        """Returns the id of the parent: a resource, a resource group, a scope, or the subscription."""
        container = self.template.rsplit("/", 2)[0]
        for child in _BUILT_IN_CHILDREN:
            container = container.removesuffix(child)
        if "/providers/" in container and container.rpartition("/providers/")[2].count("/") == 0:
            container = container.rpartition("/providers/")[0]
        return _fill(container, inputs)


def _fill(template: str, inputs: Props) -> str:
    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        return get_str(inputs, name) or (SUBSCRIPTION if name == "subscriptionId" else "")

    filled = _PLACEHOLDER.sub(value, template)
    return filled if filled.startswith("/") else f"/{filled}"


@dataclass(frozen=True)
class ArmResourceType(ResourceType):
    """A `ResourceType` with its ARM path."""

    path: ArmPath = ArmPath("")


def arm_type(
    token: str,
    path: str,
    outputs: Mapping[str, Json] | None = None,
    *,
    replace_on_changes: tuple[str, ...] = (),
    write_rules: tuple[Rule, ...] = (),
    delete_rules: tuple[Rule, ...] = (),
    used_by: tuple[UsedBy, ...] = (),
    handles: tuple[str, ...] = (),
    nested_outputs: Mapping[str, Json] | None = None,
    always_exists: bool = False,
    soft_deletes: Callable[[InventoryItem], bool] | None = None,
    read_inputs: Callable[[CloudState, InventoryItem], Props] = stored_inputs,
    after_write: Callable[[Operation, InventoryItem], None] | None = None,
) -> ArmResourceType:
    """Builds the `ArmResourceType` of one ARM type.

    path: template of the id. outputs: those in addition to ARM's common ones.
    replace_on_changes: those in addition to the path's names and the location. azure-native takes them from the API's
    `x-ms-mutability` and its own list (pulumi-azure-native provider/pkg/gen/replacement.go, 2026-08).
    always_exists: the object exists from the start (`default` services), so a create is never rejected as a duplicate.
    Auto-naming: logical name + 8 hexadecimal digits at top level, the logical name alone inside a parent. Nothing is
    truncated or cleaned, so Azure may reject the generated name of a storage account.
    """
    arm = ArmPath(path)
    naming = None
    if arm.name_property:
        naming = Naming(arm.name_property, separator="", digits=0 if arm.is_nested else 8, unless=())
    return ArmResourceType(
        path=arm,
        token=f"azure-native:{token}",
        id=lambda op: arm.fill(op.inputs),
        naming=naming,
        outputs={**_COMMON, "name": _name_output(arm), "type": arm.type, **(outputs or {})},
        nested_outputs={**_IDENTITY, **(nested_outputs or {})},
        handles=("{uuid}", *handles),
        replace_on_changes=(*arm.properties, "location", *replace_on_changes),
        already_exists=None if always_exists else "cannot create already existing resource '{id}'",
        write_rules=write_rules,
        delete_rules=(_not_locked, *delete_rules, _delete_contents),
        used_by=used_by,
        soft_deletes=soft_deletes,
        read_inputs=read_inputs,
        after_write=after_write,
    )


LOCK = "azure-native:authorization:ManagementLockByScope"


def _not_locked(op: Operation) -> str | None:
    """Checks that no lock protects the resource, what it contains, or what contains it.

    A lock `CanNotDelete` is inherited by child resources, and by role assignments of its scope (learn.microsoft.com,
    lock-resources, 2026-11-26).
    """
    own = op.variables["id"].lower()
    for lock in op.state.find(LOCK):
        scope = get_str(lock.inputs, "scope").lower()
        if lock.id.lower() != own and (f"{own}/".startswith(f"{scope}/") or scope.startswith(f"{own}/")):
            return arm_error(
                409,
                "ScopeLocked",
                f"The scope '{op.variables['id']}' cannot perform delete operation because following scope(s) are "
                f"locked: '{get_str(lock.inputs, 'scope')}'. Please remove the lock and try again.",
            )
    return None


def _delete_contents(op: Operation) -> str | None:
    """Deletes the contents of a resource, as ARM does: the keys of a vault, the pools of a cluster, all of a resource
    group. Must be the last delete rule, because it changes the state.
    """
    for item in op.state.children(op.variables["id"]):
        op.state.delete(item)
    return None


_COMMON: Mapping[str, Json] = {
    "provisioningState": "Succeeded",
    "etag": 'W/"{uuid}"',
    "eTag": "{uuid}",
    "resourceGuid": "{uuid}",
    "azureApiVersion": "",
    "systemData": {
        "createdBy": CLIENT,
        "createdByType": "Application",
        "lastModifiedBy": CLIENT,
        "lastModifiedByType": "Application",
    },
}


_IDENTITY: Mapping[str, Json] = {"identity": {"principalId": "{uuid}", "tenantId": TENANT}}
"""The identity of a resource. Its principal id is a handle of the resource."""


def _name_output(arm: ArmPath) -> str:
    return "{name}" if arm.name_property else arm.template.rsplit("/", 1)[-1]


def default_path(token: str, names: Mapping[str, bool]) -> str:
    """Builds a plausible path for a type without a description: `Microsoft.Redis/redis/{name}` for
    `azure-native:redis:Redis`.

    names: the type's inputs, and whether each is required. Required ones called `somethingName` are parents.
    """
    _, module, kind = token.split(":")
    name_input = _name_input(kind, names)
    required_names = [
        name for name, required in names.items() if required and name not in ("resourceGroupName", name_input)
    ]
    parents = [name.removesuffix("Name") for name in required_names if name.endswith("Name")]
    parent_path = "".join(f"{_plural(parent)}/{{{parent}Name}}/" for parent in parents)
    namespace = module[:1].upper() + module[1:]
    group = GROUP if "resourceGroupName" in names else "/subscriptions/{subscriptionId}"
    return (
        f"{group}/providers/Microsoft.{namespace}/{parent_path}{_plural(kind[:1].lower() + kind[1:])}/{{{name_input}}}"
    )


def _name_input(kind: str, names: Mapping[str, bool]) -> str:
    """Returns the input that names the resource itself: the one called after the type, otherwise the last optional one
    called `somethingName`.
    """
    folded = {name.lower(): name for name in names}
    optional = [name for name, required in names.items() if not required and name.lower().endswith("name")]
    return folded.get(f"{kind.lower()}name") or folded.get("name") or (optional[-1] if optional else "name")


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith("s") else "s")


def resource_group_of(id_: str) -> str:
    """Returns the name of the resource group in an id, or ""."""
    match = re.search(r"/resourceGroups/([^/]+)", id_, flags=re.IGNORECASE)
    return match.group(1) if match else ""


def handle_of(value: str) -> str | None:
    """Returns the handle that a string inside inputs refers to. Ids and URLs of vaults and keys become lower case, as
    Azure compares them.
    """
    folded = value.rstrip("/").lower()
    if folded.startswith("/subscriptions/") or re.match(_KEY_URL, folded):
        return folded
    return folded if _GUID.fullmatch(folded) else None


_KEY_URL = r"https://[a-z0-9-]+\.(vault|managedhsm)\.azure\.net(/keys/|$)"
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
