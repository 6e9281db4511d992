"""Inputs of the services of money in CloudFormation's form: one function a type."""

from __future__ import annotations

import json
from typing import Any

Inputs = dict[str, Any]


def _tagged(inputs: Inputs, **shaped: Any) -> Inputs:
    """The tags of these types are called after what they are on."""
    return {**shaped, "resourceTags": inputs["tags"]}


def action(inputs: Inputs) -> Inputs:
    """A budget's action: threshold and subscribers have shorter words."""
    threshold = inputs["actionThreshold"]
    same = {key: value for key, value in inputs.items() if key not in ("tags", "subscribers", "actionThreshold")}
    return _tagged(
        inputs,
        **same,
        actionThreshold={"type": threshold["actionThresholdType"], "value": threshold["actionThresholdValue"]},
        subscribers=[{"address": one["address"], "type": one["subscriptionType"]} for one in inputs["subscribers"]],
    )


def anomaly_monitor(inputs: Inputs) -> Inputs:
    """A monitor of Cost Anomaly Detection."""
    same = {key: value for key, value in inputs.items() if key not in ("tags", "name")}
    return _tagged(inputs, **same, monitorName=inputs["name"])


def anomaly_subscription(inputs: Inputs) -> Inputs:
    """Who hears of anomalies: the threshold is JSON in CloudFormation."""
    return _tagged(
        inputs,
        subscriptionName=inputs["name"],
        frequency=inputs["frequency"],
        monitorArnList=inputs["monitorArnLists"],
        subscribers=inputs["subscribers"],
        thresholdExpression=json.dumps(inputs["thresholdExpression"]),
    )


def cost_category(inputs: Inputs) -> Inputs:
    """A cost category: both kinds of rules are JSON in CloudFormation."""
    rules = {key: json.dumps(inputs[key]) for key in ("rules", "splitChargeRules")}
    return {**inputs, **rules}


def data_export(inputs: Inputs) -> Inputs:
    """An export: lists of one in Terraform are objects in CloudFormation."""
    export = inputs["export"]
    [place] = export["destinationConfigurations"][0]["s3Destinations"]
    shaped = {
        "name": export["name"],
        "dataQuery": export["dataQueries"][0],
        "destinationConfigurations": {
            "s3Destination": {**place, "s3OutputConfigurations": place["s3OutputConfigurations"][0]}
        },
        "refreshCadence": export["refreshCadences"][0],
    }
    return {"export": shaped, "tags": inputs["tags"]}


def metric_alarm(inputs: Inputs) -> Inputs:
    """An alarm: dimensions are a list of names and values."""
    return {**inputs, "dimensions": [{"name": key, "value": value} for key, value in inputs["dimensions"].items()]}
