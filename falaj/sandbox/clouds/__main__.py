"""`python -m falaj.sandbox.clouds CLOUD ENGINE`: the provider plug-in of one emulated cloud, started by the engine.

Environment: FALAJ_INVENTORY, path of the inventory file (required); FALAJ_CLOUD_LATENCY_MS, milliseconds between the
creation of a resource and the response to the engine (default 0); those of `authorization`.
"""

import argparse
import asyncio
import importlib
import os
import sqlite3
import sys
from pathlib import Path

from falaj.facts.clouds import CLOUDS
from falaj.sandbox.clouds import inventory_errors
from falaj.sandbox.clouds.authorization import authorization
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.plugin import serve
from falaj.sandbox.clouds.provider import EmulatedCloud
from falaj.sandbox.clouds.spec import CloudSpec

_CLOUDS = {
    **{entry.package: entry.emulator for entry in CLOUDS.values() if entry.emulator is not None},
    "kubernetes": "falaj.sandbox.clouds.kubernetes",
}


def load(name: str) -> CloudSpec:
    """Returns the specification of a cloud by the name of its plug-in."""
    spec = importlib.import_module(_CLOUDS[name]).SPEC
    assert isinstance(spec, CloudSpec)  # noqa: S101
    return spec


def main() -> None:
    """Serves one emulated cloud until the engine exits."""
    parser = argparse.ArgumentParser(description="An emulated cloud as a Pulumi provider plug-in")
    parser.add_argument("cloud", choices=sorted(_CLOUDS))
    parser.add_argument("engine", nargs="?", default="")
    options, _ = parser.parse_known_args()
    path = os.environ.get("FALAJ_INVENTORY")
    if not path:
        sys.exit("FALAJ_INVENTORY is not set: run pulumi inside the sandbox (`falaj shell`)")
    latency = float(os.environ.get("FALAJ_CLOUD_LATENCY_MS", "0")) / 1000
    try:
        cloud = EmulatedCloud(load(options.cloud), Inventory(Path(path), options.cloud), latency)
        cloud.authorization = authorization(options.cloud)
    except ValueError as error:
        sys.exit(str(error))
    except sqlite3.DatabaseError as error:
        sys.exit(inventory_errors.sentence(error))
    asyncio.run(serve(cloud, options.engine))


if __name__ == "__main__":
    main()
