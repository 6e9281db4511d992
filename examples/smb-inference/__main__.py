"""Models of small business units on CPUs: spot machines that are there only while somebody asks."""

import pulumi

from components import platform, settings

pulumi.export("sites", platform.build(settings.load()))
