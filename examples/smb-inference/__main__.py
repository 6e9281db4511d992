"""Models of small business units on CPUs: spot machines that are there only while somebody asks."""

import pulumi

from falaj.components.build import platform
from falaj.components.settings.load import load_platform

pulumi.export("sites", platform.build(load_platform()))
