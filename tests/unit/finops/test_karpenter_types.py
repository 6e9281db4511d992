"""Which machine types a Karpenter NodePool may start.

Karpenter, NodePools and Scheduling (well-known labels, operators); the values of the labels are those that
aws/karpenter-provider-aws (instancetype/types.go) and Azure/karpenter-provider-azure (instancetype/instancetype.go) set
(all read 2026-11-27).
"""

from dataclasses import replace
from typing import Any

import pytest

from falaj.facts.machines import find, machines
from falaj.finops.aws_pools import karpenter_labels as aws_labels
from falaj.finops.azure_pools import karpenter_labels as azure_labels
from falaj.finops.karpenter_types import Requirements, allowed_types, requirements_of
from falaj.finops.lines import Line
from falaj.finops.plan import UNKNOWN
from tests.unit.finops.plans import AWS_NETWORK, Row, karpenter_pool, plan, priced

Rule = tuple[str, str, list[str]]
AWS, AZURE = "karpenter.k8s.aws/instance-", "karpenter.azure.com/sku-"
TYPE, ARCH, CAPACITY = "node.kubernetes.io/instance-type", "kubernetes.io/arch", "karpenter.sh/capacity-type"
ON_DEMAND: Rule = (CAPACITY, "In", ["on-demand"])


def node_pool(*rules: Rule, **labels: str) -> dict[str, Any]:
    rows = [{"key": key, "operator": operator, "values": values} for key, operator, values in rules]
    return {"spec": {"template": {"metadata": {"labels": labels}, "spec": {"requirements": rows}}}}


def on_aws(*rules: Rule) -> set[str]:
    return set(allowed_types("me-central-1", requirements_of(node_pool(*rules)), [TYPE], aws_labels))


def on_azure(*rules: Rule) -> set[str]:
    keys = [TYPE, f"{AZURE}name"]
    return set(allowed_types("uaenorth", requirements_of(node_pool(*rules)), keys, azure_labels))


C5 = (f"{AWS}family", "In", ["c5"])


def test_what_is_known_only_after_the_update_limits_no_types() -> None:
    rows = node_pool(C5, ON_DEMAND, (ARCH, "In", ["arm64"]), (TYPE, "Like", ["m5*"]))
    listed = rows["spec"]["template"]["spec"]
    listed["requirements"][2]["values"] = UNKNOWN
    found = requirements_of(rows)
    assert [each.key for each in found.known] == [C5[0], CAPACITY]
    assert (found.unknown, found.unread) == ((ARCH,), (TYPE,))
    listed["requirements"][2]["operator"] = UNKNOWN
    assert requirements_of(rows) == found
    listed["requirements"][2]["values"] = ["arm64"]
    assert requirements_of(rows) == found
    for path, value in (
        ("spec.template.spec.requirements", {"template": {"spec": {"requirements": UNKNOWN}}}),
        ("spec.template", {"template": UNKNOWN}),
        ("spec", UNKNOWN),
    ):
        assert requirements_of({"spec": value}) == Requirements((), (path,))


@pytest.mark.parametrize(
    ("rules", "included", "excluded"),
    [
        ([C5, (f"{AWS}cpu", "Gt", ["31"])], {"c5.9xlarge"}, {"c5.xlarge", "c5.4xlarge"}),
        ([C5, (f"{AWS}cpu", "Lt", ["4"])], {"c5.large"}, {"c5.xlarge"}),
        ([(f"{AWS}family", "In", ["m5", "m6g"]), (ARCH, "In", ["amd64"])], {"m5.large"}, {"m6g.large"}),
        ([(f"{AWS}family", "In", ["m5", "m6g"]), (ARCH, "NotIn", ["amd64"])], {"m6g.large"}, {"m5.large"}),
        ([(f"{AWS}category", "In", ["m"]), (f"{AWS}generation", "Gt", ["5"])], {"m6g.large"}, {"m5.large"}),
        ([C5, (f"{AWS}size", "NotIn", ["large", "xlarge"])], {"c5.2xlarge"}, {"c5.large", "c5.xlarge"}),
        ([(f"{AWS}memory", "Gt", ["8191"]), (f"{AWS}memory", "Lt", ["8193"])], {"m5.large"}, {"c5.large", "m5.xlarge"}),
        ([(f"{AWS}gpu-count", "Exists", [])], {"g6.xlarge"}, {"m5.large"}),
        ([(f"{AWS}gpu-count", "DoesNotExist", [])], {"m5.large"}, {"g6.xlarge"}),
        ([(f"{AWS}gpu-count", "Gt", ["3"])], {"g5.12xlarge"}, {"g5.xlarge", "m5.large"}),
        ([(f"{AWS}gpu-name", "In", ["l4"])], {"g6.xlarge"}, {"g6e.xlarge", "g5.xlarge"}),
        ([(f"{AWS}gpu-name", "NotIn", ["l4"])], {"m5.large", "g5.xlarge"}, {"g6.xlarge"}),
        ([(f"{AWS}gpu-manufacturer", "In", ["nvidia"])], {"g6.xlarge"}, {"m5.large"}),
        ([(TYPE, "NotIn", ["c5.large"]), C5], {"c5.xlarge"}, {"c5.large"}),
        ([(TYPE, "In", ["c5.large", "c5.xlarge"]), (f"{AWS}size", "In", ["xlarge"])], {"c5.xlarge"}, {"c5.large"}),
        # A type that the region lacks stays, so that it has no price instead of being forgotten.
        ([(TYPE, "In", ["p4d.24xlarge"])], {"p4d.24xlarge"}, {"c5.large"}),
        ([("kubernetes.io/os", "In", ["windows"])], set(), {"c5.large"}),
        ([("team", "In", ["research"])], {"c5.large"}, set()),
    ],
)  # fmt: skip
def test_requirements_of_aws(rules: list[Rule], included: set[str], excluded: set[str]) -> None:
    found = on_aws(*rules)
    assert included <= found
    assert not excluded & found


