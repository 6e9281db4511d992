"""Values that a site gets from the rest of the platform, common to all clouds and by cloud."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from falaj.components.core.accounts.aws_accounts import RoleArn
from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.money.budgets import FirstOfMonth
from falaj.components.core.money.cost_datasets import CostDataset
from falaj.components.core.validation.args import Choice, Input, Spec, default
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags


class CommonSiteContext(Spec):
    """Values that a site on any cloud gets from the rest of the platform."""

    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied to all taggable resources."""
    aed_per_usd: float = set_once("aed_per_usd", gt=0)
    """Exchange rate in AED per USD for the conversion of budgets."""
    tenant_budgets: Mapping[str, BudgetSpec] = Field(default={})
    """Monthly budgets of tenants with node pools in this site, by tenant."""
    alarm_topic: Input[str] | None = None
    """Topic for notifications of budgets and alarms, such as that of `FinOps`; a separate topic per budget if
    absent."""


class AwsSiteContext(Spec):
    """Values that only sites on AWS get from the rest of the platform."""

    vault_readers: Mapping[str, Sequence[Input[str]]] = Field(default={})
    """ARNs of roles that may also access a network-restricted vault from `reader_addresses` or `reader_endpoints`, by
    purpose."""
    reader_addresses: Sequence[Input[str]] = ()
    """Public IP addresses from which `vault_readers` connect."""
    reader_endpoints: Sequence[Input[str]] = ()
    """IDs of S3 VPC endpoints through which `vault_readers` connect, such as that of a private line."""
    email_only: bool = False
    """Whether budgets notify by e-mail only, not through a topic."""
    assumed_role: Input[RoleArn] | None = None
    """ARN of the role that the site's AWS provider assumes (`assume_roles`). The site's Kubernetes provider assumes it
    too, since the cluster knows no other identity. Default: neither assumes a role."""
    load_balancer_controller: bool = False
    """Whether to install the AWS Load Balancer Controller, for the load balancers of gateways."""
    public_load_balancers: bool = False
    """Whether load balancers face the internet; a created network then has a public subnet for them in each zone."""


class AzureSiteContext(Spec):
    """Values that only sites on Azure get from the rest of the platform."""

    keda: bool = True
    """Whether the KEDA add-on of AKS is enabled; set to false if KEDA is installed from its chart."""
    bill_from: Input[FirstOfMonth] | None = None
    """First day of the month, `YYYY-MM-01`, from which the subscription's costs are exported to this site."""
    bill_dataset: Choice[CostDataset] = default(CostDataset.ACTUAL)
    """Format of that export: `ActualCost` (default) or `AmortizedCost`."""


class SiteContext(CommonSiteContext, AwsSiteContext, AzureSiteContext):
    """All values that a site gets from the rest of the platform. Each cloud's `Site` takes those that it declares."""
