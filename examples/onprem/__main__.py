"""A cluster of one's own, with GPUs that are paid already; what they do not hold goes to spot machines of a cloud."""

import pulumi

from components import platform, settings

pulumi.export("sites", platform.build(settings.load()))
