"""Training on GPUs: spot first, on-demand where there is none, checkpoints that outlive the machines."""

import pulumi

from falaj.components.build import platform
from falaj.components.settings.load import load_platform

pulumi.export("sites", platform.build(load_platform()))
