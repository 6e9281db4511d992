"""Names of hosts that receive nothing: where a property names one without sending data there, and domains of names.

Each entry was reviewed on 2026-11-28, with the SDKs of pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. Groups of APIs
of Kubernetes' projects are by datreeio/CRDs-catalog 7b1e26e, drivers and devices by the projects' own files
(kubernetes-sigs/aws-ebs-csi-driver 429e202, azurefile-csi-driver 7b5ae18, rook/rook d0c3b9c, NVIDIA/k8s-dra-driver-gpu
2240711, ROCm/gpu-operator 6df13c1, intel/intel-device-plugins-for-kubernetes 94a91bc, ray-project/kuberay feeaf72,
aws/karpenter-provider-aws 1d92708, aws/amazon-vpc-resource-controller-k8s b8d4251; csi.trident.netapp.io and
management.nvidia.com as strings in public repositories), the issuer of AKS by sigstore/fulcio#970 (the address that
`az aks show` writes), read 2026-11-30. Whatever is not listed here is a destination until it is shown to be in the
country.
"""

import re

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, items_of
from ..engine.rows import aws, azure
from ..readers.leaf_cache import cached_by_leaf
from ..readers.named_hosts import is_module
from ..readers.published_images import is_published
from ..readers.texts import Leaf
from .azure_names import AZURE_NAMES, SCOPE
from .object_names import PUBLIC_KEY, has_labels, is_label_name, is_object_name

NAME_DOMAINS = (
    # Groups of APIs, labels, classes of volumes, resources of nodes, a package: names in the form of a domain.
    ".kubernetes.io", ".k8s.io", ".x-k8s.io", ".k8s.aws", ".karpenter.sh", ".keda.sh", ".cert-manager.io", ".istio.io",
    ".kubeflow.org", ".gatekeeper.sh", ".kyverno.io", ".argoproj.io", ".cnpg.io", ".strimzi.io", ".cilium.io",
    ".knative.dev", ".kserve.io", ".external-secrets.io", ".velero.io", ".opentelemetry.io", ".linkerd.io",
    ".csi.aws.com", ".csi.azure.com", ".csi.ceph.com", ".csi.trident.netapp.io", "nvidia.com", "amd.com", "intel.com",
    "gpu.nvidia.com", "compute-domain.nvidia.com", "management.nvidia.com", "mig.nvidia.com", "vfio.gpu.nvidia.com",
    "ray.io", "karpenter.azure.com", "node.eks.aws", "monitoring.coreos.com", "kubernetes.azure.com",
    "gpu.amd.com", "gpu.intel.com",  # drivers of devices
    "type.googleapis.com", "barman-cloud.cloudnative-pg.io", "vpc.amazonaws.com", "pulumi.com", "containerd.io",
    # Zones of names of addresses, and those of private ones, which no public server has (RFC 6303).
    "in-addr.arpa", "ip6.arpa", ".10.in-addr.arpa", ".168.192.in-addr.arpa",
    # Schemas, namespaces of XML, and documentation.
    "json-schema.org", "schema.org", "schema.management.azure.com", "schemas.microsoft.com", "schemas.xmlsoap.org",
    "www.w3.org", "activemq.apache.org", "docs.aws.amazon.com", "docs.microsoft.com", "learn.microsoft.com",
    "www.apache.org", "logging.apache.org", "maven.apache.org", "www.springframework.org", "datatracker.ietf.org",
    "aka.ms", "core.windows.net",
    # Audiences of tokens of Azure's services.
    "cognitiveservices.azure.com", "vault.azure.net", "storage.azure.com", "database.windows.net",
    "ossrdbms-aad.database.windows.net", "management.core.windows.net", "search.azure.com", "cosmos.azure.com",
    "redis.azure.com", "containerregistry.azure.net", "eventhubs.azure.net", "servicebus.azure.net",
    # Issuers of tokens, which rules of identity evaluate.
    "token.actions.githubusercontent.com", "sts.windows.net", "login.microsoftonline.com", ".oic.prod-aks.azure.com",
    "cognito-identity.amazonaws.com", "appleid.apple.com",
)  # fmt: skip
"""Domains in which no customer has a host or a store: names of the domain itself, and with a dot also those below."""

