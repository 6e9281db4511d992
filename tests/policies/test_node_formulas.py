"""The most nodes for which formulas of Azure Batch ask."""

import pytest
from guardrails.cost.node_formulas import FEW_NODES
from guardrails.engine.verdicts import Verdict

SAMPLE = "$ActiveTasks.GetSample(TimeInterval_Minute * 15)"
DOCUMENTED = (
    "startingNumberOfVMs = 1;\nmaxNumberofVMs = 25;\n"
    "percent = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second);\n"
    "samples = percent < 70 ? startingNumberOfVMs : avg($PendingTasks.GetSample(180 * TimeInterval_Second));\n"
    "$TargetDedicatedNodes=min(maxNumberofVMs, samples);\n$NodeDeallocationOption = taskcompletion;"
)
AT_HOURS = (
    "$now = time(); $hours = $now.hour >= 8 && $now.hour < 18; $days = $now.weekday >= 1 && $now.weekday <= 5; "
    "$works = $hours && $days; $TargetDedicatedNodes = $works ? 20:10;"
)
CAPPED = (
    f"// at most 20; not 900\n$tasks = $samples < 70 ? max(0, {SAMPLE}) : max({SAMPLE}, avg({SAMPLE})); "
    "$machines = $tasks > 0? $tasks:max(0, $TargetDedicatedNodes/2); capped = 20; "
    "$TargetDedicatedNodes = max(0, min($machines, capped)); $NodeDeallocationOption = taskcompletion;"
)


@pytest.mark.parametrize(
    "formula",
    [
        DOCUMENTED, AT_HOURS, CAPPED, "$TargetDedicatedNodes = 50;", "$TargetLowPriority = 4 * min(10, $x);",
        "most = 25; $TargetDedicatedNodes = min(most, $PreemptedNodeCount.GetSample(1)); "
        "$TargetLowPriorityNodes = most - $TargetDedicatedNodes;",
        "$TargetDedicatedNodes = 40 - avg($RunningTasks.GetSample(1));", "$TargetDedicatedNodes = 100 / 4;",
        f"$TargetDedicatedNodes = round(min(10, avg({SAMPLE}) / 4));", "$TargetDedicatedNodes = ceil(Floor(4.5) / 2);",
        "$TargetDedicatedNodes = $x > 9 ? 20 : $x > 4 ? 10 : 0;", "$TargetDedicatedNodes = $x ? $y ? 4 : 3 : 2;",
        f"$TargetDedicatedNodes = time() > $x ? ({SAMPLE} == 0 ? 0 : $TargetDedicatedNodes) : 4;",
        "$TargetDedicatedNodes = $x < 0.2 ? $CurrentDedicatedNodes * 0.9 : $CurrentDedicatedNodes;",
        "$NodeDeallocationOption = taskcompletion;", "/* $TargetDedicatedNodes = 900; */ $TargetDedicatedNodes = (4);",
    ],
)  # fmt: skip
def test_a_formula_with_a_limit_passes(formula: str) -> None:
    assert FEW_NODES.judge(formula) is Verdict.PASS


@pytest.mark.parametrize(
    "formula",
    [
        "$TargetDedicatedNodes=5000;", "$targetlowprioritynodes = 51", "$TargetDedicated = 60;",
        "$TargetDedicatedNodes = $PendingTasks.GetSample(1);", "$most = 900; $TargetDedicatedNodes = $most;",
        "$TargetDedicatedNodes = $x ? 4 : 900;", "$TargetDedicatedNodes = max(4, 900);",
        "$TargetDedicatedNodes = min(4, 1) + 900;", "$TargetDedicatedNodes = 30 * min(4, $x);",
        "$TargetDedicatedNodes = 0 - (0 - 900);", "$least = 0 - 900; $TargetDedicatedNodes = 4 - $least;",
        "$TargetDedicatedNodes = 1 / 0.001;", "$TargetDedicatedNodes = 1 - 0 + 900;",
        "$TargetDedicatedNodes = min(10, 4);$TargetLowPriorityNodes = 900;",
        "$TargetDedicatedNodes = 4 - avg(0 - $PendingTasks.GetSample(1));",
        "$TargetDedicatedNodes = min(4, 4) * min(900, 900);", "$TargetDedicatedNodes = " + "(" * 99 + "4" + ")" * 99,
        "$TargetDedicatedNodes = 4;" + " " * 9_000, "$TargetDedicatedNodes = round(900);",
        "$TargetDedicated = round(60.4);", "/* 2 ** 2 */ $TargetDedicatedNodes = 900; /* end **/",
        "$TargetDedicatedNodes = $x > 9 ? 900 : $x > 4 ? 10 : 0;", "$TargetDedicatedNodes = $x ? $y ? 900 : 3 : 2;",
        "$TargetDedicatedNodes = $TargetDedicatedNodes + 1;", "$TargetDedicatedNodes = 2 * $CurrentDedicatedNodes;",
        "$CurrentDedicatedNodes = 900; $TargetDedicatedNodes = $CurrentDedicatedNodes;", "$TargetDedicated = round();",
        "$TargetDedicatedNodes = ceil($PendingTasks.GetSample(1));", "$TargetDedicatedNodes = $x ? 4 : $y ? 3 : 900;",
    ],
)  # fmt: skip
def test_a_formula_without_a_limit_fails(formula: str) -> None:
    assert FEW_NODES.judge(formula) is Verdict.FAIL
