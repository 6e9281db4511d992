"""The emulated cluster of the sandbox says yes and no to the same objects as the real API server."""

from collections.abc import Iterator

import pytest

from falaj.sandbox.clouds.kubernetes.crd_schemas import FILE
from falaj.sandbox.clouds.kubernetes.rules import NOT_SERVED
from falaj.sandbox.clouds.sdk_schema import sdk
from falaj.sandbox.lab.api import Api, ApiError
from falaj.sandbox.lab.export_crd_schemas import collect_schemas, to_json_lines
from falaj.sandbox.lab.upstream_files import ensure
from tests.lab.objects import Place
from tests.lab.verdict_cases import BUILT_IN, CUSTOM, DIFFERS, HERE, Case, Object
from tests.unit.clouds.conftest import empty_inventory, inventory_path, open_cloud  # noqa: F401 (fixtures)
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.emulated_kubernetes import emulated_cluster, error_for
from tests.unit.clouds.kubernetes_objects import Open

NO_API = ("helm.sh/", "kustomize/", "yaml/", "meta/")
"""What the SDK has beside kinds of Kubernetes."""


@pytest.fixture
def emulated(open_cloud: Open) -> Driver:  # noqa: F811
    """The other one."""
    return emulated_cluster(open_cloud)


@pytest.fixture(scope="module")
def real_namespace(api: Api) -> Iterator[str]:
    """One for all: nothing is kept of a dry run."""
    one: Object = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "verdicts"}}
    api.apply(one)
    yield "verdicts"
    api.delete(one)


@pytest.mark.parametrize("case", [*BUILT_IN, *CUSTOM], ids=lambda case: case.name)
def test_both_say_the_same(case: Case, emulated: Driver, api: Api, real_namespace: str) -> None:
    real = _real(api, _in(real_namespace, case.one))
    assert (real is None) == case.good, real
    said = error_for(emulated, case.one)
    assert (said is None) == (case.good != (case.name in DIFFERS)), said


def test_what_is_there_already_is_refused_by_both(emulated: Driver, place: Place) -> None:
    one = next(case.one for case in BUILT_IN if case.good)
    place.apply(_in(place.name, one))
    assert "already exists" in (_real(place.api, _in(place.name, one)) or "")
    assert error_for(emulated, one) is None
    assert "already exists" in (error_for(emulated, one) or "")


def test_there_are_enough_of_both_sorts_and_none_twice() -> None:
    cases = (*BUILT_IN, *CUSTOM)
    assert len({case.name for case in cases}) == len(cases) >= 100
    assert sum(case.good for case in cases) >= 25
    assert {case.name for case in cases} >= set(DIFFERS)


def _in(place: str, one: Object) -> Object:
    """In the namespace of a test instead of the one that is written."""
    metadata = one["metadata"]
    return {**one, "metadata": metadata | {"namespace": place}} if metadata.get("namespace") == HERE else one


def _real(api: Api, one: Object) -> str | None:
    try:
        api.request("POST", f"{api.path(one, named=False)}?dryRun=All&fieldValidation=Strict", one)
    except ApiError as refused:
        return str(refused)
    return None


def test_what_the_emulation_knows_of_definitions_is_what_they_say() -> None:
    """Otherwise: `python -m falaj.sandbox.lab.export_crd_schemas`."""
    assert FILE.read_text() == to_json_lines(collect_schemas(ensure(print)))


def test_the_same_versions_of_kubernetes_own_kinds_are_served(api: Api) -> None:
    served = {
        f"{group['metadata'].get('name') or 'core'}/{version['version']}"
        for root in ("/api", "/apis")
        for group in api.request("GET", root)["items"]
        for version in group["versions"]
    }
    own = {token for token in sdk("pulumi_kubernetes").tokens if not token.split(":")[1].startswith(NO_API)}
    assert {
        version for token in own if not NOT_SERVED.search(token) and (version := token.split(":")[1]) not in served
    } == set()
    assert {
        version for token in own if NOT_SERVED.search(token) and (version := token.split(":")[1]) in served
    } == set()