_KEYS = lazy_regex(
    # Identifiers.
    r"apiversion|kind|predicatetype|apigroups?|groups?|topologykey|provisioner|driver|controller(?:name)?|@type"
    r"|type|\$?schema"
    r"|(?:allowed)?audiences?|clientidlists?|coveredresources|resources?|resourcenames?|deviceclass(?:name)?"
    r"|excluderesourceprefixes|frameworks|(?:service|kerberos)principals?|cachingkeys|fieldname|remotedomainname"
    r"|criteria|tag_name|.*instancetype|.*mastertype|warmtype|nodetype|.*instanceclass|skus?|.*version|eventsource"
    r"|classname|.*handler"
    # Images and charts: other rules evaluate where programs come from.
    r"|.*image.*|.*repo|.*repos|.*repository|.*repositoryurl|.*repourl|.*registr.*|hub|chart"
    # Names that are served.
    r"|hostnames|dnsnames|commonname|serveraliases|.*zonename|subjectalternativenames"
    r"|servername_?(?:indication|toverify)|sni"
    # Certificates, which are read from there.
    r"|.*custom_cert"
    # Columns and tables of a database, as schema.table.column (Debezium, connectors, read 2026-11-29).
    r"|column\.(?:mask|truncate|propagate|include|exclude)\.[\w.-]+|(?:table|schema|collection)\.(?:in|ex)clude\.list"
    r"|message\.key\.columns"
    # Pages for people.
    r"|(?:application|display|documentation|externaldocs|feedback|help|(?:small)?icon|privacystatement|profile"
    r"|publisher|releasenote|support|termsofservice|website|developerportal|managementportal|uidefinition)ur[li]"
    # Hosts to which no proxy is used, and pages whose scripts may ask (FJ-EXP-111 evaluates them).
    r"|no_?proxy|(?:allow(?:ed)?)?origins?|accesscontrolalloworigins",
    re.IGNORECASE,
)
"""Keys of names that receive nothing, in every type."""
_NAMED = lazy_regex(
    r".*(?:upload|push|publish|dest|sink|export|backup|archive)\w*[_.-]?(?:repos?|repository|registry)"
    r"(?:[_.-]?ur[il])?|.*(?:models?|artifacts?)[_.-]?repositor(?:y|ies)(?:[_.-]?ur[il])?",
    re.IGNORECASE,
)
"""Keys of repositories to which a program sends, such as UPLOAD_REPO, and of those that give it other than images
or charts: xpack.ml.model_repository of Elasticsearch ("Machine learning settings", found as a string), and
artifactRepositoryUrl of Kibana ("Knowledge base artifact settings for AI Assistants"); read 2026-12-01."""
_SOURCES = lazy_regex(r"\b(?:\w{0,60}registr\w{0,60}|images?)(?:\[\d+\])?\.", re.IGNORECASE)
"""Path below the settings of a registry, or of images."""
_IMAGE = lazy_regex(r"\b\w{1,60}images?(?:\[\d+\])?\.(?:digest|name|registry|repository|tag)$", re.IGNORECASE)
"""Part of the name of an image, such as `initImage.name`."""
_PATHS: dict[str, re.Pattern[str]] = {
    token: lazy_regex(pattern)
    for tokens, pattern in (
        (aws("acm/Certificate"), r"domainName|subjectAlternativeNames\b|validationOptions\b"),
        (aws("apigateway/DomainName", "apigatewayv2/DomainName"), r"domainName$"),
        (aws("ses/DomainIdentity", "cognito/UserPoolDomain", "sesv2/EmailIdentity"), r"domain$|emailIdentity"),
        (aws("cognito/ResourceServer"), r"identifier$"),
        (aws("acmpca/CertificateAuthority"), r"certificateAuthorityConfiguration\b|revocationConfiguration\b"),
        (aws("route53/Zone", "route53/Record", "servicediscovery/PrivateDnsNamespace", "directoryservice/Directory",
             "servicediscovery/HttpNamespace", "servicediscovery/PublicDnsNamespace"), r"name"),
        ((*aws("route53/ResolverRule"), *azure("dnsresolver:ForwardingRule")), r"domainName"),
        # What a filter compares with, such as the service that calls: nothing is sent there.
        (aws("cloudwatch/EventRule", "cloudwatch/LogMetricFilter", "cloudwatch/LogSubscriptionFilter"),
         r"eventPattern\b|(?:filterP|p)attern$"),
        (aws("sagemaker/Pipeline"), r"pipelineDefinition\..*\.Get$"),  # Names a step (its JSON schema, as known).
        (aws("glue/Schema"), r"schemaDefinition\b"),  # Namespaces of records (Avro, specification, "Names"; as known).
        # Rules of identity evaluate the issuers of tokens.
        (aws("iam/OpenIdConnectProvider"), r"url$"),
        (azure("managedidentity:FederatedIdentityCredential"), r"issuer$"),
        # Through a link, the address is only a name; rules of destinations evaluate all others.
        (aws("apigateway/Integration", "apigatewayv2/Integration"), r"uri$|integrationUri$"),
        # A repository that is read, by a project whose log and results have rules of their own.
        (aws("codebuild/Project"), r"(?:source|secondarySources\[\d+\])\.location$"),
        # Tasks decide whether a location is a source: rules of destinations evaluate them.
        (aws("datasync/LocationAzureBlob", "datasync/LocationObjectStorage", "datasync/LocationHdfs",
             "datasync/LocationSmb", "datasync/NfsLocation"), r"containerUrl|serverHostname|nameNodes\b"),
        # Texts that consoles and notifications show.
        (aws("cloudwatch/MetricAlarm", "cloudwatch/CompositeAlarm"), r"alarmDescription$"),
        (aws("cloudwatch/Dashboard"), r"dashboardBody\.widgets\[\d+\]\.properties\.markdown$"),
        # Queries compare names, and can only read from addresses (Kusto, "externaldata operator", read 2026-11-28).
        (azure("securityinsights:ScheduledAlertRule"), r"query$"),
        (azure("monitor:ScheduledQueryRule"), r"criteria\.allOf\[\d+\]\.query$"),
        (aws("networkfirewall/RuleGroup"), r"ruleGroup\b|rules$"),
        (aws("route53/ResolverFirewallDomainList", "lb/ListenerRule", "alb/ListenerRule"), r"(?:domains|conditions)\b"),
        (aws("wafv2/WebAcl", "wafv2/RuleGroup", "wafv2/RegexPatternSet"), r"rules?\b|ruleJson|regularExpressions\b"),
        (aws("wafv2/WebAclRule"), r"statement\b"),
        (azure("databasewatcher:Watcher"), r"datastore\.kustoManagementUrl$"),
    )
    for token in tokens
} | AZURE_NAMES  # fmt: skip
"""Type of AWS or Azure -> paths of names that are served, compared or filtered."""
_DIRECTED = frozenset(aws("dms/Endpoint"))
"""Types that are a source or a target of data, as they say themselves."""
_OTHER_SIDE = lazy_regex(r"serverName|extraConnectionAttributes|\w+Settings\b")
"""Properties of such a type that name the source or the target."""

