"""Data residency on AWS. There is one region in the UAE, so every copy to another region leaves the country.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it).
"""

from collections.abc import Iterator

from falaj.facts.services import GLOBAL_AWS, GLOBAL_AWS_TYPES

from ..engine.conditions import ABSENT, NEVER, NOT_TRUE, does_not_contain, none_of
from ..engine.families import residency_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import Check, Guardrail, Predicate, Severity, aws
from ..engine.sdk_types import REGIONLESS_AWS
from ..engine.tokens import aws_module
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.location_names import Form
from ..readers.locations import (
    AWS_UAE,
    IN_UAE_AWS,
    IN_UAE_AZURE,
    aws_region_of,
    aws_region_properties,
    foreign_locations,
    has_arns,
    quote_location,
)
from .opened_regions import check_opened_regions

_CREDENTIAL = aws("codebuild/SourceCredential")
_CONNECTIONS = ("arn:aws:codeconnections:", "arn:aws:codestar-connections:")
"""Connections to a code host, which a credential of CodeBuild may name: the service has no region in the UAE
(botocore's endpoints, 2026-11-26), and a connection holds no data."""

_OPT_IN = aws("account/Region")
"""Switches a region of the account on or off."""

_ORGANISATION = aws("organizations/Policy")
_SWITCHED_OFF = lazy_regex(r"\.disable_in_regions\b")
"""Regions in which a policy of the organisation ends a service (AWS Organizations User Guide, "Security Hub policy
syntax", read 2026-11-30)."""

_PROVIDER = "pulumi:providers:aws"


def _has_region(resource: Resource) -> bool:
    return resource.type == _PROVIDER or (
        resource.type.startswith("aws:")
        and aws_module(resource.type) not in GLOBAL_AWS
        and resource.type not in REGIONLESS_AWS
    )


def _check_region(resource: Resource) -> Iterator[Outcome]:
    if not _has_region(resource):
        return
    region = aws_region_of(resource)
    if region is MISSING:
        yield undetermined(f"no region is set; the environment would decide, and it must be {IN_UAE_AWS}", "region")
    elif region is UNKNOWN:
        yield undetermined(f"the region is not known before deployment; it must be {IN_UAE_AWS}", "region")
    elif isinstance(region, str) and region.lower() in AWS_UAE:
        yield passed()
    else:
        yield failed(f"it is located in {quote_location(region)}; allowed is {IN_UAE_AWS}", "region")


def _check_global_service(allowed: tuple[str, ...]) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        if resource.type not in REGIONLESS_AWS or aws_module(resource.type) in GLOBAL_AWS:
            return
        if resource.type in GLOBAL_AWS_TYPES or resource.type.startswith(allowed):
            yield passed()
        else:
            yield failed(f"{resource.type} is a global service, which stores or serves data outside the UAE")

    return judge


def _check_region_properties(resource: Resource) -> Iterator[Outcome]:
    if resource.type in _OPT_IN and resource.get("enabled") is False:
        return
    for path, value in aws_region_properties(resource):
        if value is UNKNOWN:
            yield undetermined(f"the region in {path} is not known before deployment", path)
        else:
            yield passed()
    for location in foreign_locations(resource):
        is_off = resource.type in _ORGANISATION and _SWITCHED_OFF.search(location.path) is not None
        if location.form is Form.NAME and not is_off:
            yield failed(f"{location.sentence}; allowed is {IN_UAE_AWS}", location.path)
    if resource.type in _ORGANISATION:
        yield from check_opened_regions(resource)


def _check_addresses(resource: Resource) -> Iterator[Outcome]:
    """Checks the regions in ARNs and in host names."""
    is_connection = resource.type in _CREDENTIAL and str(resource.get("token")).startswith(_CONNECTIONS)
    for location in foreign_locations(resource):
        if location.form is not Form.NAME and not (is_connection and location.path == "token"):
            yield failed(f"{location.sentence}; allowed is {IN_UAE_AWS}", location.path)
    if has_arns(resource):
        yield passed()


