"""What the name of a machine type says by its vendor's naming convention, beyond the columns of the catalogue.

Conventions: AWS, "Amazon EC2 instance type naming conventions"; Azure, "Azure virtual machine sizes naming conventions"
(both read on 2026-11-24). Names of the catalogue and of the vendors' price lists are read here, and nowhere else.
"""

import re
from dataclasses import dataclass
from functools import cache

_AWS = re.compile(r"(?P<series>[a-z]+)(?P<generation>\d+)(?P<letters>[a-z]*)(?P<flex>-flex)?")
_AZURE = re.compile(r"Standard_(?P<series>[A-Z]+)\d+(?:-\d+)?(?P<letters>[a-z]*)(?:_\w*?)??(?:_v(?P<generation>\d+))?$")
_AZURE_SERIES = re.compile(r"Standard_([A-Z]+)")

_AWS_MEANS = {"d": "a local disk", "n": "a faster network"}
"""Letters after the generation."""
_AZURE_MEANS = {
    "d": "a local disk",
    "s": "Premium disks",
    "b": "faster disks",
    "r": "RDMA",
    "n": "a faster network",
    "i": "a host of its own",
}
"""Letters after the number of vCPUs."""
_AWS_DISKS, _AZURE_DISKS = ("i", "im", "is", "d", "h"), ("L",)
"""Series that are built around their local disks."""
_CONFIDENTIAL = ("DC", "EC")
"""Azure's series whose memory is encrypted against the host."""
ACCELERATED_FAMILIES = ("dl", "f", "g", "inf", "p", "trn", "vt")
"""Prefixes of AWS's series with an accelerator, also of those that the country does not have yet (EC2 User Guide,
accelerated computing)."""
_AWS_BURSTABLE, _AZURE_BURSTABLE = ("t",), "B"
_AZURE_FIRST = re.compile(r"Standard_A|Standard_(DS?|FS?|GS?|L)[0-9]+[a-z]*$")
"""Azure's sizes of the first generation: they carry no version."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a name says. `has` lists features, such as a local disk; `generation` is 0 where the name states nothing."""

    series: str
    generation: int
    has: frozenset[str]


def is_azure(name: str) -> bool:
    """Whether a name has the form of Azure's sizes."""
    return name.startswith("Standard_")


@cache
def traits(name: str) -> Traits:
    """The traits of a machine type; a name of neither convention has none."""
    azure = is_azure(name)
    match = (_AZURE if azure else _AWS).match(name)
    if match is None:
        return Traits(name, 0, frozenset())
    series, letters, means = match["series"], match["letters"], _AZURE_MEANS if azure else _AWS_MEANS
    has = {meaning for letter, meaning in means.items() if letter in letters}
    if series in (_AZURE_DISKS if azure else _AWS_DISKS):
        has.add("a local disk")
    if azure and series in _CONFIDENTIAL:
        has.add("encrypted memory")
    return Traits(series + letters, int(match["generation"] or 1), frozenset(has))


def family(name: str) -> str:
    """AWS's instance family (`m7i-flex` of `m7i-flex.large`); an Azure size is its own."""
    return name.partition(".")[0]


def is_accelerated(name: str) -> bool:
    """Whether a name is of a series with GPUs or other accelerators."""
    if is_azure(name):
        series = _AZURE_SERIES.match(name)
        return series is not None and series[1].startswith("N")
    match = _AWS.match(name)
    return match is not None and match["series"] in (*ACCELERATED_FAMILIES, "gr")


def is_burstable(name: str) -> bool:
    """Whether vCPUs give their full speed in bursts only: AWS's T and flex types, Azure's B series."""
    if is_azure(name):
        series = _AZURE_SERIES.match(name)
        return series is not None and series[1] == _AZURE_BURSTABLE
    match = _AWS.match(name)
    return match is not None and (match["series"] in _AWS_BURSTABLE or match["flex"] is not None)


def is_first_generation(name: str) -> bool:
    """Whether an Azure size is of the first generation of its series."""
    return _AZURE_FIRST.match(name) is not None
