"""Attacks that vendors' documents name and no rule had: further spellings of earlier families (2026-12-02).

Variables of Application Gateway that hold what a caller sent: MicrosoftDocs/azure-docs 0520e54c
articles/application-gateway/rewrite-http-headers-url.md; paths of ignoreChanges: pulumi/pulumi v3.259.0
sdk/go/common/resource/properties_path.go; both read 2026-12-02.
"""

from ..blind import ME, TAGS, aws, document, statement
from . import Attack
from .twenty_fifth_azure_flow import gateway

SWITCH = ("FJ-ESC-115",)
POLICY = document(statement("s3:GetObject", f"arn:aws:s3:::claims-{ME}/models/*"))

ATTACKS = (
    *(Attack(f"the gateway says who calls: {name}", SWITCH, gateway({"headerName": header, "headerValue": value}),
             "critical", "the app believes it")
      for name, header, value in (
          ("a cookie", "X-Forwarded-User", "{var_cookie_user}"),
          ("an argument", "X-MS-CLIENT-PRINCIPAL-NAME", "{var_query_string_1}"),
          ("a part of the path", "X-Auth-Request-User", "{var_uri_path_2}"),
          ("a name without its password", "Remote-User", "{var_client_user}"),
          ("a header behind an address", "X-Forwarded-Email", "{var_client_ip};{http_req_From}"),
          ("the constant behind an address", "X-Forwarded-Groups", "{var_client_ip},administrators"),
    )),
    *(Attack(f"what somebody writes into a policy by hand stays: {path}", SWITCH, (
        aws("iam/Policy", {"policy": POLICY, "tags": TAGS}, ignore_changes=(path,)),), "critical",
        "no preview sees it, and no deployment undoes it") for path in ('["policy"]', "[*]", '["*"]')),
)  # fmt: skip
