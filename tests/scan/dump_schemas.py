"""Prints cfn-lint's schemas of the arguments, each `region/type`, as JSON. Runs in the scanners' environment."""

import json
import sys

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER  # pyright: ignore[reportMissingImports]

pairs = [argument.split("/") for argument in sys.argv[1:]]
json.dump(
    {type_: PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, type_).schema for region, type_ in pairs}, sys.stdout
)
