"""Spot capacity from three published forms. Every step is a moment at which the number of machines of a zone changes.

- SkyPilot's spot traces, of "Can't Be Late" (NSDI'24; skypilot-org/spot-traces, README.md, commit 221da1a): an object
  with `metadata.gap_seconds` and `data`, the number of machines available at each tick. A file is a zone; a folder has
  one file a zone. Copies in the form of the authors' simulator mean the opposite, 1 for interrupted (sky_spot/env.py:
  `spot_available`). The published files have machines available, as their README says: some zones have 1 throughout.
- Logs of a program that keeps one spot machine of each kind in each zone, of 2020 (stanford-futuredata/gavel,
  `persistent_*.out`): `[time] Created instance ID with N GPU(s) of type T in zone Z`, then `running` or `not running`.
- Spot price history of AWS (`describe-spot-price-history`: `SpotPriceHistory` with zone, type, price in USD per hour
  and time): a machine can be had while its price is at most a bid. A price counts until the next one. Since 2017
  prices no longer say that capacity has run out, so this shows what a bid would have interrupted, not what the market
  had (AWS Compute Blog, New Amazon EC2 Spot pricing model, 2018; read 2026-11-28).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from falaj.finops.errors import BadInput, shown
from falaj.simulation.traces.instants import instant
from falaj.simulation.traces.json_values import items, mapping, number, read_json, read_lines, text
from falaj.simulation.work import SpotCapacity

SHORTEST_GAP, LONGEST_GAP, MOST_MACHINES = 10.0, 7 * 86400.0, 1_000_000
SHORTEST_SECONDS = 900.0
"""A trace repeats until the month ends, and its last value counts on until it has lasted so long. One of a second was
followed 2.7 million times in a month, for half a minute."""
GREATEST_PRICE = 1e5


@dataclass(frozen=True)
class SpotOptions:
    """What a spot trace does not say."""

    bid: float | None = None
    """Highest price in USD per hour that is paid, for price histories."""
    machine: str | None = None
    """Machines that count: an instance type of a price history, or `1 v100`, GPUs and their type, of a log. None if
    there is only one kind; of a log all kinds."""
    scale: int = 1
    """Machines that one machine of the trace stands for. Traces of single machines say 0 or 1."""


@dataclass
class Zone:
    """Machines of a zone over time."""

    at: list[float] = field(default_factory=list[float])
    """Seconds since 1970, or since the start of the trace; ascending."""
    machines: list[int] = field(default_factory=list[int])

    def add(self, at: float, machines: int) -> None:
        """Adds a step; the latest one of a moment counts."""
        if self.at and self.at[-1] == at:
            self.machines[-1] = machines
        elif not self.at or self.machines[-1] != machines:
            self.at.append(at)
            self.machines.append(machines)


def read_ticks(paths: Sequence[Path], options: SpotOptions) -> SpotCapacity:
    """Returns the capacity of files of ticks, each a zone. Raises `BadInput`."""
    zones, ends = list[Zone](), list[float]()
    for path in paths:
        document = mapping(read_json(path), str(path))
        given = mapping(document.get("metadata"), f"{path}: metadata").get("gap_seconds")
        gap = number(given, f"{path}: metadata.gap_seconds", SHORTEST_GAP, LONGEST_GAP)
        data = items(document, "data", str(path))
        if not data:
            raise BadInput(f"{path}: data", "is empty")
        zone = Zone()
        for tick, value in enumerate(data):
            zone.add(tick * gap, _machines(value, f"{path}: data[{tick}]"))
        zones.append(zone)
        ends.append(len(data) * gap)
    # Zones that were observed for longer are cut: what the others had then is not known.
    return _capacity(zones, 0.0, min(ends), options.scale)


def _machines(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_MACHINES:
        raise BadInput(where, f"{shown(value)} is not a whole number of machines from 0 to {MOST_MACHINES}")
    return value


_LINE = re.compile(r"\[(?P<time>[^\]]+)\] (?P<event>.+)")
_EVENTS = (
    (
        re.compile(r"Created instance (?P<id>\S+) with (?P<machine>\d+ GPU\(s\) of type \S+) in zone (?P<zone>\S+)"),
        True,
    ),
    (re.compile(r"Instance (?P<id>\S+) not running in zone \S+"), False),
    (re.compile(r"Successfully deleted instance (?P<id>\S+)"), False),
    (re.compile(r"Instance (?P<id>\S+) running in zone \S+|Instance with .* creation failed"), None),
)
"""Event of a log -> whether a machine is there from then on; None if nothing changes."""
_KIND = re.compile(r"(\d+) GPU\(s\) of type (\S+)")


def read_log(paths: Sequence[Path], options: SpotOptions) -> SpotCapacity:
    """Returns the capacity of a log of kept machines. Raises `BadInput`."""
    path = _only(paths)
    zones, running, kinds = dict[str, Zone](), dict[str, str](), set[str]()
    first = last = None
    for index, line in enumerate(read_lines(path).splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{path}: line {index}"
        at, found, appears = _event(line, where)
        if last is not None and at < last:
            raise BadInput(where, "is earlier than the line above")
        first, last = at if first is None else first, at
        zone = _changed(found, appears, options, running, kinds)
        if zone:
            zones.setdefault(zone, Zone()).add(at, sum(place == zone for place in running.values()))
    if first is None or last is None or not zones:
        kind = f" of kind {options.machine!r}; it has {', '.join(sorted(kinds))}" if kinds else ""
        raise BadInput(str(path), f"has no machine{kind}")
    return _capacity([zones[name] for name in sorted(zones)], first, last, options.scale)


def _event(line: str, where: str) -> tuple[float, re.Match[str], bool | None]:
    parts = _LINE.fullmatch(line.rstrip())
    for form, appears in _EVENTS:
        if parts and (found := form.fullmatch(parts["event"])):
            return instant(parts["time"], where), found, appears
    raise BadInput(where, f"{shown(line)} is no event, such as `[2020-03-15T10:07:33Z] Instance i-1 running in zone a`")


def _changed(
    found: re.Match[str], appears: bool | None, options: SpotOptions, running: dict[str, str], kinds: set[str]
) -> str | None:
    """Notes in `running` which machine is there, and returns the zone in which one appears or ends."""
    if appears is None:
        return None
    if not appears:
        return running.pop(found["id"], None)
    kind = _KIND.sub(r"\1 \2", found["machine"])
    kinds.add(kind)
    if options.machine not in (None, kind):
        return None
    running[found["id"]] = found["zone"]
    return found["zone"]


def read_prices(paths: Sequence[Path], options: SpotOptions) -> SpotCapacity:
    """Returns the capacity that a bid gets by price histories. Raises `BadInput`."""
    where = str(paths[0]) if len(paths) == 1 else str(paths[0].parent)
    if options.bid is None:
        raise BadInput(where, "is a price history; give the highest price that you pay, in USD per hour, as bid=0.9")
    if not 0 < options.bid <= GREATEST_PRICE:
        raise BadInput("bid", f"{shown(options.bid)} is not a price in USD per hour greater than 0")
    prices = dict[tuple[str, str], dict[float, float]]()
    for path in paths:
        _add_prices(path, prices)
    types = sorted({machine for machine, _ in prices})
    machine = options.machine or (types[0] if len(types) == 1 else None)
    if machine not in types:
        names = ", ".join(types)[:200]
        given = f"has prices of {names}; name one of them as machine={types[0]}" if types else "has no prices"
        raise BadInput(where, given)
    zones = [_zone(prices[key], options.bid) for key in sorted(prices) if key[0] == machine]
    # Before the first price of a zone nothing is known of it: the trace begins when all zones have one.
    start, end = max(zone.at[0] for zone in zones), max(max(prices[key]) for key in prices if key[0] == machine)
    return _capacity(zones, start, end, options.scale)


def _add_prices(path: Path, prices: dict[tuple[str, str], dict[float, float]]) -> None:
    for index, entry in enumerate(items(mapping(read_json(path), str(path)), "SpotPriceHistory", str(path))):
        where = f"{path}: SpotPriceHistory[{index}]"
        row: Mapping[str, Any] = mapping(entry, where)
        key = text(row, "InstanceType", where), text(row, "AvailabilityZone", where)
        price = number(row.get("SpotPrice"), f"{where}: SpotPrice", 0.0, GREATEST_PRICE)
        prices.setdefault(key, {})[instant(row.get("Timestamp"), f"{where}: Timestamp")] = price


def _zone(prices: Mapping[float, float], bid: float) -> Zone:
    zone = Zone()
    for at in sorted(prices):
        zone.add(at, int(prices[at] <= bid))
    return zone


def _only(paths: Sequence[Path]) -> Path:
    if len(paths) != 1:
        raise BadInput(str(paths[0].parent), "has several logs; name one file")
    return paths[0]


def _capacity(zones: Sequence[Zone], start: float, end: float, scale: int) -> SpotCapacity:
    """Returns the capacity of zones from a start to an end, which is at least `SHORTEST_SECONDS` later."""
    end = max(end, start + SHORTEST_SECONDS)
    steps = np.unique([start, *(at for zone in zones for at in zone.at if start < at < end)])
    machines = np.zeros((len(steps), len(zones)), np.int32)
    for column, zone in enumerate(zones):
        rows = np.searchsorted(zone.at, steps, side="right") - 1
        machines[:, column] = np.where(rows >= 0, np.array(zone.machines)[rows], 0) * scale
    return SpotCapacity(steps - start, machines, end - start)
