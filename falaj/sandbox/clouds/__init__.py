"""The emulated clouds: stand-in providers that the real Pulumi engine talks to, and that can say no."""
