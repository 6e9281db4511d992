"""The cost gate: thresholds, the increase over a baseline, and invalid input."""

from decimal import Decimal

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.figures import differences, figures
from falaj.finops.gate import Ceilings, judge, read_ceilings, refused
from tests.unit.finops.plans import TAGS, agent_pool, plan, priced

MACHINE = "Standard_NC40ads_H100_v5"
ONE = priced(
    plan(agent_pool("gpu", MACHINE, 1, 3, tags=TAGS | {"tenant": "bank"})), "profiles: {inference-gpu: {load: 0}}"
)
TWO = priced(
    plan(agent_pool("gpu", MACHINE, 2, 3, tags=TAGS | {"tenant": "bank"})), "profiles: {inference-gpu: {load: 0}}"
)
AED = Decimal("26755.6315")
"""One machine all month: 730 x 9.98 x 3.6725."""


@pytest.mark.parametrize(
    "ceilings",
    [
        Ceilings(aed_per_month=AED),
        Ceilings(sites={"uae": AED}),
        Ceilings(tenants={"bank": AED}),
        Ceilings(aed_per_month=3 * AED, of="max"),
        Ceilings(sites={"uae": 3 * AED}, of="max"),
        Ceilings(),
    ],
)
def test_at_the_threshold_it_passes_and_one_fils_above_it_fails(ceilings: Ceilings) -> None:
    assert not refused(judge(ONE, ceilings))
    lower = {
        "aed_per_month": ceilings.aed_per_month and ceilings.aed_per_month - Decimal("0.01"),
        "sites": {name: limit - Decimal("0.01") for name, limit in ceilings.sites.items()},
        "tenants": {name: limit - Decimal("0.01") for name, limit in ceilings.tenants.items()},
    }
    verdicts = judge(ONE, ceilings.model_copy(update=lower))
    assert refused(verdicts) == (ceilings != Ceilings())
    assert all("0.01 above the ceiling" in verdict.sentence for verdict in verdicts)


def test_a_threshold_of_an_unknown_tenant_is_invalid() -> None:
    with pytest.raises(BadInput, match=r"ceilings\.sites\.uea: unknown name; the plan has: uae"):
        judge(ONE, Ceilings(sites={"uea": AED}))
    with pytest.raises(BadInput, match=r"ceilings\.tenants\.shop: .* the plan has: \(shared\), bank"):
        judge(ONE, Ceilings(tenants={"shop": AED}))


@pytest.mark.parametrize(
    ("limits", "passes"),
    [
        ({}, True),
        ({"increase_percent": Decimal(100)}, True),
        ({"increase_percent": Decimal(99)}, False),
        ({"increase_aed": AED}, True),
        ({"increase_aed": AED - 1}, False),
        ({"increase_aed": AED, "increase_percent": Decimal(99)}, False),
    ],
)
def test_the_increase_against_a_base(limits: dict, passes: bool) -> None:
    assert refused(judge(TWO, Ceilings(**limits), figures(ONE))) is not passes
    assert not refused(judge(ONE, Ceilings(**limits), figures(TWO)))


def test_the_sentence_says_which_figure_is_compared() -> None:
    """The pool of one to four machines of USD 0.848: 730 h of one, or of all four."""
    small = priced(plan(agent_pool("cpu", "Standard_D16as_v5", 1, 4)))
    (most,) = judge(small, Ceilings(aed_per_month=Decimal(9000), of="max"))
    assert most.sentence.startswith("AED 9,093.70 a month with all pools at maximum, without VAT, 93.70 above")
    (expected,) = judge(small, Ceilings(aed_per_month=Decimal(9000)))
    assert expected.sentence.startswith("AED 3,978.49 a month without VAT, 5,021.51 below")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("increase_percent: 0.2", "increase_percent: value error, 0.2 is a factor of 0.002; write 20, or 0 for none"),
        ("aed_per_month: 0.05", "aed_per_month: input should be greater than or equal to 1"),
        ("sites: {uae: 0.05}", "sites.uae: input should be greater than or equal to 1"),
    ],
)
def test_ceilings_that_look_like_fractions_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as bad:
        read_ceilings(text, "ceilings")
    assert sentence in str(bad.value)
    assert read_ceilings("{increase_percent: 0, aed_per_month: 1}", "ceilings").increase_percent == 0


def test_a_base_of_nothing_allows_no_percentage() -> None:
    nothing = figures(priced(plan()))
    assert refused(judge(ONE, Ceilings(increase_percent=Decimal(50)), nothing))
    assert not refused(judge(ONE, Ceilings(), nothing))


def test_differences_line_by_line() -> None:
    (changed,) = differences(figures(ONE), figures(TWO))
    assert (changed.name, changed.what, changed.usd) == (
        "uae-pool-gpu",
        f"machine {MACHINE} on-demand",
        730 * Decimal("9.98"),
    )
    (gone,) = differences(figures(ONE), figures(priced(plan())))
    assert (gone.before, gone.after, gone.usd) == (730 * Decimal("9.98"), None, -730 * Decimal("9.98"))
    assert differences(figures(ONE), figures(ONE)) == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [", "not YAML"),
        ("aed_per_month: 0", "aed_per_month: input should be greater than or equal to 1, not 0"),
        ("aed_per_month: -5", "aed_per_month: input should be greater than or equal to 1"),
        ("aed: 5", "aed: unknown field; did you mean: "),
        ("sites: {uae: free}", r"sites\.uae: input should be a valid decimal"),
        ("of: median", "of: input should be 'expected' or 'max'"),
    ],
)
def test_malformed_ceilings(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=f"limits: {sentence}"):
        read_ceilings(text, "limits")


def test_ceilings_are_read_from_yaml_and_json() -> None:
    assert read_ceilings("", "limits") == Ceilings()
    for text in ("{aed_per_month: 5, sites: {uae: 4}}", '{"aed_per_month": 5, "sites": {"uae": 4}}'):
        assert read_ceilings(text, "limits") == Ceilings(aed_per_month=Decimal(5), sites={"uae": Decimal(4)})
