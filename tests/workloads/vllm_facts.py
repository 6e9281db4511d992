"""Facts about vLLM's server, read from the source of a release, which the planned container is held against.

The package is too large to fetch in a test (400 MB), so the facts are in `vllm_facts.csv`. After a change of the
image's version in the stacks:

    pip download --no-deps vllm==VERSION && python -m tests.workloads.vllm_facts vllm-VERSION-*.whl

`vllm_multi_node_facts.csv` has those of the oldest version that serves on several machines without Ray; to write it,
add its path as a second argument.
"""

import ast
import csv
import math
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

FILE = Path(__file__).with_suffix(".csv")
MULTI_NODE = FILE.with_name("vllm_multi_node_facts.csv")

_FRONTEND = "vllm/entrypoints/openai/cli_args.py"
_ENGINE = "vllm/engine/arg_utils.py"
_SERVER = "vllm/entrypoints/openai/api_server.py"
_METRICS = "vllm/v1/metrics/loggers.py"
_VARIABLES = "vllm/envs.py"
_ENTRY_POINTS = "entry_points.txt"
_METRICS_MOUNT = "vllm/entrypoints/openai/api_server.py"
_QUEUES = "vllm/distributed/device_communicators/shm_broadcast.py"


@dataclass(frozen=True, order=True)
class Fact:
    """One fact.

    kind: `version`, `program`, `option` (value: flag, value or values), `choice` (of an option), `default` (of an
    option), `route` (value: method), `metric` (value: type), `variable`, `queue` (sizes of the queues in shared memory
    between the processes of several GPUs), or `drain`.
    """

    kind: str
    name: str
    value: str
    source: str


def read(path: Path = FILE) -> list[Fact]:
    """Returns the facts that are in a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Fact(**row) for row in csv.DictReader(file)]


def facts(wheel: Path) -> list[Fact]:
    """Returns the facts of a wheel of vLLM."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith((".py", _ENTRY_POINTS))]
        texts = {name: archive.read(name).decode() for name in names}
    version = wheel.name.split("-")[1]
    entry_points = next(text for name, text in texts.items() if name.endswith(_ENTRY_POINTS))
    program = re.findall(r"^(\S+) = vllm\.entrypoints", entry_points, re.MULTILINE)
    result = [Fact("version", "vllm", version, wheel.name)]
    result += [Fact("program", name, "", _ENTRY_POINTS) for name in program]
    result += _options(texts)
    result += _routes(texts[_SERVER])
    result += [Fact("metric", name, kind, _METRICS) for name, kind in _metrics(texts[_METRICS])]
    variables = re.findall(r"^    [\"']([A-Z][A-Z0-9_]+)[\"']:", texts[_VARIABLES], re.MULTILINE)
    result += [Fact("variable", name, "", _VARIABLES) for name in variables]
    result += _queues(texts)
    result += [Fact("drain", "engine ends before the requests in progress", str(_engine_ends_first(texts)), _SERVER)]
    return sorted(set(result))


def _annotations(texts: dict[str, str], folder: str) -> dict[str, tuple[str, str]]:
    """Returns annotation and default of the fields of all classes in a module or folder, by name."""
    found: dict[str, tuple[str, str]] = {}
    for name, text in texts.items():
        if not name.startswith(folder):
            continue
        for item in ast.walk(ast.parse(text)):
            if isinstance(item, ast.ClassDef):
                for line in item.body:
                    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                        default = ast.unparse(line.value) if line.value else ""
                        found.setdefault(line.target.id, (ast.unparse(line.annotation), default))
    return found


def _literals(texts: dict[str, str]) -> dict[str, list[str]]:
    """Returns the words of each `Name = Literal[...]` of the configuration."""
    found: dict[str, list[str]] = {}
    for name, text in texts.items():
        if name.startswith("vllm/config/"):
            for match in re.finditer(r"^(\w+) = Literal\[(.*?)\]$", text, re.MULTILINE | re.DOTALL):
                found[match[1]] = re.findall(r'"([^"]*)"', match[2])
    return found


