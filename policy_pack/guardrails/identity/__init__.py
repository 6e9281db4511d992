"""Identity: permissions, roles, sign-in."""
