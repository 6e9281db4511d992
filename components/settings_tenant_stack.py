"""What the stack of one tenant says: which platform it leans on, and what the tenant runs there."""

from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from components.core.problems import Problem, problems_of
from components.core.tags import tag_problems
from components.core.versions import KubernetesVersion
from components.settings import SettingsRefused, read
from components.settings_sites import Surface
from components.settings_tenants import TenantWork
from components.settings_types import Block, CostTags, SiteName, TenantName
from components.workload_checks import of_cloud, repeated, tenant_work_problems

CONFIG_KEY = "tenant"


class TenantSiteSettings(Surface):
    """A site of the platform, as its own stack says it: pools that the tenant may use, vaults, and the way in."""

    kubernetes_version: KubernetesVersion
    """Kubernetes minor version of the cluster."""
    cidr: Block
    """The site's block."""
    queue: bool = False
    """Whether the platform gives the tenant a queue there."""
    image_mirror: str | None = None
    """Where images of others lie."""


class TenantStackSettings(TenantWork):
    """All that a tenant's stack says. Its space, quota and queue are the platform's to give."""

    platform: Annotated[str, StringConstraints(pattern=r"^[\w.-]+/[\w.-]+/[\w.-]+$")]
    """The platform's stack, `organization/project/stack`."""
    name: TenantName
    """The tenant, as the platform calls it."""
    tags: CostTags
    """The mandatory cost tags."""
    sites: Annotated[dict[SiteName, TenantSiteSettings], Field(min_length=1)]
    """Sites of the platform in which the tenant has a space, by name."""

    @classmethod
    def of(cls, raw: object) -> "TenantStackSettings":
        """Validate what a stack file says. Raises `SettingsRefused` with every problem found."""
        try:
            settings = cls.model_validate(raw)
        except ValidationError as refused:
            raise SettingsRefused(problems_of(refused, CONFIG_KEY)) from None
        if problems := settings.problems():
            raise SettingsRefused(problems)
        return settings

    def problems(self) -> list[Problem]:
        """What is wrong across the parts."""
        grounds = {name: of_cloud(site) for name, site in self.sites.items()}
        work = tenant_work_problems(self.name, self, grounds, dict.fromkeys(self.sites))
        found = [Problem(f"{CONFIG_KEY}.{one.path}", one.given, one.allowed, one.fix) for one in work]
        for one in repeated({self.name: self}):
            path = one.path.replace(self.name, CONFIG_KEY, 1)
            found.append(Problem(path, one.given, one.allowed, one.fix))
        return found + tag_problems(self.tags, f"{CONFIG_KEY}.tags")


def load() -> TenantStackSettings:
    """The running stack's settings. Raises `SettingsRefused`; a missing key is one of the problems."""
    return TenantStackSettings.of(read(CONFIG_KEY, "the tenant's settings", "copy the key from examples/tenant"))
