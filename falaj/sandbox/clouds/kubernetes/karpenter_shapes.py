"""Fields of Karpenter's kinds, as their CustomResourceDefinitions have them.

Read on 2026-11-24: `pkg/apis/crds` of karpenter-provider-aws 1.14.3, and of karpenter-provider-azure (2026-08).
"""

from __future__ import annotations

from collections.abc import Mapping

from falaj.sandbox.clouds.kubernetes.shapes import (
    ANY,
    BOOLEAN,
    TEXT,
    Shape,
    by_key,
    fields,
    many,
    one_of,
    text,
    whole,
)

_DURATION = r"([0-9]+(s|m|h))+"
_QUANTITY = Shape("quantity", pattern=r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(([KMGTPE]i)|[numkMGTPE]|[eE][+-]?[0-9.]+)?")
_LABEL_KEY = text(r"([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
_LABEL_VALUE = text(r"(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?")
_OPERATOR = one_of("Gte", "Lte", "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt")
_TAINT = fields(
    "key",
    "effect",
    key=_LABEL_KEY,
    value=_LABEL_VALUE,
    effect=one_of("NoSchedule", "PreferNoSchedule", "NoExecute"),
    timeAdded=TEXT,
)
_REQUIREMENTS = many(
    fields("key", "operator", key=_LABEL_KEY, operator=_OPERATOR, values=many(_LABEL_VALUE), minValues=whole(1, 50))
)

NODE_POOL = fields(
    "template",
    disruption=fields(
        "consolidateAfter",
        consolidateAfter=text(f"{_DURATION}|Never"),
        consolidationPolicy=one_of("WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced"),
        budgets=many(
            fields(
                "nodes",
                nodes=text(r"(100|[0-9]{1,2})%|[0-9]+"),
                reasons=many(one_of("Underutilized", "Empty", "Drifted")),
                schedule=text(r"@(annually|yearly|monthly|weekly|daily|midnight|hourly)|(\S+\s){4}\S+"),
                duration=text(r"(([0-9]+(h|m))|([0-9]+h[0-9]+m))(0s)?"),
            )
        ),
    ),
    limits=by_key(_QUANTITY),
    replicas=whole(0),
    weight=whole(1, 100),
    template=fields(
        "spec",
        metadata=fields(labels=by_key(_LABEL_VALUE), annotations=by_key(TEXT)),
        spec=fields(
            "nodeClassRef",
            "requirements",
            nodeClassRef=fields("group", "kind", "name", group=text("[^/]+"), kind=text(".+"), name=text(".+")),
            requirements=_REQUIREMENTS,
            taints=many(_TAINT),
            startupTaints=many(_TAINT),
            terminationGracePeriod=text(_DURATION),
            expireAfter=text(f"{_DURATION}|Never"),
        ),
    ),
)

NODE_OVERLAY = fields(
    "requirements",
    requirements=_REQUIREMENTS,
    price=text(r"\d+(\.\d+)?"),
    priceAdjustment=TEXT,
    capacity=by_key(_QUANTITY),
    weight=whole(1, 10000),
)

_EBS = fields(
    deleteOnTermination=BOOLEAN,
    encrypted=BOOLEAN,
    iops=whole(),
    kmsKeyID=TEXT,
    snapshotID=TEXT,
    throughput=whole(),
    volumeInitializationRate=whole(100, 300),
    volumeSize=text(r"[1-9][0-9]{0,4}(Gi|G)|[1-9][0-9]?(Ti|T)"),
    volumeType=one_of("standard", "io1", "io2", "gp2", "sc1", "st1", "gp3"),
)
_ON_OFF = one_of("enabled", "disabled")

EC2_NODE_CLASS = fields(
    "amiSelectorTerms",
    "securityGroupSelectorTerms",
    "subnetSelectorTerms",
    amiFamily=one_of("AL2", "AL2023", "Bottlerocket", "Custom", "Windows2019", "Windows2022", "Windows2025"),
    amiSelectorTerms=many(
        fields(alias=TEXT, id=text("ami-[0-9a-z]+"), name=TEXT, owner=TEXT, ssmParameter=TEXT, tags=by_key(TEXT))
    ),
    associatePublicIPAddress=BOOLEAN,
    blockDeviceMappings=many(fields(deviceName=TEXT, ebs=_EBS, rootVolume=BOOLEAN)),
    capacityReservationSelectorTerms=ANY,
    connectionTracking=ANY,
    context=TEXT,
    cpuOptions=ANY,
    detailedMonitoring=BOOLEAN,
    instanceProfile=text(".+"),
    instanceStorePolicy=one_of("RAID0"),
    ipPrefixCount=whole(0),
    kubelet=fields(
        clusterDNS=many(TEXT),
        cpuCFSQuota=BOOLEAN,
        evictionHard=by_key(TEXT),
        evictionMaxPodGracePeriod=whole(),
        evictionSoft=by_key(TEXT),
        evictionSoftGracePeriod=by_key(TEXT),
        imageGCHighThresholdPercent=whole(0, 100),
        imageGCLowThresholdPercent=whole(0, 100),
        kubeReserved=by_key(TEXT),
        maxPods=whole(0),
        podsPerCore=whole(0),
        systemReserved=by_key(TEXT),
    ),
    metadataOptions=fields(
        httpEndpoint=_ON_OFF,
        httpProtocolIPv6=_ON_OFF,
        httpPutResponseHopLimit=whole(1, 64),
        httpTokens=one_of("required", "optional"),
    ),
    networkInterfaces=ANY,
    placementGroupSelector=ANY,
    role=text(".+"),
    securityGroupSelectorTerms=many(fields(id=text("sg-[0-9a-z]+"), name=TEXT, tags=by_key(TEXT))),
    subnetSelectorTerms=many(fields(id=text("subnet-[0-9a-z]+"), tags=by_key(TEXT))),
    tags=by_key(TEXT),
    userData=TEXT,
)

AKS_NODE_CLASS = fields(
    artifactStreaming=fields(enabled=BOOLEAN),
    fipsMode=one_of("FIPS", "Disabled"),
    gpu=fields(mode=one_of("Driver", "None")),
    imageFamily=one_of("Ubuntu", "Ubuntu2204", "Ubuntu2404", "AzureLinux"),
    kubelet=ANY,
    linuxOSConfig=ANY,
    localDNS=ANY,
    maxPods=whole(10, 250),
    osDiskSizeGB=whole(30, 2048),
    security=fields(encryptionAtHost=BOOLEAN),
    tags=by_key(TEXT),
    vnetSubnetID=TEXT,
)

SHAPES: Mapping[tuple[str, str], Shape] = {
    ("karpenter.sh", "NodePool"): NODE_POOL,
    ("karpenter.sh", "NodeOverlay"): NODE_OVERLAY,
    ("karpenter.k8s.aws", "EC2NodeClass"): EC2_NODE_CLASS,
    ("karpenter.azure.com", "AKSNodeClass"): AKS_NODE_CLASS,
}
"""API group and kind -> the shape of `spec`."""
