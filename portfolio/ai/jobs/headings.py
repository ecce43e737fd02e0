"""Which part of a description a heading opens."""

import re
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """What a part of a description is about; the last ones hold no requirement."""

    OPEN = "open"
    REQUIRED = "required"
    NICE_TO_HAVE = "nice_to_have"
    EXCLUDED = "excluded"
    DUTIES = "duties"
    FACTS = "facts"
    BENEFITS = "benefits"
    COMPANY = "company"
    LEGAL = "legal"
    ASIDE = "aside"


BOILERPLATE: Final = frozenset({Part.BENEFITS, Part.COMPANY, Part.LEGAL, Part.ASIDE})
ASKING_PARTS: Final = frozenset({Part.REQUIRED, Part.NICE_TO_HAVE, Part.EXCLUDED})
LONGEST_HEADING: Final = 80

# The first that matches the whole heading, or its beginning up to a colon, has it.
_HEADINGS = [
    (
        Part.NICE_TO_HAVE,
        r"nice(?:[- ]to[- ]haves?)?(?: (?:skills?|qualifications?|experience|criteria))?"
        r"|good to have|would be nice|ideally|extra credit|brownie points"
        r"|bonus(?: points| skills| qualifications)?(?: for)?|pluses|a plus|plus(?: points)?"
        r"|big plus"
        r"|(?:preferred|desir(?:ed|able)|optional|beneficial|advantageous)(?: (?:but|not|required"
        r"|skills?|qualifications?|experience|requirements?|knowledge|criteria|attributes|and|or"
        r"|competenc(?:y|ies)|abilities|education|background|technical|additional)){0,4}"
        r"|(?:other desired|additional) (?:skills|qualifications|assets)|assets?"
        r"|(?:added )?advantages?"
        r"|it(?:'s| is| would be) (?:a plus|nice|great)(?: if)?(?: \w+){0,4}"
        r"|what would be (?:nice|great)(?: \w+){0,3}|(?:skills|qualifications) (?:preferred"
        r"|desired)"
        r"|von vorteil|w\u00fcnschenswert|pluspunkte|(?:not |nicht )(?:\w+ ){0,2}?(?:required"
        r"|needed"
        r"|necessary|essential|erforderlich|n\u00f6tig),? (?:but|yet|though|aber) .{2,40}",
    ),
    (Part.ASIDE, r"(?:search )?key ?words?|tags|search terms|schlagw\u00f6rter|stichw\u00f6rter"),
    (
        Part.EXCLUDED,
        r"(?:(?:skills?|things?|what(?: is| you do)?|definitely|explicitly|technologies) )?(?:not"
        r"|nicht"
        r"|no longer) (?:\w+ly )?(?:needed|required|necessary|mandatory|essential|expected|wanted"
        r"|used"
        r"|in scope|relevant|n\u00f6tig|erforderlich|notwendig|ben\u00f6tigt|gesucht)(?: \w+){0,3}"
        r"|no need (?:for|of|to know)|(?:what |things |skills )?(?:you|we) (?:don't|do not|won't"
        r"|will not"
        r"|needn't|need not) (?:need|have to know|need to know|use|want|look for|expect|require|do"
        r"|touch|know|care about)(?: \w+){0,3}|(?:what |who )?we(?:'re| are) not (?:looking for"
        r"|after)"
        r"(?: \w+){0,3}|(?:who|you) should(?:n't| not) apply(?: \w+){0,3}|out of scope"
        r"|non-requirements?|unnecessary|exclusions?|not (?:part of|in) (?:our|the) stack"
        r"|we(?:'ve| have) (?:dropped|left behind|moved away from)|brauchst du nicht"
        r"|(?:das )?(?:brauchst du|musst du) nicht(?: \w+){0,2}",
    ),
    (
        Part.LEGAL,
        r"(?:similar|related|recommended|other|more|latest|popular|suggested|featured) (?:jobs?"
        r"|openings|positions|vacancies|roles|postings)(?: \w+){0,4}|(?:people|others|candidates)"
        r" (?:\w+ )?(?:also|who)(?: \w+){1,6}|(?:jobs )?you (?:may|might|could) (?:also )?(?:like"
        r"|be interested in)(?: \w+){0,3}|\u00e4hnliche (?:jobs|stellen\w*)|weitere (?:jobs"
        r"|stellen\w*)|(?:share|save) this (?:job|posting)|job alerts?"
        r"|equal (?:employment )?opportunit(?:y|ies)(?: \w+){0,4}|eeo(?: \w+){0,3}"
        r"|privacy(?: \w+){0,3}|data protection(?: notice| statement)?|disclaimer"
        r"|diversity(?: \w+){0,6}|diversity,? (?:equity )?(?:&|and) inclusion|accommodations?"
        r"|how to apply|application process|(?:our )?(?:hiring|interview|recruitment) process"
        r"|next steps|contact(?: us)?|legal(?: notice)?|interviews?(?: \w+){0,2}"
        r"|reasonable accommodations?|apply(?: now)?"
        r"|what happens next|your contact|bewerbung|kontakt|inclusion(?: \w+){0,3}"
        r"|covid(?: \w+){0,4}",
    ),
    (
        Part.BENEFITS,
        r"(?:(?:our|the|your|job|role|employee|staff|company|team|additional|other|key|core|main"
        r"|some|more|extra) ){0,2}(?:benefits|perks|advantages of working)(?: \w+| &){0,4}"
        r"|what we(?:'ll)? (?:offer|provide)"
        r"(?: you)?|we offer(?: you)?|what(?:'s| is) in it for you|what you(?:'ll| will)? get"
        r"|why (?:join )?(?:us|we)(?: \w+){0,3}|why (?:you|work)(?: \w+){0,6}"
        r"|compensation(?: \w+| &){0,3}"
        r"|salary(?: \w+| &){0,3}|our offer|wir bieten(?: dir)?|das bieten wir|unser angebot"
        r"|remuneration|pay(?: range)?|package|what(?:'s| is) on offer|we provide|rewards"
        r"|perks and benefits|in return|life at .{2,30}|benefits include|training and perks"
        r"|what you(?:'ll| will| can) (?:learn|enjoy|receive|love|gain|earn)(?: \w+){0,3}"
        r"|you(?:'ll| will) (?:get|enjoy|receive|love|learn|gain)|wir bieten(?: ihnen| euch)"
        r"|das bieten wir(?: dir| ihnen)?|unsere benefits|ihre vorteile|deine vorteile"
        r"|(?:this|that|what|all this)(?: \w+){0,3} (?:awaits|is awaiting|is waiting for) you"
        r"|what you can (?:expect|look forward to)|(?:some )?reasons to join(?: us)?"
        r"|we(?:'ll| will)? (?:give|provide|reward) you(?: with)?|in exchange",
    ),
    (
        Part.COMPANY,
        r"about (?:us|the company|our company|the team|our team|the organi[sz]ation|the client)"
        r"|who we are|our (?:story|mission|values|company|culture|client|customers)|company"
        r" (?:description|overview|profile|summary|info|information)|the company|\u00fcber uns"
        r"|wer wir sind"
        r"|our vision|what we do|the client|what do we do|who are we|why we exist|our (?:team"
        r"|product|people|purpose|history|journey|business)|meet (?:us|the team)"
        r"|(?:company|employer|team|organi[sz]ation) (?:background|introduction)",
    ),
    (
        Part.DUTIES,
        r"(?:your |key |main |job |primary |core |essential )*(?:responsibilit(?:y|ies)|duties"
        r"|tasks)"
        r"(?: \w+| &){0,4}|what you(?:'ll| will) (?:do|be doing|work on)|the (?:role|job"
        r"|position|opportunity)"
        r"|about the (?:role|job|position)|your (?:role|mission|impact|job)|role(?: \w+)?"
        r"|job description"
        r"|day[- ]to[- ]day|in this role(?: \w+){0,3}|(?:job|role|position) (?:summary|overview"
        r"|purpose)"
        r"|(?:deine |ihre )?aufgaben|what you do|overview|summary|responsibilities include"
        r"|projects?",
    ),
    (
        Part.REQUIRED,
        r"(?:\w+[ ,]+){0,3}(?:requirements?|qualifications?|must[- ]haves?|skills"
        r"|competenc(?:ies|es)"
        r"|prerequisites|criteria|experience|education|expertise)(?: (?:&|and|/) \w+"
        r"| (?!(?:in|with|of|on|as|using|is|are|building|developing|working)\b)\w+){0,3}"
        r"|must|you must have|what you(?:'ll| will)? (?:bring|need|have)(?: \w+){0,4}"
        r"|wh(?:at|o|om) we(?:'re| are)? (?:looking for|expect|require|need|seek|want|value)"
        r"(?: \w+){0,4}|who you are|what you(?:'ll| will)? be(?: \w+){0,2} (?:bringing|needing)"
        r"|about you|your profile|(?:the )?ideal candidate(?: \w+){0,3}|you have|you are"
        r"|you bring"
        r"|you should have|what you should have|what makes you a (?:great|good) fit"
        r"|you(?:'ll|'d| will| would| might| may| could)? (?:might |may )?(?:be|feel|thrive|fit"
        r"|succeed"
        r"|enjoy this|love this|stand out)(?: \w+){0,6} (?:if|when|who|because)(?: you| you have"
        r"| you are)?|(?:this|the) (?:role|job)?(?: might| may| could)?(?: is"
        r"| be) for you if(?: you)?"
        r"|apply if(?: you)?|we(?:'re"
        r"| are) looking for"
        r"|(?:tech(?:nology|nical)?|our) (?:stack|skills|environment)|technologies(?: \w+){0,3}"
        r"|tools(?: \w+| &){0,4}|(?:dein|ihr) profil|anforderungen|qualifikationen"
        r"|das bringst du mit"
        r"|minimum(?: \w+){0,2}|required|mandatory|essential|(?:desired "
        r"|ideal )?candidate profile|what we look for|what it takes"
        r"|knowledge",
    ),
    (
        Part.FACTS,
        r"job title|title|position|role|company|employer|location|employment type|job type|type"
        r"|start(?: date)?|department|team|reports? to|reporting to|work model|contract(?: type)?"
        r"|seniority|workplace|place of work|standort|duration|hours|industry|job id|posted",
    ),
]
_COMPILED = [(part, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for part, pattern in _HEADINGS]
# A heading that nobody foresaw and that says it all the same: `You should be at home in:`.
_ASKED_BELOW = re.compile(
    r"\b(?:(?:you|candidates?|applicants?)(?:'ll| will| would|'d)? (?:\w+ )?(?:need|bring|have"
    r"|know|be|feel comfortable|demonstrate|possess|are)|comfortable with|familiar with"
    r"|know(?:ing|s)?|knowledge|experienced?|expertise|proficien\w+|skill(?:s|ed)|competen\w+"
    r"|(?:we|role|position"
    r"|job) (?:expects?|requires?|needs?|wants?|asks?)|looking for|must|requir(?:ed|ements?)"
    r"|qualifi\w+)\b",
    re.IGNORECASE,
)
_LIKED_BELOW = re.compile(
    r"\b(?:also|even|extra|bonus|plus|points|advantage\w*|benefi\w+|prefer\w+|desir\w+|nice"
    r"|great|ideal(?:ly)?|optional\w*|additional\w*|creds?|welcome|appreciated?|vorteil)\b",
    re.IGNORECASE,
)
_GIVEN_BELOW = re.compile(
    r"\b(?:offer\w*|benefits|perks|get|gets|receive|enjoy|learn|gain|give|provide|love|expect from"
    r" us|can expect|why|about us|apply|application|process|contact|not|no|without|don't)\b",
    re.IGNORECASE,
)
_DECORATION = " \t#*_=:>~`-\u2013\u2014!?.\u2022"
_EMOJI = re.compile(r"^[^\w\s'\"(]+\s*")


def part_of_heading(line: str) -> Part | None:
    """What a whole line opens if it is a heading."""
    if len(line) > LONGEST_HEADING:
        return None
    name = _EMOJI.sub("", line.strip(_DECORATION)).strip(_DECORATION)
    return _part_of(name.replace("\u2019", "'"))


def part_of_lead(line: str) -> Part | None:
    """What a line that ends in a colon leads up to, by its own words."""
    if len(line) > LONGEST_HEADING or not line.endswith(":") or _GIVEN_BELOW.search(line):
        return None
    if not _ASKED_BELOW.search(line):
        return None
    return Part.NICE_TO_HAVE if _LIKED_BELOW.search(line) else Part.REQUIRED


def split_inline_heading(line: str) -> tuple[Part, int] | None:
    """`Must have: Python` opens a part with its own line: the part, and where the rest begins."""
    colon = line.find(":", 0, LONGEST_HEADING)
    if colon <= 0 or not line[colon + 1 :].strip(_DECORATION):
        return None
    part = part_of_heading(line[:colon])
    return (part, colon + 1) if part else None


def _part_of(name: str) -> Part | None:
    for part, pattern in _COMPILED:
        if name and pattern.fullmatch(name):
            return part
    return None
