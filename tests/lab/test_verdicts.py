"""The emulated cluster of the sandbox accepts and refuses the same objects as the real API server."""

from collections.abc import Iterator

import pytest

from falaj.sandbox.clouds.kubernetes.crd_schemas import FILE
from falaj.sandbox.clouds.kubernetes.rules import NOT_SERVED
from falaj.sandbox.clouds.sdk_schema import sdk
from falaj.sandbox.lab.api import Api, ApiError
from falaj.sandbox.lab.export_crd_schemas import collect_schemas, to_json_lines
from falaj.sandbox.lab.upstream_files import ensure
from tests.lab.objects import LabNamespace
from tests.lab.verdict_cases import BUILT_IN, CUSTOM, DIFFERS, HERE, Case, Object
from tests.unit.clouds.conftest import empty_inventory, inventory_path, open_cloud  # noqa: F401 (fixtures)
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.emulated_kubernetes import emulated_cluster, error_for
from tests.unit.clouds.kubernetes_objects import Open

NO_API_GROUPS = ("helm.sh/", "kustomize/", "yaml/", "meta/")
"""API groups of the SDK that are not kinds of Kubernetes."""


@pytest.fixture
def emulated(open_cloud: Open) -> Driver:  # noqa: F811
    """The emulated cluster."""
    return emulated_cluster(open_cloud)


@pytest.fixture(scope="module")
def real_namespace(api: Api) -> Iterator[str]:
    """A namespace for all tests, because dry runs create nothing."""
    manifest: Object = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "verdicts"}}
    api.apply(manifest)
    yield "verdicts"
    api.delete(manifest)


@pytest.mark.parametrize("case", [*BUILT_IN, *CUSTOM], ids=lambda case: case.name)
def test_both_accept_and_refuse_the_same_objects(case: Case, emulated: Driver, api: Api, real_namespace: str) -> None:
    real_refusal = _real_refusal(api, _in_namespace(real_namespace, case.manifest))
    assert (real_refusal is None) == case.good, real_refusal
    emulated_refusal = error_for(emulated, case.manifest)
    assert (emulated_refusal is None) == (case.good != (case.name in DIFFERS)), emulated_refusal


def test_an_existing_object_is_refused_by_both(emulated: Driver, namespace: LabNamespace) -> None:
    manifest = next(case.manifest for case in BUILT_IN if case.good)
    namespace.apply(_in_namespace(namespace.name, manifest))
    assert "already exists" in (_real_refusal(namespace.api, _in_namespace(namespace.name, manifest)) or "")
    assert error_for(emulated, manifest) is None
    assert "already exists" in (error_for(emulated, manifest) or "")


def test_there_are_enough_valid_and_invalid_cases_with_unique_names() -> None:
    cases = (*BUILT_IN, *CUSTOM)
    assert len({case.name for case in cases}) == len(cases) >= 100
    assert sum(case.good for case in cases) >= 25
    assert {case.name for case in cases} >= set(DIFFERS)


def _in_namespace(namespace: str, manifest: Object) -> Object:
    """Replaces the namespace placeholder of an object."""
    metadata = manifest["metadata"]
    return (
        {**manifest, "metadata": metadata | {"namespace": namespace}} if metadata.get("namespace") == HERE else manifest
    )


def _real_refusal(api: Api, manifest: Object) -> str | None:
    try:
        api.request("POST", f"{api.path(manifest, named=False)}?dryRun=All&fieldValidation=Strict", manifest)
    except ApiError as refused:
        return str(refused)
    return None


def test_the_exported_crd_schemas_are_current() -> None:
    """If it fails, run `python -m falaj.sandbox.lab.export_crd_schemas`."""
    assert FILE.read_text() == to_json_lines(collect_schemas(ensure(print)))


def test_the_same_versions_of_kubernetes_own_kinds_are_served(api: Api) -> None:
    served = {
        f"{group['metadata'].get('name') or 'core'}/{version['version']}"
        for root in ("/api", "/apis")
        for group in api.request("GET", root)["items"]
        for version in group["versions"]
    }
    own = {token for token in sdk("pulumi_kubernetes").tokens if not token.split(":")[1].startswith(NO_API_GROUPS)}
    assert {
        version for token in own if not NOT_SERVED.search(token) and (version := token.split(":")[1]) not in served
    } == set()
    assert {
        version for token in own if NOT_SERVED.search(token) and (version := token.split(":")[1]) in served
    } == set()