_PAGES = {
    token: lazy_regex(pattern)
    for tokens, pattern in (
        (("kubernetes:monitoring.coreos.com/v1:PrometheusRule",),
         r"spec\.groups\[\d+\]\.rules\[\d+\]\.annotations\.(?:runbook|dashboard|documentation)(?:_?url)?$"),
        # Dashboards of Grafana and their panels, and menus of Kubeflow (kubeflow/manifests 009c8808, centraldashboard).
        (("kubernetes:core/v1:ConfigMap",), r"data\.[\w.-]+\.json\.(?:panels\[\d+\]\.){0,2}links\[\d+\]\.url$"
         r"|data\.links\.(?:documentationItems|externalLinks|menuLinks|quickLinks)\[\d+\]\.link$"),
        (azure("apimanagement:Api"), r"value\.info\.(?:contact|license)\.url$"),
    )
    for token in tokens
}  # fmt: skip
"""Type -> paths of links that people follow."""
_MODULE_KEYS = lazy_regex(r"-m|--module|(?:.*_)?(?:module|task|package)|(?:celery|flask)_app", re.IGNORECASE)
"""Keys of modules of programs, such as DJANGO_SETTINGS_MODULE and `python -m`."""
_QUOTED = lazy_regex(
    # Page whose scripts may ask, in a policy of API Management.
    r"<origin>[^<]{0,253}</origin>"
    # Who has a public key of SSH, by its comment (openssh/openssh-portable 0ef0f5a sshd.8, read 2026-11-30).
    rf"|(?<![\w=-]){PUBLIC_KEY} [\w.+-]{{1,64}}@[\w.-]{{1,253}}(?![\w.@/:-])"
    # Services of AWS and Microsoft that may send mail in the name of a domain (RFC 7208, "include").
    r"|\binclude:(?:amazonses\.com|spf\.protection\.outlook\.com)(?![\w./-])"
    # The address at which Entra ID says who signed in. Other addresses of the host take data of any tenant.
    rf"|https://graph\.microsoft\.com/oidc/userinfo(?![\w./?#%-])|{SCOPE}"
    # Attestors of a policy of Kyverno by their names there (kyverno/kyverno 111e07bb test/cli, read 2026-11-29).
    r"|\bverify(?:ImageSignatures|AttestationSignatures)\([\w., ]{1,100}, ?\[attestors\.\w+(?:, ?attestors\.\w+)*\]\)"
)
"""Names in a text that receive nothing."""
_LEVEL = lazy_regex(r"\b(?:level\s{0,3}=\s{0,3}|setlevel\()logging\.info\b", re.IGNORECASE)
"""Level of the records of a program in Python, which has the form of a host."""
_CAA_ISSUER = lazy_regex(r'\d{1,3} issue(?:wild|mail)? "[^"]*"')
"""Value of a CAA record that says who may issue certificates (RFC 8659). `iodef` names who gets reports."""
_CAA_TYPES = (frozenset(aws("route53/Record")), frozenset(azure("dns:RecordSet")))


