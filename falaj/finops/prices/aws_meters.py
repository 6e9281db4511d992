"""Mapping from the rows of the service catalogue to AWS's price list.

Service codes, product families and usage types are those that Infracost queries (github.com/infracost/infracost
95ba4f49, internal/resources/aws), those of RDS, OpenSearch, MSK and Redshift also those that public code checked with
the API in 2026 (found as strings, 2026-12-02), and those of MemoryDB, serverless caches and RDS Proxy those of c3x
(github.com/c3xdev/c3x 5c227c21, resources/aws, read 2026-12-02). None was tried against the API itself: a row without a
match, or with several prices, is left unchanged and reported.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Meter:
    """A catalogue row's entry in the price list. `usage` is the usage type after the region's prefix; `times` converts
    the list's unit to the catalogue's.
    """

    service: str
    sku: str
    code: str
    family: str
    usage: str
    times: Decimal = Decimal(1)


_EC2, _ELB, _LOGS, _S3 = "AmazonEC2", "AWSELB", "AmazonCloudWatch", "AmazonS3"
_RDS, _SEARCH, _MSK = "AmazonRDS", "AmazonES", "AmazonMSK"
_VOLUME, _KAFKA = "Amazon OpenSearch Service Volume", "Managed Streaming for Apache Kafka (MSK)"
_BROKERS = {
    "m5": "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge",
    "m7g": "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
    "t3": "small",
}
"""Family -> sizes of brokers that the catalogue has; the usage type of MSK names them whole."""
_LARGE = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge"
_MEMORY = {"r6g": _LARGE, "r7g": _LARGE, "t4g": "small medium"}
"""Family -> sizes of nodes of MemoryDB. Those of Valkey have another usage type."""
_STREAMS, _FLINK = ("AmazonKinesis", "Kinesis Streams"), ("AmazonKinesisAnalytics", "Kinesis Analytics")
_SERVERLESS = ("AmazonElastiCache", "ElastiCache Serverless")

METERS = (
    Meter("ebs", "gp2", _EC2, "Storage", "EBS:VolumeUsage.gp2"),
    Meter("ebs", "gp3", _EC2, "Storage", "EBS:VolumeUsage.gp3"),
    Meter("ebs", "io2", _EC2, "Storage", "EBS:VolumeUsage.io2"),
    Meter("ebs", "st1", _EC2, "Storage", "EBS:VolumeUsage.st1"),
    Meter("ebs", "io1", _EC2, "Storage", "EBS:VolumeUsage.piops"),
    Meter("ebs", "sc1", _EC2, "Storage", "EBS:VolumeUsage.sc1"),
    Meter("ebs", "io1-iops", _EC2, "System Operation", "EBS:VolumeP-IOPS.piops"),
    Meter("ebs", "io2-iops", _EC2, "System Operation", "EBS:VolumeP-IOPS.io2"),
    Meter("ebs", "snapshot", _EC2, "Storage Snapshot", "EBS:SnapshotUsage"),
    Meter("ebs", "gp3-iops", _EC2, "System Operation", "EBS:VolumeP-IOPS.gp3"),
    # The list prices throughput per GiB/s, the catalogue per MiB/s.
    Meter("ebs", "gp3-throughput", _EC2, "Provisioned Throughput", "EBS:VolumeP-Throughput.gp3", 1 / Decimal(1024)),
    Meter("nat", "gateway", _EC2, "NAT Gateway", "NatGateway-Hours"),
    Meter("nat", "processed", _EC2, "NAT Gateway", "NatGateway-Bytes"),
    Meter("eks", "cluster", "AmazonEKS", "Compute", "AmazonEKS-Hours:perCluster"),
    Meter("ecr", "stored", "AmazonECR", "EC2 Container Registry", "TimedStorage-ByteHrs"),
    Meter("efs", "standard", "AmazonEFS", "Storage", "TimedStorage-ByteHrs"),
    Meter("efs", "standard-ia", "AmazonEFS", "Storage", "IATimedStorage-ByteHrs"),
    Meter("elb", "application", _ELB, "Load Balancer-Application", "LoadBalancerUsage"),
    Meter("elb", "lcu", _ELB, "Load Balancer-Application", "LCUUsage"),
    Meter("elb", "network", _ELB, "Load Balancer-Network", "LoadBalancerUsage"),
    Meter("elb", "nlcu", _ELB, "Load Balancer-Network", "LCUUsage"),
    Meter("kms", "key", "awskms", "Encryption Key", "KMS-Keys"),
    Meter("kms", "requests", "awskms", "API Request", "KMS-Requests", Decimal(10_000)),
    Meter("logs", "ingested", _LOGS, "Data Payload", "DataProcessing-Bytes"),
    Meter("logs", "stored", _LOGS, "Storage Snapshot", "TimedStorage-ByteHrs"),
    Meter("network-firewall", "endpoint", "AWSNetworkFirewall", "AWS Firewall", "Endpoint-Hour"),
    Meter("network-firewall", "processed", "AWSNetworkFirewall", "AWS Firewall", "Traffic-GB-Processed"),
    Meter("s3", "standard", _S3, "Storage", "TimedStorage-ByteHrs"),
    Meter("s3", "standard-ia", _S3, "Storage", "TimedStorage-SIA-ByteHrs"),
    Meter("s3", "writes", _S3, "API Request", "Requests-Tier1", Decimal(1000)),
    Meter("s3", "reads", _S3, "API Request", "Requests-Tier2", Decimal(1000)),
    Meter("transfer", "internet-out", "AWSDataTransfer", "Data Transfer", "DataTransfer-Out-Bytes"),
    # Charged on both sides.
    Meter("transfer", "cross-zone", "AWSDataTransfer", "Data Transfer", "DataTransfer-Regional-Bytes", Decimal(2)),
    Meter("vpc-endpoint", "interface", "AmazonVPC", "VpcEndpoint", "VpcEndpoint-Hours"),
    Meter("vpc-endpoint", "processed", "AmazonVPC", "VpcEndpoint", "VpcEndpoint-Bytes"),
    Meter("rds", "gp2", _RDS, "Database Storage", "RDS:GP2-Storage"),
    Meter("rds", "gp3", _RDS, "Database Storage", "RDS:GP3-Storage"),
    Meter("rds", "io1", _RDS, "Database Storage", "RDS:PIOPS-Storage"),
    Meter("rds", "standard", _RDS, "Database Storage", "RDS:StorageUsage"),
    Meter("rds", "gp3-iops", _RDS, "Provisioned IOPS", "RDS:GP3-PIOPS"),
    Meter("rds", "io1-iops", _RDS, "Provisioned IOPS", "RDS:PIOPS"),
    Meter("rds", "aurora-acu", _RDS, "ServerlessV2", "Aurora:ServerlessV2Usage"),
    Meter("rds", "aurora-io-acu", _RDS, "ServerlessV2", "Aurora:ServerlessV2IOOptimizedUsage"),
    Meter("opensearch", "gp2", _SEARCH, _VOLUME, "ES:GP2-Storage"),
    Meter("opensearch", "gp3", _SEARCH, _VOLUME, "ES:GP3-Storage"),
    Meter("opensearch", "io1", _SEARCH, _VOLUME, "ES:PIOPS-Storage"),
    Meter("opensearch", "standard", _SEARCH, _VOLUME, "ES:Magnetic-Storage"),
    Meter("opensearch", "io1-iops", _SEARCH, _VOLUME, "ES:PIOPS"),
    Meter("opensearch", "gp3-throughput", _SEARCH, _VOLUME, "ES:GP3-Provisioned-ThroughPut"),
    *(
        Meter("msk", f"kafka.{family}.{size}", _MSK, _KAFKA, f"Kafka.{family}.{size}")
        for family, sizes in _BROKERS.items()
        for size in sizes.split()
    ),
    Meter("msk", "express.m7g.large", _MSK, _KAFKA, "Express.m7g.large"),
    Meter("msk", "serverless", _MSK, _KAFKA, "KafkaServerless-ClusterHours"),
    Meter("msk", "storage", _MSK, _KAFKA, "Kafka.Storage.GP2"),
    Meter("kinesis", "shard", *_STREAMS, "Storage-ShardHour"),
    Meter("kinesis", "shard-extended", *_STREAMS, "Extended-ShardHour"),
    Meter("kinesis", "consumer-shard", *_STREAMS, "EnhancedFanoutHour"),
    Meter("kinesis", "on-demand-stream", *_STREAMS, "OnDemand-StreamHour"),
    Meter("managed-flink", "kpu", *_FLINK, "KPU-Hour-Java"),
    Meter("managed-flink", "storage", *_FLINK, "RunningApplicationStorage"),
    Meter("rds-proxy", "vcpu", _RDS, "RDSProxy", "RDS:ProxyUsage"),
    *(
        Meter("memorydb", f"db.{family}.{size}", "AmazonMemoryDB", "Amazon MemoryDB", f"NodeUsage:db.{family}.{size}")
        for family, sizes in _MEMORY.items()
        for size in sizes.split()
    ),
    *(
        meter
        for engine in ("Redis", "Valkey", "Memcached")
        for meter in (
            Meter("elasticache-serverless", f"{engine.lower()}-data", *_SERVERLESS, f"CachedData:{engine}"),
            Meter(
                "elasticache-serverless",
                f"{engine.lower()}-ecpu",
                *_SERVERLESS,
                f"ElastiCacheProcessingUnits:{engine}",
                Decimal(1_000_000),
            ),
        )
    ),
    Meter("redshift-serverless", "rpu", "AmazonRedshift", "Serverless", "Redshift:ServerlessUsage"),
)
