"""The local runtime: real processes, started and ended."""
