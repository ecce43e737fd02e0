"""What questions ask about, as data: the sections with their words, and other words for words."""

from dataclasses import dataclass

from .words import root


@dataclass(frozen=True)
class Section:
    """Items that questions ask about in the same words.

    Attributes:
        asks: finds a question about them, in its plain words.
        words: roots of words of such questions that do not say which item is meant.
        called: how the refusal calls one of them.
        closed: whether an item that a question names and that is not there is not in the
            portfolio at all.
    """

    types: tuple[str, ...]
    asks: str
    words: frozenset[str]
    called: str
    closed: bool = True


def _roots(text: str) -> frozenset[str]:
    return frozenset(root(word) for word in text.split())


_COMMON = _roots(
    """
    have has hold held get got list name many number count how what which year date level good
    recent earlier latest far say tell title there formal ever currently when where receive
    received complete completed finish finished start started begin began end ended dates period
    duration first last own full short human whole exact details kind area field place all total
    oldest newest most earliest latest recent one
    """
)


def _section(types: str, called: str, asks: str, words: str, *, closed: bool = True) -> Section:
    return Section(
        tuple(types.split()), rf"\b(?:{asks})\b", _COMMON | _roots(words), called, closed
    )


SECTIONS = (
    _section(
        "language",
        "language",
        r"(?:human |foreign |natural |spoken )?languages? (?:does|do|can|is|are|has|"
        r"have|did|spoken)"
        r" ?(?:she|he|they|you|\w+)? ?(?:speak|know|talk|understand|fluent)?\b(?! (?:write|code|"
        r"program|use|prefer))|(?:speaks?|spoken|speaking|talk) (?:languages?|[a-z]+\b)|"
        r"what languages|foreign language|mother tongue|native (?:language|speaker|tongue)|"
        r"first language|languages? (?:skills?|spoken|level)|bilingual|multilingual|"
        r"(?:human|spoken|natural|foreign|other) languages?|speaks?",
        "language languages speak speaks spoken speaking fluent fluently know mother tongue"
        " native first skills talk human foreign natural understand well proficient interview"
        " conversation conversational bilingual multilingual do conduct call meeting much",
    ),
    _section(
        "education",
        "degree or course of study",
        r"stud(?:y|ies|ied|ying)|degrees?|universit(?:y|ies)|college|school(?:ing)?|educat\w+|"
        r"graduat\w+|masters?|bachelors?|undergrad\w*|postgrad\w*|phd|doctorate|msc|bsc|diploma|"
        r"alma mater|academic|major(?:ed)?|courses?|grade|gpa|qualification|bootcamp|mba|honours",
        "study studies studied studying degree degrees university universities college school"
        " schooling education educational educated graduate graduated graduation do did done take"
        " attend attended alma mater academic major majored subject course courses grade gpa"
        " mark score result qualification qualifications go enroll earn obtained obtain hold where"
        " background bootcamp self taught self-taught institution highest learn read write with"
        " honours class end up formal other student students pupil",
    ),
    _section(
        "certificate",
        "certificate",
        r"certificat\w+|certified|certs?|accredit\w+|licen[cs]ed?|licen[cs]es|"
        r"qualifications?|qualified as|"
        r"qualify as|registered",
        "certificate certificates certification certifications certified cert certs accredited"
        " qualification qualifications accreditation license licensed licence hold holds have"
        " become qualified qualify"
        " professional pass passed obtain earn issue issued issuer who gave expire",
    ),
    _section(
        "award",
        "award",
        r"awards?|awarded|prizes?|honou?rs?|medals?|trophy|trophies|w[io]n(?:ning|s)?|"
        r"recogni[sz]ed|accolades?|commend\w+|distinctions?",
        "award awards awarded prize prizes honour honours medal medals trophy win won winning"
        " wins recognised recognition accolade accolades commendation receive who gave give"
        " get anything something for it",
    ),
    _section(
        "publication",
        "publication or talk",
        r"publi(?:sh|shed|cations?)|papers?|articles?|blog(?: posts?)?|talks?|spoken at|"
        r"speak(?:s|ing)? at|conferences?|thesis|theses|dissertation|essays?|(?:text)?books?|"
        r"wrote about|"
        r"written (?:any|about|for)|presentations?|keynotes?",
        "publication publications publish published paper papers article articles blog post posts"
        " talk talks speak spoken conference conferences thesis dissertation essay essays book"
        " books textbook textbooks manual write wrote written author presentation presentations"
        " keynote topic subject about"
        " give gave given where master masters doctorate doctoral phd deal deals dealt",
    ),
    _section(
        "volunteer",
        "voluntary work",
        r"volunt\w+|charit\w+|unpaid|pro bono|non ?profit|good causes?|community (?:work|service)|"
        r"gives? (?:any of )?(?:her|his|their|your) time|for free|without pay|civic|"
        r"outside (?:of )?work",
        "volunteer volunteering voluntary charity charities charitable unpaid pro bono nonprofit"
        " good cause causes community service give time any work do help civic organisation"
        " organisations organization engage involved outside",
    ),
    _section(
        "interest",
        "interest",
        r"hobb(?:y|ies)|interests?|interested in|free time|spare time|leisure|pastimes?|for fun|"
        r"off[ -]duty|days? off|unwinds?|relax(?:es)?|recharges?|switch(?:es)? off|after hours|"
        r"when (?:she|he|they|you) (?:is|are) not (?:working|coding|at work|in front)|"
        r"outside (?:of )?(?:work|the office|programming|computers)|weekends?|passions?",
        "hobby hobbies interest interests interested free spare time leisure pastime pastimes fun"
        " work working coding front computer outside office do does like enjoy away programming"
        " computers weekend weekends passion passions private personal have duty off day days"
        " unwind unwinds relax relaxes recharge recharges switch switches after hours up",
    ),
    _section(
        "reference",
        "reference",
        r"who (?:said|says|vouch\w*|recommend\w*|prais\w*)|references?|recommend\w*|"
        r"testimonials?|endors\w+|(?:what do|do) (?:others|people|"
        r"colleagues|managers|bosses|coworkers)|what (?:do|did|does) .{0,40} (?:say|think)s? "
        r"(?:about|of) (?:her|him|them|you|{name})|vouch",
        "reference references referee referees recommend recommendation recommendations"
        " testimonial testimonials endorse endorsement people others colleagues colleague manager"
        " managers boss bosses coworkers say says said think thinks describe about vouch former"
        " give provide something nice good kind praise praised critic who work works"
        " worked together",
    ),
)
"""The sections of a résumé other than work, projects and skills."""

