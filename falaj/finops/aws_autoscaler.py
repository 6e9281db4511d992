"""Whether something changes the size of EKS node groups: nothing but the cluster-autoscaler does.

Karpenter starts nodes of its own, and leaves those of node groups (Karpenter, concepts; read 2026-11-27).
"""

from falaj.finops.charts import RELEASE, chart_of
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict

_DEPLOYMENT = "kubernetes:apps/v1:Deployment"
_NAME = "cluster-autoscaler"
"""Name of its chart, and the value of the label by which its manifests select it (kubernetes/autoscaler, cloud
provider AWS; read 2026-11-27).
"""


def is_scaled(context: PricingContext, item: Planned) -> bool:
    """Returns whether the site of a node group has a cluster-autoscaler."""
    candidates = filter(_is_autoscaler, context.plan.of_type(RELEASE, _DEPLOYMENT))
    return any(context.site(other) == context.site(item) for other in candidates)


def _is_autoscaler(item: Planned) -> bool:
    if item.type == RELEASE:
        return chart_of(item) == _NAME
    return _NAME in get_dict(item.props, "metadata", "labels").values()
