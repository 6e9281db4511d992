"""Schemas of Karpenter's kinds, from their CRDs.

Read on 2026-11-26: `pkg/apis/crds` of karpenter-provider-aws 1.15.0 and of karpenter-provider-azure (2026-08). Since
1.15 the CRD accepts any `kubelet`, and Karpenter itself rejects unknown fields; the schema has those it reads.
"""

from __future__ import annotations

from collections.abc import Mapping

from falaj.sandbox.clouds.kubernetes.field_schema import (
    ANY,
    BOOLEAN,
    TEXT,
    FieldSchema,
    array,
    integer,
    map_of,
    object_of,
    one_of,
    string,
)

_DURATION = r"([0-9]+(s|m|h))+"
_QUANTITY = FieldSchema(
    "quantity", pattern=r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(([KMGTPE]i)|[numkMGTPE]|[eE][+-]?[0-9.]+)?"
)
_LABEL_KEY = string(r"([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
_LABEL_VALUE = string(r"(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?")
_OPERATOR = one_of("Gte", "Lte", "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt")
_TAINT = object_of(
    "key",
    "effect",
    key=_LABEL_KEY,
    value=_LABEL_VALUE,
    effect=one_of("NoSchedule", "PreferNoSchedule", "NoExecute"),
    timeAdded=TEXT,
)
_REQUIREMENTS = array(
    object_of(
        "key", "operator", key=_LABEL_KEY, operator=_OPERATOR, values=array(_LABEL_VALUE), minValues=integer(1, 50)
    )
)

NODE_POOL = object_of(
    "template",
    disruption=object_of(
        consolidateAfter=string(f"{_DURATION}|Never"),
        consolidationPolicy=one_of("WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced"),
        budgets=array(
            object_of(
                "nodes",
                nodes=string(r"(100|[0-9]{1,2})%|[0-9]+"),
                reasons=array(one_of("Underutilized", "Empty", "Drifted", "Unhealthy")),
                schedule=string(r"@(annually|yearly|monthly|weekly|daily|midnight|hourly)|(\S+\s){4}\S+"),
                duration=string(r"(([0-9]+(h|m))|([0-9]+h[0-9]+m))(0s)?"),
            )
        ),
    ),
    limits=map_of(_QUANTITY),
    replicas=integer(0),
    weight=integer(1, 100),
    template=object_of(
        "spec",
        metadata=object_of(labels=map_of(_LABEL_VALUE), annotations=map_of(TEXT)),
        spec=object_of(
            "nodeClassRef",
            "requirements",
            nodeClassRef=object_of(
                "group", "kind", "name", group=string("[^/]+"), kind=string(".+"), name=string(".+")
            ),
            requirements=_REQUIREMENTS,
            taints=array(_TAINT),
            startupTaints=array(_TAINT),
            terminationGracePeriod=string(_DURATION),
            expireAfter=string(f"{_DURATION}|Never"),
        ),
    ),
)

NODE_OVERLAY = object_of(
    "requirements",
    requirements=_REQUIREMENTS,
    price=string(r"\d+(\.\d+)?"),
    priceAdjustment=TEXT,
    capacity=map_of(_QUANTITY),
    weight=integer(1, 10000),
)

_EBS = object_of(
    deleteOnTermination=BOOLEAN,
    encrypted=BOOLEAN,
    iops=integer(),
    kmsKeyID=TEXT,
    snapshotID=TEXT,
    throughput=integer(),
    volumeInitializationRate=integer(100, 300),
    volumeSize=string(r"[1-9][0-9]{0,4}(Gi|G)|[1-9][0-9]?(Ti|T)"),
    volumeType=one_of("standard", "io1", "io2", "gp2", "sc1", "st1", "gp3"),
)
_ON_OFF = one_of("enabled", "disabled")

EC2_NODE_CLASS = object_of(
    "amiSelectorTerms",
    "securityGroupSelectorTerms",
    "subnetSelectorTerms",
    amiFamily=one_of("AL2", "AL2023", "Bottlerocket", "Custom", "Windows2019", "Windows2022", "Windows2025"),
    amiSelectorTerms=array(
        object_of(alias=TEXT, id=string("ami-[0-9a-z]+"), name=TEXT, owner=TEXT, ssmParameter=TEXT, tags=map_of(TEXT))
    ),
    associatePublicIPAddress=BOOLEAN,
    blockDeviceMappings=array(object_of(deviceName=TEXT, ebs=_EBS, rootVolume=BOOLEAN)),
    capacityReservationSelectorTerms=ANY,
    connectionTracking=ANY,
    context=TEXT,
    cpuOptions=ANY,
    detailedMonitoring=BOOLEAN,
    enclaveOptions=object_of("enabled", enabled=BOOLEAN),
    instanceProfile=string(".+"),
    instanceStorePolicy=one_of("RAID0"),
    ipPrefixCount=integer(0),
    kubelet=object_of(
        clusterDNS=array(TEXT),
        cpuCFSQuota=BOOLEAN,
        evictionHard=map_of(TEXT),
        evictionMaxPodGracePeriod=integer(),
        evictionSoft=map_of(TEXT),
        evictionSoftGracePeriod=map_of(TEXT),
        imageGCHighThresholdPercent=integer(0, 100),
        imageGCLowThresholdPercent=integer(0, 100),
        kubeReserved=map_of(TEXT),
        maxPods=integer(0),
        podsPerCore=integer(0),
        systemReserved=map_of(TEXT),
    ),
    metadataOptions=object_of(
        httpEndpoint=_ON_OFF,
        httpProtocolIPv6=_ON_OFF,
        httpPutResponseHopLimit=integer(1, 64),
        httpTokens=one_of("required", "optional"),
    ),
    networkInterfaces=ANY,
    placementGroupSelector=ANY,
    role=string(".+"),
    securityGroupSelectorTerms=array(object_of(id=string("sg-[0-9a-z]+"), name=TEXT, tags=map_of(TEXT))),
    subnetSelectorTerms=array(object_of(id=string("subnet-[0-9a-z]+"), tags=map_of(TEXT))),
    tags=map_of(TEXT),
    userData=TEXT,
)

AKS_NODE_CLASS = object_of(
    artifactStreaming=object_of(enabled=BOOLEAN),
    fipsMode=one_of("FIPS", "Disabled"),
    gpu=object_of(mode=one_of("Driver", "None")),
    imageFamily=one_of("Ubuntu", "Ubuntu2204", "Ubuntu2404", "AzureLinux"),
    kubelet=ANY,
    linuxOSConfig=ANY,
    localDNS=ANY,
    maxPods=integer(10, 250),
    osDiskSizeGB=integer(30, 2048),
    security=object_of(encryptionAtHost=BOOLEAN),
    tags=map_of(TEXT),
    vnetSubnetID=TEXT,
)

SPEC_SCHEMAS: Mapping[tuple[str, str], FieldSchema] = {
    ("karpenter.sh", "NodePool"): NODE_POOL,
    ("karpenter.sh", "NodeOverlay"): NODE_OVERLAY,
    ("karpenter.k8s.aws", "EC2NodeClass"): EC2_NODE_CLASS,
    ("karpenter.azure.com", "AKSNodeClass"): AKS_NODE_CLASS,
}
"""(API group, kind) -> schema of `spec`."""
