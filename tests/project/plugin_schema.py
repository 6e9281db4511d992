"""Writes components/schema.json, the schema of the component plug-in: `python -m tests.project.plugin_schema`."""

from falaj.components.plugin import SCHEMA, Host


def main() -> None:
    """Writes the file."""
    SCHEMA.write_text(Host().describe(), encoding="utf-8")


if __name__ == "__main__":
    main()
