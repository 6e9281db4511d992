"""From what a stack file says to its settings: validated as a whole, with every problem reported at once.

This module is the only reader of `pulumi.Config` (`build/onprem.py` reads one secret). Unknown keys are refused.
"""

import pulumi
from pydantic import BaseModel, ValidationError

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.problems import Problem, problems_of
from falaj.components.core.validation.raw import as_mapping
from falaj.components.settings import tenant_stack
from falaj.components.settings.checks.arguments import argument_problems, tenant_argument_problems
from falaj.components.settings.checks.stack import cross_problems, owner_problems, replication_problems
from falaj.components.settings.checks.tenant_stack import tenant_stack_problems
from falaj.components.settings.checks.workloads import workload_problems
from falaj.components.settings.sites import SitePlacementSettings
from falaj.components.settings.stack import CONFIG_KEY, Settings
from falaj.components.settings.tenant_stack import TenantStackSettings


class SettingsRefused(pulumi.RunError):
    """A stack file that cannot be deployed; `problems` has one entry for each thing to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        count = f"{len(problems)} problem" + ("s" if len(problems) > 1 else "")
        super().__init__(f"{count} in the stack's settings:\n" + "\n".join(f"  - {p}" for p in problems))


def load_platform() -> Settings:
    """The running stack's settings. Raises `SettingsRefused`; a missing key is one of the problems."""
    return platform_settings(_read(CONFIG_KEY, "the platform's settings", "copy the key from Pulumi.dev.yaml"))


def load_tenant_stack() -> TenantStackSettings:
    """The settings of a tenant's own stack. Raises `SettingsRefused`; a missing key is one of the problems."""
    raw = _read(tenant_stack.CONFIG_KEY, "the tenant's settings", "copy the key from examples/tenant")
    return tenant_stack_settings(raw)


def _read(key: str, allowed: str, fix: str) -> object:
    """The value of `falaj:<key>` of the running stack. Raises `SettingsRefused` if there is none."""
    raw = pulumi.Config("falaj").get_object(key)
    if raw is None:
        raise SettingsRefused([Problem(f"falaj:{key}", None, allowed, fix)])
    return raw


def platform_settings(raw: object) -> Settings:
    """Validate the value of `falaj:platform`. Raises `SettingsRefused` with every problem found."""
    try:
        settings = Settings.model_validate(raw)
        problems, sites = [], settings.sites
    except ValidationError as refused:
        # What is wrong in one place must not hide what is wrong elsewhere: look across what can be read.
        settings, problems, sites = None, problems_of(refused, CONFIG_KEY, Settings), _readable_sites(raw)
    tags = _readable_tags(raw)
    problems += cross_problems(sites, tags, CONFIG_KEY)
    if settings is not None:
        problems += (*owner_problems(settings, CONFIG_KEY), *replication_problems(settings, CONFIG_KEY))
    if settings is not None and not problems:
        # Of a wrong site, half the work on it would be wrong too.
        problems += workload_problems(settings, CONFIG_KEY)
    if settings is not None and not problems:
        problems += argument_problems(settings, CONFIG_KEY)
    if problems or settings is None:
        raise SettingsRefused(problems)
    return settings


def tenant_stack_settings(raw: object) -> TenantStackSettings:
    """Validate the value of `falaj:tenant`. Raises `SettingsRefused` with every problem found."""
    try:
        settings = TenantStackSettings.model_validate(raw)
    except ValidationError as refused:
        raise SettingsRefused(problems_of(refused, tenant_stack.CONFIG_KEY, TenantStackSettings)) from None
    problems = tenant_stack_problems(settings) or [*tenant_argument_problems(settings, tenant_stack.CONFIG_KEY)]
    if problems:
        raise SettingsRefused(problems)
    return settings


def _readable_tags(raw: object) -> dict[str, str]:
    """The tags of refused settings that can be read."""
    tags = as_mapping(as_mapping(raw).get("tags"))
    return {key: value for key, value in tags.items() if isinstance(value, str)}


def _readable_sites(raw: object) -> dict[str, SitePlacementSettings]:
    """The sites of refused settings whose placement can be read, each with the pools that can be."""
    sites: dict[str, SitePlacementSettings] = {}
    for name, site in as_mapping(as_mapping(raw).get("sites")).items():
        fields = {key: value for key, value in as_mapping(site).items() if key in SitePlacementSettings.model_fields}
        pools = as_mapping(fields.get("pools"))
        fields["pools"] = {key: pool for key, pool in pools.items() if _is_valid(NodePoolSpec, pool)}
        if _is_valid(SitePlacementSettings, fields):
            sites[str(name)] = SitePlacementSettings.model_validate(fields)
    return sites


def _is_valid(model: type[BaseModel], value: object) -> bool:
    try:
        model.model_validate(value)
    except ValidationError:
        return False
    return True
