"""Measures what quantisation does to a language model on CPUs, as a table: `python -m
tests.workloads.measure_language_model [--model FILE.gguf]`.

llama.cpp's server is started with the arguments that the component plans, once a format and repetition and in turn, so
that a change of the machine's load meets all formats alike. The columns are medians. Without `--model`, the model is
made with random weights (0.3 billion parameters): speed and memory do not depend on what the weights say; quality is
not measured.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from tests.ports import free_port
from tests.workloads.llama_cpp import build
from tests.workloads.models import language_model
from tests.workloads.planned import planned_pod

FORMATS = ("F16", "Q8_0", "Q4_K_M")
PROMPT_TOKENS, ANSWER_TOKENS = 512, 64
START_SECONDS = 120


@dataclass(frozen=True)
class Measured:
    """What one start of the server measures."""

    file_mib: float
    """Size of the model's file in MiB."""
    memory_mib: float
    """Maximum resident memory of the process in MiB, with the model's pages."""
    prompt_tokens_per_second: float
    answer_tokens_per_second: float
    first_token_ms: float
    """Milliseconds from the request to the first token of the answer."""


def measure(program: Path, model: Path, threads: int) -> Measured:
    """Starts the server with a model, asks once to warm it, and once to measure."""
    port = free_port()
    command = [str(program), *_planned_arguments(model, threads, port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, port)
            _ask(port, 16, 4)
            first, timings = _ask(port, PROMPT_TOKENS, ANSWER_TOKENS)
            status = Path(f"/proc/{process.pid}/status").read_text()
        finally:
            process.send_signal(signal.SIGTERM)
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return Measured(
        file_mib=model.stat().st_size / 2**20,
        memory_mib=peak / 1024,
        prompt_tokens_per_second=timings["prompt_per_second"],
        answer_tokens_per_second=timings["predicted_per_second"],
        first_token_ms=first * 1000,
    )


def _planned_arguments(model: Path, threads: int, port: int) -> list[str]:
    """Returns the arguments of the planned container, with what differs from it on this machine."""
    args = list(planned_pod("helpdesk", args=())["containers"][0]["args"])
    for option, value in (("--model", str(model)), ("--threads", str(threads)), ("--port", str(port))):
        args[args.index(option) + 1] = value
    return [*args, "--host", "127.0.0.1", "--ctx-size", str(4 * (PROMPT_TOKENS + ANSWER_TOKENS))]


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    started = time.monotonic()
    while time.monotonic() - started < START_SECONDS:
        if process.poll() is not None:
            raise SystemExit(f"the server ended with status {process.returncode}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise SystemExit(f"the server was not ready within {START_SECONDS} s")


def _ask(port: int, prompt: int, answer: int) -> tuple[float, dict[str, float]]:
    """Sends a prompt of so many tokens; returns the seconds until the first token, and the server's own timings."""
    # Token numbers, so that the prompt has the same length for every vocabulary.
    question = {"prompt": [300 + index % 200 for index in range(prompt)], "n_predict": answer}
    question |= {"ignore_eos": True, "stream": True, "cache_prompt": False, "temperature": 0}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    started, first, last = time.monotonic(), 0.0, ""
    connection.request("POST", "/completion", json.dumps(question), {"Content-Type": "application/json"})
    with connection.getresponse() as response:
        for line in response:
            if line.startswith(b"data: "):
                first = first or time.monotonic() - started
                last = line.removeprefix(b"data: ").decode()
    connection.close()
    return first, json.loads(last)["timings"]


def table(results: dict[str, list[Measured]]) -> str:
    """Returns the medians as a table in Markdown, one column a format."""
    lines = ["| | " + " | ".join(results) + " |", "| --- |" + " ---: |" * len(results)]
    for item in fields(Measured):
        medians = [statistics.median(getattr(measured, item.name) for measured in results[name]) for name in results]
        lines.append(f"| {item.name} | " + " | ".join(f"{median:.1f}" for median in medians) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="model in 16 bits, such as one converted from safetensors")
    parser.add_argument("--repeat", type=int, default=5, help="starts a format")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    programs = build(lambda text: print(text, file=sys.stderr, flush=True))
    with tempfile.TemporaryDirectory() as temporary:
        files = _formats(given.model, programs, Path(temporary))
        results: dict[str, list[Measured]] = {name: [] for name in FORMATS}
        for number in range(given.repeat):
            for name in FORMATS:
                results[name].append(measure(programs / "llama-server", files[name], given.threads))
            print(f"repetition {number + 1} of {given.repeat}: load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    print(table(results))


def _formats(model: Path | None, programs: Path, folder: Path) -> dict[str, Path]:
    """Returns the file of each format: of the model that is made, or of the given one, quantised into `folder`."""
    if model is None:
        made = language_model("small", *FORMATS[1:])
        return {name: made / f"{name}.gguf" for name in FORMATS}
    shutil.copyfile(model, folder / "F16.gguf")
    for name in FORMATS[1:]:
        command = [programs / "llama-quantize", model, folder / f"{name}.gguf", name]
        subprocess.run(command, check=True, capture_output=True)
    return {name: folder / f"{name}.gguf" for name in FORMATS}


if __name__ == "__main__":
    main()
