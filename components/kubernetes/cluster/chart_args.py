"""Arguments shared by all components that install Helm charts."""

from falaj.components.core.validation.args import Args
from falaj.components.core.validation.tags import CostTags


class ChartArgs(Args):
    """Sources of charts and images, and the cost tags."""

    chart_repository: str | None = None
    """`oci://` address of the folder in your own registry that contains the charts; the upstream repositories if
    absent."""
    image_mirror: str | None = None
    """Registry prefix of mirrored images, which keep their upstream paths; the upstream registries if absent."""
    tags: CostTags
    """The mandatory cost tags, applied as labels."""
