"""What fails and is begun again without an end that anybody would wait for: each attempt is charged, and nothing fails.

`MaxAttempts` of a retrier of AWS Step Functions is 3 unless it is set, and may be 99,999,999 (AWS Step Functions
Developer Guide, "Error handling", in three copies in public repositories, read 2026-12-02); `retry` of an activity of
Azure Data Factory is 0 unless it is set (pulumi-azure-native 3.29.0, datafactory, ActivityPolicy); `backoffLimit` of a
Job is 6 (kubernetes/api 10b39a39 batch/v1/types.go), and `limit` of Argo Workflows is of a step
(argoproj/argo-workflows f016ad89 docs/retries.md). Polling by retries is common, of functions and calls that are
charged by the request; a task that starts machines fails a few times at most. The limits are judged, not read anywhere.
"""

from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list
from ..engine.number_conditions import number_of
from ..engine.reading import Resource, items_of, leaves
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import KUBERNETES_TYPES
from ..readers.states_language import states_of
from .scheduled_builds import STARTS_MACHINES

_MACHINE, _PIPELINE = *aws("sfn/StateMachine"), *azure("datafactory:Pipeline")
RETRIERS = (_MACHINE, _PIPELINE)
"""Types of the clouds whose steps are begun again."""
_OF_MACHINES, _OF_PODS, _OF_CALLS = 100, 1_000, 10_000
"""Most attempts of what starts machines, of pods, which machines that are taken away end too, and of calls."""
_LIMITS = ("backoffLimit", "backoffLimitPerIndex", "retryStrategy.limit")


def check_retries(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each step that is begun again more often than anybody would wait for."""
    if resource.type == _MACHINE:
        yield from _of_states(resource)
    elif resource.type == _PIPELINE:
        yield from _too_many(resource, "activities", ("policy.retry",), _OF_MACHINES)
    elif resource.type.startswith(KUBERNETES_TYPES):
        for item in expand_list(resource):
            yield from _too_many(item, "spec", _LIMITS, _OF_PODS)


def _too_many(item: Resource, key: str, endings: tuple[str, ...], most: int) -> Iterator[Outcome]:
    for path, _, value in leaves(item.props.get(key), key):
        number = number_of(value) if path.endswith(endings) else None
        if number is not None and number > most:
            yield _failed(path, number, most)


def _of_states(machine: Resource) -> Iterator[Outcome]:
    for name, state in states_of(machine):
        most = _OF_MACHINES if STARTS_MACHINES.match(str(state.get("Resource"))) else _OF_CALLS
        for retrier in items_of(state.get("Retry")):
            number = number_of(retrier.get("MaxAttempts")) if isinstance(retrier, dict) else None
            if number is not None and number > most:
                yield _failed(f"definition.States.{name}.Retry.MaxAttempts", number, most)


def _failed(path: str, number: float, most: int) -> Outcome:
    return failed(f"{path} begins again {number:,.0f} times what fails, more than {most:,}: nothing ever fails", path)
