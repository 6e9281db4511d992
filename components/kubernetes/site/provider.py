"""The Kubernetes provider of a site."""

from collections.abc import Sequence

import pulumi
import pulumi_kubernetes as kubernetes


def site_kubernetes(
    name: str,
    kubeconfig: pulumi.Input[str],
    parent: pulumi.Resource | None = None,
    depends_on: Sequence[pulumi.Resource] = (),
) -> kubernetes.Provider:
    """Creates the provider of a site's cluster, independent of the environment of the deployment.

    `kubeconfig` is the output of the cluster's component; it refers to a program that fetches a token and contains no
    secrets. `depends_on` are the node pools and agents that must exist as long as objects in the cluster, so that a
    destroy deletes the objects while controllers still run that can clean up.

    All options are set explicitly, because the SDK reads missing ones from `PULUMI_K8S_*` environment variables.
    """
    return kubernetes.Provider(
        f"{name}-kubernetes",
        kubeconfig=kubeconfig,
        # The API server merges the fields of Pulumi and of controllers, and reports the owner of conflicting fields.
        enable_server_side_apply=True,
        # Conflicting fields and existing objects are reported as errors and never taken over silently.
        enable_patch_force=False,
        upsert_existing_objects=False,
        # An unreachable cluster is an error. Otherwise Pulumi would remove its objects from the state, while disks and
        # addresses are still charged; for charts that option does not work (pulumi-kubernetes, provider.go).
        delete_unreachable=False,
        skip_update_unreachable=False,
        # A changed ConfigMap or Secret is replaced under a new name, so that pods never see partly updated settings.
        enable_config_map_mutable=False,
        enable_secret_mutable=False,
        # Deprecation warnings announce APIs that a later Kubernetes version removes.
        suppress_deprecation_warnings=False,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=list(depends_on)),
    )
