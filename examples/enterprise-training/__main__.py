"""Training on GPUs: spot first, on-demand where there is none, checkpoints that outlive the machines."""

import pulumi

from components import platform, settings

pulumi.export("sites", platform.build(settings.load()))
