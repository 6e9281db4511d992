"""The platform of one stack: load its settings, build its sites, export what others need."""

import pulumi

from components import settings, sites
from components.cross_checks import warnings

platform = settings.load()

for warning in warnings(platform.sites):
    pulumi.log.warn(warning)

built = {name: sites.build(name, site, platform) for name, site in platform.sites.items()}

pulumi.export("sites", {name: sites.outputs(site) for name, site in built.items()})
