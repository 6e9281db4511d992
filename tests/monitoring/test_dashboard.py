"""The dashboard: what Grafana requires of its JSON, and queries that Prometheus can parse."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

from falaj.components.core.monitoring.dashboard import dashboard
from falaj.components.core.monitoring.panels import ROWS
from tests.monitoring.tools import complaints

BOARD: dict[str, Any] = json.loads(dashboard())
PANELS: list[dict[str, Any]] = [panel for panel in BOARD["panels"] if panel["type"] != "row"]

UNITS = {"none", "percentunit", "reqps", "ms", "s"}
"""Units that Grafana knows (grafana/grafana, packages/grafana-data/src/valueFormats/categories.ts)."""


def test_panels_are_those_of_the_rows_and_have_ids_of_their_own() -> None:
    assert [panel["title"] for panel in PANELS] == [panel.title for row in ROWS.values() for panel in row]
    assert [panel["title"] for panel in BOARD["panels"] if panel["type"] == "row"] == list(ROWS)
    ids = [panel["id"] for panel in BOARD["panels"]]
    assert ids == list(range(1, len(ids) + 1))
    assert BOARD["uid"] == "falaj-platform"
    assert len(BOARD["uid"]) <= 40
    assert BOARD["timezone"] == "Asia/Dubai"


def test_panels_fit_the_grid_and_do_not_overlap() -> None:
    places = [panel["gridPos"] for panel in BOARD["panels"]]
    assert all(place["x"] >= 0 and place["x"] + place["w"] <= 24 for place in places)
    cells = [
        {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])} for at in places
    ]
    assert not any(one & other for one, other in combinations(cells, 2))
    assert set().union(*({y for _, y in some} for some in cells)) == set(range(max(y for _, y in cells[-1]) + 1))


def test_every_panel_reads_the_prometheus_that_the_variable_selects() -> None:
    (variable,) = BOARD["templating"]["list"]
    assert (variable["type"], variable["query"]) == ("datasource", "prometheus")
    source = {"type": "prometheus", "uid": f"${{{variable['name']}}}"}
    for panel in PANELS:
        assert panel["datasource"] == source
        assert panel["fieldConfig"]["defaults"]["unit"] in UNITS
        assert [target["refId"] for target in panel["targets"]] == ["A", "B"][: len(panel["targets"])]
        assert all(target["datasource"] == source and target["legendFormat"] for target in panel["targets"])


def test_prometheus_can_parse_every_query(promtool: Path, tmp_path: Path) -> None:
    queries = [target["expr"] for panel in PANELS for target in panel["targets"]]
    rules = [{"record": f"panel:{index}:query", "expr": query} for index, query in enumerate(queries)]
    file = tmp_path / "queries.yml"
    file.write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}))
    assert complaints(promtool, "check", "rules", file) == ""
