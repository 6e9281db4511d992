"""Facts that the name of a machine type states by its vendor's naming convention, beyond the columns of the catalogue.

Conventions: AWS, "Amazon EC2 instance type naming conventions"; Azure, "Azure virtual machine sizes naming conventions"
(both read on 2026-11-24). Names are parsed only in this module.
"""

import re
from dataclasses import dataclass
from functools import cache

_AWS = re.compile(r"(?P<series>[a-z]+)(?P<generation>\d+)(?P<letters>[a-z]*)(?P<flex>-flex)?(?=$|[.]|-[a-z0-9]+[.])")
_AZURE = re.compile(
    r"Standard_(?P<series>[A-Z]+)\d+(?:-\d+)?(?P<letters>[a-z]*)(?:-\d+)?(?:_\w*?)??(?:_v(?P<generation>\d+))?$"
)
_AZURE_SERIES = re.compile(r"Standard_([A-Z]+)")

_AZURE_ACCELERATOR = re.compile(r"_(?P<model>[A-Z]+\d+[A-Z]*)(?=_|$)")

_AWS_FEATURES = {"d": "a local disk", "n": "a faster network"}
"""Letters after the generation -> feature."""
_AZURE_FEATURES = {
    "d": "a local disk",
    "s": "Premium disks",
    "b": "faster disks",
    "r": "RDMA",
    "n": "a faster network",
    "i": "a host of its own",
}
"""Letters after the number of vCPUs -> feature."""
_AWS_DISK_SERIES, _AZURE_DISK_SERIES = ("i", "im", "is", "d", "h"), ("L",)
"""Storage-optimised series, which have local disks."""
_CONFIDENTIAL_SERIES = ("DC", "EC")
"""Azure's series with memory that is encrypted against the host."""
ACCELERATED_FAMILIES = ("dl", "f", "g", "inf", "p", "trn", "vt")
"""Prefixes of AWS's series with an accelerator, including those not yet available in the UAE (EC2 User Guide,
accelerated computing).
"""
_AWS_BURSTABLE, _AZURE_BURSTABLE = ("t",), "B"
_AZURE_HPC = ("HB", "HC", "HX")
"""Azure's series for parallel programs over InfiniBand (high performance compute)."""
_AZURE_FIRST_GENERATION = re.compile(r"Standard_A|Standard_(DS?|FS?|GS?|L)[0-9]+[a-z]*$")
"""Azure's sizes of the first generation, which have no version."""


@dataclass(frozen=True, slots=True)
class Traits:
    """The parts of a machine type's name. `has` lists features, such as a local disk; `generation`
    is 0 if not stated.
    """

    series: str
    generation: int
    has: frozenset[str]


def is_azure(name: str) -> bool:
    """Returns whether a name has the form of an Azure size."""
    return name.startswith("Standard_")


@cache
def traits(name: str) -> Traits:
    """Returns the traits of a machine type; a name of neither convention has none."""
    azure = is_azure(name)
    match = (_AZURE if azure else _AWS).match(name)
    if match is None:
        return Traits(name, 0, frozenset())
    series, letters, features = match["series"], match["letters"], _AZURE_FEATURES if azure else _AWS_FEATURES
    feature_names = {meaning for letter, meaning in features.items() if letter in letters}
    if series in (_AZURE_DISK_SERIES if azure else _AWS_DISK_SERIES):
        feature_names.add("a local disk")
    if azure and series in _CONFIDENTIAL_SERIES:
        feature_names.add("encrypted memory")
    return Traits(series + letters, int(match["generation"] or 1), frozenset(feature_names))


def family(name: str) -> str:
    """Returns the AWS instance family (`m7i-flex` of `m7i-flex.large`), or the whole name of an Azure size."""
    return name.partition(".")[0]


def category(name: str) -> str:
    """Returns AWS's category (`m` of `m7i-flex.large`), or Azure's family (`N` of `Standard_NC40ads_H100_v5`)."""
    if is_azure(name):
        return name.removeprefix("Standard_")[:1]
    match = _AWS.match(name)
    return match["series"] if match is not None else ""


def accelerator(name: str) -> str:
    """Returns the accelerator in the name of an Azure size (`H100` of `Standard_NC40ads_H100_v5`); empty if none is."""
    match = _AZURE_ACCELERATOR.search(name.removeprefix("Standard_"))
    return match["model"] if match is not None else ""


def is_accelerated(name: str) -> bool:
    """Returns whether a name belongs to a series with GPUs or other accelerators."""
    if is_azure(name):
        series = _AZURE_SERIES.match(name)
        return series is not None and series[1].startswith("N")
    match = _AWS.match(name)
    return match is not None and match["series"] in (*ACCELERATED_FAMILIES, "gr")


def is_burstable(name: str) -> bool:
    """Returns whether vCPUs reach full speed only in bursts: AWS's T and flex types, Azure's B series."""
    if is_azure(name):
        series = _AZURE_SERIES.match(name)
        return series is not None and series[1] == _AZURE_BURSTABLE
    match = _AWS.match(name)
    return match is not None and (match["series"] in _AWS_BURSTABLE or match["flex"] is not None)


def is_first_generation(name: str) -> bool:
    """Returns whether an Azure size is of the first generation of its series."""
    return _AZURE_FIRST_GENERATION.match(name) is not None


def is_bare_metal(name: str) -> bool:
    """Returns whether an AWS type is a whole server."""
    return not is_azure(name) and name.partition(".")[2].startswith("metal")


def is_hpc(name: str) -> bool:
    """Returns whether an Azure size belongs to a series for parallel programs."""
    series = _AZURE_SERIES.match(name)
    return series is not None and series[1] in _AZURE_HPC