_ADDRESS_KEYS = lazy_regex(
    r"records|ipv[46]address|gatewayipaddress|peerip|preferredserversforldapclient|.*/target|(?:domain)?nameservers?"
    r"|(?:\w*[a-z_.-])?(?:cluster|upstream|custom|global|external|bootstrap|node|pod)?[_.-]?dns"
    r"[_.-]?(?:servers?|ips?|address(?:es)?|resolvers?)?"
    r"|(?:\w*[a-z_.-])?resolvers?",
    re.IGNORECASE,
)
_GATEWAYS = frozenset((*aws("ec2/CustomerGateway"), *azure("network:VpnSite", "cosmosdb:CassandraCluster")))
"""Types whose `ipAddress` is the other side of a tunnel (MicrosoftDocs/azure-docs 0169bad articles/virtual-wan/
virtual-wan-about.md, "Site", read 2026-11-30), or a node of another cluster that joins (`externalSeedNodes`)."""
_EXTRA_HOST = lazy_regex(r"\.extraHosts\[\d+\]\.ipAddress$")
"""Address that a container of ECS has for a name (botocore 1.44.8, ecs, HostEntry, read 2026-11-29)."""
_CLOUDS = ("aws:", "azure-native:")
_NO_DESTINATION_KEYS = lazy_regex(
    # Callers that are let in or refused.
    r".*(?:source|client|caller|remote(?!dns)|allow|permit|trust|white|black|block|den(?:y|ied)|exclu"
    r"|except(?!ion(?!s?$))|filter)\w*"
    # One's own addresses, and those at which a program listens.
    r"|.*(?:public|private|static|elastic|virtual|local|passive|outgoing|egress|external|bind|listen|advertise)[\w-]*"
    r"|.*(?-i:(?<![A-Z])(?:NAT|OWN)(?![A-Z])|(?<![A-Za-z])(?:nat|own)(?![a-z])|(?:Nat|Own)(?![a-z]))[\w-]*"
    r"|(?:.*[_-])?nat[_-]?(?:gateway|gw)[\w-]*"
    r"|(?:ip|address|ip_?address)(?:es)?|ipv[46]_?address(?:es|list)?|primaryipv6|.*bgp\w*"
    r"|amazonaddress|customeraddress"
    # Ends of ranges, masks, and versions, which have the form of an address.
    r"|(?:start|end|from|to|first|last)[_-]?ip(?:v[46])?[_-]?(?:address(?:es)?|s)?|(?:start|end)(?:ip)?(?:v6)?address"
    r"|.*(?:mask|range|cidr|prefix|subnet|version)\w*|(?:.*[_-])?(?:build|release|revision|rev)",
    re.IGNORECASE,
)
"""Keys of an address to which nothing is sent, in types of AWS and Azure."""
_NO_DESTINATION_PATHS = lazy_regex(
    r"(?:^|\.)(?:\w*[rR]ules?(?:Set|Collections?)?|\w*[rR]estrictions\w*|\w*[fF]ilters?\w*|\w*[cC]onditions?"
    r"|\w*[aA]cls?"
    r"|\w*[cC]riteria|dimensions|pattern|parsedPattern|ingress|egress|networkInsights\w*|bypassTrafficSettings"
    r"|\w*[aA]ccess(?:Control|List)\w*|parameters\.\w*(?:[aA]uthori[sz]ed|[aA]llowed|[pP]ermitted|[tT]rusted)\w*)\b"
)
"""Paths of rules on callers, which rules of exposure evaluate, of filters, and of what is measured or looked for."""


_LONGEST_KEY = 256
"""Characters of a key that may name what is no destination: no cloud has longer ones, and matching takes long."""


