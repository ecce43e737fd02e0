"""Memory of a process, from /proc."""

from pathlib import Path


def resident_bytes(pid: int) -> int:
    """What of the process lies in memory, pages that it shares with others included."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), 0)
