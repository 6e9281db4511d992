"""Where a host is: in the UAE, in a private network, at an Azure resource that its name identifies, or nowhere known.

The domains of Azure's services and the position of the region in them are those of Microsoft's list of DNS zones for
private endpoints (MicrosoftDocs/azure-docs, articles/private-link/private-endpoint-dns.md@0095ac36, and the page of
Container Apps on private endpoints, read on 2026-11-27). Domains with a region that the list does not have are from
addresses of Azure: cloudapp.azure.com, logic.azure.com, api.cognitive.microsoft.com, and those of Azure Monitor.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from falaj.facts.domains import top_level_domains

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Resource, leaves
from .locations import AWS_UAE, AZURE_UAE, is_foreign_aws, is_uae_azure

_AWS_REGION = "|".join(sorted(AWS_UAE))
_AWS_HOST = lazy_regex(
    rf"(?:.+\.)?(?:{_AWS_REGION})\.(?:(?!s3)[a-z0-9-]+\.)?amazonaws\.com|.+\.(?:{_AWS_REGION})\.(?:on|api)\.aws"
    rf"|(?:feedback-smtp|[a-z0-9]+\.dkim)\.(?:{_AWS_REGION})\.amazonses\.com"
)
"""Host of an AWS service in the UAE: the region stands before the domain, or before the name of the service. It does
not stand before `s3`, where it would be the name of a bucket anywhere. Records of SES name the last two
(`dkim.me-central-1.amazonses.com` in tables of programs in public repositories, found as a string, read 2026-11-29;
`feedback-smtp` with other regions likewise, read 2026-11-30)."""
_AZURE_REGION = rf"(?:{'|'.join(sorted(AZURE_UAE))})(?:-\d+)?"
_AFTER_A_NAME = (
    r"azmk8s\.io|batch\.azure\.com|backup\.windowsazure\.com|kusto\.windows\.net|azurecontainerapps\.io"
    r"|data\.azurecr\.io"
    r"|eventgrid\.azure\.net|azurewebsites\.net|cloudapp\.azure\.com|logic\.azure\.com"
    r"|(?:ingest|prometheus)\.monitor\.azure\.com"
)
"""Domains in which the region stands between the name of a resource and the domain. Without a name, it would be one."""
_WITHOUT_A_NAME = (
    r"api\.cognitive\.microsoft\.com|in\.applicationinsights\.azure\.com|livediagnostics\.monitor\.azure\.com"
)
_AZURE_HOST = lazy_regex(rf".+\.{_AZURE_REGION}\.(?:{_AFTER_A_NAME})|{_AZURE_REGION}\.(?:{_WITHOUT_A_NAME})")

_CONTROL_PLANES = frozenset({"management.azure.com", "login.microsoftonline.com"})
"""Hosts of Azure Resource Manager and of Entra ID, with which resources are managed. They have no region."""

_PRIVATE_NETWORKS = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "240.0.0.0/4", "fc00::/7",
         "::1/128"),
    )
)  # fmt: skip
"""RFC 1918, RFC 6598, RFC 4193, the machine itself, and what nobody has (RFC 1112, section 4), in which masks of
networks such as 255.255.255.0 are. `ipaddress.is_private` also has networks that carry other addresses, such as those
of Teredo."""
_PRIVATE_NAME = lazy_regex(
    r"[a-z](?:[a-z0-9_-]*[a-z0-9])?|.+\.(?:svc|cluster\.local|internal|local|localhost|home\.arpa)"
    r"|[a-z0-9-]+\.(?:[a-z0-9]+(?:-[a-z0-9]+)+|monitoring|logging|observability|tracing|opentelemetry|prometheus)"
)
"""Names that public DNS does not have: one label, the domains that ICANN and the RFCs 6761, 6762 and 8375 reserve, and
`service.namespace` of Kubernetes if no top-level domain has the name of the namespace (they contain no hyphen)."""

_STORAGE = ("azure-native:storage:StorageAccount", "accountName")
_COSMOS = ("azure-native:cosmosdb:DatabaseAccount", "accountName")
_AI = ("azure-native:cognitiveservices:Account", "accountName")
_APPS = ("azure-native:web:WebApp", "name")
_SYNAPSE = ("azure-native:synapse:Workspace", "workspaceName")
_REDIS = ("azure-native:redis:Redis", "name")
_ACCOUNT = lazy_regex(r"/providers/microsoft\.storage/storageaccounts/(?P<name>[a-z0-9]{3,24})$")
_NAMED_RESOURCES: dict[str, tuple[tuple[str, str], ...]] = {
    **{f"{kind}.core.windows.net": (_STORAGE,) for kind in ("blob", "dfs", "file", "queue", "table", "web")},
    **{f"{kind}.cosmos.azure.com": (_COSMOS,) for kind in ("mongo", "cassandra", "gremlin", "table")},
    "documents.azure.com": (_COSMOS,),
    **dict.fromkeys(("sql.azuresynapse.net", "dev.azuresynapse.net"), (_SYNAPSE,)),
    **dict.fromkeys(("openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com"), (_AI,)),
    "database.windows.net": (("azure-native:sql:Server", "serverName"),
                             ("azure-native:sql:ManagedInstance", "managedInstanceName")),
    "postgres.database.azure.com": (("azure-native:dbforpostgresql:Server", "serverName"),),
    "mysql.database.azure.com": (("azure-native:dbformysql:Server", "serverName"),),
    "vault.azure.net": (("azure-native:keyvault:Vault", "vaultName"),),
    "search.windows.net": (("azure-native:search:Service", "searchServiceName"),),
    "azurecr.io": (("azure-native:containerregistry:Registry", "registryName"),),
    "azconfig.io": (("azure-native:appconfiguration:ConfigurationStore", "configStoreName"),),
    "servicebus.windows.net": (("azure-native:eventhub:Namespace", "namespaceName"),
                               ("azure-native:servicebus:Namespace", "namespaceName"),
                               ("azure-native:relay:Namespace", "namespaceName")),
    "azure-devices.net": (("azure-native:iothub:IotHubResource", "resourceName"),),
    "azurewebsites.net": (_APPS, ("azure-native:web:WebAppSlot", "name")),
    "scm.azurewebsites.net": (_APPS,),
    "azure-api.net": (("azure-native:apimanagement:ApiManagementService", "serviceName"),),
    "redis.cache.windows.net": (_REDIS,),
    "service.signalr.net": (("azure-native:signalrservice:SignalR", "resourceName"),),
    "digitaltwins.azure.net": (("azure-native:digitaltwins:DigitalTwin", "resourceName"),),
}  # fmt: skip
"""Domain -> types of the resource whose name comes before it, and the property with the name. The name does not show
where the resource is, so it must be in the plan or be listed."""
_PROGRAMS_OF_EVERYBODY = (
    "afs.azure.net", "azurecontainer.io", "azurecontainerapps.io", "azuredatabricks.net", "azurehdinsight.net",
    "azurehealthcareapis.com", "azureiotcentral.com", "batch.azure.com", "eventgrid.azure.net", "grafana.azure.com",
    "kusto.windows.net", "logic.azure.com", "mongocluster.cosmos.azure.com", "redis.azure.net",
    "redisenterprise.cache.azure.net", "sharepoint.com", "webpubsub.azure.com",
)  # fmt: skip
"""Domains of services whose resources the rules know by other properties than a name before the domain (Microsoft
Learn, "Azure Private Endpoint private DNS zone values"; for flows, containers and sites public repositories; found as
strings on 2026-12-01)."""
_OF_EVERYBODY = (
    *_NAMED_RESOURCES, *_PROGRAMS_OF_EVERYBODY, "s3.amazonaws.com", "s3.me-central-1.amazonaws.com", "github.io",
    "githubusercontent.com",
    "cloudfront.net", "storage.googleapis.com", "cloudapp.azure.com", "azureedge.net", "azurefd.net",
    *(f"{kind}.storage.azure.net" for kind in ("blob", "dfs", "file", "queue", "table", "web")),
    "azurestaticapps.net", "trafficmanager.net", "cloudapp.net", "workers.dev", "pages.dev", "r2.dev", "web.app",
    "firebaseapp.com", "vercel.app", "netlify.app", "herokuapp.com", "gitlab.io", "ngrok.io", "ngrok-free.app",
)  # fmt: skip
"""Domains below which each customer of a vendor has names: those above, and of stores, pages and caches
(publicsuffix/list e8c9a2b2 public_suffix_list.dat, private domains; those of storage with zones by Azure, "Storage
account overview"; read 2026-11-30)."""
_ZONE_OF_EVERYBODY = lazy_regex(
    r"z\d{1,2}\.(?=[a-z]{3,5}\.(?:core\.windows|storage\.azure)\.net$)|[a-z]\d{2}\.(?=azurefd\.net$)"
    r"|s3[.-][a-z0-9-]{1,40}\.(?=amazonaws\.com$)"
)
"""Zone of storage or of Front Door, or region of buckets, before the domain below which each customer has names."""


def is_of_every_customer(name: str) -> bool:
    """Returns whether a name with a star, as filters of traffic have it, stands for what every customer of a vendor has
    there, such as `*.blob.core.windows.net`, or for each name that ends so. A star stands for anything, with or without
    a dot, and counts at the left alone (Azure Firewall FAQ, read 2026-11-30)."""
    text = name.strip().lower().rstrip(".")
    rest = text.lstrip("*")
    if rest == text or "*" in rest:
        return False
    domain = _ZONE_OF_EVERYBODY.sub("", rest.removeprefix("."), count=1)
    if rest.startswith("."):
        return any(each == domain or each.endswith(f".{domain}") for each in _OF_EVERYBODY)
    return any(f".{each}".endswith(domain) or domain.partition(".")[2] == each for each in _OF_EVERYBODY)


_ANYBODYS = lazy_regex(
    r"[a-z0-9]{10}(?:-vpce-[0-9a-f]{8,17})?\.execute-api\.[a-z0-9-]+\.amazonaws\.com"
    r"|[a-z0-9]{26}\.appsync(?:-realtime)?-api\.[a-z0-9-]+\.amazonaws\.com|[a-z0-9]+\.lambda-url\.[a-z0-9-]+\.on\.aws"
    r"|ec2-[\d-]+\.[a-z0-9-]+\.compute\.amazonaws\.com"
    r"|(?:[a-z0-9-]+\.){0,2}(?!internal-)[a-z0-9-]+\.(?:elb\.[a-z0-9-]+|[a-z0-9-]+\.elb)\.amazonaws\.com"
    r"|[a-z0-9-]+\.[a-z]+\.cloudapp\.azure\.com|[a-z0-9-]+\.[a-z]+\.azurecontainer\.io"
    r"|(?:[a-z0-9-]+\.){2,9}[a-z]+\.azurecontainerapps\.io|[a-z0-9-]+(?:\.scm)?\.[a-z]+-\d+\.azurewebsites\.net"
)
"""Names under which every customer of a region serves his own programs: APIs, functions, machines, load balancers and
apps (awsdocs/amazon-api-gateway-developer-guide 6060e21, apigateway-private-api-test-invoke-url.md and basic concepts;
awsdocs/amazon-vpc-user-guide 015c176, vpc-dns.md; awsdocs/elb-application-load-balancers-user-guide fb24293; pulumi-aws
7.51.1, FunctionUrl and GraphQLApi; MicrosoftDocs/azure-docs 048bd35, articles/container-apps/connect-apps.md, and
"Secure unique default hostnames" of App Service; read 2026-11-30). The region says where the data is, and not whose it
is: one's own must be in the plan or be listed."""
_SERVING = (
    "aws:lb/", "aws:alb/", "aws:elb/", "aws:apigateway/", "aws:apigatewayv2/", "aws:appsync/",
    "aws:lambda/functionUrl:", "aws:ec2/instance:", "aws:ec2/eip:", "azure-native:app:", "azure-native:web:",
    "azure-native:containerinstance:", "azure-native:network:PublicIPAddress",
)  # fmt: skip
"""Types whose resources get such names."""
_SERVED = frozenset(
    {"dnsName", "publicDns", "functionUrl", "invokeUrl", "apiEndpoint", "fqdn", "latestRevisionFqdn", "defaultHostName",
     "defaultDomain", "GRAPHQL", "REALTIME", "HTTP"}
)  # fmt: skip
"""Properties with the name, which the cloud gives (Pulumi's SDKs of AWS and Azure)."""


def is_in_the_country(host: str) -> bool:
    """Returns whether a host, in lower case, is in a UAE region of a cloud or in a private network, or manages
    resources."""
    is_regional = _AWS_HOST.fullmatch(host) is not None or _AZURE_HOST.fullmatch(host) is not None
    return is_regional or is_private(host) or host in _CONTROL_PLANES


def is_anybodys(host: str) -> bool:
    """Returns whether a host has a name that any customer of its region may have."""
    return _ANYBODYS.fullmatch(host) is not None


def is_known_in_the_country(host: str) -> bool:
    """Returns whether a host is in the country, and its name is none that any customer of a region may have."""
    return is_in_the_country(host) and not is_anybodys(host)


def is_private(host: str) -> bool:
    """Returns whether a host is a private address, or a name that public DNS does not have."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _PRIVATE_NAME.fullmatch(host) is not None and not any(map(is_foreign_aws, host.split(".")))
    return any(address in network for network in _PRIVATE_NETWORKS)


def is_link_local(host: str) -> bool:
    """Returns whether a host is an address of the link itself, such as that of the metadata of a machine: no router
    forwards what is sent to it (RFC 3927, section 2.7, by a copy, read 2026-12-01)."""
    try:
        return ipaddress.ip_address(host).is_link_local
    except ValueError:
        return False


def is_of_cluster(host: str) -> bool:
    """Returns whether a host is a service of the cluster: `service.namespace` has the form of a domain without a
    top-level domain (Kubernetes, "DNS for Services and Pods", read 2026-11-27). Numbers are none: clients read `1.2`
    and `0x1.0x2` as addresses."""
    name, _, last = host.rpartition(".")
    return "." not in name and last[:1].isalpha() and last not in top_level_domains()


def is_listed(host: str, listed: tuple[str, ...]) -> bool:
    """Returns whether a host, or a domain above it, is listed. A name of one label is that of a bucket."""
    return any(host == name or ("." in name and host.endswith(f".{name}")) for name in listed)


def may_be_planned(host: str) -> bool:
    """Returns whether the name of a resource decides what a host is, or a cloud gives it, so that it can be one of the
    plan."""
    return bool(_resource_kinds(host)[1]) or is_anybodys(host)


def is_planned(host: str, plan: Plan) -> bool:
    """Returns whether a host is that of a resource of the plan that is not abroad."""
    if is_anybodys(host):
        return host in plan.by_key(_served_hosts)
    name, kinds = _resource_kinds(host)
    named = plan.by_key(_names)
    return any(not is_abroad(item) for token, key in kinds for item in named.get(f"{token} {key} {name}", ()))


def _served_hosts(resource: Resource) -> Iterator[str]:
    """Yields the names under which a resource that is not abroad serves, once they are known."""
    if resource.type.startswith(_SERVING) and not is_abroad(resource):
        for _, key, value in leaves(resource.props):
            if key in _SERVED and isinstance(value, str):
                yield (urlsplit(value if "//" in value else f"//{value}").hostname or "").lower()


def is_abroad(resource: Resource) -> bool:
    """Returns whether a resource shows that it is abroad. Rules of residency evaluate those that a program creates, but
    not those that it only reads."""
    location = resource.get("location")
    is_foreign = isinstance(location, str) and not is_uae_azure(location) and location.lower() != "global"
    return is_foreign or is_foreign_aws(resource.get("region"))


def is_account_of(identifier: str, host: str) -> bool:
    """Returns whether an identifier of Azure is that of the account of storage with a host: no two accounts have the
    same name (PSRule.Rules.Azure, "Storage Account name must be valid", read 2026-11-30)."""
    account = _ACCOUNT.search(identifier.lower())
    name, kinds = _resource_kinds(host)
    return account is not None and account["name"] == name and _STORAGE in kinds


def _resource_kinds(host: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    name, _, domain = host.removeprefix("privatelink.").partition(".")
    return name, _NAMED_RESOURCES.get(domain.removeprefix("privatelink."), ())


@cache
def _name_keys() -> Mapping[str, frozenset[str]]:
    """Returns type -> the properties that have the name before its domains."""
    pairs = {pair for kinds in _NAMED_RESOURCES.values() for pair in kinds}
    return {token: frozenset(key for other, key in pairs if other == token) for token, _ in pairs}


def _names(resource: Resource) -> Iterator[str]:
    for key in _name_keys().get(resource.type, ()):
        if isinstance(value := resource.get(key), str):
            yield f"{resource.type} {key} {value.lower()}"
