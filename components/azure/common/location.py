"""Where an Azure resource is put: the arguments that every component takes."""

from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.regions import AzureRegion
from falaj.components.core.validation.tags import CostTags


class Placed(Checked):
    """The validated arguments that all components of this cloud share."""

    region: AzureRegion
    resource_group_name: Passed[str]
    tags: CostTags
