"""Rules about Kubernetes versions that EKS and AKS share. What is offered on a day is a fact."""

from __future__ import annotations

import re

from falaj.facts.clock import today
from falaj.facts.clouds import Cloud
from falaj.facts.kubernetes_versions import Phase, number, offered, releases

_MINOR = re.compile(r"(1\.\d+)(\.\d+)?")


def minor_of(version: str) -> str:
    """Returns the minor version, `1.36` of `1.36.4`; empty for anything else."""
    match = _MINOR.fullmatch(version)
    return match[1] if match else ""


def is_offered(cloud: Cloud, version: str, paid: bool) -> bool:
    """Returns whether a cloud offers a version today, with its paid support if `paid`."""
    return minor_of(version) in offered(cloud, today(), paid)


def is_past_standard(cloud: Cloud, version: str) -> bool:
    """Returns whether the standard support of a version has ended."""
    release = releases(cloud).get(minor_of(version))
    return release is not None and release.phase(today()) in (Phase.EXTENDED, Phase.ENDED)


def newest(cloud: Cloud) -> str:
    """Returns the newest minor version in standard support."""
    return offered(cloud, today())[-1]


def steps(old: str, new: str) -> int:
    """Returns by how many minor versions an update goes up; below zero if it goes down."""
    return number(minor_of(new))[1] - number(minor_of(old))[1]
