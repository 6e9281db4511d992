"""The usage file: its contents, its defaults, and how an error is reported."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.usage import load, office_hours_a_month, parse, pool_usage, site_usage, store_usage


def test_the_site_goes_before_the_profile_and_the_profile_before_the_default() -> None:
    usage = parse(
        """
        profiles: {training: {load: 0.5, utilisation: 0.9}}
        sites: {uae: {pools: {gpu: {nodes: 3, office_hours: true}}}}
        """
    )
    stated, ours = pool_usage(usage, "uae", "gpu", "training")
    assert (stated.nodes, stated.load, stated.utilisation, ours) == (3, None, Decimal("0.9"), False)
    assert stated.hours == office_hours_a_month()
    of_profile, ours = pool_usage(usage, "uae", "other", "training")
    assert (of_profile.load, of_profile.hours, ours) == (Decimal("0.5"), 730, False)
    default, ours = pool_usage(usage, "uae", "cpu", "batch")
    assert (default.load, ours) == (Decimal("0.2"), True)


def test_office_hours_are_five_days_of_twelve_hours() -> None:
    assert round(office_hours_a_month(), 4) == Decimal("260.7143")  # 5 x 365/7/12 x 12


def test_stores_and_sites() -> None:
    usage = parse("{sites: {uae: {nat_gb: 7, vaults: {models: {stored_gb: 9}}}}, site_defaults: {nat_gb: 8}}")
    assert site_usage(usage, "uae", "nat_gb") == (7, False)
    assert site_usage(usage, "other", "nat_gb") == (8, False)
    assert site_usage(usage, "uae", "logs_gb") == (50, True)
    stated, ours = store_usage(usage, "uae", "models")
    assert (stated.stored_gb, stated.reads, ours) == (9, 200_000, False)
    assert store_usage(usage, "uae", "something")[1] is True


def test_no_file_is_all_defaults(tmp_path: Path) -> None:
    assert load(None) == parse("")
    with pytest.raises(BadInput, match=r"missing\.yaml: cannot be read"):
        load(tmp_path / "missing.yaml")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [", "usage: not YAML"),
        ("4", "usage: "),
        ("sits: {}", "usage: sits: unknown field; did you mean: sites"),
        (
            "sites: {uae: {pools: {gpu: {node: 2}}}}",
            r"sites\.uae\.pools\.gpu\.node: unknown field; did you mean: nodes",
        ),
        ("sites: {uae: {vault: {}}}", r"sites\.uae\.vault: unknown field; did you mean: vaults"),
        ("hours: 0", "hours: input should be greater than 0"),
        (
            "sites: {uae: {pools: {gpu: {hours: 745}}}}",
            r"gpu\.hours: input should be less than or equal to 744, not 745",
        ),
        ("profiles: {batch: {hours: -1}}", r"batch\.hours: input should be greater than or equal to 0"),
        ("hours: 800", "hours: input should be less than or equal to 744"),
        ("sites: {uae: {logs_gb: -1}}", r"sites\.uae\.logs_gb: input should be greater than or equal to 0, not -1"),
        ("sites: {uae: {logs_gb: .nan}}", r"sites\.uae\.logs_gb"),
        ("profiles: {batch: {utilisation: 2}}", r"profiles\.batch\.utilisation: input should be less than"),
        ("shared: {by: weights}", "shared.weights: by: weights requires weights"),
        ("shared: {by: fairly}", r"shared\.by: input should be 'none', 'direct', 'even' or 'weights'"),
        ("version: 2", "version: input should be less than or equal to 1"),
    ],
)
def test_invalid_usage_files_are_rejected(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        parse(text)
    assert "\n" not in str(refused.value)


def test_a_file_of_tomorrow_is_refused() -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    with pytest.raises(BadInput, match="is in the future"):
        parse(f"as_of: {tomorrow}")
    assert parse(f"as_of: {datetime.now(UTC).date()}").as_of is not None
