"""Questions for lists of projects: by technology, state, or all of them."""

import re

from ..answer import Answer
from ..book.items import Item
from ..language.wordings import PATTERNS
from ..language.words import family, in_words, root
from ..questions.reading import Question
from ..replies import Part, describe, fact, listed, months, refusal

_PROJECTS = (
    r"\bprojects\b|\bwhich project\b|"
    r"\b(?:which|list|all|how many|any|her|his|their|your) (?:\w+ )?(?:apps|applications)\b"
)
_ONE = (
    r"\b(?:first|latest|last|newest|oldest|most recent|longest|biggest|largest|"
    r"smallest|shortest)\b.*\bproject\b"
)
_CURRENT = (
    r"\b(?:still|current(?:ly)?|now|ongoing|in progress|active|at the moment|at present|"
    r"works on|(?:do|does) \w+ work on)\b"
)
_DONE = r"\b(?:finished|completed|complete)\b"
_HELD = r"\b(?:on hold|paused|stopped|abandoned|archived|discontinued|cancelled)\b"
_OPEN = PATTERNS["open_source"]
_COUNT = r"\b(?:how many|number of|count)\b"
PROJECT_LIST_WORDS = family(
    """
    project projects app apps application applications side portfolio pieces still current
    currently ongoing progress active moment present work works worked working finished completed
    done complete hold paused stopped abandoned archived discontinued cancelled open source
    opensource many number count built build made make list use used using involve involved with
    public published all different first latest last newest oldest recent longest biggest largest
    shortest smallest team lead led run running total who fork code read download inspect look free
    software publicly available repo repos repository repositories github gitlab see
    """
)
_STATES = (
    (_HELD, ("on_hold", "archived")),
    (_DONE, ("completed",)),
    (_CURRENT, ("in_progress",)),
)


def answer_projects(question: Question) -> Answer | None:
    """A list of projects, if the question asks for one and for nothing else."""
    is_open = question.matches(_OPEN) and question.matches(PATTERNS["several"])
    if not is_open and not question.matches(f"{_PROJECTS}|{_ONE}"):
        return None
    skill_roots = {root(word.lower()) for name in question.skills for word in name.split()}
    surfaces = {
        root(word.lower()) for skill in question.found_skills for word in skill.surface.split()
    }
    works = [item for item in question.subjects if item.type in ("work", "volunteer")]
    known = {word for item in works for word in item.name_roots} | skill_roots | surfaces
    rest = [
        word for word in question.content if word not in PROJECT_LIST_WORDS and word not in known
    ]
    projects = question.book.of("project")
    if rest or not projects:
        return None
    if works:
        projects = [
            project
            for work in works
            for project in question.book.group_of(work)
            if project.type == "project"
        ]
    for name in question.skills:
        projects = [project for project in projects if _uses(question, project, name)]
    for pattern, states in _STATES:
        if question.matches(pattern):
            projects = [project for project in projects if project.value("status") in states]
            break
    if question.matches(_OPEN):
        projects = [project for project in projects if project.value("open_source")]
    return _say(question, _chosen(question, projects))


def _uses(question: Question, project: Item, name: str) -> bool:
    return any(place.item is project for place in question.book.skills.get(name, ()))


def _chosen(question: Question, projects: list[Item]) -> list[Item]:
    if not question.matches(_ONE):
        return projects
    if question.matches(r"\b(?:biggest|largest|smallest)\b"):
        rated = [project for project in projects if project.value("team_size")]
        rated.sort(key=lambda project: project.value("team_size"))
        return rated[:1] if question.matches(r"\bsmallest\b") else rated[-1:]
    if question.matches(r"\b(?:longest|shortest)\b"):
        lasting = [one for one in projects if months([one], question.today)]
        lasting.sort(key=lambda one: months([one], question.today))
        return lasting[:1] if question.matches(r"\bshortest\b") else lasting[-1:]
    rated = sorted((project for project in projects if project.start), key=lambda one: one.start)
    if question.matches(r"\b(?:first|oldest)\b"):
        return rated[:1]
    return rated[-1:] if question.matches(r"\b(?:latest|last|newest|recent)\b") else projects


def _say(question: Question, projects: list[Item]) -> Answer:
    if not projects:
        return refusal("The portfolio names no such project.")
    number = in_words(len(projects))
    lead = f"{number.capitalize()} ({len(projects)}): " if question.matches(_COUNT) else ""
    if re.match(r"(?:is|are|has|have|did|does|do|any)\b", question.plain):
        lead = "Yes: "
    if len(projects) == 1 and not lead:
        project = projects[0]
        told = [sentence for sentence in project.sentences if sentence.prose][:1]
        quotes = " ".join(f"“{sentence.text}”" for sentence in told)
        citations = [*describe(project).citations, *(sentence.cite(0.85) for sentence in told)]
        return fact(f"{describe(project).text}: {quotes}", citations)
    return listed([Part(describe(one).text, describe(one).citations) for one in projects], lead)
