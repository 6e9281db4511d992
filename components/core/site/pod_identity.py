"""What binds the pods of a service account to a cloud identity. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from falaj.components.core.node_pools.node_traits import OWN_NODES
from falaj.components.core.site.rules import node_traits, rules_of
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.problems import Problem
from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.regions import REGIONS


@dataclass(frozen=True)
class PodIdentity:
    """Annotations of a service account, and labels of its pods."""

    annotations: Mapping[str, Input[str]]
    labels: Mapping[str, str]


def clouds_with_client_ids() -> list[Cloud]:
    """Returns the clouds whose identities have a client ID, which annotates the service account."""
    return [cloud for cloud in CLOUDS if node_traits(cloud).client_id_annotation is not None]


def client_id_allowed() -> str:
    """Returns where a client ID is allowed, for messages."""
    return f"only on {', '.join(CLOUDS[cloud].display_name for cloud in clouds_with_client_ids())}"


def client_id_problems(region: str | None, client_id: Input[str] | None) -> Iterator[Problem]:
    """Yields a problem for a client ID on a cloud whose identities have none."""
    if client_id is not None and region is not None and REGIONS[region].cloud not in clouds_with_client_ids():
        yield Problem("client_id", "given", client_id_allowed(), "remove it")


def pod_identity(region: str | None, client_id: Input[str] | None) -> PodIdentity:
    """Returns the identity of pods in a region, or without a region that of every cloud with client IDs.

    Without a client ID on a cloud that needs one, pods have no identity.
    """
    if client_id is None:
        traits = OWN_NODES if region is None else rules_of(REGIONS[region].cloud).nodes
        return PodIdentity({}, traits.pod_labels if traits.client_id_annotation is None else {})
    clouds = clouds_with_client_ids() if region is None else [REGIONS[region].cloud]
    nodes = [rules_of(cloud).nodes for cloud in clouds]
    return PodIdentity(
        annotations={one.client_id_annotation: client_id for one in nodes if one.client_id_annotation is not None},
        labels={key: value for one in nodes for key, value in one.pod_labels.items()},
    )
