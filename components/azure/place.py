"""Where an Azure resource is put: the arguments that every component takes."""

from components.core.places import AzureRegion
from components.core.tags import CostTags
from components.core.validated import Checked, Passed


class Placed(Checked):
    """The validated arguments that all components of this cloud share."""

    region: AzureRegion
    resource_group_name: Passed[str]
    tags: CostTags
