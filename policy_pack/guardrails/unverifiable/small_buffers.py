"""Collectors of records that throw records away as soon as their store is slow.

A buffer that is full blocks the source, raises an error, or drops its oldest part (`overflow_action`). What cannot be
written is tried again after a second, and then each time after twice as long, as often as `retry_max_times` says or
until `retry_timeout` (fluent/fluentd-docs-gitbook a7a42eb1 configuration/buffer-section.md; the words of its operator
by fluent/fluent-operator 06eaee51 apis/fluentd/v1alpha1/plugins/common/buffer_types.go; `drop_oldest_chunk` with limits
of half a gigabyte and more in four public configurations, found as strings, read 2026-12-02). How small a buffer that
drops may be, and how few attempts are too few, was decided here: 64 MB, and four, as five are in a public
configuration, or a minute.
"""

from collections.abc import Iterator

from ..engine.durations import seconds_of_span
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Plain, Resource
from ..engine.verdicts import Outcome, failed

_OUTPUTS = ("kubernetes:logging.banzaicloud.io/", "kubernetes:fluentd.fluent.io/")
_SIZE = lazy_regex(r"(\d{1,15})\s{0,3}([kmgt]?)i?b?")
_CAPITAL = lazy_regex(r"([A-Z])")
_UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_LEAST_SIZE, _FEWEST, _SHORTEST = 64 * 2**20, 4, 60


def check_buffers(item: Resource) -> Iterator[Outcome]:
    """Yields a failure for each buffer that loses records before anybody can mend what they are written to."""
    if item.type.startswith(_OUTPUTS):
        yield from _buffers(item.props.get("spec"), "spec")


def _buffers(value: Plain, path: str) -> Iterator[Outcome]:
    for index, part in enumerate(value) if isinstance(value, list) else ():
        yield from _buffers(part, f"{path}[{index}]")
    for key, part in value.items() if isinstance(value, dict) else ():
        place = f"{path}.{key}"
        if key == "buffer" and isinstance(part, dict):
            yield from _evaluate({_CAPITAL.sub(r"_\1", name).lower(): item for name, item in part.items()}, place)
        else:
            yield from _buffers(part, place)


def _evaluate(buffer: dict[str, Plain], path: str) -> Iterator[Outcome]:
    size, name = _bytes(buffer.get("total_limit_size")), "total_limit_size"
    length, each = number_of(buffer.get("queue_limit_length")), _bytes(buffer.get("chunk_limit_size"))
    if size is None and length is not None and each is not None:
        size, name = length * each, "queue_limit_length"
    if buffer.get("overflow_action") == "drop_oldest_chunk" and size is not None and size < _LEAST_SIZE:
        place = f"{path}.{name}"
        yield failed(f"{place} is small, and what does not fit is dropped: whoever writes much hides his own", place)
    if str(buffer.get("retry_forever")).lower() == "true":
        return
    seconds, attempts = _seconds(buffer.get("retry_timeout")), number_of(buffer.get("retry_max_times"))
    if seconds is not None and seconds < _SHORTEST:
        place = f"{path}.retry_timeout"
        yield failed(f"{place} gives records up after {seconds:.0f} seconds: leave it out, or state hours", place)
    if attempts is not None and attempts < _FEWEST:
        place = f"{path}.retry_max_times"
        yield failed(f"{place} gives records up after {attempts:.0f} attempts, within seconds", place)


def _seconds(value: Plain) -> float | None:
    number = number_of(value)
    return number if number is not None or not isinstance(value, str) else seconds_of_span(value) or None


def _bytes(value: Plain) -> float | None:
    found = _SIZE.fullmatch(str(value).strip().lower())
    return int(found[1]) * _UNITS[found[2]] if found else None
