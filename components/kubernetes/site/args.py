"""Arguments of a site on an existing cluster."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

import pulumi
from pydantic import Field, model_validator

from falaj.components.core.node_pools.fixed_pools import fixed_pool_problems, nodes_of_machines, storage_class_keys
from falaj.components.core.site.kubeconfigs import (
    ReachableCluster,
    Unreachable,
    file_reader,
    load_cluster,
    read_no_file,
)
from falaj.components.core.site.onprem_specs import BucketStoreSpec, ConnectionSpec, OnPremSiteSpec
from falaj.components.core.validation.args import Args, Input, SecretInput
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.names import Subdomain
from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.facts.regions import uae_regions


class ClusterConnectionSpec(ConnectionSpec):
    """Connection to the cluster by a context of a kubeconfig, which is given as a file or as a secret."""

    kubeconfig: SecretInput[str] | None = None
    """Content of the kubeconfig, instead of `kubeconfig_path`."""

    @model_validator(mode="after")
    def _is_given_once(self) -> Self:
        if self.kubeconfig_path is None and self.kubeconfig is None:
            refuse_if([Problem.missing("kubeconfig_path", "`kubeconfig` is absent", "give one of them")])
        if self.kubeconfig_path is not None and self.kubeconfig is not None:
            allowed = "either `kubeconfig_path` or `kubeconfig`"
            raise refusal(allowed, "give one of them", "kubeconfig_path", self.kubeconfig_path)
        if self.kubeconfig_path is not None:
            self._load_file(self.kubeconfig_path)
        return self

    def _load_file(self, path: str) -> ReachableCluster:
        file = Path(path).expanduser()
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise refusal("a file that can be read", "create the file", "kubeconfig_path", path) from None
        try:
            return load_cluster(text, self.context, self.servers, file_reader(file.parent))
        except Unreachable as error:
            raise refusal(error.allowed, error.fix, error.path, error.given) from None

    def cluster(self) -> pulumi.Output[ReachableCluster]:
        """Returns the connection to the cluster as a secret Output.

        A secret kubeconfig is validated when it is resolved: raises `RunError` if it is invalid or its server is not
        listed.
        """
        if self.kubeconfig_path is not None:
            return pulumi.Output.secret(self._load_file(self.kubeconfig_path))
        return pulumi.Output.secret(self.kubeconfig or "").apply(self._load_text)

    def _load_text(self, text: str) -> ReachableCluster:
        try:
            return load_cluster(text, self.context, self.servers, read_no_file)
        except Unreachable as error:
            raise pulumi.RunError(f"connection.{error}") from None


class ExistingSiteArgs(OnPremSiteSpec, Args):
    """Arguments of `Site`: an existing cluster as a site."""

    connection: ClusterConnectionSpec
    """Connection to the cluster."""
    storage_classes: Mapping[str, Input[Subdomain]] = Field(default={})
    """Existing storage classes by workload profile, and by `shared` for files that several nodes can mount."""
    store: BucketStoreSpec | None = None
    """Object store of the vaults; no vaults if absent."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags."""

    def _problems(self) -> Iterator[Problem]:
        yield from fixed_pool_problems(self.pools, {name: machine.gpus for name, machine in self.machines.items()})
        if self.place in uae_regions():
            yield Problem("place", self.place, "a name that is not a cloud region", "choose another name")
        for key in sorted(self.storage_classes.keys() - set(storage_class_keys())):
            yield Problem(f"storage_classes.{key}", key, ", ".join(storage_class_keys()), "use a profile, or `shared`")

    @property
    def nodes_of_machines(self) -> dict[str, int]:
        """Number of nodes by machine type."""
        return nodes_of_machines(self.pools, self.machines)

    @property
    def vault_uris(self) -> dict[str, Input[str]]:
        """Address of each vault by purpose, in the format `s3://bucket`."""
        if self.store is None:
            return {}
        return {purpose.value: map_inputs(_uri_of, bucket) for purpose, bucket in self.store.buckets.items()}


def _uri_of(bucket: str) -> str:
    return f"s3://{bucket}"
