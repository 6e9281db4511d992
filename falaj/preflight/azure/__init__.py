"""Checks of an Azure subscription."""
