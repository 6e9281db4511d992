"""Executors of Spark that settings ask for in texts, options of a command and maps, wherever they stand.

`spark.executor.instances`, `spark.dynamicAllocation.maxExecutors` and `spark.executor.cores` are settings of every
program of Spark (apache/spark, "Configuration", excerpts, read 2026-11-29), and `--num-executors` and
`--executor-cores` the options of spark-submit for the same (the usage of SparkSubmitArguments, in copies of
apache/spark, read 2026-12-02). EMR and Step Functions take them as one text (botocore 1.44.8, emr-serverless,
SparkSubmit, sparkSubmitParameters), Machine Learning of Azure as a map (pulumi-azure-native 3.29.0, SparkJob, conf).
Those of the operator have `processors`.
"""

from collections.abc import Iterator, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome
from ..readers.commands import list_texts
from ..readers.texts import Leaf, read_texts
from .workload_sizes import judge_cpus

SPARK_USERS = aws("emr/Cluster", "emrcontainers/JobTemplate", "emrserverless/Application", "glue/Job")
"""Types of AWS whose texts have settings of Spark, beside those that call for a run."""
_COUNTS = frozenset({
    "spark.executor.instances", "spark.dynamicallocation.maxexecutors", "spark.dynamicallocation.minexecutors",
    "spark.dynamicallocation.initialexecutors",
})  # fmt: skip
_CORES = "spark.executor.cores"
_OPTIONS = {"--num-executors": "spark.executor.instances", "--executor-cores": _CORES}
_STATED = lazy_regex(
    r"(?P<name>spark\.(?:executor\.(?:instances|cores)|dynamicAllocation\.\w{3,20}Executors)|--num-executors"
    r"|--executor-cores)[\"']?[=:\s]{1,9}[\"']?(?P<number>\d{1,9})\b"
)
_OPERATOR = "kubernetes:sparkoperator.k8s.io/"


def check_spark(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for the processors of all executors that the settings of each place ask for."""
    if resource.type.startswith(_OPERATOR):
        return
    counts: dict[str, float] = {}
    cores: dict[str, float] = {}
    leaves = read_texts(resource).leaves
    for leaf in (*leaves, *_commands(leaves)):
        place = leaf.path.partition("spark.")[0].rstrip(".[\"'") if leaf.key.startswith("spark.") else leaf.path
        for name, number in _stated(leaf.key, leaf.value):
            known = cores if name == _CORES else counts if name in _COUNTS else None
            if known is not None:
                known[place] = max(known.get(place, 0), number)
    for place, count in counts.items():
        yield judge_cpus(count * cores.get(place, 1), place)


def _commands(leaves: Sequence[Leaf]) -> Iterator[Leaf]:
    """Yields the commands whose words are items of a list, if one of them is an option of executors."""
    if any(isinstance(leaf.value, str) and leaf.value.startswith(tuple(_OPTIONS)) for leaf in leaves):
        yield from (Leaf(path, "", text, True) for path, text in list_texts(leaves).items())


def _stated(key: str, value: object) -> Iterator[tuple[str, float]]:
    """Yields the settings of Spark that a property, or a text, states."""
    if isinstance(value, str) and ("spark." in value or "-executor" in value):
        for match in _STATED.finditer(value):
            yield _OPTIONS.get(match["name"], match["name"].lower()), float(match["number"])
    elif key.startswith("spark.") and (number := number_of(value)) is not None:  # type: ignore[arg-type]
        yield key.lower(), number
