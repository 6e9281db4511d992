"""The sandbox: emulated clouds, and everything else that lets the real Pulumi engine run without an account."""
