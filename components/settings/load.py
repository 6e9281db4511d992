"""Loads the settings of a stack: validates them as a whole and reports all problems at once.

Only this module reads `pulumi.Config`, except for one secret that `build/onprem.py` reads. Unknown keys are refused.
"""

from collections.abc import Callable
from typing import TypeVar

import pulumi
from pulumi.runtime import is_config_secret
from pydantic import BaseModel, ValidationError

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.problems import Problem, problems_of
from falaj.components.core.validation.raw import as_mapping
from falaj.components.settings import tenant_stack
from falaj.components.settings.checks.arguments import argument_problems, tenant_argument_problems
from falaj.components.settings.checks.capacity import capacity_problems
from falaj.components.settings.checks.commitments import commitment_problems
from falaj.components.settings.checks.endpoint_pickers import endpoint_picker_problems
from falaj.components.settings.checks.gpu_totals import gpu_total_problems
from falaj.components.settings.checks.image_volumes import image_volume_problems
from falaj.components.settings.checks.stack import cross_problems, owner_problems, replication_problems
from falaj.components.settings.checks.tenant_access import tenant_access_problems
from falaj.components.settings.checks.tenant_stack import tenant_stack_problems
from falaj.components.settings.checks.workloads import workload_problems
from falaj.components.settings.config_references import NAMESPACE, resolve, unresolved
from falaj.components.settings.sites import SitePlacementSettings
from falaj.components.settings.stack import CONFIG_KEY, Settings
from falaj.components.settings.tenant_stack import TenantStackSettings
from falaj.components.settings.values import value_problems
from falaj.facts.rows import BadRow

T = TypeVar("T")
COPY_KEY = (
    "copy the key from another stack file or from a template (https://git.example.ae/falaj/falaj/docs/templates.md)"
)


class SettingsRefused(pulumi.RunError):
    """Raised for settings that cannot be deployed. `problems` has one entry for each problem to fix."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        count = f"{len(problems)} problem" + ("s" if len(problems) > 1 else "")
        super().__init__(f"{count} in the stack's settings:\n" + "\n".join(f"  - {problem}" for problem in problems))


def load_platform() -> Settings:
    """Returns the settings of the running stack. Raises `SettingsRefused` if they are missing or invalid."""
    raw = _read(CONFIG_KEY, "the platform's settings", COPY_KEY)
    return _validated(platform_settings, raw)


def load_tenant_stack() -> TenantStackSettings:
    """Returns the settings of a tenant's own stack. Raises `SettingsRefused` if they are missing or invalid."""
    raw = _read(tenant_stack.CONFIG_KEY, "the tenant's settings", COPY_KEY)
    return _validated(tenant_stack_settings, raw)


def _validated(validate: Callable[[object], T], raw: object) -> T:
    """Returns the validated settings. Raises `RunError`, which the engine shows in one sentence, for an invalid fact
    file of this package."""
    try:
        return validate(raw)
    except BadRow as error:
        raise pulumi.RunError(str(error)) from None


def _read(key: str, allowed: str, fix: str) -> object:
    """Returns the value of `falaj:<key>` of the running stack. Raises `SettingsRefused` if there is none."""
    config = pulumi.Config(NAMESPACE)
    raw = config.get_object(key)
    if raw is None:
        raise SettingsRefused([Problem(f"{NAMESPACE}:{key}", None, allowed, fix)])
    return resolve(raw, lambda name: None if is_config_secret(config.full_key(name)) else config.get(name))


def _refuse_unusable(raw: object, key: str) -> None:
    """Raises `SettingsRefused` for references without a value, and for values that no field takes."""
    if problems := [*unresolved(raw, key), *value_problems(raw, key)]:
        raise SettingsRefused(problems)


def platform_settings(raw: object) -> Settings:
    """Validates the value of `falaj:platform`. Raises `SettingsRefused` with every problem found."""
    _refuse_unusable(raw, CONFIG_KEY)
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        # Invalid fields must not hide cross-field problems: check the sites that can be read.
        problems = problems_of(error, CONFIG_KEY, Settings)
        problems += cross_problems(_readable_sites(raw), _readable_tags(raw), CONFIG_KEY)
        raise SettingsRefused(problems) from None
    if problems := _platform_problems(settings):
        raise SettingsRefused(problems)
    return settings


def _platform_problems(settings: Settings) -> list[Problem]:
    """Returns the problems of settings whose fields are valid: first of each part, then of what depends on it."""
    problems = cross_problems(settings.sites, settings.tags, CONFIG_KEY)
    has_invalid_site = bool(problems)
    problems += (*owner_problems(settings, CONFIG_KEY), *replication_problems(settings, CONFIG_KEY))
    if has_invalid_site:
        # An invalid site would cause many further problems of the workloads on it.
        return problems
    problems += (
        *workload_problems(settings, CONFIG_KEY),
        *tenant_access_problems(settings, CONFIG_KEY),
        *endpoint_picker_problems(settings, CONFIG_KEY),
        *capacity_problems(settings, CONFIG_KEY),
        *gpu_total_problems(settings, CONFIG_KEY),
        *commitment_problems(settings, CONFIG_KEY),
    )
    versions = {name: site.kubernetes_version for name, site in (settings.sites | settings.onprem).items()}
    for name, tenant in settings.tenants.items():
        problems += image_volume_problems(tenant, versions, f"{CONFIG_KEY}.tenants.{name}")
    reported = {problem.path for problem in problems}
    return [*problems, *(item for item in argument_problems(settings, CONFIG_KEY) if item.path not in reported)]


def tenant_stack_settings(raw: object) -> TenantStackSettings:
    """Validates the value of `falaj:tenant`. Raises `SettingsRefused` with every problem found."""
    _refuse_unusable(raw, tenant_stack.CONFIG_KEY)
    try:
        settings = TenantStackSettings.model_validate(raw)
    except ValidationError as error:
        raise SettingsRefused(problems_of(error, tenant_stack.CONFIG_KEY, TenantStackSettings)) from None
    problems = tenant_stack_problems(settings) or [*tenant_argument_problems(settings, tenant_stack.CONFIG_KEY)]
    if problems:
        raise SettingsRefused(problems)
    return settings


def _readable_tags(raw: object) -> dict[str, str]:
    """Returns the tags of invalid settings that can be read."""
    tags = as_mapping(as_mapping(raw).get("tags"))
    return {key: value for key, value in tags.items() if isinstance(value, str)}


def _readable_sites(raw: object) -> dict[str, SitePlacementSettings]:
    """Returns the sites of invalid settings whose placement is valid, each with its valid pools."""
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
