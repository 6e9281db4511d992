"""One tenant's own stack: its work on the platform's clusters, deployed without waiting for anybody else."""

import pulumi

from components import settings_tenant_stack, tenant_stack

pulumi.export("services", tenant_stack.build(settings_tenant_stack.load()))
