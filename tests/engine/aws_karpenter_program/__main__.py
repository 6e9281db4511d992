"""The example `karpenter`, whose system nodes sleep. CHANGE alters one thing."""

import os
import runpy
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pulumi

import tests.engine
from falaj.components import aws

EXAMPLE = Path(tests.engine.__file__).parents[2] / "examples" / "components" / "karpenter" / "__main__.py"
Karpenter = aws.Karpenter
change = os.environ.get("CHANGE", "")


def changed(args: aws.KarpenterArgs) -> dict[str, Any]:
    """What differs from the example."""
    train = args.pools["train"]
    warm, asleep = train.model_copy(update={"min": 1}), aws.AwsPoolOptions(sleeps=True)
    changes: dict[str, dict[str, Any]] = {
        "warm": {"pools": {**args.pools, "train": warm}},
        "asleep": {"pools": {**args.pools, "train": train.model_copy(update={"aws": asleep})}},
        "warm-asleep": {"pools": {**args.pools, "train": warm.model_copy(update={"aws": asleep})}},
        "one": {"pools": {"train": train}},
        "prices": {"prices": True},
        "image": {"ami_alias": "al2023@v20261001"},
        "isolated": {"egress": aws.Egress.NONE},
    }
    return changes.get(change, {})


def karpenter(name: str, args: aws.KarpenterArgs, opts: pulumi.ResourceOptions) -> aws.Karpenter:
    return Karpenter(name, args.model_copy(update=changed(args)), opts)


with patch.object(aws, "Karpenter", karpenter):
    example = runpy.run_path(str(EXAMPLE))

if change != "awake":
    system = example["system"]
    group = aws.SleepingGroup(scaling_group_name=system.scaling_group_name, min=2, max=3, system=True)
    aws.Sleep("sleep", aws.SleepArgs(groups={"system": group}, tags=example["TAGS"]), example["after"](system))
