"""Cost tags, on resources and on the resources that these create."""
