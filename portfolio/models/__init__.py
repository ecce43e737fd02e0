"""The tables. Models hold columns and constraints; they know no schema, service or request."""

from portfolio.models.change import Change
from portfolio.models.conversation import Conversation, Message, MessageFeedback
from portfolio.models.image import ProjectImage
from portfolio.models.job_analysis import JobAnalysis
from portfolio.models.knowledge import Embedding, KnowledgeJob, KnowledgeSource
from portfolio.models.profile import Profile
from portfolio.models.project import Project
from portfolio.models.resume import (
    SECTIONS,
    Award,
    Certificate,
    Education,
    Interest,
    Language,
    Publication,
    Reference,
    Section,
    Skill,
    SocialProfile,
    Volunteer,
    Work,
)
from portfolio.models.resume_import import ResumeImport
from portfolio.models.token import ApiToken
from portfolio.models.visit import (
    ContactMessage,
    VisitorErasure,
    VisitorEvent,
    VisitorRecount,
    VisitorSalt,
    VisitorSession,
)
from portfolio.models.visit_sums import (
    VisitorDay,
    VisitorMinute,
    VisitorQuarter,
    VisitorRecentPage,
    VisitorRollup,
    VisitorValue,
)

__all__ = [
    "SECTIONS",
    "ApiToken",
    "Award",
    "Certificate",
    "Change",
    "ContactMessage",
    "Conversation",
    "Education",
    "Embedding",
    "Interest",
    "JobAnalysis",
    "KnowledgeJob",
    "KnowledgeSource",
    "Language",
    "Message",
    "MessageFeedback",
    "Profile",
    "Project",
    "ProjectImage",
    "Publication",
    "Reference",
    "ResumeImport",
    "Section",
    "Skill",
    "SocialProfile",
    "VisitorDay",
    "VisitorErasure",
    "VisitorEvent",
    "VisitorMinute",
    "VisitorQuarter",
    "VisitorRecentPage",
    "VisitorRecount",
    "VisitorRollup",
    "VisitorSalt",
    "VisitorSession",
    "VisitorValue",
    "Volunteer",
    "Work",
]
