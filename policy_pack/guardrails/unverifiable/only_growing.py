"""Groups of machines that policies make larger and nothing makes smaller.

A policy of steps, or a simple one, adds or removes what its adjustments say; only one that tracks a target does both
(awsdocs/amazon-ec2-auto-scaling-user-guide 0987d768, as-scaling-simple-step and as-scaling-target-tracking, read
2026-12-03; Application Auto Scaling likewise, as known). A profile of Azure without a rule that decreases goes up to
its maximum and stays there (MicrosoftDocs/azure-docs 07d7c221, autoscale-best-practices, read 2026-12-03). Up to three
machines that stay are a small price for a simple policy, as for groups of a fixed number; that was decided here.
"""

from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed

_POLICY, _SCHEDULE, _GROUP, _SERVICE_POLICY, _ACTION = aws(
    "autoscaling/Policy", "autoscaling/Schedule", "autoscaling/Group", "appautoscaling/Policy",
    "appautoscaling/ScheduledAction",
)  # fmt: skip
_SETTING = azure("monitor:AutoscaleSetting")[0]
_OWNERS = {_POLICY: "autoscalingGroupName", _SCHEDULE: "autoscalingGroupName",
           _SERVICE_POLICY: "resourceId", _ACTION: "resourceId"}  # fmt: skip
_STEPS = ("scalingAdjustment?", *(
    f"{above}stepAdjustments[*].scalingAdjustment" for above in ("", "stepScalingPolicyConfiguration?.")
))  # fmt: skip
_KINDS = ("adjustmentType?", "stepScalingPolicyConfiguration?.adjustmentType?")
_EXACT = "ExactCapacity"
_FEW = 3
_FORECAST = "PredictiveScaling"
_OTHER = ("TargetTrackingScaling", _FORECAST)


def check_only_growing(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for a policy that adds machines, if no policy or schedule of the plan removes any."""
    path = _grows(resource)
    if path:
        keys = list(_owners(resource))
        others = [item for key in keys for item in plan.by_key(_owners).get(key, ())]
        if keys and all(_never_removes(item) for item in others) and not any(map(_is_small, others)):
            yield failed(f"{path} only adds, and nothing of the plan removes what one busy hour added", path)


def check_growing_profiles(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for an autoscale setting of Azure none of whose profiles makes anything smaller."""
    if resource.type != _SETTING:
        return
    profiles = [item for item in items_of(resource.get("profiles")) if isinstance(item, dict)]
    actions = [action for item in profiles for _, action in walk(item, "rules[*].scaleAction")]
    texts = {str(action.get("direction")).lower() for action in actions if isinstance(action, dict)}
    is_exact = any(isinstance(action, dict) and action.get("type") in ("ExactCount", UNKNOWN) for action in actions)
    grown = [_growth(item.get("capacity")) for item in profiles]
    if texts == {"increase"} and not is_exact and 0 not in grown and max(grown) > _FEW:
        path = "profiles[0].rules"
        yield failed(f"{path} only increase: what one busy hour added is paid for until somebody removes it", path)


def _growth(capacity: Plain) -> float:
    """Returns how many machines may stay that were added: 0 if a profile sets a number, as one for nights does, or has
    one that is not known; less than that if it states none."""
    if not isinstance(capacity, dict):
        return 0 if capacity is UNKNOWN else -1
    least, most = (number_of(capacity.get(key)) for key in ("minimum", "maximum"))
    return 0 if least is None or most is None else most - least


def _grows(resource: Resource) -> str:
    """Returns the path of the adjustments of a policy that only adds; empty if it may remove something."""
    if resource.type not in (_POLICY, _SERVICE_POLICY) or resource.get("policyType") in (*_OTHER, UNKNOWN):
        return ""
    kinds = [value for path in _KINDS for _, value in walk(resource.props, path)]
    found = [step for path in _STEPS for step in walk(resource.props, path)]
    steps = [(path, value) for path, value in found if value is not None and value is not MISSING]
    numbers = [number_of(value) for _, value in steps]
    is_known = bool(numbers) and all(number is not None and number > 0 for number in numbers)
    return steps[0][0] if is_known and not {_EXACT, UNKNOWN} & set(map(_text, kinds)) else ""


def _never_removes(item: Resource) -> bool:
    return item.type == _GROUP or bool(_grows(item)) or item.get("policyType") == _FORECAST


def _is_small(group: Resource) -> bool:
    """Returns whether a group is at most a few machines larger than it is at least."""
    least, most = (number_of(group.get(key)) for key in ("minSize", "maxSize"))
    return group.type == _GROUP and least is not None and most is not None and most - least <= _FEW


def _text(value: Plain) -> object:
    return value if isinstance(value, str) else UNKNOWN if value is UNKNOWN else ""


def _owners(resource: Resource) -> Iterator[str]:
    """Yields the name of the group or service that a policy or a schedule is for, or the URNs on which it depends, and
    those of a group itself."""
    if resource.type == _GROUP:
        yield resource.urn
        yield from (name for name in (resource.get("name"),) if isinstance(name, str))
    key = _OWNERS.get(resource.type)
    if key is not None:
        yield from (name for name in (resource.get(key),) if isinstance(name, str))
        yield from resource.dependencies.get(key, ())
