"""The examples of bodies in the API's description.

A test sends every one that is sent, and compares every one that is answered with a real answer.
"""

from typing import Any

Examples = dict[str, dict[str, Any]]
