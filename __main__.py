"""Pulumi program of the platform: loads the stack's settings, builds its sites and exports their outputs."""

import pulumi

from falaj.components.build import platform
from falaj.components.settings.load import load_platform

pulumi.export("sites", platform.build(load_platform()))
