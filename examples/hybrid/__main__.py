"""Two clouds in one country: training where spot is cheap, serving where the other cloud carries on alone."""

import pulumi

from components import platform, settings

pulumi.export("sites", platform.build(settings.load()))
