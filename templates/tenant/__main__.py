"""The workloads of one tenant, on the clusters of a platform that another stack has deployed."""

import pulumi

from falaj.components.build import tenant_stack
from falaj.components.settings.load import load_tenant_stack

pulumi.export("services", tenant_stack.build(load_tenant_stack()))
