"""Flow logs of a site's network on Azure."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from falaj.components.core.network.azure_ids import WatcherId
from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.problems import Problem

LONGEST_DAYS = 365
"""Maximum retention of flow logs in Azure, in days."""


class AzureFlowLogsSpec(Spec):
    """Flow logs of the site's network, which record its connections."""

    enabled: bool = True
    """Whether the site records the connections. Set it to false for an existing network with a flow log of its owner's:
    Azure allows one for a network."""
    network_watcher_id: Input[WatcherId] | None = None
    """Id of the network watcher of the region, in the subscription of the network. Default: `NetworkWatcher_<region>`
    in `NetworkWatcherRG`, which Azure creates with the first network of a region."""
    days: Input[Annotated[int, Field(ge=1, le=LONGEST_DAYS)]] | None = None
    """Days for which records are kept, 1 to 365. Default: `log_retention_days`, at most 365."""

    def _problems(self) -> Iterator[Problem]:
        given = [name for name in ("network_watcher_id", "days") if getattr(self, name) is not None]
        if not self.enabled and given:
            yield Problem("enabled", False, f"true with {', '.join(given)}", "remove one of them")
