"""The platform of one stack: load its settings, build it, export what others need."""

import pulumi

from falaj.components.build import platform
from falaj.components.settings.load import load_platform

pulumi.export("sites", platform.build(load_platform()))
