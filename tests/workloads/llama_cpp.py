"""llama.cpp's programs, built once in the cache from the source in PyPI's llama-cpp-python: `python -m
tests.workloads.llama_cpp` builds them and shows the progress. Five minutes on two idle cores.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from falaj.sandbox.paths import cache

PACKAGE = "llama-cpp-python==0.3.36"
SHA256 = "832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e"
"""Checksum of the package's source distribution, which contains llama.cpp 0.5.0 (commit 0c1e5709)."""

PROGRAMS = ("llama-server", "llama-quantize", "llama-bench")

_OPTIONS = {
    "CMAKE_BUILD_TYPE": "Release",
    "BUILD_SHARED_LIBS": "OFF",
    "LLAMA_BUILD_TESTS": "OFF",
    "LLAMA_BUILD_EXAMPLES": "OFF",
    "LLAMA_BUILD_APP": "OFF",
    "LLAMA_BUILD_IS_DEV": "OFF",
    # The web page would be downloaded.
    "LLAMA_BUILD_UI": "OFF",
    "LLAMA_USE_PREBUILT_UI": "OFF",
    "LLAMA_OPENSSL": "OFF",
    # For any x86 with AVX2, so that the cache also serves the next machine. And GCC 12 keeps 8 of the 64 bytes that
    # AMX's `ldtilecfg` reads: on a processor with AMX the server ends with a general protection fault (measured
    # 2026-11-29; https://github.com/ggml-org/llama.cpp/pull/26954 describes both causes of such faults).
    "GGML_NATIVE": "OFF",
}
_LESS_OPTIMISED = ("cpp-httplib", "llama-common", "llama-server-impl", "mtmd", "server-context")
"""Targets that calculate nothing. Their optimisation would take half of the build's time."""

_INCLUDED = "".join(
    f"cmake_language(DEFER CALL target_compile_options {target} PRIVATE -O1)\n" for target in _LESS_OPTIMISED
)
_REPORTED_EVERY = 20
"""Compiled files between two lines of progress."""

Log = Callable[[str], None]


class NotBuilt(Exception):
    """The programs cannot be built; the message is one sentence."""


def folder() -> Path:
    """Returns the folder of the built programs, which exists once they are built."""
    content = f"{SHA256}{_OPTIONS}{_INCLUDED}{PROGRAMS}".encode()
    return cache() / f"llama-cpp-{hashlib.sha256(content).hexdigest()[:12]}"


def build(log: Log) -> Path:
    """Returns the folder of the programs; the first process that needs it builds them. Raises `NotBuilt`."""
    target = folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / "llama-cpp.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_dir():
            with tempfile.TemporaryDirectory(dir=target.parent, prefix="build-") as temporary:
                os.replace(_build(Path(temporary), log), target)
    return target


def required_programs() -> Path:
    """Returns the folder of the programs. If they are not built, a test that requires them builds them in `./test
    --all`, and is otherwise skipped with the command that builds them."""
    if not folder().is_dir() and not os.environ.get("FALAJ_REQUIRE_LAB"):
        pytest.skip("llama.cpp is not built: python -m tests.workloads.llama_cpp, or ./test --all")
    try:
        return build(lambda text: print(text, file=sys.stderr))
    except NotBuilt as reason:
        pytest.fail(str(reason))


def _build(temporary: Path, log: Log) -> Path:
    for program in ("cmake", "c++"):
        if shutil.which(program) is None:
            raise NotBuilt(f"llama.cpp: {program} is not on PATH; install cmake and a C++ compiler")
    log(f"llama.cpp: fetching the source in {PACKAGE}")
    source = _source(temporary)
    log("llama.cpp: building it, once; this takes some minutes")
    output = temporary / "output"
    (temporary / "included.cmake").write_text(_INCLUDED)
    options = [f"-D{name}={value}" for name, value in _OPTIONS.items()]
    options.append(f"-DCMAKE_PROJECT_llama.cpp_INCLUDE={temporary / 'included.cmake'}")
    _run(["cmake", "-S", str(source), "-B", str(output), *options], log)
    threads = str(os.cpu_count() or 1)
    _run(["nice", "cmake", "--build", str(output), "--parallel", threads, "--target", *PROGRAMS], log)
    programs = temporary / "programs"
    programs.mkdir()
    for name in PROGRAMS:
        shutil.copy2(output / "bin" / name, programs / name)
    return programs


def _source(temporary: Path) -> Path:
    """Downloads the source distribution, checks it, and returns the folder of llama.cpp. Raises `NotBuilt`."""
    (temporary / "requirements.txt").write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    command += ["--require-hashes", "-r", str(temporary / "requirements.txt"), "-d", str(temporary)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    archive = next(temporary.glob("llama_cpp_python-*.tar.gz"), None)
    if archive is None:
        raise NotBuilt(f"llama.cpp: {PACKAGE} cannot be downloaded ({(done.stderr.strip().splitlines() or ['?'])[-1]})")
    with tarfile.open(archive) as files:
        files.extractall(temporary / "source", filter="data")
    return next((temporary / "source").glob("*/vendor/llama.cpp"))


def _run(command: list[str], log: Log) -> None:
    """Runs a step of the build and logs every so many compiled files. Raises `NotBuilt`."""
    last: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        assert running.stdout is not None
        compiled = 0
        for line in running.stdout:
            last = [*last[-5:], line.strip()]
            compiled += bool(re.search(r"Building C(XX)? object", line))
            if "Building" in line and compiled % _REPORTED_EVERY == 0:
                log(f"  llama.cpp: {compiled} files compiled")
    if running.returncode != 0:
        raise NotBuilt(f"llama.cpp did not build: {' / '.join(last)[-400:]}")


if __name__ == "__main__":
    print(build(lambda text: print(text, file=sys.stderr, flush=True)))
