"""The official release of the engine, installed with the Automation API."""

import threading
import urllib.error
import urllib.request
from pathlib import Path

import semver

TIMEOUT_SECONDS = 10
"""Limit for the download of the installer."""

_INSTALLER = "https://get.pulumi.com/install.sh"
"""`PulumiCommand.install` downloads this first, so it tells whether the release is available."""


class ReleaseUnavailable(Exception):
    """The official release is not available from this machine. The message is one sentence."""


def install(version: str, root: Path) -> None:
    """Installs the official release of `version` into `root` (`bin/pulumi` below it). Raises `ReleaseUnavailable`."""
    _probe()
    from pulumi.automation import PulumiCommand

    try:
        PulumiCommand.install(root=str(root), version=semver.VersionInfo.parse(version))
    except Exception as error:
        # The installer raises arbitrary errors of its shell script and the network.
        raise ReleaseUnavailable(f"the official release could not be installed ({_short(error)})") from None


def _probe() -> None:
    """Requests the installer in a thread, because name resolution has no time limit. Raises `ReleaseUnavailable`."""
    outcome: list[str] = []

    def probe() -> None:
        try:
            with urllib.request.urlopen(_INSTALLER, timeout=TIMEOUT_SECONDS - 2):
                outcome.append("")
        except (urllib.error.URLError, OSError) as error:
            outcome.append(_short(error))

    thread = threading.Thread(target=probe, daemon=True)
    thread.start()
    thread.join(TIMEOUT_SECONDS)
    if not outcome:
        raise ReleaseUnavailable(f"the official release did not respond within {TIMEOUT_SECONDS} seconds")
    if outcome[0]:
        raise ReleaseUnavailable(f"the official release cannot be reached ({outcome[0]})")


def _short(error: BaseException) -> str:
    lines = str(getattr(error, "reason", error)).strip().splitlines()
    return lines[-1][:160] if lines else type(error).__name__
