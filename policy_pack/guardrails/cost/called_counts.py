"""Numbers of machines in calls that workflows and schedules make: they override what the called resource states.

Parameters by botocore 1.44.8: glue, StartJobRun; sagemaker, ResourceConfig and ClusterConfig; batch, SubmitJob,
ArrayProperties; ec2, RunInstances and fleets; autoscaling, SetDesiredCapacity; eks, NodegroupScalingConfig; ecs,
UpdateService; redshift, ResizeCluster; application-autoscaling, RegisterScalableTarget; lambda,
PutProvisionedConcurrencyConfig; appstream, ComputeCapacity; kafka, UpdateBrokerCount; rds, ModifyDBInstance and
ServerlessV2ScalingConfiguration. A parameter that is found while the workflow runs is not read. The limits are those of
the resources themselves (`scale`), judged, not read anywhere. So is the size from which on a machine that a call asks
for needs approval: a schedule that makes a database larger for the day stays below it.
"""

import re
from collections.abc import Iterator, Mapping
from math import prod

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf, read_texts
from .scalable_targets import MOST_UNITS_OF, most_units

_ASSOCIATION = aws("ssm/Association")
CALLERS = (*_ASSOCIATION, *aws("sfn/StateMachine", "scheduler/Schedule", "cloudwatch/EventTarget", "ssm/Document"))
"""Types whose texts have calls with parameters."""
WORKER_UNITS = {f"{kind}.{size}X": size for size in (4, 8, 12, 16) for kind in "GR"}
"""Type of a large worker of Glue -> its units ("AWS Glue worker types", read 2026-11-30)."""
MOST_UNITS = 100
"""Processing units of a job of Glue."""
_MACHINES = 50
_MOST: Mapping[str, int] = {
    "numberofworkers": _MACHINES, "instancecount": 8, "initialinstancecount": 8, "numberofnodes": 16,
    "desiredcapacity": _MACHINES, "targetcapacity": _MACHINES, "totaltargetcapacity": _MACHINES, "mincount": _MACHINES,
    "maxcount": _MACHINES, "taskcount": _MACHINES, "desiredcount": 300, "arrayproperties.size": 1_000, "modelunits": 4,
    "scalingconfig.desiredsize": _MACHINES, "provisionedconcurrentexecutions": MOST_UNITS_OF["lambda"],
    "desiredinstances": _MACHINES, "desiredinstancecount": 8, "targetnumberofbrokernodes": 30,
    "readcapacityunits": MOST_UNITS_OF["dynamodb"], "writecapacityunits": MOST_UNITS_OF["dynamodb"],
    "allocatedstorage": 16_384, "maxallocatedstorage": 16_384, "iops": 64_000,
    # A size has this name in other texts too, such as that of a log.
    **{f"{above}.maxsize": _MACHINES for above in ("scalingconfig", "parameters", "arguments", "inputs", "input")},
}  # fmt: skip
"""Name of a parameter, in lower case, perhaps with the one above it -> the largest number."""
_CAPACITIES = ("mincapacity", "maxcapacity")
"""Units of a scalable target, of which its namespace says what one is; of a job of Glue, and of a database, without."""
_MACHINE_NAMES = frozenset({"dbinstanceclass", "dbclusterinstanceclass", "instanceclass", "instancetype",
                            "instancetypes", "masterinstancetype", "slaveinstancetype", "nodetype",
                            "cachenodetype"})  # fmt: skip
_LARGE_MACHINE = lazy_regex(
    r"(?!ml\.|(?:db\.)?x2gd?\.(?:medium|large)\Z)"
    r"(?:(?:db\.|cache\.)?(?:(?:p|g|trn|inf|dl|x|u)\d[\w-]{0,20}\.|u-)[\w.-]{1,40}"
    r"|[\w.-]{1,40}\.(?:(?:1[6-9]|[2-9]\d|\d{3})xlarge|metal)(?:\.\w{1,20}|-\w{1,9})?)",
    re.IGNORECASE,
)
"""A machine with GPUs or made for terabytes of memory, or of 64 processors and more. Those of SageMaker (`ml.`) train,
and the two smallest with processors of Arm have 32 GiB at most (x2gd.medium 16 and x2gd.large 32 in a public table of
machines, read 2026-12-02)."""


_INDEX = lazy_regex(r"\[\d{1,6}\]")
_AT_ONCE = 8
"""Runs of the largest number that a loop may start at once, as trials of a tuning."""


def check_called(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each number in the texts of a caller that is larger than the resource itself may state."""
    if resource.type not in CALLERS:
        return
    is_of_parameters = resource.type in _ASSOCIATION
    inside = [leaf for leaf in read_texts(resource).leaves if leaf.is_in_text or is_of_parameters]
    kinds = {_above(leaf): str(leaf.value) for leaf in inside if leaf.key.lower() in ("workertype", "servicenamespace")}
    loops = {_above(leaf): number_of(leaf.value) or 1 for leaf in inside if leaf.key == "MaxConcurrency"}
    for leaf in inside:
        if _is_large_machine(leaf):
            text = f"{leaf.path} calls for a machine of type {leaf.value}, which is very large or has accelerators"
            yield failed(text, leaf.path)
        most, number = _bound(leaf, kinds), number_of(leaf.value)
        if most is None or number is None:
            continue
        at_once = number * prod(count for path, count in loops.items() if leaf.path.startswith(f"{path}."))
        if number > most:
            yield failed(f"{leaf.path} calls for {number:,.0f}, more than {most:,}", leaf.path)
        elif at_once > _AT_ONCE * most:
            text = f"{leaf.path} calls for {at_once:,.0f} at once by MaxConcurrency, more than {_AT_ONCE * most:,}"
            yield failed(text, leaf.path)


def _is_large_machine(leaf: Leaf) -> bool:
    name = _INDEX.sub("", leaf.path).rpartition(".")[2].lower()
    is_named = leaf.key.lower() in _MACHINE_NAMES or name in _MACHINE_NAMES
    return is_named and isinstance(leaf.value, str) and _LARGE_MACHINE.fullmatch(leaf.value) is not None


def _above(leaf: Leaf) -> str:
    return leaf.path.rpartition(".")[0]


def _bound(leaf: Leaf, kinds: Mapping[str, str]) -> int | None:
    name = leaf.key.lower()
    if name in _CAPACITIES:
        return most_units(kinds[_above(leaf)]) if _above(leaf) in kinds else MOST_UNITS
    most = _MOST.get(name, _MOST.get(".".join(leaf.path.lower().split(".")[-2:])))
    units = WORKER_UNITS.get(kinds.get(_above(leaf), "").upper()) if name == "numberofworkers" else None
    return most if units is None else MOST_UNITS // units
