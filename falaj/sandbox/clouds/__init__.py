"""The emulated clouds: providers for the real Pulumi engine that reject invalid input as the clouds do."""
