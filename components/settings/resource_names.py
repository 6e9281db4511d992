"""Names that sites and workloads get in Pulumi, for the deployment and for the check that they are unique."""

FINOPS = "finops"
"""Name of the resources that monitor the cost of a whole account or subscription."""


def component_name(site: str, workload: str) -> str:
    """Returns the name of a workload's component; services on two sites may have the same name."""
    return f"{site}-{workload}"


def tracking_name(tenant: str) -> str:
    """Returns the name of a tenant's tracking server among the workloads of a site."""
    return f"{tenant}-tracking"


def access_name(component: str) -> str:
    """Returns the name of the component that grants a workload access to vaults."""
    return f"{component}-access"
