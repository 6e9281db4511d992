"""Finds or installs the real Pulumi engine: PATH, cache, official release, Go module."""

import contextlib
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from falaj.sandbox import go_build, official_release
from falaj.sandbox.go_build import Log
from falaj.sandbox.paths import cache

VERSION = "3.259.0"
"""The engine version that is installed into the cache: the newest release that was tested with the pinned SDKs."""

OLDEST_VERSION = (3, 250)
"""The oldest version that is accepted on PATH."""

OWN_HOST = "falaj.sandbox.language_host"
"""The module of Falaj's own language host. It identifies launchers that the sandbox has written."""


@dataclass(frozen=True)
class Engine:
    """The `pulumi` executable. `how`: how it was obtained, for messages."""

    path: Path
    version: str
    how: str

    @property
    def has_language_host(self) -> bool:
        """Whether an official `pulumi-language-python` is beside the engine, where the engine looks for it."""
        return (self.path.resolve().parent / "pulumi-language-python").is_file()


class EngineNotFound(Exception):
    """No engine could be found or installed. The message lists all attempts."""


class EngineUnavailable(Exception):
    """One source of the engine failed. The message is one sentence."""


def find_engine(log: Log) -> Engine:
    """Finds the engine, and installs it if necessary; `log` reports progress. Raises `EngineNotFound`."""
    attempts = []
    for source in (_on_path, _in_cache, _official, _build_from_source):
        try:
            engine = source(log)
        except (EngineUnavailable, official_release.ReleaseUnavailable, go_build.BuildFailed) as reason:
            attempts.append(str(reason))
            continue
        return engine
    raise EngineNotFound("no Pulumi engine: " + "; ".join(attempts) + ". Install the Pulumi CLI, then run this again")


def known_engine() -> Engine | None:
    """Returns the engine on PATH or in the cache, without installing one; None if there is none."""
    for source in (_on_path, _in_cache):
        with contextlib.suppress(EngineUnavailable):
            return source(_ignore)
    return None


def _ignore(_sentence: str) -> None:
    """Logs nothing."""


def _on_path(_log: Log) -> Engine:
    on_path = shutil.which("pulumi")
    if not on_path:
        raise EngineUnavailable("none on PATH")
    version = version_of(Path(on_path))
    if _numbers(version) < OLDEST_VERSION:
        raise EngineUnavailable(f"the one on PATH is {version}, older than {OLDEST_VERSION[0]}.{OLDEST_VERSION[1]}")
    return Engine(Path(on_path), version, "found on PATH")


def cache_path(name: str) -> Path:
    """Returns the path of the cached engine from a source: `official` or `go`."""
    return cache() / f"engine-{VERSION}-{name}" / "bin" / "pulumi"


def _in_cache(_log: Log) -> Engine:
    for name in ("official", "go"):
        if cache_path(name).is_file():
            return Engine(cache_path(name), version_of(cache_path(name)), f"from the cache ({name} build)")
    raise EngineUnavailable("none in the cache")


def _official(log: Log) -> Engine:
    log(f"Pulumi {VERSION}: requesting the official release")
    try:
        official_release.install(VERSION, cache_path("official").parent.parent)
    except official_release.ReleaseUnavailable as reason:
        log(f"{reason}; trying the next source")
        raise
    return Engine(cache_path("official"), version_of(cache_path("official")), "official release, now in the cache")


def _build_from_source(log: Log) -> Engine:
    go_build.build_engine(VERSION, cache_path("go"), log)
    return Engine(cache_path("go"), version_of(cache_path("go")), "built from its Go module, now in the cache")


def version_of(engine: Path) -> str:
    """Returns the engine's version without the `v`. Raises `EngineUnavailable` if it does not run.

    An engine in the cache says it once: to start one takes a quarter of a second of processor time (2026-12-02).
    """
    if not engine.resolve().is_relative_to(cache().resolve()):
        return _stated_version(engine)
    kept, key = engine.resolve().with_name("pulumi.version"), _identity(engine)
    with contextlib.suppress(OSError, ValueError):
        known, version = kept.read_text().splitlines()
        if known == key:
            return version
    version = _stated_version(engine)
    with contextlib.suppress(OSError):
        new = kept.with_suffix(f".{os.getpid()}")
        new.write_text(f"{key}\n{version}\n")
        new.replace(kept)
    return version


def _identity(engine: Path) -> str:
    """Returns what changes if another engine is put in the place of this one, or the cache to another machine."""
    try:
        found = engine.stat()
    except OSError as error:
        raise EngineUnavailable(f"{engine} does not run ({error})") from None
    return f"{platform.node()} {found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_mode}"


def _stated_version(engine: Path) -> str:
    try:
        done = subprocess.run([engine, "version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineUnavailable(f"{engine} does not run ({error})") from None
    return done.stdout.strip().lstrip("v")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])
