"""Finds the real Pulumi engine, or gets it: PATH, our cache, the official release, its Go module."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from falaj.sandbox import go_build, official_release
from falaj.sandbox.go_build import Log
from falaj.sandbox.paths import cache

VERSION = "3.259.0"
"""The engine that the cache holds: the newest release that the pinned SDKs were measured with."""

OLDEST_VERSION = (3, 250)
"""The oldest engine on PATH that is taken."""

OWN_HOST = "falaj.sandbox.language_host"
"""The module of our own language host: its name in a program marks that program as ours."""


@dataclass(frozen=True)
class Engine:
    """The `pulumi` command line, and which way it came."""

    path: Path
    version: str
    how: str

    @property
    def has_language_host(self) -> bool:
        """Whether an official `pulumi-language-python` lies beside it or on PATH; a sandbox's own is none."""
        found = shutil.which("pulumi-language-python")
        places = [self.path.parent / "pulumi-language-python", *([Path(found)] if found else [])]
        return any(place.is_file() and OWN_HOST.encode() not in place.read_bytes()[:4096] for place in places)


class EngineNotFound(Exception):
    """No way led to an engine; the message lists what was tried."""


class EngineUnavailable(Exception):
    """One way to an engine cannot be gone; says why in one sentence."""


def find_engine(log: Log) -> Engine:
    """The engine to use. Gets one if there is none, telling `log` what is going on.

    Raises `EngineNotFound` with everything tried.
    """
    tried = []
    for source in (_on_path, _in_cache, _official, _build_from_source):
        try:
            engine = source(log)
        except (EngineUnavailable, official_release.ReleaseUnavailable, go_build.BuildFailed) as reason:
            tried.append(str(reason))
            continue
        return engine
    raise EngineNotFound("no Pulumi engine: " + "; ".join(tried) + ". Install the Pulumi CLI, then run this again")


def _on_path(_say: Log) -> Engine:
    found = shutil.which("pulumi")
    if not found:
        raise EngineUnavailable("none on PATH")
    version = version_of(Path(found))
    if _numbers(version) < OLDEST_VERSION:
        raise EngineUnavailable(f"the one on PATH is {version}, older than {OLDEST_VERSION[0]}.{OLDEST_VERSION[1]}")
    return Engine(Path(found), version, "found on PATH")


def cache_path(name: str) -> Path:
    """Where the cache keeps the engine that was got by the way `name`."""
    return cache() / f"engine-{VERSION}-{name}" / "bin" / "pulumi"


def _in_cache(_say: Log) -> Engine:
    for name in ("official", "go"):
        if cache_path(name).is_file():
            return Engine(cache_path(name), version_of(cache_path(name)), f"from the cache ({name} build)")
    raise EngineUnavailable("none in the cache")


def _official(log: Log) -> Engine:
    log(f"Pulumi {VERSION}: asking for the official release")
    try:
        official_release.install(VERSION, cache_path("official").parent.parent)
    except official_release.ReleaseUnavailable as reason:
        log(f"{reason}; going on to the next way")
        raise
    return Engine(cache_path("official"), version_of(cache_path("official")), "the official release, now in the cache")


def _build_from_source(log: Log) -> Engine:
    go_build.build_engine(VERSION, cache_path("go"), log)
    return Engine(cache_path("go"), version_of(cache_path("go")), "built from its Go module, now in the cache")


def version_of(engine: Path) -> str:
    """What the engine says of itself, without the `v`. Raises `EngineUnavailable` if it does not run."""
    try:
        done = subprocess.run([engine, "version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError) as failed:
        raise EngineUnavailable(f"{engine} does not run ({failed})") from None
    return done.stdout.strip().lstrip("v")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])
