"""The description of an emulated cloud: its resource types as data, and rules for what data cannot express.

A `CloudSpec` describes one cloud. The generic provider (`provider.py`) does the rest: validation against the SDK's
types, diffs, ids and outputs, and the inventory. A type without a description works too, through
`CloudSpec.default_type`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from falaj.sandbox.clouds.sdk_schema import Schema
from falaj.sandbox.clouds.values import Json, Props


class CloudError(Exception):
    """The cloud rejects a request. The message is the cloud's own, one sentence, without the Pulumi URN."""


@dataclass(frozen=True)
class InventoryItem:
    """One resource that exists in an emulated cloud.

    name: the identity name; unique within (type, scope) for types with `ResourceType.already_exists`.
    scope: where the resource lives: `account/region` on AWS, the id of the resource group or subscription on Azure, the
    cluster's key on Kubernetes.
    inputs, outputs: plain values. A salted hash stands for each secret value.
    created_at: ISO 8601, UTC.
    """

    key: int
    cloud: str
    type: str
    scope: str
    name: str
    id: str
    urn: str
    inputs: Props
    outputs: Props
    created_at: str


class CloudState(Protocol):
    """The existing resources, as rules read and change them. Everything happens in the operation's transaction."""

    def by_handle(self, handle: str) -> InventoryItem | None:
        """Returns the resource with this id, ARN or other handle, or None."""
        ...

    def by_id(self, type: str, id: str, scope: str | None = None) -> InventoryItem | None:
        """Returns the resource of a type with this id. Without a scope the id must be unique, otherwise None."""
        ...

    def find(self, type: str, scope: str | None = None, name: str | None = None) -> list[InventoryItem]:
        """Returns all resources of a type, filtered by scope and identity name, oldest first."""
        ...

    def all_items(self) -> list[InventoryItem]:
        """Returns all resources of the cloud, oldest first."""
        ...

    def find_in_any_cloud(self, type: str) -> list[InventoryItem]:
        """Returns all resources of a type in every cloud, such as the cluster of a Kubernetes API server."""
        ...

    def referrers(self, item: InventoryItem, type: str | None = None) -> list[InventoryItem]:
        """Returns all other resources whose inputs refer to one of this resource's handles."""
        ...

    def soft_deleted(self, type: str, name: str) -> list[InventoryItem]:
        """Returns deleted resources that the cloud retains, by type and identity name (`soft_deletes`)."""
        ...

    def children(self, id: str) -> list[InventoryItem]:
        """Returns all resources whose id lies below this id. Azure deletes them together with their parent."""
        ...

    def delete(self, item: InventoryItem) -> None:
        """Deletes a resource together with another one, such as the contents of a resource group."""
        ...

    def set_outputs(self, item: InventoryItem, outputs: Props) -> None:
        """Replaces the outputs of a resource, such as the latest version of a launch template."""
        ...

    def remember(self, name: str, value: str) -> None:
        """Records a fact about the clouds that no resource shows, such as who created a cluster."""
        ...

    def recall(self, name: str) -> str | None:
        """Returns a recorded fact, or None."""
        ...

    def tamper(self, item: InventoryItem, path: str, value: Json) -> None:
        """Changes one property in inputs and outputs, against what the engine asked for."""
        ...


@dataclass(frozen=True)
class Operation:
    """One create, update or delete, as rules see it.

    inputs: the checked new inputs; for a delete, the stored inputs.
    existing: the resource before an update or delete; None for a create.
    variables: the variables of templates: the top-level string inputs, those of `CloudSpec.template_variables`, `name`,
    `scope`, `now`, `id`, and the random values `hex8`, `hex10`, `hex17`, `hex32`, `uuid`, `digits12`, `host`, which
    stay the same for the life of a resource.
    """

    token: str
    urn: str
    inputs: Props
    config: Props
    scope: str
    name: str
    state: CloudState
    variables: Mapping[str, str]
    existing: InventoryItem | None = None


Rule: TypeAlias = Callable[[Operation], str | None]
"""Returns the cloud's error message, or None if the operation is valid. Unknown values never reach a rule."""


@dataclass(frozen=True)
class Naming:
    """The identity name of a type, and its auto-naming.

    property: path of the identity name (`name`, `bucket`, `metadata.name`).
    auto_named: whether the provider generates an omitted name: `prefix` + logical name + `separator` + `digits`
    hexadecimal digits, with `transform` applied to the logical name, at most `max_length` characters. False: the name
    is required, or the cloud assigns it.
    unless: input properties that suppress auto-naming.
    """

    property: str
    max_length: int = 255
    separator: str = "-"
    digits: int = 7
    prefix: str = ""
    auto_named: bool = True
    transform: Callable[[str], str] = str
    unless: tuple[str, ...] = ("namePrefix",)


@dataclass(frozen=True)
class UsedBy:
    """The resource cannot be deleted while a resource of one of these types refers to it.

    message: template over `Operation.variables`, `{user}` (the name) and `{user_type}`.
    """

    types: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class Parent:
    """A property that names another resource, which must exist. For values that do not look like a reference.

    handle: template over `Operation.variables` and `{value}` (`"eks:{scope}:{value}"`); one of the parent's `handles`.
    missing: the cloud's message if the parent does not exist.
    """

    property: str
    handle: str
    missing: str


def stored_inputs(_: CloudState, item: InventoryItem) -> Props:
    """Returns the inputs with which a resource was written."""
    return item.inputs


