"""Two clouds in one country: training where spot is cheap, serving where the other cloud carries on alone."""

import pulumi

from falaj.components.build import platform
from falaj.components.settings.load import load_platform

pulumi.export("sites", platform.build(load_platform()))
