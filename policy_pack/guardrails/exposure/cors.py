"""Cross-origin requests (CORS) are allowed from listed origins only.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it).
"""

import re
from collections.abc import Iterator

from ..engine.conditions import Condition
from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, one_or_many
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.api_policies import POLICIES
from .reflected_origins import ORIGIN_TYPES, check_reflected_origins

_SHARED_DOMAINS = lazy_regex(
    # Pages, programs and tunnels of whoever signs up.
    r"(?:github|gitlab|bitbucket|ngrok)\.io|githubusercontent\.com|(?:pages|workers|r2|deno|fly|ngrok|ngrok-free"
    r"|replit)\.dev"
    r"|(?:vercel|netlify|web|ngrok|ngrok-free|streamlit|replit|up\.railway)\.app|(?:firebaseapp|herokuapp|onrender"
    r"|appspot|blogspot|trycloudflare)\.com|surge\.sh|hf\.space|supabase\.co|(?:[\w-]{1,63}\.){0,2}run\.app"
    # Azure, with the parts of a region.
    r"|(?:[\w-]{1,63}\.)?(?:azurewebsites|azurestaticapps|cloudapp)\.net|(?:[\w-]{1,63}\.)?cloudapp\.azure\.com"
    r"|(?:azurefd|azureedge|azure-api|trafficmanager|azure-mobile)\.net|(?:[a-z]{1,40}\.)?azurecontainerapps\.io"
    r"|(?:(?:(?:blob|file|web|dfs|z\d{1,3}\.web)\.)?core|servicebus)\.windows\.net"
    # AWS, with the parts of a region and a service.
    r"|(?:s3|elb|execute-api|compute(?:-1)?|emr[a-z]{1,20}-prod)?(?:[.-]?[a-z]{2}(?:-[a-z]{1,12}){1,3}-\d)?"
    r"(?:\.(?:s3|elb|compute))?\.?amazonaws\.com|s3-website[.-][\w-]{1,40}\.amazonaws\.com"
    r"|(?:[a-z]{2}(?:-[a-z]{1,12}){1,3}-\d\.)?(?:elasticbeanstalk|awsapprunner)\.com|cloudfront\.net|amplifyapp\.com"
    r"|(?:[\w-]{1,63}\.){0,2}on\.aws"
    # Everybody's names.
    r"|com|net|org|io|dev|app|ae|(?:gov|co|net|org|ac|sch|mil)\.ae"
)
"""Domains below which everybody gets a name: a part of the private and public suffixes of publicsuffix/list e8c9a2b2
(read 2026-11-29 and 30), the domains above the parts of a region, and cloudapp.azure.com (MicrosoftDocs/azure-docs
014bcff1 articles/virtual-network/ip-services/public-ip-addresses.md: a label of the customer's choice and the region;
read 2026-11-30)."""
_HOST = lazy_regex(r"(?:[a-z][a-z0-9+.-]{0,30}://)?(?P<host>[^:/?#]*)")


def _is_everybodys(origin: str) -> bool:
    """Returns whether a pattern of origins matches pages of strangers: an asterisk is the whole name, its end, or what
    stands before a domain of everybody. A bucket takes one anywhere (awsdocs/amazon-s3-userguide cc53dd6
    doc_source/ManageCorsUsing.md, read 2026-11-30)."""
    found = _HOST.match(origin)
    host = found["host"] if found is not None else origin
    _, asterisk, domain = host.rpartition("*")
    domain = domain.strip(".")  # a name may end in a dot
    return bool(asterisk) and (domain == "" or _SHARED_DOMAINS.fullmatch(domain) is not None)


def _has_no_wildcard(value: Plain) -> bool:
    """Returns whether a list, or a comma-separated text, has no item that matches origins of strangers."""
    items = value if isinstance(value, list) else str(value).split(",")
    return not any(_is_everybodys(str(item).strip().lower()) for item in items)


NAMED_ORIGINS = Condition(
    "must name the origins, and not have * or a domain of everybody among them", _has_no_wildcard, missing=Verdict.PASS
)

_REFLECTED = "{http_req_origin}"
"""Server variable of Application Gateway with the origin of the request, whatever it is."""


