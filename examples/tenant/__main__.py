"""One tenant's own stack: its work on the platform's clusters, deployed without waiting for anybody else."""

import pulumi

from falaj.components.build import tenant_stack
from falaj.components.settings.load import load_tenant_stack

pulumi.export("services", tenant_stack.build(load_tenant_stack()))
