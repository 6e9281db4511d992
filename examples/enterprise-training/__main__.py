"""Training on GPUs: spot first, on-demand where there is none, checkpoints that outlive the machines."""

import pulumi

from components import platform, settings, sites
from components.cross_checks import warnings

said = settings.load()

for warning in warnings(said.sites):
    pulumi.log.warn(warning)

pulumi.export("sites", {name: sites.outputs(site) for name, site in platform.build(said).items()})
