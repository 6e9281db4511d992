"""The platform with things broken on their way to the engine: `FALAJ_MUTATIONS` lists them.

`{"type": ..., "path": [...], "value": ...}` sets (without `value`: removes) a property of all resources of that type.
"""

import json
import os
import runpy
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime import register_resource_transform

mutations = json.loads(os.environ.get("FALAJ_MUTATIONS", "[]"))


def mutate(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Break the resource if it is one that a mutation names."""
    own = [mutation for mutation in mutations if mutation["type"] == args.type_]
    if not own:
        return None
    for mutation in own:
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