def _options(texts: dict[str, str]) -> Iterator[Fact]:
    literals = _literals(texts)
    frontend = _annotations(texts, _FRONTEND)
    for name, (annotation, default) in frontend.items():
        option = "--" + name.replace("_", "-")
        yield Fact("option", option, _value_of(annotation), _FRONTEND)
        if re.fullmatch(r"\d+", default):
            yield Fact("default", option, default, _FRONTEND)
    for call in ast.walk(ast.parse(texts[_FRONTEND])):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "add_argument":
            names = [str(item.value) for item in call.args if isinstance(item, ast.Constant)]
            is_flag = any(item.arg == "action" for item in call.keywords)
            for name in (name for name in names if name.startswith("-")):
                yield Fact("option", name, "flag" if is_flag else "value", _FRONTEND)
    configured = _annotations(texts, "vllm/config/")
    for call in ast.walk(ast.parse(texts[_ENGINE])):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "add_argument":
            names = [item.value for item in call.args if isinstance(item, ast.Constant)]
            for name in names:
                field = next(str(item) for item in names if str(item).startswith("--"))[2:].replace("-", "_")
                annotation = configured.get(field, ("str", ""))[0]
                yield Fact("option", str(name), _value_of(annotation), _ENGINE)
                for alias in re.findall(r"\w+", annotation):
                    yield from (Fact("choice", str(name), word, _ENGINE) for word in literals.get(alias, ()))


def _value_of(annotation: str) -> str:
    if re.search(r"\bbool\b", annotation):
        return "flag"
    return "values" if re.search(r"\b[Ll]ist\[", annotation) else "value"


def _routes(text: str) -> Iterator[Fact]:
    for method, path in re.findall(r'@router\.(get|post)\("([^"]+)"', text):
        yield Fact("route", path, method.upper(), _SERVER)
    for path in re.findall(r'Mount\("([^"]+)"', text):
        yield Fact("route", path, "GET", _METRICS_MOUNT)


def _metrics(text: str) -> Iterator[tuple[str, str]]:
    for kind, name in re.findall(r"self\._(gauge|counter|histogram)_cls\(\s*name=\"([^\"]+)\"", text):
        # The Prometheus client adds the suffix of counters.
        yield (f"{name}_total" if kind == "counter" else name), kind


def _queues(texts: dict[str, str]) -> Iterator[Fact]:
    """Yields the sizes of the queue of the engine and of that of each worker, which have the same number of chunks."""
    [engine] = re.findall(r"^    VLLM_MQ_MAX_CHUNK_BYTES_MB: int = (\d+)$", texts[_VARIABLES], re.MULTILINE)
    yield Fact("queue", "MiB of a chunk of the engine", engine, _VARIABLES)
    [worker] = re.findall(r"max_chunk_bytes: int = ([\d *]+),", texts[_QUEUES])
    yield Fact("queue", "MiB of a chunk of a worker", str(math.prod(map(int, worker.split("*"))) >> 20), _QUEUES)
    [chunks] = re.findall(r"max_chunks: int = (\d+),", texts[_QUEUES])
    yield Fact("queue", "chunks", chunks, _QUEUES)


def _engine_ends_first(texts: dict[str, str]) -> bool:
    """Returns whether the HTTP server is awaited only after the engine's context has been left."""
    worker = next(
        item
        for item in ast.walk(ast.parse(texts[_SERVER]))
        if isinstance(item, ast.AsyncFunctionDef) and item.name == "run_server_worker"
    )
    inside = next(item for item in worker.body if isinstance(item, ast.AsyncWith))
    return "await shutdown_task" in ast.unparse(worker) and "await shutdown_task" not in ast.unparse(inside)


if __name__ == "__main__":
    written = Path(sys.argv[2]) if len(sys.argv) > 2 else FILE
    with written.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(("kind", "name", "value", "source"))
        writer.writerows(astuple(fact) for fact in facts(Path(sys.argv[1])))
