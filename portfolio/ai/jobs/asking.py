"""Which sentences of a running text ask for something, and which tell of others."""

import re

from portfolio.ai.jobs.hints import hints

# Words that lead up to what is asked for, or say to whom it is said.
_ASKS = re.compile(
    r"\byou(?:'ll|'re|'ve|\u2019ll|\u2019re|\u2019ve|'d|\u2019d)?\b"
    r"|\byour (?:\w+ )?(?:skills?|profile|experience|background|knowledge|tasks|responsibilit"
    r"|duties|work|day|toolbox|tools|stack|expertise|strengths?|role|job)"
    r"|\b(?:successful|ideal|right|suitable|perfect) (?:candidate|applicant)s?\b"
    r"|\b(?:passion(?:ate)?|excited|enthusias\w+|interest(?:ed)?|curious|keen|opinionated|eager"
    r"|affinity|love|eye|sense|feeling) (?:about|for|in|on|of|with)\b"
    r"|\b(?:candidates?|applicants?|somebody|someone|anyone|a person|people|colleagues?|developers?"
    r"|engineers?) (?:who|with|that|fluent|comfortable|familiar|experienced|must|should|needs?"
    r"|hold|bring|speak|possess|demonstrate"
    r"|knows?|ha[sv]e?)\b"
    r"|\b(?:looking|searching|search|hunting) for\b|\b(?:seek(?:s|ing)?|hiring|recruiting|wanted)\b"
    r"|\bwe (?:do not|don't|don\u2019t|never|no longer)\b|\bwe(?:'re|\u2019re| are)? (?:now |also "
    r"|currently |really |mainly |mostly |all )?(?:need"
    r"|want|require|expect|ask for|prefer|value|seek|use|using|work (?:with|in|on)|rely|build"
    r"|building"
    r"|develop|deploy|write|code|program|ship|run)\b|\bteam (?:\w+ )?(?:uses?|works? (?:with|in"
    r"|on))\b"
    r"|(?:^|[,;:] )(?:very )?(?:solid|strong|good|excellent|deep|sound|basic|advanced|profound"
    r"|proven"
    r"|profici\w+|confident|working|practical|sehr gute?)\b|\b(?:needs?|needed|requires?|required"
    r"|requirements?|must|mandatory|essential"
    r"|desir(?:ed|able)|preferred|preferabl[ey]|ideal(?:ly)?|optional(?:ly)?|advantage(?:ous)?"
    r"|beneficial|nice to have|a plus|bonus|appreciated|welcome|would be|wish)\b"
    r"|\b(?:experienced?|exp\b|knowledge|know-how|knows?|knowing|skills?|skilled|proficien(?:t|cy)"
    r"|familiar(?:ity)?|experts?|expertise|understanding|understands?|able to|ability|fluent"
    r"|fluency|background in|qualifi\w+|hands-on|versed|comfortable|competen\w+|certifi\w+"
    r"|mastery|command of|grasp|exposure|track record|years?|yrs)\b"
    r"|\b(?:tech(?:nology|nical)? )?stack\b|\btechnolog(?:y|ies)\b|\btool(?:s|ing|chain|box)\b"
    r"|\b(?:the|our) (?:(?:\w+ )?(?:back|front)[- ]?ends?|apps?|platform|databases?|infrastructure"
    r"|code ?base|services|apis?|product|systems?|site|pipelines?|servers?|stack) (?:is|are|runs?"
    r"|uses?|lives?)\b"
    r"|[:=\u2013] ?(?:a )?(?:nice|bonus|plus|optional|must|required|helpful|useful)\b"
    r"|\b(?:is|are|being) (?:all |mostly |mainly |currently |now )?(?:written|built|used"
    r"|implemented"
    r"|coded|developed|based|hosted|deployed)\b|\bruns? (?:on|in)\b"
    r"|\b(?:responsible|responsibilit\w+|duties|tasks?|the (?:role|job|position)|this (?:role|job"
    r"|position))\b"
    r"|\b(?:erfahrung\w*|\w*kenntnisse?|wissen|sie|du|ihr(?:e[mnrs]?)?|dein\w*|bringst|suchen"
    r"|gesucht|voraus\w*|beherrsch\w+|fundiert\w*|idealerweise|erforderlich|vorteil|umgang|vertraut"
    r"|verf\u00fcg\w+|bringen|erwarten|brauchen|w\u00fcnschenswert|studium|ausbildung|arbeiten mit"
    r"|aufgaben?)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"^\W*(?:\w+ly )?(?:administer|adapt|address|advise|analy[sz]e|apply|assemble|architect|assist"
    r"|automate|build|carry|coach|code|convert|craft"
    r"|collaborate|conduct|configure|contribute|coordinate|create|debug|define|deliver|deploy"
    r"|design|develop|document|drive|enhance|engineer|ensure|establish|execute|explore|handle"
    r"|identify|instrument|install|introduce|leverage|live and breathe|modularize"
    r"|modernize|move|process|propose|query|secure|translate|understand|upgrade|establish|evaluate"
    r"|extend|help|implement"
    r"|improve|integrate|investigate|lead|maintain|manage|mentor|migrate|model|monitor|operate"
    r"|optimi[sz]e|own|participate|perform|plan|prepare|produce|program|provide|refactor|release"
    r"|research|review|run|scale|set up|shape|ship|solve|style|support|take|test|train|troubleshoot"
    r"|tune|use|work|write)(?:s|ing|ed)?\b",
    re.IGNORECASE,
)
_WHOSE = (
    r"(?:(?:some|many|most|several|all|both|one|none|half|two|three|a (?:few|lot|number|third"
    r"|quarter)) (?:of )?)?"
)
_OTHERS = (
    r"(?:customers?|clients?|competitors?|competition|rivals?|founders?|co-?founders?|ceo|cto|cfo"
    r"|managing directors?|bosses|boss|chair(?:man|woman)?|investors?|shareholders?|partners?"
    r"|suppliers?|vendors|employees|staff|workforce|colleagues|co-?workers|team ?mates"
    r"|team members?|people|alumni|graduates|hires?|recruiters?|recruitment team|hr team"
    r"|talent team"
    r"|interviewers?|users|readers|patients|guests|members|neighbours?|neighbors?|canteen|cafeteria"
    r"|kitchen|coffee (?:bar|machine)|bar|restaurant|offices?|headquarters|hq|rooms?"
    r"|(?<=our )building|(?<=the )building|garden|roof|gym|mascots?|dogs?|cats?|logo|slogan"
    r"|parent company|sister company|parent|brand"
    r"|subsidiar(?:y|ies)|predecessors?|history|story|roots|origins?|annual (?:party|report)"
    r"|christmas party|parties|retreats?|off-?sites?|summer party|newsletter|blog|podcast|website"
    r"|careers? (?:page|site|portal)|old \w+|former \w+|legacy \w+|first \w+|last hire"
    r"|kunden|gr\u00fcnder(?:in)?|mitarbeiter(?:innen)?|wettbewerber|kantine|b\u00fcro)"
)
_OF_OTHERS = re.compile(
    rf"^\W*(?:(?:last|next|this|every|each|in) (?:year|month|week|summer|winter|spring|autumn"
    rf"|\d{{4}}),? )?{_WHOSE}(?:(?:our|the company's|the team's|their|his|her|unsere?"
    rf"|the) (?:[\w-]+ ){{0,2}}?)?(?:"
    rf"{_OTHERS}(?![-'\u2019\w])(?! (?:who|with|must|should|wanted|needed|is looking|are "
    rf"looking|support|service|success|experience|management|stories|facing|relations|interfaces?"
    rf"|apps?|application))"
    rf"|(?<= )team (?:won|celebrat|danc|play|cook|went|hikes?|meets))"
    r"|^\W*(?:some|many|most|several|one|both|two|three|four|half|a few) of (?:our|the|my) \w+"
    r"|^\W*unlike\b|^\W*in (?:contrast|comparison) to\b|^\W*(?:since|from|until|between|in) (?:19"
    r"|20)\d\d\b"
    r"|^\W*last (?:year|month|week|summer|winter|spring|autumn),? we\b"
    r"|^\W*we (?:once |also |even )?(?:tried|tested|played with|experimented|looked at|threw|had"
    r"|used)\b"
    r"|^\W*(?:they|he|she|it) (?:were|was|had|once|used to|grew|began|started|founded)\b"
    r"|^\W*we (?:\w+ly |all |also )?(?:believe|think|love|strive|embrace|recogni[sz]e|celebrate"
    r"|encourage|care|aspire|aim|dream|are (?:proud|committed|convinced|passionate|driven))\b"
    r"|^\W*we(?:'ve|\u2019ve| have)? (?:also )?(?:compet\w+|beat|partner\w*|collaborated|sponsor\w*"
    r"|sell|sold|serve|supply|acquired|bought|merged|raised|won|were|was|started|began|grew|grow"
    r"|listed|own|donate\w*|celebrate\w*|host\w*|organi[sz]ed?|invented)\b",
    re.IGNORECASE,
)
_TO_THE_CANDIDATE = re.compile(
    r"\byou(?:'ll|'re|'ve|\u2019ll|\u2019re|\u2019ve)?\b(?! (?:will|can|may|might) (?:love|like"
    r"|enjoy"
    r"|meet|hear))|\bcandidate|\blooking for|\bseeking|\bwe (?:need|require|expect)\b"
    r"|\b(?:is|are) (?:required|needed|a must|mandatory|essential)\b|\bmust (?:have|know|be)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    # What will be learned, and has not to be known.
    r"\b(?:we(?:'ll|\u2019ll| will| can| are happy to| shall)?|our \w+ will"
    r"|colleagues will) (?:also "
    r"|gladly |happily )?(?:teach|train|show|coach you|introduce you|help you (?:learn|get|grow"
    r"|with)"
    r"|bring you up to speed|send you|pay for)\b"
    r"|\byou(?:'ll| will|\u2019ll| can| get to| may| are going to|'d|\u2019d| would| should)?"
    r" (?:also |soon |quickly |then |even |be (?:happy|glad|willing|keen|able|ready) to )*(?:learn"
    r"|be (?:taught|trained|invited|introduced|offered|given)|get to know|receive"
    r"|enjoy|get (?:an?|the|your|free)|hear from|reach us|contact|meet (?:us|our)|pick up"
    r"|grow into)\b"
    r"|\byou will be able to learn\b|\blearn (?:it )?on the job\b|\bno (?:prior|previous) knowledge"
    r"|\b(?:training|schooling|courses?|classes|lessons|workshops?|certifications?|schulungen"
    r"|kurse)"
    r" (?:(?:in|on|for|zu) [^.]{0,60})?(?:(?:is|are|will be) )?(?:provided|offered|paid|given"
    r"|covered"
    r"|included|free|on us|on the job|kostenlos)\b"
    r"|\b(?:free|paid|internal|in-house) (?:[\w+#.]+ ){0,3}(?:training|courses?|lessons|classes"
    r"|workshops?)\b"
    # How one applies, and is interviewed.
    r"|\b(?:interviews?|video calls?|first (?:call|talk|chat|round)s?|assessments?"
    r"|application forms?"
    r"|r\u00e9sum\u00e9s|resumes|cvs|coding (?:test|challenge)s?|home ?work|take-home\w*) (?:\w+ )?"
    r"(?:is|are|will|take|takes|run|runs|happen|happens|go|goes|via|through|on|over|by|in|to|as)\b"
    r"|(?:(?:^\W*|\b(?:your|all|only|job|online|these|the|of|for) )applications?|\bbewerbung(?:en)?"
    r"|\bbewirb|\bbewerben)\b[^.]{0,30}\b(?:via|through|using|with|in|on|by|run|runs"
    r"|are (?:handled|managed|processed|accepted|kept)|\u00fcber)\b"
    r"|\bapply(?:ing)?(?: (?:now|today|online|directly|here|please|is|runs?|works?)){0,2} (?:via"
    r"|through|using|with|in|on|by)\b"
    r"|\b(?:upload|submit|mail|e-?mail|send|message) (?:\w+ ){0,3}(?:cv|r[e\u00e9]sum[e\u00e9]"
    r"|letter|documents|application|portfolio|via|to|us|through)\b"
    r"|\bfor (?:all |our |your )?(?:applications|hiring|recruiting|recruitment|onboarding|payroll"
    r"|interviews|expenses|holidays|lunch|fun|charity)\b(?! (?:software|systems?|apps?|products?"
    r"|platforms?|tools?))"
    r"|\b(?:find|follow|reach|visit|meet|join) us (?:on|at|via|in)\b"
    # What was.
    r"|\b(?:old|previous|former|legacy|original|first|earlier) (?:\w+ )?(?:systems?|codebase|code"
    r"|versions?|platforms?|stack|site|website|backend|frontend|software|app|application|product"
    r"|prototype|tool|monolith|database) (?:\w+ )?(?:was|were|used|had|ran|is gone|has been"
    r"|ended)\b"
    r"|\b(?:was|were) (?:originally |once |first |initially |still )?(?:written|built|developed"
    r"|coded"
    r"|made|founded|programmed|started) (?:in|on|with|by|out of)\b|\bused to (?:be|run|use|write)\b"
    r"|\b(?:founded|started|established|incorporated|born|acquired|listed|backed|funded) (?:in|by"
    r"|on|as|out) \b|\b(?:the|an?) (?:uber|netflix|airbnb|amazon|google|apple|tesla|spotify|shopify"
    r"|linkedin|stripe|slack|salesforce) (?:of|for)\b",
    re.IGNORECASE,
)
# What there is to eat, to win and to play with.
_PERKS = re.compile(
    r"\b(?:canteen|cafeteria|sandwich\w*|snacks?|lunch(?:es)?|breakfast|coffee|espresso machine"
    r"|beers?|cakes?|cookies|pizza|fruit|smoothies?|discounts?|vouchers?|tickets?|table (?:tennis"
    r"|football)|foosball|football table|swimming|yoga|massages?|birthdays?|barbecues?|mascots?"
    r"|kindergarten|nursery|job ticket|bike lease|pension|obstkorb|urlaub|kicker)\b",
    re.IGNORECASE,
)
_HINTS = hints(
    "teach train show coach introduce help bring send pay learn taught trained invited offered"
    " receive enjoy get hear contact meet pick grow job prior previous training schooling"
    " course"
    " class lesson workshop certification schulung kurs interview video first assessment"
    " application"
    " r\u00e9sum\u00e9 resume cv cvs coding homework home take apply applying bewerbung bewirb"
    " bewerben"
    " upload submit mail e send message hiring recruiting recruitment onboarding payroll"
    " holidays lunch fun charity find follow visit join canteen cafeteria sandwich snack breakfast"
    " coffee espresso beer cake cookie pizza fruit smoothie discount voucher ticket table foosball"
    " football swimming yoga massage birthday barbecue mascot kindergarten nursery bike pension"
    " obstkorb urlaub kicker old former legacy original earlier was were used founded started"
    " established incorporated born acquired listed backed funded uber netflix airbnb amazon google"
    " apple tesla spotify shopify linkedin stripe slack us colleagues"
)


_SPOKEN_TO = re.compile(
    r"\byou(?:r|rs|'ll|'re|'ve)?\b|\b(?:candidates?|applicants?|this role|the role|this position"
    r"|experienced?|expertise|knowledge|skills?|skilled|proficien\w+|familiar\w*|understanding"
    r"|background|hands-on|looking for|seeking|must|requir\w+|sie|du|dein\w*|kenntnisse"
    r"|erfahrung)\b",
    re.IGNORECASE,
)


# `Our team of 40,000 technologists builds everything from big data to machine learning.`
_MANY = re.compile(
    r"\bour (?:\w+ )?(?:team|network|community|workforce) of (?:\w+ ){0,2}\d", re.IGNORECASE
)
_MANY_HINTS = hints("team network community workforce")
_KNOWLEDGE = re.compile(
    r"\b(?:experienced?|expertise|experts?|knowledge|know-how|knows?|skills?|skilled|proficien\w+"
    r"|familiar\w*|understand(?:s|ing)?|background|comfortable|competen\w+|degrees?|hands-on"
    r"|exposure|ability|passion\w*|command|mastery|fluen\w+|must|requir(?:ed|es?)|a plus"
    r"|advantage\w*|beneficial|desir(?:ed|able)|preferr?ed|interest(?:ed)?|excited"
    r"|\w*kenntnisse|erfahrung\w*)\b",
    re.IGNORECASE,
)


def names_knowledge(sentence: str) -> bool:
    """Whether it says that something is to be known, and not only done."""
    return _KNOWLEDGE.search(sentence) is not None


def speaks_to_somebody(sentence: str) -> bool:
    """Whether it says what somebody is to do or to know, and is no tale of a business."""
    return _SPOKEN_TO.search(sentence) is not None or _DUTY.match(sentence) is not None


def asks_for_something(sentence: str) -> bool:
    """Whether a word in it says that something is asked for, or who is addressed."""
    return _ASKS.search(sentence) is not None or _DUTY.match(sentence) is not None


def tells_of_others(sentence: str, begun: frozenset[str]) -> bool:
    """Whether it tells of customers, colleagues or the past, of learning, applying or perks."""
    if not _HINTS.isdisjoint(begun) and (
        _ELSEWHERE.search(sentence)
        or (_PERKS.search(sentence) and not asks_for_something(sentence))
    ):
        return True
    if "our" in begun and not _MANY_HINTS.isdisjoint(begun) and _MANY.search(sentence):
        return True
    return _OF_OTHERS.match(sentence) is not None and not _TO_THE_CANDIDATE.search(sentence)


def tells_of_elsewhere(sentence: str, begun: frozenset[str]) -> bool:
    """Whether a part of it tells of learning, applying or the past."""
    return not _HINTS.isdisjoint(begun) and _ELSEWHERE.search(sentence) is not None
