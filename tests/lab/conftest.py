"""Fixtures of the laboratory: one laboratory for all tests of a process, and a namespace for each test."""

import itertools
import os
import re
from collections.abc import Iterator

import pytest

from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab, LabFailed
from falaj.sandbox.lab.programs import ProgramsUnavailable
from tests.lab.objects import NODE_CLASS, LabNamespace, namespace_manifest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks all tests of this folder as laboratory tests."""
    for item in items:
        if "tests/lab/" in item.nodeid:
            item.add_marker(pytest.mark.lab)


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A laboratory that ends after the process's last test of this folder: its programs take a quarter of a core even
    without work. It also ends with the process, however that ends.

    It takes minutes and most of two cores, and its programs take half an hour to build. So it is started only if it is
    required (`./test --all`); then a failure to start it fails the tests.
    """
    if not os.environ.get("FALAJ_REQUIRE_LAB"):
        pytest.skip("the laboratory is started where FALAJ_REQUIRE_LAB is set")
    laboratory = Lab(tmp_path_factory.mktemp("lab") / "cluster")
    try:
        laboratory.up(print, with_parent=True)
    except (ProgramsUnavailable, LabFailed) as reason:
        pytest.fail(f"the laboratory is required: {reason}")
    yield laboratory
    laboratory.down()


@pytest.fixture(scope="package")
def api(lab: Lab) -> Api:
    """The laboratory's API server, accessed as administrator."""
    server = Api(lab.kubeconfig)
    server.apply(NODE_CLASS)
    server.apply(
        namespace_manifest("keda")
    )  # the namespace of KEDA's interceptor proxy, which models that scale to zero need
    return server


_NUMBERS = itertools.count(1)


@pytest.fixture
def namespace(api: Api, request: pytest.FixtureRequest) -> Iterator[LabNamespace]:
    """A namespace for one test; its objects, cluster-scoped objects and nodes are deleted afterwards."""
    words = re.sub(r"[^a-z0-9]+", "-", request.node.name.removeprefix("test_").lower())
    name = f"{words[:36].strip('-')}-{next(_NUMBERS)}"
    namespace_scope = LabNamespace(api, name)
    namespace_scope.apply(namespace_manifest(name))
    wait_for(
        lambda: api.get(
            {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": name}}
        ),
        30,
        "the namespace's service account",
    )
    yield namespace_scope
    namespace_scope.clear()
