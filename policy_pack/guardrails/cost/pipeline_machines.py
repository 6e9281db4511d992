"""The number of machines of each step of a SageMaker pipeline, as a number or as a parameter of the pipeline.

Forms by aws-sagemaker-mlops/sagemaker-model-building-pipeline-definition-JSON-schema b4012b07, schema/
pipeline-definition.schema.json, read 2026-11-30: a step says `InstanceCount`, one of an endpoint the counts of its
variants, or `{"Get": "Parameters.NAME"}`; a parameter has a `DefaultValue` and may list `EnumValues`
(aws/sagemaker-python-sdk 0097221b, src/sagemaker/workflow/parameters.py). Trials of a tuning have machines each, at
once up to their limit.
"""

from collections.abc import Iterator, Mapping

from ..engine.conditions import Condition
from ..engine.number_conditions import number_of
from ..engine.reading import Plain, from_json, items_of
from ..engine.verdicts import Verdict

_MOST_MACHINES = 8
_MOST_MACHINES_OF_TRIALS = 64
"""Machines of all trials of a tuning at once: eight trials of the largest steps."""
_COUNTS = frozenset({"InstanceCount", "InitialInstanceCount", "MinInstanceCount", "MaxInstanceCount"})
_PARAMETERS = "Parameters."


def _counts(value: Plain) -> Iterator[Plain]:
    """Yields the value of each count of machines, whatever it is."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _COUNTS:
                yield item
            else:
                yield from _counts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _counts(item)


def _parameters(definition: Plain) -> dict[str, list[float | None]]:
    """Returns each parameter of a pipeline with the numbers that it may have; None is one that nobody states."""
    listed = definition.get("Parameters") if isinstance(definition, dict) else None
    found: dict[str, list[float | None]] = {}
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict):
            values = item.get("EnumValues")
            stated = [item.get("DefaultValue"), *(values if isinstance(values, list) else ())]
            found[f"{_PARAMETERS}{item.get('Name')}"] = [number_of(value) for value in stated if value is not None]
    return found


def _is_small(count: Plain, parameters: Mapping[str, list[float | None]]) -> bool:
    """Returns whether a count is at most the bound. One that is neither a number nor a parameter with one is not."""
    if isinstance(count, dict):
        numbers = parameters.get(str(count.get("Get")), [])
        return bool(numbers) and all(number is not None and number <= _MOST_MACHINES for number in numbers)
    return (number_of(count) or 0) <= _MOST_MACHINES


def _objects(value: Plain) -> Iterator[dict[str, Plain]]:
    """Yields a value and everything inside it that is an object."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else items_of(value):
        yield from _objects(item)


def _most(count: Plain, parameters: Mapping[str, list[float | None]]) -> float | None:
    """Returns the largest number that a count may be; None if nobody states one."""
    numbers = parameters.get(str(count.get("Get")), []) if isinstance(count, dict) else [number_of(count)]
    return max((number for number in numbers if number is not None), default=None)


def _has_few_trials(definition: Plain, parameters: Mapping[str, list[float | None]]) -> bool:
    """Returns whether the trials of each tuning have few machines at once, as far as numbers are stated."""
    for item in _objects(definition):
        tuning = item.get("HyperParameterTuningJobConfig")
        limits = tuning.get("ResourceLimits") if isinstance(tuning, dict) else None
        if not isinstance(limits, dict):
            continue
        at_once = _most(limits.get("MaxParallelTrainingJobs"), parameters)
        each = max((_most(count, parameters) or 1 for count in _counts(item)), default=1)
        if (at_once or 0) * each > _MOST_MACHINES_OF_TRIALS:
            return False
    return True


def _has_few_machines(value: Plain) -> bool:
    definition = from_json(value)
    parameters = _parameters(definition)
    return all(_is_small(count, parameters) for count in _counts(definition)) and _has_few_trials(
        definition, parameters
    )


FEW_MACHINES = Condition(
    f"must have steps of at most {_MOST_MACHINES} machines (InstanceCount), or parameters with such a DefaultValue, "
    f"and trials of at most {_MOST_MACHINES_OF_TRIALS} at once",
    _has_few_machines,
    missing=Verdict.PASS,
    unknown=Verdict.PASS,
)
"""A definition that is not known yet is evaluated again at deployment. Whoever starts a pipeline may give a parameter
another number; the right to start it is evaluated as a right."""
