"""Cross-origin requests (CORS) are allowed from listed origins only.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it).
"""

from ..engine.conditions import Condition
from ..engine.families import exposure_rule
from ..engine.reading import Plain, one_or_many
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Verdict

_EVERY_ORIGIN = frozenset(("*", "http://*", "https://*"))


_SHARED_DOMAINS = (
    "github.io", "gitlab.io", "githubusercontent.com", "pages.dev", "workers.dev", "vercel.app",
    "netlify.app", "web.app", "firebaseapp.com", "herokuapp.com", "onrender.com", "azurewebsites.net",
    "azurestaticapps.net", "core.windows.net", "cloudapp.azure.com", "amazonaws.com", "cloudfront.net",
    "amplifyapp.com", "elasticbeanstalk.com", "appspot.com", "run.app", "ngrok.io", "ngrok-free.app",
    "trycloudflare.com", "com", "net", "org", "io", "ae", "gov.ae", "co.ae",
)  # fmt: skip
"""Domains below which everybody gets a name (a part of publicsuffix/list e8c9a2b2, read 2026-11-29, which has names
below core.windows.net, amazonaws.com and run.app; cloudapp.azure.com as known)."""


def _is_everybodys(origin: str) -> bool:
    """Returns whether a pattern of origins matches pages of strangers."""
    host = origin.partition("://")[2] or origin
    return origin in _EVERY_ORIGIN or (host.startswith("*.") and host[2:].partition(":")[0] in _SHARED_DOMAINS)


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
                  checks=AWS_ROWS),
    exposure_rule(206, Severity.MEDIUM, "Azure services allow cross-origin requests (CORS) from listed origins only",
                  _WHY, _REMEDY,
                  checks=AZURE_ROWS),
)  # fmt: skip
