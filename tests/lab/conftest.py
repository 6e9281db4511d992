"""The laboratory, once for all tests of a process, and a namespace of its own for each."""

import itertools
import os
import re
from collections.abc import Iterator

import pytest

from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab, LabFailed
from falaj.sandbox.lab.programs import ProgramsUnavailable
from tests.lab.objects import NODE_CLASS, Place, namespace


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is of the laboratory."""
    for item in items:
        if "tests/lab/" in item.nodeid:
            item.add_marker(pytest.mark.lab)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A laboratory that ends with these tests, whatever ends them.

    It takes minutes and most of two cores, and its programs a quarter of an hour to build: it is started only where it
    is required (`./test --all`), and there anything that stands in the way is a failure.
    """
    if not os.environ.get("FALAJ_REQUIRE_LAB"):
        pytest.skip("the laboratory is started where FALAJ_REQUIRE_LAB is set")
    one = Lab(tmp_path_factory.mktemp("lab") / "cluster")
    try:
        one.up(print, with_parent=True)
    except (ProgramsUnavailable, LabFailed) as reason:
        pytest.fail(f"the laboratory is required: {reason}")
    yield one
    one.down()


@pytest.fixture(scope="session")
def api(lab: Lab) -> Api:
    """The laboratory's API server, as its administrator."""
    server = Api(lab.kubeconfig)
    server.apply(NODE_CLASS)
    server.apply(namespace("keda"))  # where models that sleep have their way through KEDA's proxy
    return server


_NUMBERS = itertools.count(1)


@pytest.fixture
def place(api: Api, request: pytest.FixtureRequest) -> Iterator[Place]:
    """A namespace and what a test puts beside it, all gone afterwards with the nodes that it had."""
    words = re.sub(r"[^a-z0-9]+", "-", request.node.name.removeprefix("test_").lower())
    name = f"{words[:36].strip('-')}-{next(_NUMBERS)}"
    own = Place(api, name)
    own.apply(namespace(name))
    wait_for(
        lambda: api.get(
            {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": name}}
        ),
        30,
        "the namespace's service account",
    )
    yield own
    own.clear()
