"""Facts about Triton's server, read from the source of a release, which the planned container is held against.

The facts are in `triton_facts.csv`. To read those of another release, from a checkout of
triton-inference-server/server:

    python -m tests.workloads.triton_facts CHECKOUT
"""

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

from tests.workloads.vllm_facts import Fact

FILE = Path(__file__).with_suffix(".csv")

_OPTIONS, _DEFAULTS = "src/command_line_parser.cc", "src/command_line_parser.h"
_SERVER = "src/http_server.cc"
_METRICS_SERVER, _METRICS, _VERSION = "src/http_server.h", "docs/user_guide/metrics.md", "TRITON_VERSION"


def read() -> list[Fact]:
    """Returns the facts that are in the file: `version`, `option` (value: type), `default` (of a port or time-out),
    `route`, `metric` and `drain`."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Fact(**row) for row in csv.DictReader(file)]


def facts(checkout: Path) -> Iterator[Fact]:
    """Yields the facts of a checkout."""
    version, options, defaults, server, metrics_server, metrics = (
        (checkout / name).read_text() for name in (_VERSION, _OPTIONS, _DEFAULTS, _SERVER, _METRICS_SERVER, _METRICS)
    )
    yield Fact("version", "triton", version.strip(), _VERSION)
    for name, kind in re.findall(r'\{OPTION_\w+,\s*"([a-z0-9-]+)",\s*Option::Arg(\w+)', options):
        yield Fact("option", f"--{name}", kind, _OPTIONS)
    for name, value in re.findall(r"int32_t (\w+(?:_port|_secs))_\{(\d+)\}", defaults):
        yield Fact("default", f"--{name.replace('_', '-')}", value, _DEFAULTS)
    [health] = re.findall(r'server_regex_\(R"\((.*?)\)"\)', server)
    [words] = re.findall(r"\(([a-z|]+)\)", health)
    for word in words.split("|"):
        yield Fact("route", f"/v2/health/{word}", health, _SERVER)
    for path in re.findall(r'api_regex_\(R"\((/\w+)', metrics_server):
        yield Fact("route", path, "metrics", _METRICS_SERVER)
    for name in sorted(set(re.findall(r"`(nv_inference_\w+)`", metrics))):
        yield Fact("metric", name, "", _METRICS)
    waits = re.search(r"while \(\*exit_timeout_secs > 0 && conn_cnt_ > 0\)", server) is not None
    yield Fact("drain", "waits for its connections until the exit time-out", str(waits), _SERVER)


if __name__ == "__main__":
    with FILE.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(("kind", "name", "value", "source"))
        writer.writerows(astuple(fact) for fact in sorted(set(facts(Path(sys.argv[1])))))
