"""The words of questions about jobs, as data."""

from ..language.wordings import PATTERNS
from ..language.words import family

JOB = (
    r"\b(?:work(?:s|ed|ing)?|jobs?|employ\w*|compan(?:y|ies)|positions?|roles?|titles?|careers?|"
    r"occupation|living|gig|firms?|joined?|doing|posts?)\b"
)
AFTER_STUDIES = (
    r"\b(?:first|right|straight|directly)\b.*\b(?:after|out of|from) (?:\w+ )?"
    r"(?:university|college|school|graduat\w+|stud\w+)"
)
CURRENT = (
    r"\b(?:current(?:ly)?|now|nowadays|these days|at the moment|at present|present(?:ly)?|"
    r"today|right now)\b"
)
NOW = (
    r"^(?:where|who) (?:does|do|is|are) (?:she|he|they|you|\w+) (?:work|employed)\w*(?: for| at)?$|"
    r"^what (?:does|do) (?:she|he|they|you|\w+) do(?: for a living| for work)?"
    r"(?: now| currently| today)?$|"
    r"\bwhat is (?:her|his|their|your) (?:job|position|occupation|job title|title|"
    r"profession|role)$|" + PATTERNS["busy_now"]
)
WHERE_NOW = (
    r"^where (?:does|do|is|are) (?:she|he|they|you|\w+) (?!live|reside|stay|based)\w+ "
    r"(?:now|currently|nowadays|these days|at the moment|at present)$"
)
FIRST = r"\b(?:first|earliest|very first|start(?:ed)? (?:her|his|their|your|out)|begin|began)\b"
LAST = r"\b(?:last|previous|former|prior)\b"
BEFORE = r"\b(?:before|prior to|preceding|preceded)\b"
BECAME = (
    r"\bbefore (?:\w+ ){0,2}?(?:became|become|becoming|was|being|started as|turning|into)"
    r"(?: an?)? ([\w ]+)$"
)
AFTER = r"\b(?:after|next|following|followed|since leaving)\b"
COUNT = r"\b(?:how many|number of|count)\b"
COUNTS_OTHERS = (
    r"\bhow many (?!(?:different |other |previous )?(?:jobs|employers|compan|years|"
    r"months|positions|"
    r"roles|places|firms|organi|people has|people have))"
)
THERE = r"\b(?:was|were|is|been|be) (?:she |he |they |you |\w+ )?(?:still )?(?:at|with)\b"
DID_THERE = r"\bwhat (?:did|was|were) (?:she|he|they|you|\w+) (?:do|doing)\b"
LONGEST = r"\b(?:longest|most time)\b"
SHORTEST = r"\b(?:shortest|least time)\b"
BESIDE = PATTERNS["beside"]
LIST = (
    r"\b(?:employers|companies|jobs|firms|organi[sz]ations|positions|roles|career|employment|"
    r"work(?:ing)? history|work experience|worked)\b"
)
HOW_LONG = PATTERNS["how_long"]
TITLE = r"\b(?:job title|title|position|role|post|rank|capacity)\b"
WHEN = (
    r"\b(?:when|since when|which year|what year|from when|dates?|start(?:ed)?|join(?:ed)?|until|"
    r"leave|left|begin|began|quit)\b"
)
JOB_WORDS = family(
    """
    work works worked working job jobs employ employed employer employers employee company
    companies position positions role roles title titles career careers occupation living gig firm
    firms join joined doing do post posts current currently now nowadays moment present presently
    first earliest very start started begin began out last previous former prior before after next
    following followed many number count longest shortest most least time stay stayed spend spent
    same parallel other jobs side alongside meanwhile how long history experience so far hold held
    organisation organisations organization organizations leave left until quit when year years
    month months date dates gave give offer offered from to be official place places who where whom
    right directly length duration tenure stint spell while still ever regular paid main ordinary
    civilian civil there come comes came follows those during keep keeps keeping busy jobwise
    workwise total altogether
    immediately just name employment be back hear heard two different earn earning list total
    professional day profession become serve served part full staff period
    """
)
