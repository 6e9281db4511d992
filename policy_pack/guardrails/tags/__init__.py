"""Cost tags, on resources and on what they create."""
