"""Identity: permissions, roles and authentication."""
