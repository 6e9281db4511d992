"""Arguments of a `Site` on a cloud: the site's specification, and its context in the platform."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from falaj.components.core.money.budget_spec import conversion_problems
from falaj.components.core.site.checks import site_problems
from falaj.components.core.site.contexts import CommonSiteContext, SiteContext
from falaj.components.core.site.rules import rules_of
from falaj.components.core.site.specs import NetworkSpec, SiteSpec
from falaj.components.core.validation.args import Args
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem, below
from falaj.facts.clouds import Cloud
from falaj.facts.regions import REGIONS


class SiteArgs(CommonSiteContext, SiteSpec, Args):
    """Arguments of a `Site` on a cloud."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        **{field: f"network.{field}" for field in NetworkSpec.model_fields},
        **{field: f"azure.{field}" for field in ("hsm", "defender", "azure_policy")},
        **{field: f"aws.{field}" for field in ("budget_stop", "addon_versions", "private_access_cidrs")},
        "storage.scratch_gib": "aws.scratch_gib",
        "storage.backup": "aws.backup",
        "storage.geo_redundant": "azure.geo_redundant",
    }

    def _problems(self) -> Iterable[Problem]:
        cloud = REGIONS[self.region].cloud
        return (
            *self._vault_problems(),
            *site_problems(self, cloud, self.tags),
            *self._budget_problems(cloud),
            *self._sleep_problems(cloud),
        )

    def _budget_problems(self, cloud: Cloud) -> Iterator[Problem]:
        problems = list(conversion_problems(self.budget, self.aed_per_usd))
        if not problems and self.alarm_topic is not None:
            problems += rules_of(cloud).watched_budget_problems(self.budget)
        yield from below("budget", problems)
        for tenant, budget in self.tenant_budgets.items():
            yield from below(f"tenant_budgets.{tenant}", conversion_problems(budget, self.aed_per_usd))

    def _sleep_problems(self, cloud: Cloud) -> Iterator[Problem]:
        if self.sleeps:
            yield from below("office_hours", rules_of(cloud).sleep_problems(self.office_hours))

    def _vault_problems(self) -> Iterator[Problem]:
        if len(set(self.vaults)) != len(self.vaults):
            given = [purpose.value for purpose in self.vaults]
            yield Problem("vaults", given, "each purpose once", "remove the repeated purpose")

    @property
    def first_system_pool(self) -> str:
        """Name of the first pool of profile `system`, in the order of declaration."""
        return next(name for name, pool in self.pools.items() if pool.profile is Profile.SYSTEM)


T = TypeVar("T", bound=SiteArgs)


def site_args(declared: type[T], spec: SiteSpec, context: SiteContext) -> T:
    """Combines a site's settings and its context into the arguments of its component, which takes the fields that it
    declares. Raises `BadArguments`."""
    fields: dict[str, Any] = {}
    for source in (spec, context):
        for name in sorted(type(source).model_fields.keys() & declared.model_fields.keys()):
            fields[name] = getattr(source, name)
    return declared(**fields)
