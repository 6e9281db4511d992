"""Right-sizing: from what a workload needs, or from how machines were used, to what it should run on."""
