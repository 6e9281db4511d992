"""The least permissions with which a planned stack can be deployed, or only be read."""
