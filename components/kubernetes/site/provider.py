"""The provider of the Kubernetes of one site."""

from collections.abc import Sequence

import pulumi
import pulumi_kubernetes as kubernetes


def site_kubernetes(
    name: str,
    kubeconfig: pulumi.Input[str],
    parent: pulumi.Resource | None = None,
    depends_on: Sequence[pulumi.Resource] = (),
) -> kubernetes.Provider:
    """A provider of one site's cluster, whatever the environment of the person who deploys says.

    `kubeconfig` is that of the cluster's component; it names a program that fetches a token and holds no secret.
    `depends_on` is what must stand as long as objects do: node pools and agents, so that a destroy takes the objects
    away while something still runs that can clean up behind them.

    Every choice is given, because the SDK takes the absent ones from `PULUMI_K8S_*` variables.
    """
    return kubernetes.Provider(
        f"{name}-kubernetes",
        kubeconfig=kubeconfig,
        # The API server merges what we say with what controllers say, and tells whose field a conflict is about.
        enable_server_side_apply=True,
        # A conflict is a finding, an object that is there already is not ours: neither is taken over silently.
        enable_patch_force=False,
        upsert_existing_objects=False,
        # A cluster that cannot be reached is an error. The other choice forgets its objects, disks and addresses, which
        # go on costing money, and does not even work for charts (pulumi-kubernetes, provider.go).
        delete_unreachable=False,
        skip_update_unreachable=False,
        # Pods get new settings as a new map under a new name, and never half of them.
        enable_config_map_mutable=False,
        enable_secret_mutable=False,
        # They say months ahead which API goes away with the next version of Kubernetes.
        suppress_deprecation_warnings=False,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=list(depends_on)),
    )
