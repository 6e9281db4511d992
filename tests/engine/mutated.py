"""The platform with mutated resource properties; the environment variable `FALAJ_MUTATIONS` lists the mutations.

`{"type": ..., "path": [...], "value": ...}` sets a property of all resources of that type, or removes it without
`value`.
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
    """Applies the mutations of the resource's type."""
    matches = [mutation for mutation in mutations if mutation["type"] == args.type_]
    if not matches:
        return None
    for mutation in matches:
        *parents, last = mutation["path"]
        properties: Any = args.props
        for key in parents:
            properties = properties[key]
        if "value" in mutation:
            properties[last] = mutation["value"]
        else:
            del properties[last]
    return pulumi.ResourceTransformResult(props=args.props, opts=args.opts)


register_resource_transform(mutate)
runpy.run_path(str(Path(__file__).with_name("platform_main.py")), run_name="__main__")
