"""Files of cost exports: files and folders as given, with the form and the run of each file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from falaj.finops.errors import BadInput
from falaj.finops.input_files import refuse_pipe
from falaj.finops.showback.runs import Run, run_of


class Form(StrEnum):
    """Form of a file."""

    CSV = "CSV"
    GZIP = "gzip"
    PARQUET = "Parquet"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read."""

    path: Path
    form: Form
    run: Run
    label: str
    """Path as given, for messages."""
    rows: tuple[int, ...] = ()
    """Numbers of an estimate's rows that are read."""


_SUFFIXES = (".csv", ".csv.gz", ".parquet")
"""Files that are read in a folder; an export's manifests and checksums are not."""

_SIGNATURES = ((b"PAR1", Form.PARQUET), (b"\x1f\x8b", Form.GZIP))
_FOREIGN_SIGNATURES = (
    (b"PK", "is a zip archive; unpack it"),
    (b"\xff\xfe", "is UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "is UTF-16; save it as UTF-8"),
)


def source_files(paths: Iterable[Path]) -> list[SourceFile]:
    """Returns the files of all paths, each once. Raises `BadInput`."""
    unique: dict[Path, Path] = {}
    for path in paths:
        for file in _expanded(path):
            unique.setdefault(file.resolve(), file)
    return [SourceFile(file, _form(file), run_of(file), str(file)) for file in unique.values()]


def _expanded(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    files = [file for file in sorted(path.rglob("*")) if file.name.lower().endswith(_SUFFIXES) and file.is_file()]
    if not files:
        raise BadInput(str(path), f"is a folder without a file that ends in {', '.join(_SUFFIXES)}")
    yield from files


def _form(path: Path) -> Form:
    refuse_pipe(path)
    if path.suffix == ".json":
        return Form.ESTIMATE
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise BadInput(str(path), f"cannot be read: {error.strerror}") from None
    for signature, sentence in _FOREIGN_SIGNATURES:
        if start.startswith(signature):
            raise BadInput(str(path), sentence)
    form = next((form for signature, form in _SIGNATURES if start.startswith(signature)), Form.CSV)
    if path.suffix == ".parquet" and form is not Form.PARQUET:
        raise BadInput(str(path), "is no Parquet file: it does not begin with PAR1")
    return form
