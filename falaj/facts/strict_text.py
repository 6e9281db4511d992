"""Text of files and inputs that people and other programs write: in UTF-8, and of a bounded size."""

from pathlib import Path

MAX_BYTES = 256 * 2**20
"""Greatest size of a file that is read as a whole. A plan of 10,000 resources has about 60 MiB."""


def read(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """Returns the text of a file in UTF-8, with or without a byte order mark. A file of the system that never ends,
    such as /dev/zero, is read up to the bound.

    Raises `OSError`, and `ValueError` for other encodings and larger files; the message is one sentence."""
    with path.open("rb") as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ValueError(f"it is larger than {max_bytes // 2**20} MiB")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8: byte {error.start + 1} is {data[error.start]:#04x}") from None


def reason(error: Exception) -> str:
    """Returns in a few words why a file could not be read."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
