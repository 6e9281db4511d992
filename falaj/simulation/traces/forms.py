"""Forms of traces, how each is recognised, and which function reads it. Numpy is not needed until one is read."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from falaj.finops.errors import BadInput
from falaj.finops.input_files import refuse_pipe

READERS = "falaj.simulation.traces"
BEGINNING = 64 * 1024
"""Bytes at the beginning of a file by which its form is recognised."""


@dataclass(frozen=True)
class Form:
    """A form of traces."""

    module: str
    function: str
    """Reads a `tables.Table` if the form has columns, otherwise a path."""
    columns: tuple[str, ...] = ()
    """Columns that a table of the form has."""
    text: Callable[[str], bool] | None = None
    """Whether a text begins a file of the form."""


def _has(*parts: str) -> Callable[[str], bool]:
    """Returns a check whether a text is JSON and has all parts in its beginning."""
    return lambda text: text.startswith(("{", "[")) and all(part in text for part in parts)


def _is_gavel(text: str) -> bool:
    return text.partition("\n")[0].count("\t") in GAVEL_TABS


def _is_request(text: str, *, has_chat: bool) -> bool:
    first = text.partition("\n")[0]
    has_lengths = all(f'"{name}"' in first for name in ("timestamp", "input_length", "output_length"))
    return text.startswith("{") and has_lengths and ('"chat_id"' in first) == has_chat


GAVEL_TABS = (6, 8, 9)
"""Tabs of a line of Gavel's traces (`gavel.LAYOUTS`)."""

WORK_FORMS: Mapping[str, Form] = {
    "kueue": Form(f"{READERS}.kueue", "read_workloads", text=_has('"items"', "kueue.x-k8s.io")),
    "prometheus": Form(f"{READERS}.prometheus", "read_rates", text=_has('"resultType"')),
    "philly": Form(f"{READERS}.philly", "read_log", text=_has('"attempts"', '"submitted_time"')),
    "gavel": Form(f"{READERS}.gavel", "read_trace", text=_is_gavel),
    "philly-runtimes": Form(f"{READERS}.philly", "read_runtimes", ("runtime",)),
    "alibaba": Form(
        f"{READERS}.published_tables",
        "read_pods",
        ("num_gpu", "gpu_milli", "creation_time", "deletion_time", "scheduled_time"),
    ),
    "azure-llm": Form(
        f"{READERS}.published_tables", "read_llm_requests", ("TIMESTAMP", "ContextTokens", "GeneratedTokens")
    ),
    "burstgpt": Form(
        f"{READERS}.published_tables", "read_burst_gpt", ("Timestamp", "Request tokens", "Response tokens")
    ),
    "mooncake": Form(
        f"{READERS}.request_lines", "read_milliseconds", text=lambda text: _is_request(text, has_chat=False)
    ),
    "qwen": Form(f"{READERS}.request_lines", "read_seconds", text=lambda text: _is_request(text, has_chat=True)),
    "jobs": Form(f"{READERS}.own_form", "read_jobs", ("submit", "run_seconds")),
    "requests": Form(f"{READERS}.own_form", "read_requests", ("at",)),
}
"""Name of a form of work, as `--format` has it -> the form."""

SPOT_FORMS: Mapping[str, Form] = {
    "spot-availability": Form(f"{READERS}.spot", "read_ticks", text=_has('"gap_seconds"')),
    "spot-log": Form(f"{READERS}.spot", "read_log", text=lambda text: text.startswith("[") and "] Created" in text),
    "spot-prices": Form(f"{READERS}.spot", "read_prices", text=_has('"SpotPriceHistory"')),
}
"""Name of a form of spot capacity -> the form."""


def form_of_text(path: Path, forms: Mapping[str, Form]) -> Form | None:
    """Returns the form of a file by its beginning; None if it may be a table. Raises `BadInput` if it is neither."""
    beginning = _beginning(path)
    if not beginning:
        raise BadInput(str(path), "is empty")
    text = beginning.decode("utf-8-sig", errors="replace").lstrip()
    if found := next((form for form in forms.values() if form.text and form.text(text)), None):
        return found
    if text.startswith(("{", "[")) or not any(form.columns for form in forms.values()):
        raise BadInput(str(path), f"does not begin as a trace does; name its form, one of {', '.join(forms)}")
    return None


def form_of_table(path: Path, given: Collection[str], forms: Mapping[str, Form]) -> Form:
    """Returns the form of a table by its columns. Raises `BadInput` if they are of none."""
    if found := next((form for form in forms.values() if form.columns and set(form.columns) <= set(given)), None):
        return found
    needed = "; ".join(f"{label}: {', '.join(form.columns)}" for label, form in forms.items() if form.columns)
    raise BadInput(str(path), f"has columns of no trace: {', '.join(given)[:200]}; those of traces are {needed}")


def _beginning(path: Path) -> bytes:
    if path.is_dir():
        raise BadInput(str(path), "is a folder; name one file of a trace")
    refuse_pipe(path)
    try:
        with path.open("rb") as file:
            return file.read(BEGINNING)
    except (OSError, ValueError) as error:
        raise BadInput(str(path), f"cannot be read: {error}") from None
