"""Identity of pods: annotations and labels are those of the cloud, never those of another one."""

import pytest

from falaj.components.core.site.pod_identity import client_id_problems, pod_identity

USE, CLIENT = {"azure.workload.identity/use": "true"}, "azure.workload.identity/client-id"


@pytest.mark.parametrize(
    ("region", "client_id", "annotations", "labels"),
    [
        ("uaenorth", "id", {CLIENT: "id"}, USE),
        ("uaenorth", None, {}, {}),
        ("me-central-1", None, {}, {}),
        (None, None, {}, {}),
        (None, "id", {CLIENT: "id"}, USE),
    ],
)
def test_pods_get_what_their_cloud_requires(region, client_id, annotations, labels) -> None:
    identity = pod_identity(region, client_id)
    assert (identity.annotations, identity.labels) == (annotations, labels)


def test_a_client_id_is_refused_where_there_is_none() -> None:
    assert [str(problem) for problem in client_id_problems("me-central-1", "id")] == [
        'client_id: "given" is not allowed; allowed: only on Azure. Fix: remove it.'
    ]
    for region, client_id in (("uaenorth", "id"), (None, "id"), ("me-central-1", None)):
        assert not [*client_id_problems(region, client_id)]
