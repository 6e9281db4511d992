"""A tenant's ClusterQueue as the controller of quotas reads and writes it, with the standard library alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

from falaj.components.core.tenancy.spend_quota import PricedFlavor, Quota, TenantBudget, expected_aed_per_hour

GPU = "nvidia.com/gpu"
SUFFIXES = {"m": 0.001, "": 1, "k": 1000, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}

FORCED_ANNOTATION = "pulumi.com/patchForce"
"""On a ClusterQueue whose quota is static: the stack takes back the fields that others have changed (pulumi-kubernetes
4.34, provider/pkg/await/await.go `patchForce`), and the controller leaves the queue alone."""

STOPS = ("None", "Hold", "HoldAndDrain")
"""Kueue's stop policies, from none to the strictest."""


@dataclass(frozen=True)
class Tenant:
    """A tenant's budget with what the controller needs to read and write its queue."""

    namespace: str
    budget: TenantBudget
    flavors: Sequence[Mapping[str, Any]]
    static_flavors: Sequence[Mapping[str, Any]]
    """Quotas of flavors that do not follow the spend, as the ClusterQueue has them."""

    @staticmethod
    def of(row: Mapping[str, Any]) -> "Tenant":
        """Returns the tenant of a row of the configuration."""
        keys = PricedFlavor.__dataclass_fields__.keys()
        flavors = [PricedFlavor(**{key: flavor[key] for key in keys}) for flavor in row["flavors"]]
        budget = TenantBudget(row["aed_per_month"], row["hours_per_month"], row["stops"], flavors, row["room"])
        return Tenant(row["namespace"], budget, row["flavors"], row["static_flavors"])

    def spec(self, quota: Quota) -> dict[str, Any]:
        """Returns the fields of the ClusterQueue's spec that follow the spend."""
        flavors = [{"name": flavor["name"], "resources": _resources(flavor, quota)} for flavor in self.flavors]
        group = {"coveredResources": ["cpu", "memory", GPU], "flavors": [*flavors, *self.static_flavors]}
        return {"stopPolicy": quota.stop, "resourceGroups": [group]}

    def quota(self, queue: Mapping[str, Any]) -> Quota:
        """Returns the quota that the ClusterQueue has now."""
        stop = queue["spec"].get("stopPolicy", "None")
        return Quota(self._limits(queue, "nominalQuota"), self._limits(queue, "borrowingLimit"), stop)

    def running(self, queue: Mapping[str, Any]) -> dict[str, int]:
        """Returns the units in use by flavor."""
        return self._units(queue.get("status", {}).get("flavorsReservation", ()), "total")

    def price(self, units: Mapping[str, int], ratio: float) -> float:
        """Returns the price of units by flavor in AED per hour, with the ratio of paid prices to expected ones."""
        return expected_aed_per_hour(self.budget, units) * ratio

    def unraised(self, quota: Quota, queue: Mapping[str, Any]) -> Quota:
        """Returns a quota that starts no more work than the ClusterQueue's own. Prepaid machines keep theirs."""
        now, used = self.quota(queue), self.running(queue)
        units, borrow = dict(quota.units), dict(quota.borrow)
        for flavor in self.budget.flavors:
            name = flavor.name
            if flavor.aed_per_unit_hour:
                own, borrowed = now.units.get(name, 0), now.borrow.get(name, 0)
                units[name] = min(units[name], max(own, used.get(name, 0)))
                borrow[name] = min(borrow[name], max(own + borrowed - units[name], 0))
        return replace(quota, units=units, borrow=borrow, stop=max(quota.stop, now.stop, key=STOPS.index))

    def _limits(self, queue: Mapping[str, Any], key: str) -> dict[str, int]:
        return self._units([flavor for group in queue["spec"]["resourceGroups"] for flavor in group["flavors"]], key)

    def _units(self, flavors: Sequence[Mapping[str, Any]], key: str) -> dict[str, int]:
        return {
            flavor["name"]: ceil(_number(row.get(key, "0")))
            for flavor in flavors
            for row in flavor["resources"]
            if row["name"] == self._counted(flavor["name"])
        }

    def _counted(self, flavor: str) -> str:
        """Returns the resource whose amount is the number of units of a flavor."""
        return GPU if any(row["name"] == flavor and row["unit"]["gpus"] for row in self.flavors) else "cpu"


def _resources(flavor: Mapping[str, Any], quota: Quota) -> list[dict[str, str]]:
    own, borrowed = (_amounts(flavor, units[flavor["name"]]) for units in (quota.units, quota.borrow))
    return [{"name": key, "nominalQuota": own[key], "borrowingLimit": borrowed[key]} for key in own]


def _amounts(flavor: Mapping[str, Any], units: int) -> dict[str, str]:
    return {
        "cpu": str(floor(units * flavor["unit"]["cpu"])),
        "memory": f"{floor(units * flavor['unit']['memory_gib'])}Gi",
        GPU: str(units * flavor["unit"]["gpus"]),
    }


def _number(quantity: str | int) -> float:
    text = str(quantity)
    digits = text.rstrip("kmKMGTi")
    return float(digits) * SUFFIXES[text[len(digits) :]]
