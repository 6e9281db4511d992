"""What a month must cost at least, whatever decides about it, and what it costs on machines bought for its peak."""

from falaj.simulation.bounds.clairvoyant import Bound, clairvoyant
from falaj.simulation.bounds.static_fleet import static_on_demand, static_spot

__all__ = ["Bound", "clairvoyant", "static_on_demand", "static_spot"]
