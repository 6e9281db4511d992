"""What an emulated cloud is made of: rows of data about resource types, and small rules where data cannot say
it.

A `CloudSpec` describes one cloud; the generic provider (`provider.py`) does the rest: checking against the
SDK's types, differences, ids and outputs, the inventory. Types without a row work too, through
`CloudSpec.default_row`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from falaj.sandbox.clouds.schema import Schema
from falaj.sandbox.clouds.values import Json, Props


class Refused(Exception):
    """The cloud says no. The message is the cloud's own, one sentence, without the Pulumi URN."""


@dataclass(frozen=True)
class Resource:
    """One thing that exists in an emulated cloud. `name` is the identity name, unique in (type, scope) where
    a row says so.

    `scope` is where it lives: `account/region` for AWS, the resource group's or subscription's id for Azure,
    the cluster's key for Kubernetes. `inputs` and `outputs` are plain; secret values are replaced by a salted
    hash.
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


class World(Protocol):
    """What exists, as a rule may ask for it. All of it is inside the transaction of the running call."""

    def by_handle(self, handle: str) -> Resource | None:
        """The resource known by this id, ARN or other handle; None where there is none."""
        ...

    def by_id(self, type: str, id: str, scope: str | None = None) -> Resource | None:
        """The resource of a type with this id; without a scope it must be the only one of that id."""
        ...

    def find(self, type: str, scope: str | None = None, name: str | None = None) -> list[Resource]:
        """Every resource of a type, narrowed by scope and identity name, oldest first."""
        ...

    def everything(self) -> list[Resource]:
        """Every resource of the cloud, oldest first."""
        ...

    def in_any_cloud(self, type: str) -> list[Resource]:
        """Every resource of a type, in whichever cloud: the API server of a cluster belongs to another one."""
        ...

    def referring(self, resource: Resource, type: str | None = None) -> list[Resource]:
        """Every other resource whose inputs mention one of this resource's handles."""
        ...

    def buried(self, type: str, name: str) -> list[Resource]:
        """Deleted resources of a type and identity name that the cloud still keeps (see `Row.buries`)."""
        ...

    def inside(self, id: str) -> list[Resource]:
        """Every resource whose id lies under another id, as Azure's do: what goes when that one goes."""
        ...

    def drop(self, resource: Resource) -> None:
        """Forget a resource that goes with another one (what a deleted resource group holds)."""
        ...

    def edit(self, resource: Resource, outputs: Props) -> None:
        """Replace the outputs of another resource (a parent's default route table, a cluster's add-ons)."""
        ...


@dataclass(frozen=True)
class Call:
    """One create, update or delete as the rules see it.

    `inputs` are the checked new inputs (the stored ones when deleting); `existing` the resource before an
    update or delete. `facts` is what templates may name: the top-level string inputs, `name`, `region`,
    `account`, `scope`, `hex8`, `hex17`, `hex32`, `uuid`, `digits12`, `now` (randoms are fixed for one
    resource), then `id`.
    """

    token: str
    urn: str
    inputs: Props
    config: Props
    scope: str
    name: str
    world: World
    facts: Mapping[str, str]
    existing: Resource | None = None


Rule: TypeAlias = Callable[[Call], str | None]
"""A refusal: the cloud's message, or None where it agrees. Never called with unknown values."""


@dataclass(frozen=True)
class Naming:
    """How a type is named, and how the real provider invents a name that was left out.

    `property` is the path of the identity name (`name`, `bucket`, `metadata.name`). An invented name is
    `prefix` + logical name + `separator` + `digits` hexadecimal digits, transformed and cut to `longest`.
    `invented=False`: required, or left to the cloud.
    """

    property: str
    longest: int = 255
    separator: str = "-"
    digits: int = 7
    prefix: str = ""
    invented: bool = True
    transform: Callable[[str], str] = str
    unless: tuple[str, ...] = ("namePrefix",)


@dataclass(frozen=True)
class InUse:
    """A resource may not be deleted while one of these types refers to it. `{id}`, `{name}`, `{user}`,
    `{user_type}` in the message.
    """

    types: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class Parent:
    """A property that names another resource which must exist, where the value alone does not look like a
    reference.

    `handle` is a template over `Call.facts` and `{value}` (`"eks:{scope}:{value}"`), one of the parent row's
    `handles`; `missing` the cloud's message when nothing is known by it.
    """

    property: str
    handle: str
    missing: str