SHORTEST = 4
"""Letters of a root of which another may be the beginning."""
_SYNONYM_GROUPS = (
    "job position role post work employment",
    "company employer firm organisation business",
    "hire recruit engage",
    "manage lead leadership head supervise direct responsible charge",
    "mentor coach teach train tutor junior younger grow help",
    "build create develop make write design construct implement program",
    "improve reduce lower cut faster quicker speed raise increase better save",
    "release ship deploy launch deployment",
    "problem trouble wrong fail failure difficult hard challenge issue mistake error bug outage"
    " incident break crash",
    "fix solve solution repair resolve remedy",
    "learn lesson takeaway insight conclusion",
    "achieve achievement proud accomplish success result impact",
    "money cost price budget expensive cheap spend bill fee licence saving afford",
    "fast slow latency speed performance quick early millisecond",
    "big large huge heavy size scale biggest largest massive",
    "user customer client visitor people reader audience",
    "doctor nurse clinician patient medical hospital health clinic",
    "disable disabled accessible accessibility blind impairment wheelchair reader keyboard",
    "migrate migration move switch transfer port crossing replace rewrite",
    "stop end quit cancel abandon discontinue archive kill halt finish",
    "maintain look after care support operate run",
    "downtime unavailable outage offline down",
    "test tested testing trial experiment pilot rehearsal evaluate measure",
    "maths mathematics math",
    "stats statistics statistical",
    "auditor audit auditors regulator authority compliance supervisory",
    "backup restore recovery",
    "conference talk meetup speech presentation",
    "farmer farm field crop agriculture",
    "weather forecast climate storm rain",
    "insurer insurance claim",
    "pandemic covid coronavirus 2020",
    "search find retrieval",
    "team colleague group crew",
    "monitor observability monitoring alert",
    "message queue messaging broker",
    "frontend front-end front",
    "pupil student trainee apprentice learner",
    "bot robot automated scraper",
    "flood water underwater",
    "salary pay wage",
    "phone telephone mobile smartphone",
    "remote remotely home",
    "unfair fair discriminate bias biased fairness equal",
    "old elderly older age seventy sixty",
    "deaf sign",
    "stable stability reliable robust crash solid",
    "argument dispute disagreement debate discussion",
    "satisfy pass please meet",
    "prevent avoid stop",
    "interview hire",
    "story background",
    "competition contest olympiad championship tournament cup",
    "event banquet wedding function ceremony reception",
    "lab laboratory",
    "photo photograph picture image",
    "child children kid pupil",
    "buy purchase order procure",
    "customer guest diner",
)


def _synonyms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _SYNONYM_GROUPS:
        family = {root(word) for word in group.split()}
        for word in family:
            found.setdefault(word, set()).update(family - {word})
    return {word: frozenset(others) for word, others in found.items()}


SYNONYMS = _synonyms()
"""By root, the roots of words that may stand for it."""