@dataclass(frozen=True)
class ResourceType:
    """The behaviour of a resource type beyond its schema.

    Templates are strings over `Operation.variables`, such as `"arn:aws:kms:{region}:{account}:key/{uuid}"`.

    id: template, or a function of the operation.
    naming: the identity name; None if the type has none.
    outputs: top-level output -> template, or a list or mapping of templates; or a function of the operation. A value
    for an input property is the cloud's default; an object is merged under the given one.
    nested_outputs: outputs that are added inside an object only if the object is given (the issuer URL in its profile).
    handles: templates of further names by which other resources refer to it, in addition to `id` and `arn`.
    replace_on_changes: paths whose change replaces the resource.
    normalise: inputs in the form in which a diff compares them.
    read_inputs: inputs as a read returns them, where the cloud adds what others have created.
    already_exists: message if the identity exists in the scope; None if names may repeat.
    unique_by: whether `already_exists` compares the identity name or the id.
    parents: properties that name resources which must exist.
    write_rules: rules of creates and updates; `Operation.existing` tells which.
    delete_rules, used_by: rules of deletes.
    after_write: runs after a create or update, to change other resources.
    soft_deletes: whether the cloud retains the resource, and its name, after a delete.
    computed: paths inside given objects that only the cloud sets.
    changed_by_updates: outputs that every update changes (the latest version of a template).
    secret_outputs: outputs that are always secret.
    enums: path -> allowed values, for enums that the SDK's types lack.
    open_enums: paths whose enum in the SDK is known to be incomplete; every string is valid.
    schema: for types that no SDK has (Kubernetes custom resources); None reads the SDK.
    """

    token: str
    id: str | Callable[[Operation], str] = "{name}"
    naming: Naming | None = None
    outputs: Mapping[str, Json] | Callable[[Operation], Props] = field(default_factory=dict)
    nested_outputs: Mapping[str, Json] = field(default_factory=dict)
    handles: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    normalise: Callable[[Props], Props] = dict
    read_inputs: Callable[[CloudState, InventoryItem], Props] = stored_inputs
    already_exists: str | None = None
    unique_by: Literal["name", "id"] = "name"
    parents: tuple[Parent, ...] = ()
    write_rules: tuple[Rule, ...] = ()
    delete_rules: tuple[Rule, ...] = ()
    used_by: tuple[UsedBy, ...] = ()
    after_write: Callable[[Operation, InventoryItem], None] | None = None
    soft_deletes: Callable[[InventoryItem], bool] | None = None
    computed: tuple[str, ...] = ()
    changed_by_updates: tuple[str, ...] = ()
    secret_outputs: tuple[str, ...] = ()
    enums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_enums: tuple[str, ...] = ()
    schema: Schema | None = None


@dataclass(frozen=True)
class InvokeOperation:
    """One invoke of a provider function: plain arguments, the provider's configuration and the existing resources."""

    token: str
    args: Props
    config: Props
    state: CloudState


@dataclass(frozen=True)
class CheckOperation:
    """One Check call of the engine. `inputs` may hold UNKNOWN; `old` are the previous inputs, empty for a create."""

    token: str
    urn: str
    inputs: Props
    old: Props
    config: Props
    state: CloudState


@dataclass(frozen=True)
class CloudSpec:
    """The description of one emulated cloud.

    name: the plug-in's package (`aws`). sdk: the Python package with its types.
    resource_types: by token. default_type: builds the `ResourceType` of a token that has none.
    scope: where a resource lives, from (token, inputs, config).
    handle_of: the handle that a string inside inputs refers to; None if it is no reference.
    error_message: the provider's sentence for an error: (token, `creating`|`updating`|`deleting`, message) -> sentence.
    check: completes inputs as the provider's Check does (default tags, location); also returns failures as
    (property path, message).
    common_rules: rules of creates and updates of every type; they run before the type's own rules.
    read_rules: rules of reads of existing resources of every type.
    invokes: token -> function. secret_invokes: those whose whole result is secret.
    normalise_token: maps the token of an older or versioned API module to the one in `resource_types`.
    strict_enums: whether values outside the SDK's open enums are rejected.
    template_variables: variables of templates beyond the inputs, from (token, inputs, config).
    config_identity: provider settings whose change replaces the provider and all its resources.
    check_config: failures of the provider's settings as (property, message).
    caller_refused: why the provider does not start with the caller's credentials, from its settings; or None.
    input_defaults: values that the provider assumes for absent inputs, from (token, config): setting one of them
    explicitly is no change.
    preexisting: outputs of a resource that exists without any program, from (token, id, config); None if there is none.
    """

    name: str
    sdk: str
    resource_types: Mapping[str, ResourceType]
    default_type: Callable[[str, Props], ResourceType]
    scope: Callable[[str, Props, Props], str]
    handle_of: Callable[[str], str | None]
    error_message: Callable[[str, str, str], str]
    check: Callable[[CheckOperation], tuple[Props, Sequence[tuple[str, str]]]]
    common_rules: tuple[Rule, ...] = ()
    read_rules: tuple[Rule, ...] = ()
    invokes: Mapping[str, Callable[[InvokeOperation], Props]] = field(default_factory=dict)
    normalise_token: Callable[[str], str] = str
    strict_enums: bool = False
    template_variables: Callable[[str, Props, Props], Mapping[str, str]] = lambda token, inputs, config: {}
    config_identity: tuple[str, ...] = ("region",)
    secret_invokes: frozenset[str] = frozenset()
    check_config: Callable[[Props], Sequence[tuple[str, str]]] = lambda config: ()
    caller_refused: Callable[[Props], str | None] = lambda config: None
    input_defaults: Callable[[str, Props], Props] = lambda token, config: {}
    preexisting: Callable[[str, str, Props], Props | None] = lambda token, id_, config: None
