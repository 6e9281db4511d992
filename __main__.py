"""The platform of one stack: load its settings, build it, export what others need."""

import pulumi

from components import platform, settings

pulumi.export("sites", platform.build(settings.load()))