def _names_origins(value: Plain) -> bool:
    """Returns whether no header of a list allows every origin."""
    headers = [item for item in one_or_many(value) if isinstance(item, dict)]
    allowed = [item.get("headerValue") for item in headers if str(item.get("headerName")).lower() == _ALLOWED_ORIGIN]
    return all(_has_no_wildcard(text) and str(text).strip().lower() != _REFLECTED for text in allowed)


_ALLOWED_ORIGIN = "access-control-allow-origin"
NAMED_IN_HEADERS = Condition(f"must name the origins in {_ALLOWED_ORIGIN}", _names_origins, missing=Verdict.PASS)

_IN_POLICY = lazy_regex(r"<origin>([^<]{0,500})</origin>")
"""An origin in a policy of API Management, as the vendor's samples write it (MicrosoftDocs/azure-docs 29477839
articles/api-management/cors-policy.md and Azure/PSRule.Rules.Azure 51d68cc8 docs/en/baselines/Azure.All.csv,
Azure.APIM.CORSPolicy, read 2026-12-01)."""
_COMMENT = lazy_regex(r"<!--.*?(?:-->|$)", re.DOTALL)


def names_origins(policy: str) -> bool:
    """Returns whether no origin in a policy of API Management matches pages of strangers."""
    return all(_has_no_wildcard([text]) for text in _IN_POLICY.findall(_COMMENT.sub("", policy)))


def _check_policies(resource: Resource) -> Iterator[Outcome]:
    value = resource.get("value")
    if isinstance(value, str):
        yield passed() if names_origins(value) else failed("value allows every origin in cors", "value")


AWS_ROWS = (
    Check(aws("apigatewayv2/Api"), "corsConfiguration?.allowOrigins", NAMED_ORIGINS),
    Check(aws("lambda/FunctionUrl"), "cors?.allowOrigins", NAMED_ORIGINS),
    Check(aws("s3/BucketCorsConfiguration", "s3/BucketCorsConfigurationV2", "s3/Bucket", "s3/BucketV2"),
          "corsRules[*].allowedOrigins", NAMED_ORIGINS),
)  # fmt: skip

AZURE_ROWS = (
    Check(azure("web:WebApp", "web:WebAppSlot"), "siteConfig?.cors?.allowedOrigins", NAMED_ORIGINS),
    Check(azure("app:ContainerApp"), "configuration?.ingress?.corsPolicy?.allowedOrigins", NAMED_ORIGINS),
    Check(azure("storage:BlobServiceProperties", "storage:FileServiceProperties", "storage:QueueServiceProperties",
                "storage:TableServiceProperties"),
          "cors?.corsRules[*].allowedOrigins", NAMED_ORIGINS),
    Check(azure("cosmosdb:DatabaseAccount"), "cors[*].allowedOrigins", NAMED_ORIGINS),
    Check(azure("signalrservice:SignalR"), "cors?.allowedOrigins", NAMED_ORIGINS),
    Check(azure("healthcareapis:FhirService", "healthcareapis:DicomService"), "corsConfiguration?.origins",
          NAMED_ORIGINS),
    Check(azure("healthcareapis:Service"), "properties?.corsConfiguration?.origins", NAMED_ORIGINS),
    Check(azure("network:ApplicationGateway"),
          "rewriteRuleSets[*].rewriteRules[*].actionSet?.responseHeaderConfigurations", NAMED_IN_HEADERS),
    Check(azure("maps:Account"), "properties?.cors?.corsRules[*].allowedOrigins", NAMED_ORIGINS),
)  # fmt: skip


_WHY = "otherwise any web page that a user opens inside the network can read the service's responses"
_REMEDY = "List the origins of your own pages"


ORIGINS: tuple[Guardrail, ...] = (
    exposure_rule(122, Severity.MEDIUM, "AWS services allow cross-origin requests (CORS) from listed origins only",
                  _WHY, _REMEDY,
                  checks=AWS_ROWS, predicate=check_reflected_origins, types=ORIGIN_TYPES),
    exposure_rule(206, Severity.MEDIUM, "Azure services allow cross-origin requests (CORS) from listed origins only",
                  _WHY, _REMEDY,
                  checks=AZURE_ROWS, predicate=_check_policies, types=POLICIES),
)  # fmt: skip
