"""What the measured portfolio holds besides the sample: projects enough for a full page."""

import json
from typing import Any

STATUSES = ("completed", "in_progress", "completed", "planning")
DIFFICULTIES = ("intermediate", "advanced", "expert")
TECHNOLOGIES = ("Python", "Flask", "PostgreSQL", "Redis", "Celery", "Go")
SUMMARY = (
    "Takes in what the stations send, keeps it in order, and answers who asks for it, "
    "within the time that the people who depend on it have agreed on. Number {number}."
)


def generated_resume(projects: int) -> bytes:
    """A JSON Resume with so many projects, each about as long as one that somebody wrote."""
    return json.dumps(
        {
            "basics": {"name": "Ottoline Brasket", "label": "Engineer"},
            "projects": [_project(number) for number in range(projects)],
        }
    ).encode()


def _project(number: int) -> dict[str, Any]:
    year = 2016 + number % 3
    address = f"https://ottoline.example.com/projects/number-{number}"
    return {
        "name": f"Gauge reader number {number}",
        "description": SUMMARY.format(number=number) + " " + SUMMARY.format(number=number),
        "highlights": ["Has not lost a reading since it was begun."],
        "keywords": [TECHNOLOGIES[(number + step) % len(TECHNOLOGIES)] for step in range(4)],
        "startDate": f"{year}-0{number % 9 + 1}-01",
        "endDate": f"{year + 1}-0{number % 9 + 1}-01",
        "url": address,
        "roles": ["Technical lead"],
        "entity": "Estuary Board",
        "type": "application",
        "x-portfolio": {
            "status": STATUSES[number % len(STATUSES)],
            "difficulty": DIFFICULTIES[number % len(DIFFICULTIES)],
            "complexity": number % 10 + 1,
            "teamSize": number % 7 + 1,
        },
    }
