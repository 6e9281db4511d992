"""Program with the queues of the validated scenario, on a cluster that already runs Kueue."""

import os
from pathlib import Path

import pulumi

from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.facts.regions import Cloud
from falaj.sandbox.lab.versions import MINOR
from tests.lab.validation.scenario import queueing_args, spaces
from tests.samples import COST_TAGS

if __name__ == "__main__":
    site = pulumi.ComponentResource("tests:lab:Site", "site")
    cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)
    foundation = Foundation(
        "base",
        FoundationArgs(
            tenants={
                tenant: TenantSpec(tier=Tier.ENTERPRISE, queued=True, **space.model_dump())
                for tenant, space in spaces().items()
            },
            cloud=Cloud.AWS,
            network_cidr="10.30.0.0/16",
            kubernetes_version=MINOR,
            tags=COST_TAGS,
        ),
        pulumi.ResourceOptions(providers={"kubernetes": cluster}),
    )
    Queueing(
        "validation",
        queueing_args(),
        pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[foundation]),
    )
