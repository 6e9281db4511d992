"""Text of files and inputs that people and other programs write: in UTF-8, and of a bounded size."""

import errno
import os
import select
import stat
from pathlib import Path
from typing import BinaryIO

MAX_BYTES = 256 * 2**20
"""Greatest size of a file that is read as a whole. A plan of 10,000 resources has about 60 MiB."""

PIPE_SECONDS = 5
"""Seconds within which a program must write to a named pipe. Nothing else ends the waiting for one."""


def read(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """Returns the text of a file in UTF-8, with or without a byte order mark. A file of the system that never ends,
    such as /dev/zero, is read up to the bound.

    Raises `OSError`, and `ValueError` for other encodings and larger files; the message is one sentence."""
    with open_bytes(path) as file:
        return read_stream(file, max_bytes)


def read_stream(file: BinaryIO, max_bytes: int = MAX_BYTES) -> str:
    """Returns the text of an open file or of standard input. Raises as `read` does."""
    data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ValueError(f"it is larger than {max_bytes // 2**20} MiB")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8: byte {error.start + 1} is {data[error.start]:#04x}") from None


def open_bytes(path: Path) -> BinaryIO:
    """Opens a file. Raises `OSError`, also for a named pipe to which no program writes."""
    if stat.S_ISFIFO(_kind(path)):
        return _open_pipe(path)
    return path.open("rb")


def reason(error: Exception) -> str:
    """Returns in a few words why a file could not be read."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _kind(path: Path) -> int:
    """Returns the type of what a path names in a folder. The pipes of `<(command)` are in none: a program writes to
    them already."""
    try:
        return os.lstat(path.resolve()).st_mode
    except (OSError, RuntimeError):
        return 0


def _open_pipe(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    if not waiting.poll(PIPE_SECONDS * 1000):
        os.close(descriptor)
        raise OSError(errno.ENXIO, "it is a pipe to which no program writes", str(path))
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "rb")
