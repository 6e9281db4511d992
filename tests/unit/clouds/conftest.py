"""Fixtures: emulated clouds with a new inventory for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from falaj.components.core.site.waiting import RECORD
from falaj.sandbox.clouds.azure.references import RESTRICTED_REGIONS
from falaj.sandbox.clouds.inventory import Inventory
from tests.unit.clouds.azure_platform import Site
from tests.unit.clouds.driver import Driver


@pytest.fixture(scope="session")
def empty_inventory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty inventory file. Creating its tables takes as long as a whole test, so it is copied."""
    path = tmp_path_factory.mktemp("inventory") / "inventory.db"
    Inventory(path).close()
    return path


@pytest.fixture
def inventory_path(empty_inventory: Path, tmp_path: Path) -> Path:
    """The file of a new inventory."""
    return Path(shutil.copyfile(empty_inventory, tmp_path / "inventory.db"))


@pytest.fixture
def open_cloud(inventory_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Driver]]:
    """Opens a driver on the test's inventory: `open_cloud("aws", region="me-central-1")`."""
    drivers: list[Driver] = []
    monkeypatch.setenv(RECORD, str(inventory_path.with_name("waits")))

    def open_(name: str, **config: str) -> Driver:
        drivers.append(Driver(name, inventory_path, **config))
        return drivers[-1]

    yield open_
    for driver in drivers:
        driver.cloud.inventory.close()


@pytest.fixture
def aws(open_cloud: Callable[..., Driver]) -> Driver:
    """The emulated AWS in me-central-1 with one default tag."""
    return open_cloud("aws", region="me-central-1", defaultTags='{"tags":{"project":"falaj"}}')


@pytest.fixture
def azure(open_cloud: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch) -> Driver:
    """The emulated Azure, with access to uaecentral."""
    monkeypatch.setenv(RESTRICTED_REGIONS, "uaecentral")
    return open_cloud("azure-native")


@pytest.fixture
def site(azure: Driver) -> Site:
    """An empty resource group in the emulated Azure."""
    return Site(azure)
