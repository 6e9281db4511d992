"""The platform that the settings of the stack, Pulumi.<stack>.yaml, describe."""

import pulumi

from falaj.components.build import platform
from falaj.components.settings.load import load_platform

pulumi.export("sites", platform.build(load_platform()))
