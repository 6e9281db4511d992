"""Addresses in headers by which a firewall lets requests in."""

import pytest

from .blind import TAGS, aws
from .harness import Pack

PACK = Pack()
HARM = "lets in whoever writes an address into the header"


def _texts(header: str, position: str) -> str:
    statement = {"ipSetReferenceStatement": {
        "arn": "arn:aws:wafv2:me-central-1:123456789012:regional/ipset/office/a", "ipSetForwardedIpConfig": {
            "headerName": header, "fallbackBehavior": "NO_MATCH", "position": position}}}  # fmt: skip
    acl = {"scope": "REGIONAL", "defaultAction": {"block": {}}, "tags": TAGS, "name": "acl", "rules": [{
        "name": "office", "priority": 1, "action": {"allow": {}}, "statement": statement}]}  # fmt: skip
    return str(PACK.evaluate_plan(aws("wafv2/WebAcl", acl)))


@pytest.mark.parametrize("header", [
    "X-Forwarded-For", "True-Client-IP", "Fastly-Client-IP", "X-Azure-ClientIP", "X-Real-IP", "X-Office",
])  # fmt: skip
def test_headers_that_callers_write(header: str) -> None:
    assert HARM in _texts(header, "FIRST")


@pytest.mark.parametrize(("header", "position"), [
    ("CF-Connecting-IP", "FIRST"), ("CloudFront-Viewer-Address", "FIRST"), ("X-Azure-SocketIP", "FIRST"),
    ("X-Forwarded-For", "LAST"),
])  # fmt: skip
def test_headers_that_a_proxy_writes(header: str, position: str) -> None:
    assert HARM not in _texts(header, position)
