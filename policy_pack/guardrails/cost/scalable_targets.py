"""Numbers up to which Application Auto Scaling lets services grow.

What one unit is depends on the service (botocore 0e6e2404, application-autoscaling, RegisterScalableTarget,
ScalableDimension, read 2026-12-01).
"""

from ..engine.conditions import NOT_TRUE, none_of, one_of
from ..engine.number_conditions import at_most
from ..engine.rows import Check, aws
from ..engine.verdicts import Verdict
from .workload_sizes import LARGEST_CPUS

MOST_UNITS_OF = {
    "dynamodb": 10_000, "cassandra": 10_000, "kafka": 10_000, "ecs": 300, "lambda": 1_000, "custom-resource": 1_000,
}  # fmt: skip
"""Namespace -> the most of its units: reads or writes a second, gibibytes of a broker, tasks of up to 16 processors (as
many as `called_counts` lets a workflow ask for), and environments that wait for calls of a function; those of a custom
resource are not known."""
_MOST_MACHINES = 50
"""The most of all other services, whose unit is a machine, a shard of machines or a desktop."""


def most_units(namespace: str) -> int:
    """Returns the most units of a service whose namespace is known."""
    return MOST_UNITS_OF.get(namespace, _MOST_MACHINES)


_BOUNDS = (
    *((("serviceNamespace", one_of(name)), most) for name, most in MOST_UNITS_OF.items()),
    (("serviceNamespace", none_of(*MOST_UNITS_OF)), _MOST_MACHINES),
)
TARGET_ROWS = (
    *(Check(aws(f"appautoscaling/{kind}"), f"{above}{limit}Capacity", at_most(most, missing=Verdict.PASS), when=of)
      for kind, above in (("Target", ""), ("ScheduledAction", "scalableTargetAction."))
      for limit in ("min", "max")
      for of, most in _BOUNDS),
    # What one busy hour started is kept. Volumes of MSK are never made smaller, so that a policy for them only grows
    # (Amazon MSK, "Automatic scaling for Amazon MSK clusters", read 2026-12-01).
    Check(aws("appautoscaling/Policy"), "targetTrackingScalingPolicyConfiguration?.disableScaleIn", NOT_TRUE,
          when=("serviceNamespace", none_of("kafka"))),
    # What a function may cost that is called by use has no other bound. More than an account may have unless AWS
    # raises it (AWS Lambda, "Lambda quotas", 1,000 at a time, read 2026-12-01); a reservation itself is free.
    Check(aws("lambda/Function"), "reservedConcurrentExecutions",
          at_most(MOST_UNITS_OF["lambda"], missing=Verdict.PASS)),
    Check(aws("lambda/FunctionScalingConfig"), "functionScalingConfig?.maxExecutionEnvironments",
          at_most(MOST_UNITS_OF["lambda"], missing=Verdict.PASS)),
    Check(aws("lambda/CapacityProvider"), "capacityProviderScalingConfigs[*].maxVcpuCount",
          at_most(LARGEST_CPUS, missing=Verdict.PASS)),
)  # fmt: skip
"""Rows of scalable targets, and of functions, which scale by themselves."""