def _resolve_region(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves a region that depends on other resources of the stack through these resources, which are evaluated
    themselves."""
    sources = list(plan.dependencies_of(resource, outcome.path.split(".")[0].split("[")[0]))
    if not sources:
        return outcome
    for source in sources:
        region = aws_region_of(source)
        if not isinstance(region, str) or region.lower() not in AWS_UAE:
            return outcome
    return passed()


FORBIDDEN_ROWS = (
    Check(
        aws("rds/GlobalCluster", "docdb/GlobalCluster", "neptune/GlobalCluster", "elasticache/GlobalReplicationGroup",
            "memorydb/MultiRegionCluster", "s3control/MultiRegionAccessPoint", "s3control/MultiRegionAccessPointRoutes",
            "cloudwatch/EventEndpoint", "ecrpublic/Repository", "sesv2/MultiRegionEndpoint", "dsql/ClusterPeering",
            "dynamodb/GlobalTable"),
        "", NEVER),
    Check(aws("rds/Cluster", "docdb/Cluster", "neptune/Cluster"), "globalClusterIdentifier", ABSENT),
    Check(aws("elasticache/ReplicationGroup"), "globalReplicationGroupId", ABSENT),
    Check(aws("memorydb/Cluster"), "multiRegionClusterName", ABSENT),
    Check(aws("bedrock/Guardrail"), "crossRegionConfig", ABSENT),
    Check(aws("odb/AutonomousDatabase"), "sourceConfiguration?.crossRegionDisasterRecovery", ABSENT),
    Check(aws("odb/AutonomousDatabase"), "sourceConfiguration?.crossRegionDataGuard", ABSENT),
)  # fmt: skip

KEY_ROWS = (Check(aws("kms/Key", "kms/ExternalKey"), "multiRegion", NOT_TRUE),)

EDGE_ROWS = (
    Check(aws("apigateway/RestApi"), "endpointConfiguration.types", does_not_contain("EDGE", missing=Verdict.FAIL)),
    Check(aws("apigateway/DomainName"), "endpointConfiguration.types", does_not_contain("EDGE", missing=Verdict.FAIL)),
    Check(aws("s3/BucketAccelerateConfiguration", "s3/BucketAccelerateConfigurationV2"), "status", none_of("Enabled")),
    Check(aws("s3/Bucket", "s3/BucketV2"), "accelerationStatus", none_of("Enabled")),
    Check(aws("wafv2/WebAcl", "wafv2/IpSet", "wafv2/RuleGroup", "wafv2/RegexPatternSet"), "scope",
          none_of("CLOUDFRONT")),
)  # fmt: skip

_COPY_WHY = "AWS has one region in the UAE, so every copy to another region leaves the country"
_COPY_REMEDY = f"Keep it in {IN_UAE_AWS}; for a second copy in the country use Azure {IN_UAE_AZURE} or an on-prem site"


def aws_residency(global_services: tuple[str, ...]) -> tuple[Guardrail, ...]:
    """Returns the guardrails. `global_services`: prefixes of additional allowed type tokens."""
    return (
        residency_rule(101, Severity.CRITICAL, "AWS resources and providers are placed in the UAE",
                       "data must stay in the country",
                       f"Give the resource a provider with region '{IN_UAE_AWS}' and no other region of its own, or "
                       f"set that of the default provider: `pulumi config set aws:region {IN_UAE_AWS}`",
                       predicate=_check_region, types=("aws:", _PROVIDER)),
        residency_rule(102, Severity.CRITICAL,
                       "AWS services without a region are on the list of allowed global services",
                       "a global service stores and serves data wherever its vendor chooses",
                       "Use a regional service, or list the beginning of its type under residency.global_services in "
                       "enforcement.yaml, with the reason",
                       predicate=_check_global_service(global_services), types=("aws:",)),
        residency_rule(103, Severity.CRITICAL, "Properties that name an AWS region name one in the UAE",
                       _COPY_WHY, _COPY_REMEDY,
                       predicate=_check_region_properties, resolve=_resolve_region, types=("aws:", _PROVIDER)),
        residency_rule(104, Severity.CRITICAL, "ARNs and addresses of AWS services point into the UAE",
                       _COPY_WHY, "Reference a resource in the UAE",
                       predicate=_check_addresses, types=("aws:", _PROVIDER)),
        residency_rule(105, Severity.CRITICAL, "No global databases, buckets, caches or event endpoints",
                       _COPY_WHY, _COPY_REMEDY,
                       checks=FORBIDDEN_ROWS),
        residency_rule(107, Severity.CRITICAL, "KMS keys are single-region",
                       "key material that is replicated abroad can decrypt the data abroad",
                       "Remove multi_region from the key",
                       checks=KEY_ROWS),
        residency_rule(108, Severity.CRITICAL, "Nothing is served from edge locations",
                       "edge locations terminate TLS and cache data outside the country",
                       "Use a REGIONAL endpoint (endpoint_configuration types) and the regional scope",
                       checks=EDGE_ROWS),
    )  # fmt: skip
