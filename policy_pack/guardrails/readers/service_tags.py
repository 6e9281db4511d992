"""Service tags of Azure whose addresses belong to every customer: those from which programs of all of them call, and
those of stores in which each has an account of his own.

Tags, what their addresses are for, and which of them have one for each region by Microsoft Learn, "Azure service tags
overview", read 2026-11-30: a tag without a region is of the whole cloud. Which services run programs, and which keep
data, was decided here. Tags with which Azure itself reaches a service that is deployed in the network, such as
GatewayManager, ApiManagement, AppServiceManagement and BatchNodeManagement, are not among them, nor AzureFrontDoor,
whose callers a header tells apart, nor ActionGroup and AzureDevOps, which call what signs them in.
"""

import re

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from .locations import AZURE_UAE

_PROGRAMS = lazy_regex(
    r"(?:appservice|azureconnectors|azurecontainerappsservice|datafactory|logicapps|powerbi|powerplatforminfra"
    r"|powerplatformplex|powerqueryonline|streamanalytics)(?:\.[a-z0-9]{1,40})?",
    re.IGNORECASE,
)
_STORES = lazy_regex(
    r"(?:azurecontainerregistry|azurecosmosdb|datalakestore|eventhub"
    r"|servicebus|sql|storage)(?:\.(?P<region>[a-z0-9]{1,40}))?",
    re.IGNORECASE,
)


def is_of_programs(value: Plain) -> bool:
    """Returns whether a source is a tag of addresses from which programs of every customer call."""
    return isinstance(value, str) and _PROGRAMS.fullmatch(value.strip()) is not None


def is_of_stores_abroad(value: Plain) -> bool:
    """Returns whether a destination is a tag of stores of every customer that are not all in the country."""
    found = _STORES.fullmatch(value.strip()) if isinstance(value, str) else None
    return found is not None and str(found["region"]).lower() not in AZURE_UAE
