"""Where records of names lead: the hosts in records of Route 53, Azure DNS and private zones, whatever their domain.

A text with a host elsewhere counts only if its last label is a top-level domain, and `a.b` may be a service of the
cluster. In a record the place of a host is fixed, and resolvers have no names of a cluster, so each one is read: of
CNAME, NS and PTR the whole value, of MX, SRV, SVCB, HTTPS and NAPTR one field (Amazon Route 53, "Supported DNS record
types"; Ruby, Resolv::DNS::Resource::IN::SRV, with the fields of RFC 2782; hickory-proto, SVCB, with those of RFC 9460;
pulumi-aws 7.51.1, Record, and pulumi-azure-native 3.29.0, RecordSet; AWS CDK, SvcbRecordValue; read 2026-11-30). `.` in
these fields is the name itself, or no service at all. A NAPTR record that has `.` there rewrites a name to an address
of a call or of mail instead, by an expression (Microsoft, NaptrRecord of @azure/arm-dns: RFC 3403; read 2026-11-30).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from falaj.facts.domains import top_level_domains

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Resource, leaves, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.hosts import may_be_planned
from ..readers.texts import Leaf
from .plain_names import caa_tag

_AWS_RECORDS = frozenset(aws("route53/Record"))
_AZURE_ZONES = {
    **dict.fromkeys(azure("dns:RecordSet"), "zoneName"),
    **dict.fromkeys(azure("privatedns:PrivateRecordSet"), "privateZoneName"),
}
"""Type of records of Azure -> property with the name of their zone."""
_FIELDS: Mapping[str, int] = {
    "CNAME": 0, "NS": 0, "PTR": 0, "MX": 1, "SVCB": 1, "HTTPS": 1, "SRV": 3, "NAPTR": 5,
}  # fmt: skip
"""Type of a record of Route 53 -> the field of its value that is a host."""
_REWRITTEN = lazy_regex(
    r"[!#/|~][a-z][a-z0-9+.-]{0,30}:(?://)?(?:[^@!#/|~\s]{0,200}@)?([a-z0-9_][a-z0-9_.-]{0,252})", re.IGNORECASE
)
"""Host in what the expression of a NAPTR record makes of a name, such as `!^.*$!sip:info@bank.ae!`."""
_AZURE_PATH = lazy_regex(
    r"cnameRecord\.cname|nsRecords\[\d+\]\.nsdname|srvRecords\[\d+\]\.target|mxRecords\[\d+\]\.exchange"
    r"|ptrRecords\[\d+\]\.ptrdname"
)
_INSTANCES, _INSTANCE_ALIAS = frozenset(aws("servicediscovery/Instance")), "attributes.AWS_INSTANCE_CNAME"
"""Type of an instance of a service, and the place of the host that its record leads to (botocore 1.44.8,
servicediscovery, RegisterInstance, read 2026-11-30)."""
_RECORDS = (
    "records[",
    "caaRecords[",
    "cnameRecord.",
    "nsRecords[",
    "srvRecords[",
    "mxRecords[",
    "ptrRecords[",
    "endpoints[",
    "aliases[",
    _INSTANCE_ALIAS,
)
_INDEX = lazy_regex(r"\[\d+\]")
_OTHER_PATHS = {
    **dict.fromkeys(aws("route53/ResolverFirewallRule"), "blockOverrideDomain"),
    **dict.fromkeys(aws("route53/Record"), "aliases[*].name"),
    **dict.fromkeys(azure("trafficmanager:Endpoint"), "target"),
    **dict.fromkeys(azure("trafficmanager:Profile"), "endpoints[*].target"),
}
"""Type -> property with the host to which names lead instead (botocore 1.44.8, route53resolver, BlockOverrideDomain;
pulumi-azure-native 3.29.0, Endpoint of Traffic Manager)."""
_ZONE_KEYS = ("zoneId", "zoneName", "privateZoneName")
_ZONES = frozenset((*aws("route53/Zone"), *azure("dns:Zone", "privatedns:PrivateZone")))
_HOST = lazy_regex(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_OF_DOCUMENTS = frozenset({"example", "invalid", "test"})
"""Top-level domains of documents and tests, which stand for any (RFC 6761). Below others that nobody runs, such as
`corp`, nobody outside of a network has a name."""
_LONGEST = 2048
"""Characters of a value that are read: a record of several fields is shorter."""
_SHARED_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "mil", "net", "org", "sch"})
"""Labels below the domain of a country under which everybody registers names (publicsuffix/list e8c9a2b
public_suffix_list.dat has seven of them below `ae`; read 2026-11-30)."""
_VENDORS = lazy_regex(
    # Proofs for certificates of ACM (Dwolla/certificate-validator, README, and records in public repositories), and the
    # keys of SES for signed mail (botocore 1.44.8, sesv2, SigningHostedZone). The zone of me-central-1 has the region
    # in its name: dkim.me-central-1.amazonses.com (files of public repositories; read 2026-11-30).
    r"_[0-9a-z]+\.(?:[0-9a-z]+\.)?acm-validations\.aws|[a-z0-9]+\.dkim\.amazonses\.com"
)
"""Targets that a vendor asks for, where nothing is sent."""
_CHALLENGE = "_acme-challenge"
"""First label of a record that proves a name, or the second below the label of one account (acme-client, DNSAccount01;
read 2026-11-30)."""
_ANSWER = lazy_regex(r'[\s"]*[\w-]{43}[\s"]*', re.ASCII)
"""Answer to a challenge for a certificate: a digest of 32 bytes. A client that renews writes a new one each time, so
that a fixed one proves the name once, for whoever has the key of an account (golang/crypto 351dc6a acme,
DNS01ChallengeRecord; read 2026-11-30)."""
_AUTHORITIES = frozenset(
    {
        "actalis.it", "affirmtrust.com", "amazon.com", "amazonaws.com", "amazontrust.com", "awstrust.com",
        "buypass.com", "buypass.no", "certum.eu", "certum.pl", "comodo.com", "comodoca.com", "d-trust.net",
        "digicert.com", "digitalcertvalidation.com", "emsign.com", "entrust.net", "fnmt.es", "geotrust.com",
        "globalsign.com", "godaddy.com", "harica.gr", "identrust.com", "letsencrypt.org", "microsoft.com", "pki.goog",
        "quovadisglobal.com", "rapidssl.com", "sectigo.com", "ssl.com", "starfieldtech.com", "swisssign.com",
        "telesec.de", "thawte.com", "trust-provider.com", "usertrust.com", "www.digicert.com", "cybertrust.ne.jp",
        "digicert.ne.jp", "pkioverheid.nl", "symantec.com", *(f"{each}.digitalcertvalidation.com" for each in (
            "1and1", "intermediatecertificate", "stratossl", "volusion")),
    }
)  # fmt: skip
"""Public authorities by the domain with which CAA records name them (tables of authorities and these domains in public
repositories, made from their statements of practice and CCADB's "All CAA Identifiers Report"; GoDaddy, "Using CAA
records with your SSL certificate"; DigiCert's statement of practice, 4.2.1, of which zones of other companies have
each; read 2026-11-30). Another one is listed with who confirmed it."""
_CAA = lazy_regex(r'\d{1,3} (issue(?:wild|mail)?) "?([^";\s]*)[^"]*"?', re.IGNORECASE)
"""Value of a CAA record that says who may issue certificates. `iodef` names who gets reports."""


def may_be_target(leaf: Leaf) -> bool:
    """Returns whether a leaf may be a place of a host in a record, by its path."""
    return leaf.path.startswith(_RECORDS) or leaf.path in ("blockOverrideDomain", "target")


def record_target(leaf: Leaf, resource: Resource) -> str:
    """Returns the host to which a leaf of a record leads, in lower case and without the last dot; empty if it leads to
    none, to an address, or to a name that the internet does not have. Of a CAA record, it is the authority that may
    issue certificates, unless it is a public one."""
    value = str(leaf.value)[:_LONGEST].strip()
    text = _target_of(leaf, resource, value).lower().rstrip(".").replace('"', "")
    last = text.rpartition(".")[2]
    is_of_internet = last in top_level_domains() or last in _OF_DOCUMENTS
    return text if is_of_internet and _HOST.fullmatch(text) else ""


def _target_of(leaf: Leaf, resource: Resource, value: str) -> str:
    if resource.type in _AWS_RECORDS and leaf.path.startswith("records"):
        kind = str(resource.get("type")).upper()
        if kind == "CAA":
            return _authority(value)
        if kind == "NAPTR" and (rewritten := _REWRITTEN.search(value)) is not None:
            return rewritten[1]
        fields = value.split()
        index = _FIELDS.get(kind, len(fields))
        return fields[index] if index < len(fields) else ""
    if resource.type in _AZURE_ZONES:
        if _AZURE_PATH.fullmatch(leaf.path):
            return value
        if tag := caa_tag(leaf, resource):
            return _authority(f'0 {tag} "{value}"')
    if resource.type in _INSTANCES and leaf.path == _INSTANCE_ALIAS:
        return value
    return value if _OTHER_PATHS.get(resource.type) == _INDEX.sub("[*]", leaf.path) else ""


def _authority(value: str) -> str:
    match = _CAA.fullmatch(value)
    name = match[2].lower().rstrip(".") if match is not None else ""
    return "" if name in _AUTHORITIES else name


def fixed_answers(resource: Resource) -> Iterator[Outcome]:
    """Yields the answers to challenges for certificates that a program fixes. Which account they are of, no plan shows;
    clients write theirs themselves, and vendors ask for a CNAME record."""
    if resource.type in _AWS_RECORDS:
        name, path = resource.get("name"), "records?"
    elif resource.type in _AZURE_ZONES:
        name, path = resource.get("relativeRecordSetName"), "txtRecords[*].value?"
    else:
        return
    if isinstance(name, str) and _CHALLENGE in name.lower().split(".")[:2]:
        values = (leaf for found, value in walk(resource.props, path) for leaf in leaves(value, found))
        for place, _, value in values:
            if isinstance(value, str) and _ANSWER.fullmatch(value):
                yield failed(f"{place} is the answer to one challenge for a certificate, of an unknown account", place)


def is_asked_for(host: str, resource: Resource) -> bool:
    """Returns whether a target is one that a vendor asks for, or a name of the zone that a record of Azure names."""
    return _VENDORS.fullmatch(host) is not None or (resource.type in _AZURE_ZONES and is_own(host, resource))


def is_own(host: str, resource: Resource) -> bool:
    """Returns whether a target is a name of the record's own zone, by what the record says. A name that the owner of a
    resource of Azure chose is none of the zone: a private zone may have the domain of a service."""
    return not may_be_planned(host) and _is_below(host, _zones(resource))


def _is_below(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _zones(resource: Resource) -> tuple[str, ...]:
    """Returns the domains that a record shows to be one's own: the zone that it names, or its name and its parent.

    The id of a zone that is written down says nothing of its domain, and the zone puts that behind every name that is
    not below it: `login.elsewhere.com` becomes `login.elsewhere.com.bank.ae`, whose servers are elsewhere. So the name
    of such a record shows nothing either; the domain is listed. In Azure the zone is named, and holds what is below.
    """
    if resource.type in _AZURE_ZONES:
        return _owned(resource.get(_AZURE_ZONES[resource.type]))
    is_by_id = isinstance(resource.get("zoneId"), str)
    if resource.type not in _AWS_RECORDS or str(resource.get("type")).upper() == "CAA" or is_by_id:
        return ()
    name = str(resource.get("name")).lower().strip().rstrip(".").removeprefix("*.")
    return (*_owned(name), *_owned(name.partition(".")[2]))


def is_zone_elsewhere(resource: Resource) -> bool:
    """Returns whether only another resource of the plan shows the zone of a record: its name is not known yet, or the
    record's own name is relative to it."""
    if resource.type in _AZURE_ZONES:
        return resource.get(_AZURE_ZONES[resource.type]) is UNKNOWN
    name = resource.get("name")
    return resource.type in _AWS_RECORDS and (name is UNKNOWN or "." not in str(name).strip("."))


def is_in_planned_zone(host: str, resource: Resource, plan: Plan) -> bool:
    """Returns whether a target is a name of the record's zone, which the plan has. Where it has none, the record's own
    name says which zone it is: a zone puts its domain behind a name that is not below it."""
    zones = (zone for key in _ZONE_KEYS for zone in plan.dependencies_of(resource, key) if zone.type in _ZONES)
    names = [name for zone in zones for key in ("name", *_ZONE_KEYS[1:]) for name in _owned(zone.get(key))]
    return _is_below(host, names) or (not names and is_own(host, resource))


def _owned(domain: object) -> tuple[str, ...]:
    """Returns a domain of which one owner has all names below; nothing for `ae`, `co.ae` and what is no domain."""
    name = str(domain).lower().rstrip(".")
    labels = name.split(".")
    is_shared = len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _SHARED_SECOND_LEVEL
    is_domain = _HOST.fullmatch(name) is not None and (labels[-1] in top_level_domains() or len(labels) > 1)
    return (name,) if is_domain and not is_shared else ()
