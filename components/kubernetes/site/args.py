"""The arguments of a site on a cluster that is there already."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

import pulumi
from pydantic import Field, model_validator

from falaj.components.core.node_pools.fixed_pools import fixed_pool_problems, storage_keys
from falaj.components.core.site.kubeconfigs import ReachableCluster, Unreachable, nothing, reached, reader
from falaj.components.core.site.onprem_specs import BucketStoreSpec, ConnectionSpec, OnPremSiteSpec
from falaj.components.core.validation.args import Args, SecretInput
from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.components.core.validation.tags import CostTags
from falaj.facts.regions import uae_regions


class ClusterConnectionSpec(ConnectionSpec):
    """How the cluster is reached: by one named context of one kubeconfig, given as a file or as a secret."""

    kubeconfig: SecretInput[str] | None = None
    """The kubeconfig itself, instead of a file."""

    @model_validator(mode="after")
    def _is_given_once(self) -> Self:
        if self.kubeconfig_path is None and self.kubeconfig is None:
            refuse_if([Problem.missing("kubeconfig_path", "`kubeconfig` is absent", "give one of them")])
        if self.kubeconfig_path is not None and self.kubeconfig is not None:
            allowed = "either `kubeconfig_path` or `kubeconfig`"
            raise refusal(allowed, "give one of them", "kubeconfig_path", self.kubeconfig_path)
        if self.kubeconfig_path is not None:
            self._of_file(self.kubeconfig_path)
        return self

    def _of_file(self, path: str) -> ReachableCluster:
        file = Path(path).expanduser()
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise refusal("a file that can be read", "put it there", "kubeconfig_path", path) from None
        try:
            return reached(text, self.context, self.servers, reader(file.parent))
        except Unreachable as wrong:
            raise refusal(wrong.allowed, wrong.fix, wrong.path, wrong.given) from None

    def cluster(self) -> pulumi.Output[ReachableCluster]:
        """The cluster, and how it is reached: a secret. Fails, as it resolves, where it is none of those listed."""
        if self.kubeconfig_path is not None:
            return pulumi.Output.secret(self._of_file(self.kubeconfig_path))
        return pulumi.Output.secret(self.kubeconfig or "").apply(self._of_text)

    def _of_text(self, text: str) -> ReachableCluster:
        try:
            return reached(text, self.context, self.servers, nothing)
        except Unreachable as wrong:
            raise pulumi.RunError(f"connection.{wrong}") from None


class ExistingSiteArgs(OnPremSiteSpec, Args):
    """A cluster that is there already, as a site."""

    connection: ClusterConnectionSpec
    """How it is reached."""
    storage_classes: Mapping[str, str] = Field(default={})
    """Storage classes that the cluster has, by workload profile and, for files that many nodes mount, `shared`."""
    store: BucketStoreSpec | None = None
    """Object store of the vaults; none if absent."""
    tags: CostTags
    """The mandatory cost tags."""

    @model_validator(mode="after")
    def _is_a_site(self) -> Self:
        problems = [*fixed_pool_problems(self.pools, {name: one.gpus for name, one in self.machines.items()})]
        if self.place in uae_regions():
            problems.append(
                Problem("place", self.place, "a name of your own: this is a cloud's region", "choose another name")
            )
        for key in self.storage_classes.keys() - set(storage_keys()):
            problems.append(
                Problem(f"storage_classes.{key}", key, ", ".join(storage_keys()), "name a profile, or `shared`")
            )
        refuse_if(problems)
        return self

    @property
    def nodes_of_machines(self) -> dict[str, int]:
        """Number of nodes of each kind of machine."""
        counts = dict.fromkeys(self.machines, 0)
        for pool in self.pools.values():
            counts[pool.machine] += len(pool.nodes)
        return counts

    @property
    def vault_uris(self) -> dict[str, str]:
        """Address of each vault by purpose, as programs that speak S3 take it."""
        if self.store is None:
            return {}
        return {purpose.value: f"s3://{bucket}" for purpose, bucket in self.store.buckets.items()}