NC40, D8AS = "Standard_NC40ads_H100_v5", "Standard_D8as_v5"


@pytest.mark.parametrize(
    ("rules", "included", "excluded"),
    [
        ([(f"{AZURE}family", "In", ["D"])], {D8AS, "Standard_D16as_v5"}, {NC40, "Standard_E8as_v5"}),
        ([(f"{AZURE}family", "In", ["N"]), (f"{AZURE}gpu-name", "In", ["H100"])], {NC40}, {"Standard_NC4as_T4_v3"}),
        ([(f"{AZURE}gpu-count", "Lt", ["1"])], {D8AS}, {NC40}),
        ([(f"{AZURE}gpu-manufacturer", "In", ["amd"])], {"Standard_ND96isr_MI300X_v5"}, {NC40, D8AS}),
        ([(f"{AZURE}version", "Gt", ["4"]), (f"{AZURE}series", "In", ["Das_v5"])], {D8AS}, {"Standard_D8as_v4"}),
        ([(f"{AZURE}cpu", "In", ["8"]), (f"{AZURE}memory", "In", ["32768"])], {D8AS}, {"Standard_D16as_v5"}),
        ([(f"{AZURE}name", "In", [D8AS])], {D8AS}, {"Standard_D16as_v5"}),
        ([(ARCH, "In", ["arm64"]), (f"{AZURE}family", "In", ["D"])], {"Standard_D8ps_v5"}, {D8AS}),
    ],
)
def test_requirements_of_azure(rules: list[Rule], included: set[str], excluded: set[str]) -> None:
    found = on_azure(*rules)
    assert {name for name in included if find("uaenorth", name)} <= found
    assert not excluded & found
    assert found


def test_labels_of_the_template_are_requirements() -> None:
    labelled = requirements_of(node_pool(C5, **{f"{AWS}size": "large"}))
    assert allowed_types("me-central-1", labelled, [TYPE], aws_labels) == ["c5.large"]


def test_without_requirements_every_type_is_allowed() -> None:
    assert on_aws() == set(machines("me-central-1"))


@pytest.mark.parametrize(
    ("rules", "capacities"),
    [
        ([], ("spot", "on-demand")),
        ([(CAPACITY, "In", ["on-demand", "spot"])], ("spot", "on-demand")),
        ([ON_DEMAND], ("on-demand",)),
        ([(CAPACITY, "NotIn", ["spot"])], ("on-demand",)),
        ([(CAPACITY, "NotIn", ["on-demand"])], ("spot",)),
        ([(CAPACITY, "Exists", [])], ("spot", "on-demand")),
        ([(CAPACITY, "In", ["reserved"])], ("on-demand",)),
    ],
)
def test_capacity_types(rules: list[Rule], capacities: tuple[str, ...]) -> None:
    """Without a requirement any value may be chosen, spot first (Karpenter, NodePools, capacity type)."""
    assert requirements_of(node_pool(*rules)).capacities == capacities


def line(*rules: Rule) -> Line:
    kind, name, props = karpenter_pool("work", [], limits={"nodes": "1"})
    props["spec"]["template"]["spec"]["requirements"] = node_pool(*rules)["spec"]["template"]["spec"]["requirements"]
    row: Row = (kind, name, props)
    return next(each for each in priced(plan(AWS_NETWORK, row)).lines if each.charge.service == "machine")


def test_the_bill_has_the_cheapest_allowed_type() -> None:
    assert line(C5, ON_DEMAND, (f"{AWS}cpu", "Gt", ["31"])).charge.machine == "c5.9xlarge"


def test_requirements_that_the_catalogue_does_not_state_are_named() -> None:
    note = line(C5, ON_DEMAND, (f"{AWS}network-bandwidth", "Gt", ["9999"]), ("team", "In", ["a"])).charge.note
    assert f"the requirements on {AWS}network-bandwidth are not read" in note
    assert "are not read" not in line(C5, ON_DEMAND, (f"{AWS}size", "Exists", [])).charge.note
    assert f"{AWS}cpu are not read" in line(C5, ON_DEMAND, (f"{AWS}cpu", "Near", ["9"])).charge.note


def test_a_machine_whose_processors_are_not_known_has_no_label_of_them() -> None:
    machine = find("me-central-1", "c5.large")
    assert machine is not None
    assert aws_labels(machine)[f"{AWS}cpu"] == "2"
    assert aws_labels(replace(machine, vcpu=None))[f"{AWS}cpu"] is None
