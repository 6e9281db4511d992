"""Storage classes of the clusters of a plan: which driver creates the volume of a claim, and with which parameters."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from falaj.finops.lines import Charge
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_str
from falaj.finops.work.pod_groups import name_of

CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
_PATCH = f"{CLASS}Patch"
_ATTRIBUTES = "kubernetes:storage.k8s.io/v1:VolumeAttributesClass"
_DEFAULT_MARKS = ("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class")
_PARAMETERS = "parameters"


class UnknownClass(LookupError):
    """The class of a claim, or what its volumes cost, is not known; the message gives the reason."""


@dataclass(frozen=True)
class VolumeClass:
    """A storage class, or the attributes that a VolumeAttributesClass changes. The keys of `parameters` are in lower
    case: drivers do not distinguish case. The value of the key `parameters` is unknown if all of them are.
    """

    name: str
    provisioner: str
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    is_default: bool = False


@dataclass(frozen=True)
class VolumeDriver:
    """What volumes of a driver cost. `charges` returns the charges of one volume from the parameters of its class and
    its size in GiB; `deciding` are the parameters, in lower case, that it reads. `snapshot` are service and SKU of
    snapshots; None if their cost is not known.
    """

    charges: Callable[[Mapping[str, Any], Decimal], tuple[Charge, ...]]
    deciding: tuple[str, ...] = ()
    snapshot: tuple[str, str] | None = None

    def unknown(self, parameters: Mapping[str, Any]) -> list[str]:
        """Returns the deciding parameters that are known only after the update."""
        return [key for key in (_PARAMETERS, *self.deciding) if parameters.get(key) is UNKNOWN]


def counted_elsewhere(parameters: Mapping[str, Any], size_gib: Decimal) -> tuple[Charge, ...]:
    """Returns no charges: what such claims use is a part of a file system, share or disk that has its own."""
    return ()


@dataclass(frozen=True)
class SiteClasses:
    """The classes of a site: those of the plan, those that its cluster comes with, and VolumeAttributesClasses.
    `has_cluster` says that the plan has the cluster, so that nobody else decides its default class.
    """

    planned: Mapping[str, VolumeClass]
    built_in: Mapping[str, VolumeClass]
    attributes: Mapping[str, VolumeClass]
    has_cluster: bool

    def get(self, name: str) -> VolumeClass:
        """Returns the class of a name; raises `UnknownClass`."""
        found = self.planned.get(name) or self.built_in.get(name)
        if found is None:
            raise UnknownClass(f"storage class {name} is not in the plan")
        return found

    def default(self) -> VolumeClass:
        """Returns the class of claims that name none; raises `UnknownClass`. Kubernetes takes the newest of several
        (Storage Classes, Default StorageClass; read 2026-11-27): one of the plan before those of the new cluster.
        """
        marked = [each for each in self.planned.values() if each.is_default]
        if not marked and self.has_cluster:
            marked = [each for each in self.built_in.values() if each.is_default]
        if len(marked) == 1:
            return marked[0]
        if marked:
            reason = f"several are the default: {', '.join(sorted(each.name for each in marked))}"
        elif self.has_cluster:
            reason = "the cluster has no default class"
        else:
            reason = "the plan does not have the cluster's default class"
        raise UnknownClass(f"it names no storage class, and {reason}")

    def with_attributes(self, found: VolumeClass, name: str) -> VolumeClass:
        """Returns a class with the parameters that a VolumeAttributesClass changes; raises `UnknownClass`."""
        if name not in self.attributes:
            raise UnknownClass(f"volume attributes class {name} is not in the plan")
        return replace(found, parameters={**found.parameters, **self.attributes[name].parameters})


class VolumeClasses:
    """The storage classes of a plan."""

    def __init__(self, context: PricingContext) -> None:
        self._has_cluster = context.clusters
        self._planned: dict[str, dict[str, VolumeClass]] = defaultdict(dict)
        self._attributes: dict[str, dict[str, VolumeClass]] = defaultdict(dict)
        self._patches: dict[str, dict[str, bool]] = defaultdict(dict)
        for item in context.plan.resources:
            if item.type not in (CLASS, _ATTRIBUTES, _PATCH):
                continue
            site, name = context.site(item), name_of(item.props, item.name)
            if item.type == CLASS:
                self._planned[site][name] = _read(item, name, "provisioner")
            elif item.type == _ATTRIBUTES:
                self._attributes[site][name] = _read(item, name, "driverName")
            elif mark := _mark(item):
                self._patches[site][name] = mark == "true"

    def of(self, site: str, built_in: Mapping[str, VolumeClass]) -> SiteClasses:
        """Returns the classes of a site whose cluster comes with some."""
        return SiteClasses(
            planned=self._patched(site, self._planned[site]),
            built_in=self._patched(site, built_in),
            attributes=self._attributes[site],
            has_cluster=site in self._has_cluster,
        )

    def _patched(self, site: str, classes: Mapping[str, VolumeClass]) -> Mapping[str, VolumeClass]:
        patches = self._patches[site]
        return {name: replace(each, is_default=patches.get(name, each.is_default)) for name, each in classes.items()}


def _read(item: Planned, name: str, driver: str) -> VolumeClass:
    stated = item.props.get(_PARAMETERS)
    parameters = {_PARAMETERS: UNKNOWN} if stated is UNKNOWN else get_dict(stated)
    lower = {key.lower(): value for key, value in parameters.items()}
    return VolumeClass(name, get_str(item.props, driver), lower, _mark(item) == "true")


def _mark(item: Planned) -> str:
    """Returns whether an object is marked as the default class, or not; empty if it says neither."""
    annotations = get_dict(item.props, "metadata", "annotations")
    return next((mark for key in _DEFAULT_MARKS if (mark := get_str(annotations, key))), "")
