"""The platform with one thing broken on its way to the engine: `FALAJ_MUTATION` names it.

`{"type": ..., "path": [...], "value": ...}` sets (without `value`: removes) a property of all resources of that type.
"""

import json
import os
import runpy
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime import register_resource_transform

mutation = json.loads(os.environ.get("FALAJ_MUTATION", "{}"))


def mutate(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Break the resource if it is one that the mutation names."""
    if args.type_ != mutation.get("type"):
        return None
    *parents, last = mutation["path"]
    part: Any = args.props
    for step in parents:
        part = part[step]
    if "value" in mutation:
        part[last] = mutation["value"]
    else:
        del part[last]
    return pulumi.ResourceTransformResult(props=args.props, opts=args.opts)


register_resource_transform(mutate)
runpy.run_path(str(Path(__file__).with_name("platform_main.py")), run_name="__main__")
