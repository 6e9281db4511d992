"""Arguments shared by all components that install Helm charts."""

from falaj.components.core.charts.sources import ChartSource, ImageSource
from falaj.components.core.validation.args import Args
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags


class ChartArgs(ChartSource, ImageSource, Args):
    """Sources of charts and images, and the cost tags."""

    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""
