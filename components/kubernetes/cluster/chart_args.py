"""Arguments that all components installed from Helm charts share."""

from falaj.components.core.validation.args import Args
from falaj.components.core.validation.tags import CostTags


class ChartArgs(Args):
    """Where chart and images come from, and the cost tags."""

    chart_repository: str | None = None
    """`oci://` folder of your own registry with the charts; the upstream repositories if absent."""
    image_mirror: str | None = None
    """Registry prefix of mirrored images, each under its upstream path; the upstream registries if absent."""
    tags: CostTags
    """The mandatory cost tags; labels here."""
