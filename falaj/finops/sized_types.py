"""Types that are charged by their use, unless a property keeps capacity of them running."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from falaj.finops.free import by_use, without_model
from falaj.finops.lines import Charge
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import unknown_at

_NOTHING = (None, False, 0, "0", "", [], {})


def is_stated(props: Mapping[str, Any], path: str) -> bool:
    """Returns whether a property, written with dots, is set to anything, or is known only after the update."""
    value: Any = props
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
        if value is UNKNOWN:
            return True
    return value not in _NOTHING


def is_on(props: Mapping[str, Any], key: str) -> bool:
    """Returns whether a property is true; the providers read the word as well."""
    return props.get(key) in (True, "true")


def sized(*paths: str) -> MeterFunction:
    """Returns the function of a type that is charged by use unless one of these properties is stated."""

    def charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
        stated = next((path for path in paths if is_stated(item.props, path)), "")
        yield without_model(item.type, f"the capacity of {stated} has no price") if stated else by_use(item.type)

    return charges


def decided_by(*paths: str) -> Callable[[MeterFunction], MeterFunction]:
    """Returns a decorator for the function of a type whose cost these properties, written with dots, decide: a resource
    has no price as long as one of them is known only after the update."""

    def decorated(meter: MeterFunction) -> MeterFunction:
        def charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
            if unknown := unknown_at(item.props, *paths):
                return (without_model(item.type, f"{unknown[0]} is known only after the update"),)
            return meter(context, item)

        return charges

    return decorated
