"""Services and units of the price list in the terms of FOCUS 1.2 (columns ServiceSubcategory, attribute UnitFormat)."""

from types import MappingProxyType

OTHER = ("Other", "Other (Other)")
COMPUTE, STORAGE, NETWORK = "Compute", "Storage", "Networking"

SERVICE_CATEGORIES = MappingProxyType(
    dict.fromkeys(("machine", "own-machine"), (COMPUTE, "Virtual Machines"))
    | dict.fromkeys(("eks", "aks", "fargate", "container-instances"), (COMPUTE, "Containers"))
    | dict.fromkeys(("functions", "lambda"), (COMPUTE, "Serverless Compute"))
    | dict.fromkeys(("app-service",), ("Web", "Application Platforms"))
    | dict.fromkeys(("api-management",), ("Integration", "API Management"))
    | dict.fromkeys(("logic-apps", "mwaa"), ("Integration", "Workflow Orchestration"))
    | dict.fromkeys(
        ("rds", "rds-proxy", "postgresql", "mysql", "sql-database", "sql-managed-instance"),
        ("Databases", "Relational Databases"),
    )
    | dict.fromkeys(
        ("elasticache", "elasticache-serverless", "memorydb", "dax", "redis", "managed-redis"), ("Databases", "Caching")
    )
    | dict.fromkeys(("opensearch", "opensearch-serverless", "ai-search"), ("Analytics", "Search"))
    | dict.fromkeys(
        ("event-hubs", "service-bus", "msk", "msk-connect", "mq", "signalr", "web-pubsub"),
        ("Integration", "Messaging"),
    )
    | dict.fromkeys(("cosmos-db", "docdb", "dynamodb", "neptune"), ("Databases", "NoSQL Databases"))
    | dict.fromkeys(("redshift", "redshift-serverless"), ("Databases", "Data Warehouses"))
    | {"sagemaker": ("AI and Machine Learning", "Machine Learning")}
    | dict.fromkeys(("kinesis", "managed-flink"), ("Analytics", "Streaming Analytics"))
    | {"emr-serverless": ("Analytics", "Data Processing")}
    | {"traffic-mirror": (NETWORK, "Network Security")}
    | {"transfer-family": (STORAGE, "Other (Storage)")}
    | dict.fromkeys(("ebs", "disk", "volume"), (STORAGE, "Block Storage"))
    | dict.fromkeys(("s3", "blob"), (STORAGE, "Object Storage"))
    | dict.fromkeys(
        ("efs", "files", "fsx-lustre", "fsx-windows", "fsx-ontap", "fsx-openzfs"), (STORAGE, "File Storage")
    )
    | {"backup": (STORAGE, "Backup Storage")}
    | dict.fromkeys(("ecr", "acr"), (STORAGE, "Other (Storage)"))
    | dict.fromkeys(
        ("elb", "load-balancer", "application-gateway", "gateway-for-containers"), (NETWORK, "Application Networking")
    )
    | dict.fromkeys(
        (
            "vpc-endpoint",
            "private-endpoint",
            "vnet-peering",
            "transit-gateway",
            "transfer",
            "vpn",
            "client-vpn",
            "direct-connect",
            "vpn-gateway",
            "expressroute-gateway",
            "expressroute",
            "virtual-wan",
        ),
        (NETWORK, "Network Connectivity"),
    )
    | dict.fromkeys(("nat", "private-dns", "private-resolver", "route53"), (NETWORK, "Network Routing"))
    | dict.fromkeys(("public-ip", "ec2"), (NETWORK, "Network Infrastructure"))
    | dict.fromkeys(("firewall", "network-firewall", "waf", "bastion"), (NETWORK, "Network Security"))
    | dict.fromkeys(
        ("kms", "key-vault", "managed-hsm", "cloudhsm", "secrets-manager", "acm-pca"), ("Security", "Secret Management")
    )
    | dict.fromkeys(
        ("logs", "log-analytics", "cloudwatch", "network-watcher", "managed-grafana"),
        ("Management and Governance", "Observability"),
    )
)
"""Service of the price list -> category and subcategory of the specification; `OTHER` for the rest."""

_TIMES = {"hour": "Hours", "day": "Days", "month": "Months"}
_SIZES = frozenset(("KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"))


def focus_unit(unit: str) -> str:
    """Returns a unit of the price list, such as `GB-month` or `10000 requests`, as FOCUS writes it: `GB-Months`, `10000
    Requests`. Times are in the plural, data sizes abbreviated, and anything else is a count with a capital.
    """
    quantity, space, measure = unit.rpartition(" ")
    *counted, last = measure.split("-")
    ended = _TIMES.get(last) or (last if last in _SIZES else f"{_capital(last).removesuffix('s')}s")
    return quantity + space + "-".join([*(_capital(part) for part in counted), ended])


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
