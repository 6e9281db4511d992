"""A position of a switch that its row calls dangerous is refused (FJ-ESC-115)."""

from collections.abc import Iterator

import pytest
from guardrails.unverifiable.switch_rows import EVERY_TYPE, SwitchRow, read_rows

from .harness import Given, Pack, blocking

ROWS = read_rows()
PATTERNS = ("~", "!~")
RULE = "FJ-ESC-115"


def dangerous(safe: str) -> str:
    """Returns a value that a row refuses: one of those that it lists, or one that it does not list."""
    values = safe.lstrip("=+")
    if values.startswith("<"):
        return "P9999D"  # longer than any limit
    return values[1:].split("|")[0] if values.startswith("!") else f"not {values}"


def properties(path: str, value: object) -> dict[str, object]:
    """Returns an object with a value at a path of a row; what the path leaves open is `any`."""
    result = value
    for segment in reversed(path.replace("?", "").replace("*", "any").split(".")):
        result = {segment: result}
    assert isinstance(result, dict)
    return result


def valued(cloud: str) -> Iterator[SwitchRow]:
    """Yields the rows that list values: what a pattern refuses cannot be derived from it."""
    for row in ROWS[cloud]:
        if row.type != EVERY_TYPE and row.why and not row.safe.lstrip("=+").startswith(PATTERNS):
            yield row


@pytest.mark.parametrize("cloud", ROWS)
def test_dangerous_positions_are_refused(cloud: str) -> None:
    pack = Pack()
    missed = [
        f"{row.type}:{row.path}"
        for row in valued(cloud)
        if RULE
        not in blocking(pack.evaluate_resource(Given(row.type, properties(row.path, dangerous(row.safe)), "it")))
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("row", "bad", "good"),
    [
        ("applicationinsights:WebTest request.headers.headerFieldName", "Authorization", "Accept"),
        ("applicationinsights:WebTest request.requestUrl", "http://www.example.ae/", "https://www.example.ae/"),
        ("trafficmanager:Profile monitorConfig.customHeaders.name", "X-Api-Key", "Host"),
        ("trafficmanager:Profile endpoints.target", "2001:db8::9", "www.example.ae"),
        ("trafficmanager:Endpoint target", "203.0.113.9", "www.example.ae"),
        ("apimanagement:Subscription scope", "/apis", "/apis/payments"),
        ("apimanagement:WorkspaceSubscription scope", "/apis/", "/products/models"),
        ("apimanagement:User password", "Summer", ""),
        ("kusto:Script scriptContent", ".set database claims admins ('aaduser=a')", ".set Claims <| Raw | take 5"),
        ("kusto:Script scriptContent", ".alter database claims policy callout '[]'", ".create table C (id: string)"),
        (
            "kusto:Script scriptContent",
            ".alter table C policy row_level_security disable",
            ".alter table C policy row_level_security enable 'Own'",
        ),
        (
            "kusto:Script scriptContent",
            ".alter table C policy restricted_view_access false",
            ".alter table C policy restricted_view_access true",
        ),
        (
            "kusto:Script scriptContent",
            '.alter table C policy restricted_view_access "false"',
            ".create table C (id: string)\n.show table C policy row_level_security",
        ),
        ("kusto:Script scriptContent", ".delete table C policy row_level_security", ".drop table C"),
        ("kusto:Script scriptContent", ".delete table C policy restricted_view_access", ".drop table Old"),
        ("apimanagement:User identities.provider", "Basic", "Aad"),
        ("apimanagement:User identities.provider", "Microsoft", "AadB2C"),
        ("logic:IntegrationAccountMap content", "<msxsl:script language='C#'>", "<xsl:template match='/'/>"),
        ("cdn:Rule actions.parameters.headerName", "Authorization", "X-Robots-Tag"),
        ("containerregistry:ImportPipeline options", "OverwriteTags", "DeleteSourceBlobOnSuccess"),
        ("automation:SoftwareUpdateConfigurationByName a.excludedPackageNameMasks", "*", "kernel"),
    ],
)
def test_examples_of_patterns(row: str, bad: str, good: str) -> None:
    token, path = row.split()
    pack = Pack()

    def is_refused(value: str) -> bool:
        return RULE in blocking(pack.evaluate_resource(Given(f"azure-native:{token}", properties(path, value), "it")))

    assert is_refused(bad)
    assert not is_refused(good)
