"""Options of node pools that exist on one cloud only.

Each cloud has its own class, and a field with the cloud's name in `NodePoolSpec` (`core/node_pools/spec.py`).
"""

from collections.abc import Iterator

from falaj.components.core.validation.args import Spec


class CloudPoolOptions(Spec):
    """Node pool options that exist on one cloud only."""

    def given(self) -> Iterator[tuple[str, object]]:
        """Yields the names and values of the options that differ from their defaults."""
        for name, field in type(self).model_fields.items():
            if (value := getattr(self, name)) != field.default:
                yield name, value

    @property
    def keeps_office_hours(self) -> bool:
        """Whether the pool is scaled to zero outside office hours."""
        return False

    @property
    def stated_pods(self) -> int | None:
        """Maximum number of pods of a node that the pool states and memory is reserved by; None if it states none."""
        return None

    @property
    def spot_limit_usd(self) -> float | None:
        """Highest price in USD per hour at which spot nodes run; None for the on-demand price."""
        return None
