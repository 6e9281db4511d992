"""Two clouds in one country: training where spot is cheap, serving where the other cloud carries on alone."""

import pulumi

from components import platform, settings, sites
from components.cross_checks import warnings

said = settings.load()

for warning in warnings(said.sites):
    pulumi.log.warn(warning)

pulumi.export("sites", {name: sites.outputs(site) for name, site in platform.build(said).items()})
