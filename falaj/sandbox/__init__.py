"""The emulated clouds and everything that lets the real Pulumi engine run without an account."""
