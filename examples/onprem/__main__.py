"""A cluster of one's own, with GPUs that are paid already; what they do not hold goes to spot machines of a cloud."""

import pulumi

from falaj.components.build import platform
from falaj.components.settings.load import load_platform

pulumi.export("sites", platform.build(load_platform()))
