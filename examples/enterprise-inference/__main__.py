"""Large models on GPUs of Azure: one replica kept warm, keys and logs in the country."""

import pulumi

from components import platform, settings

pulumi.export("sites", platform.build(settings.load()))
