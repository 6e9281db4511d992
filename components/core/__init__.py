"""Calculations, tables and arguments that the components use. No module here creates resources or imports a cloud
SDK."""