def is_destination(leaf: Leaf, resource: Resource) -> bool:
    """Returns whether an address that is all of a value is where something leads: in types of AWS and Azure every one
    but callers that are let in, which rules of exposure evaluate, and one's own."""
    is_own = leaf.key == "ipv6Address" and resource.type.startswith("aws:")
    is_gateway = resource.type in _GATEWAYS and leaf.key == "ipAddress"
    is_stub = "stubdomains." in leaf.path.lower() or _EXTRA_HOST.search(leaf.path) is not None
    if is_gateway or is_stub or (_ADDRESS_KEYS.fullmatch(leaf.key) is not None and not is_own):
        return True
    if not resource.type.startswith(_CLOUDS):
        return False
    is_named = len(leaf.key) <= _LONGEST_KEY and _NO_DESTINATION_KEYS.fullmatch(leaf.key) is not None
    is_plain = is_named or _NO_DESTINATION_PATHS.search(leaf.path) is not None
    return not is_plain and resource.type not in _OWN_ADDRESSES


_OWN_ADDRESSES = frozenset(
    (*aws("ec2/Eip", "ec2/EipAssociation", "wafv2/IpSet", "waf/IpSet", "wafregional/IpSet", "securityhub/Insight",
          "ec2transitgateway/MulticastGroupMember", "ec2transitgateway/MulticastGroupSource", "cfg/Rule"),
     *azure("network:PublicIPAddress", "network:PublicIPPrefix", "network:IpGroup",
            "securityinsights:Watchlist", "securityinsights:WatchlistItem"))
)  # fmt: skip
"""Types of addresses of one's own, of callers, of groups within a network, or that are only looked for."""


def without_quoted(text: str) -> str:
    """Returns a text without the names in it that receive nothing."""
    return _LEVEL.sub(" ", _QUOTED.sub(" ", text))


def is_page(leaf: Leaf, token: str) -> bool:
    """Returns whether a leaf of a type is a link for people."""
    paths = _PAGES.get(token)
    return paths is not None and paths.match(leaf.path) is not None


def caa_tag(leaf: Leaf, resource: Resource) -> str:
    """Returns what the value of a CAA record of Azure says, such as `issue`; empty for another leaf."""
    number = leaf.path.removeprefix("caaRecords[").partition("]")[0]
    record = items_of(resource.get("caaRecords"))[int(number)] if leaf.path.startswith("caaRecords[") else None
    return str(record.get("tag")) if isinstance(record, dict) and leaf.key == "value" else ""


def _is_issuer(leaf: Leaf, resource: Resource) -> bool:
    """Returns whether a leaf of a CAA record says who may issue certificates."""
    of_aws, of_azure = _CAA_TYPES
    if resource.type in of_azure:
        return caa_tag(leaf, resource).startswith("issue")
    is_caa = resource.type in of_aws and resource.get("type") == "CAA"
    return is_caa and _CAA_ISSUER.fullmatch(str(leaf.value)) is not None


def _is_source(leaf: Leaf, resource: Resource) -> bool:
    """Returns whether data only comes from what a property names: into the country, which any place may do."""
    is_source = resource.type in _DIRECTED and resource.get("endpointType") == "source"
    return is_source and _OTHER_SIDE.match(leaf.path) is not None


@cached_by_leaf
def receives_nothing(leaf: Leaf) -> bool:
    """Returns whether what a property names receives nothing, whatever the type of the resource."""
    return (
        (_KEYS.fullmatch(leaf.key) is not None and _NAMED.fullmatch(leaf.key[-_LONGEST_KEY:]) is None)
        or (_MODULE_KEYS.fullmatch(leaf.key) is not None and is_module(str(leaf.value)))
        or _SOURCES.search(leaf.path) is not None
        or _IMAGE.search(leaf.path) is not None
        or is_label_name(leaf.path)
    )


def is_plain_name(leaf: Leaf, resource: Resource) -> bool:
    """Returns whether what a property names receives nothing."""
    by_type = _PATHS.get(resource.type)
    return (
        receives_nothing(leaf)
        or _is_source(leaf, resource)
        or _is_issuer(leaf, resource)
        or is_page(leaf, resource.type)
        or is_published(str(leaf.value))
        or is_object_name(leaf, resource.type)
        or has_labels(str(leaf.value))
        or (by_type is not None and by_type.match(leaf.path) is not None)
    )


def is_name_domain(host: str) -> bool:
    """Returns whether a host is a name only, or belongs to a publisher of schemas and documents."""
    return any(host == item.removeprefix(".") or (item[0] == "." and host.endswith(item)) for item in NAME_DOMAINS)