@dataclass(frozen=True)
class Row:
    """What an emulated cloud knows of one resource type beyond its schema.

    id, outputs, handles: templates over `Call.facts` (`"arn:aws:kms:{region}:{account}:key/{uuid}"`), or a
    function of the call for what a template cannot say. `outputs` keys are top-level; a nested value is a
    dict or list of templates. An output template whose key is an input property is the cloud's default for it; an
    object completes the one that was given. `inside` is what the cloud adds inside an object only where that object
    was given (an issuer's URL in its profile). `replace` lists the paths whose change makes a new resource. `taken`
    is the message when (type, scope, name) exists already; None means names may repeat. `handles` are further names
    by which others refer to it, beside `id` and `arn`. `in_use` and `deleting` refuse deletes, `creating` creates and
    updates (`Call.existing` tells which). `after` runs once it exists, to change other resources. `buries` tells
    whether the cloud keeps the name after a delete (soft delete). `computed` are paths inside given objects that only
    the cloud fills; `renewed` are outputs that every update changes (a template's latest version). `secret` are outputs
    always kept secret. `enums` adds allowed values that the SDK's types do not carry: path -> values. `unlisted` are
    paths whose SDK enum is known to be incomplete, so that any string passes.
    `schema` is for types that no SDK carries (Kubernetes custom resources); None reads it from the SDK.
    """

    token: str
    id: str | Callable[[Call], str] = "{name}"
    naming: Naming | None = None
    outputs: Mapping[str, Json] | Callable[[Call], Props] = field(default_factory=dict)
    inside: Mapping[str, Json] = field(default_factory=dict)
    handles: tuple[str, ...] = ()
    replace: tuple[str, ...] = ()
    taken: str | None = None
    unique_by: Literal["name", "id"] = "name"
    parents: tuple[Parent, ...] = ()
    creating: tuple[Rule, ...] = ()
    deleting: tuple[Rule, ...] = ()
    in_use: tuple[InUse, ...] = ()
    after: Callable[[Call, Resource], None] | None = None
    buries: Callable[[Resource], bool] | None = None
    computed: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    enums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unlisted: tuple[str, ...] = ()
    schema: Schema | None = None


@dataclass(frozen=True)
class InvokeCall:
    """One function call of a program: its plain arguments, the provider's configuration and what exists."""

    token: str
    args: Props
    config: Props
    world: World


@dataclass(frozen=True)
class CheckCall:
    """One Check as the cloud sees it: `inputs` may hold UNKNOWN; `old` are the previous inputs, empty on
    create.
    """

    token: str
    urn: str
    inputs: Props
    old: Props
    config: Props
    world: World


@dataclass(frozen=True)
class CloudSpec:
    """One emulated cloud.

    name: the plug-in's package (`aws`). sdk: the Python package that carries its types. `normalise` maps the
    tokens of older or versioned API modules to the one a row is kept under. `check` completes inputs as the
    provider's Check does (default tags, location) and may say what is wrong as (property path, message).
    `scope`: where a resource lives, from its inputs and the provider's configuration. `default_row` makes the
    row of a type that has none. `generic` rules run before a row's own on create and update. `refers` tells
    which strings inside inputs are references to other resources (normalised to handles), or None.
    `strict_enums`: values outside the SDK's open enums are refused. `facts`: what templates may name beyond
    the inputs, from (token, inputs, config). `config_identity`: changes of these provider settings replace
    the provider and all it holds. `secret_answers`: the invokes whose whole answer is secret. `failed` words
    a refusal for the user: (token, `creating`|`updating`|`deleting`, message) -> sentence. `standing`: what is
    there though no program made it, from (token, id, config) to outputs, or None.
    """

    name: str
    sdk: str
    rows: Mapping[str, Row]
    default_row: Callable[[str, Props], Row]
    scope: Callable[[str, Props, Props], str]
    refers: Callable[[str], str | None]
    failed: Callable[[str, str, str], str]
    check: Callable[[CheckCall], tuple[Props, Sequence[tuple[str, str]]]]
    generic: tuple[Rule, ...] = ()
    invokes: Mapping[str, Callable[[InvokeCall], Props]] = field(default_factory=dict)
    normalise: Callable[[str], str] = str
    strict_enums: bool = False
    facts: Callable[[str, Props, Props], Mapping[str, str]] = lambda token, inputs, config: {}
    config_identity: tuple[str, ...] = ("region",)
    secret_answers: frozenset[str] = frozenset()
    check_config: Callable[[Props], Sequence[tuple[str, str]]] = lambda config: ()
    standing: Callable[[str, str, Props], Props | None] = lambda token, id_, config: None
