"""Large models on GPUs of Azure: one replica kept warm, keys and logs in the country."""

import pulumi

from falaj.components.build import platform
from falaj.components.settings.load import load_platform

pulumi.export("sites", platform.build(load_platform()))
