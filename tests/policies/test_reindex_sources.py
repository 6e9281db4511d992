"""Clusters from which rows may be copied, with stars in their names."""

import pytest

from .harness import Given, Pack, blocking

PACK = Pack()
SAFE = [
    "*.bank.internal:443", "10.0.1.*:9200", "10.*:9200", "192.168.*.*:*", "172.16.*:9200", "*.bank.ae:9200",
    "*.search.svc.cluster.local:9200", "es-*.bank.co.uk:443", "localhost:*", "db.bank.internal:9200", "[fd00::1]:*",
    "10.0.0.5:*", "10.*.2.3:9200", "*.web.internal:9200",
]  # fmt: skip
WIDE = [
    "*", "*:*", "*:443", "*.*:443", "*.com:9200", "*.xyz:443", "*.co.uk:*", "*.gov.ae:443", "*.es.io:443", "*e*:*",
    "*.uaenorth.azure.elastic-cloud.com:443", "*.me-central-1.es.amazonaws.com:443", "*bank.ae:443", "es.*:443",
    "52.*:9200", "172.*:9200", "*.1.2.3.example.*:1", "data-*:9200", "*..com:1", "52.*.2.3:9200",
    "*.0.0.1:9200", "*.elastic.cloud:443", "*.es.me-central-1.aws.elastic.cloud:443", "*.nip.io:9200", "*.web.tr:9200",
    "*.10.0.0.5.sslip.io:9200", "*.info.pl:9200", "*.searchbox.io:443", "*.ngrok-free.app:443", "*.workers.dev:443",
]  # fmt: skip


def _is_refused(text: str) -> bool:
    given = Given("kubernetes:core/v1:ConfigMap", {"data": {"opensearch.yml": text}})
    return "FJ-IDN-313" in blocking(PACK.evaluate_resource(given))


@pytest.mark.parametrize("name", ["reindex.remote.allowlist", "reindex.remote.whitelist"])
def test_stars_before_names_of_others_are_refused(name: str) -> None:
    assert [place for place in WIDE if not _is_refused(f'node.name: a\n{name}: ["{place}"]\n')] == []
    assert [place for place in WIDE if not _is_refused(f'node.name: a\n{name}: "db.bank.ae:1, {place}"\n')] == []


@pytest.mark.parametrize("name", ["reindex.remote.allowlist", "reindex.remote.whitelist"])
def test_stars_in_private_addresses_and_before_own_names_pass(name: str) -> None:
    assert [place for place in SAFE if _is_refused(f'node.name: a\n{name}: ["{place}"]\n')] == []
    assert [place for place in SAFE if _is_refused(f'node.name: a\n{name}: "db.bank.internal:1,{place}"\n')] == []
