"""The reference of the components in Markdown, generated from their declarations."""
