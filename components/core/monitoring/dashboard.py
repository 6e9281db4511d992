"""The Grafana dashboard of a cluster, as JSON. Pure."""

import json
from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any

from falaj.components.core.monitoring.panels import ROWS, Panel

UID = "falaj-platform"
_SOURCE = "source"
_PANEL_WIDTH, _PANEL_HEIGHT, _GRID_WIDTH = 12, 8, 24
_SCHEMA_VERSION = 41
"""Version of the dashboard model. Grafana migrates older ones when it loads them; 41 is that of Grafana 12."""


def dashboard() -> str:
    """Returns the dashboard, with two panels side by side. Its variable `source` selects the Prometheus."""
    model: dict[str, Any] = {
        "uid": UID,
        "title": "Falaj: GPUs, cost, queues and models",
        "schemaVersion": _SCHEMA_VERSION,
        "timezone": "Asia/Dubai",
        "time": {"from": "now-24h", "to": "now"},
        "refresh": "1m",
        "templating": {"list": [{"name": _SOURCE, "label": "Prometheus", "type": "datasource", "query": "prometheus"}]},
        "panels": list(_panels()),
    }
    return json.dumps(model, indent=1, sort_keys=True)


def _panels() -> Iterator[dict[str, Any]]:
    identifier, top = 1, 0
    for title, panels in ROWS.items():
        row_position = {"h": 1, "w": _GRID_WIDTH, "x": 0, "y": top}
        yield {
            "id": identifier,
            "type": "row",
            "title": title,
            "collapsed": False,
            "panels": [],
            "gridPos": row_position,
        }
        for index, panel in enumerate(panels):
            row, column = divmod(index, _GRID_WIDTH // _PANEL_WIDTH)
            x, y = column * _PANEL_WIDTH, top + 1 + row * _PANEL_HEIGHT
            position = {"h": _PANEL_HEIGHT, "w": _PANEL_WIDTH, "x": x, "y": y}
            yield _panel(identifier + 1 + index, panel, position)
        rows = -(-len(panels) * _PANEL_WIDTH // _GRID_WIDTH)
        identifier, top = identifier + 1 + len(panels), top + 1 + rows * _PANEL_HEIGHT


def _panel(identifier: int, panel: Panel, position: dict[str, int]) -> dict[str, Any]:
    source = {"type": "prometheus", "uid": f"${{{_SOURCE}}}"}
    return {
        "id": identifier,
        "type": "timeseries",
        "title": panel.title,
        "gridPos": position,
        "datasource": source,
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": letter, "datasource": source, "expr": expression, "legendFormat": legend}
            for letter, (legend, expression) in zip(ascii_uppercase, panel.queries.items(), strict=False)
        ],
    }
