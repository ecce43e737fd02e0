"""The words that questions are made of, as data: no rule stands here."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GENERIC_NAMES = _words(
    """
    university institute college school academy hospital clinic hospice company group team society
    association foundation club centre center department service services systems solutions
    technologies technology software health energy data labs lab studio studios consulting
    international national general royal city north south east west saint st the of and for at in
    new old inc ltd llc gmbh plc co corp limited app apps web online digital media design
    engineering research bank insurance retail project projects work
    """
)
"""Words of names that alone name nothing."""

COMMON_NAMES = _words(
    """
    i january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday english cv uk usa us eu ok it hr ceo
    cto pm am ms mr mrs dr
    """
)
"""Names that any question may have."""

OWNER = _words(
    """
    she he they her his him their them hers theirs you your yours herself himself themselves
    yourself candidate applicant
    """
)
"""Whoever the portfolio is about, as questions call them."""

ASKING = _words(
    """
    what whats which who whom whose when where why how is are was were be been being am do does did
    done has have had having can could would will shall should may might must a an the this that
    these those there here it its of in on at to for from by with about into over under between
    during through as than then and or but if so not no any some all every each either both one
    other others another else more most less least many much very really actually also too ever
    never yet still just only already now currently tell me us we our i my mine please pls list
    show give name describe explain say know known knows mean like such sort kind kinds type types
    thing things something anything someone anyone anybody somebody everything nothing get got
    gets getting go went make makes made let lets want wants need needs hi hello hey thanks thank
    ok okay well right honestly maybe perhaps there's e eg etc up out off down back again ago
    same different own s t re ve ll d m because since until till before after while whether
    anyway plus using used use uses roughly briefly basically simply generally overall
    approximately heard hear stumbled came across noticed saw assume guess wonder wondering
    """
)
"""Words that say how something is asked, and nothing of what."""

ABOUT_WORK = _words(
    """
    experience experienced experiences skill skills skilled work works worked working job jobs
    career cv resume portfolio background ability able familiar familiarity knowledge
    proficient proficiency expertise expert good strong level years year yrs yr month months time
    date dates day days long old new first last latest recent recently current previous past
    become became build built building create created develop developed done happen happened
    present project projects role roles position company companies employer employers technology
    technologies tech stack tool tools people person team number total different main biggest best
    greatest most favourite favorite interesting important professional professionally
    """
)
"""Words that any question to a portfolio may have."""

QUESTION_WORDS = (
    ASKING
    | OWNER
    | ABOUT_WORK
    | _words(
        """
        languages language speak speaks spoken study studied studies degree degrees university
        education educated school graduate graduated masters bachelor thesis grade certificates
        certificate certifications certification certified awards award prizes prize won
        publications publication published articles article talks talk hobbies hobby interests
        interest volunteer volunteering references reference contact email
        gpa phone telephone website
        address live lives located location based city country databases database frameworks
        framework libraries library programming monitoring cloud testing learned learnt lessons
        challenges challenge problems problem hardest difficult achievements achievement proud
        started start finished finish begin began ended salary married children birthday
        """
    )
)
"""Words by which typing mistakes in questions are put right."""

MONEY = "salary or rates"
AGE = "age or date of birth"
PRIVATE = {
    MONEY: (
        r"\b(salary|salaries|wages?|day rate|hourly rate|compensation|remuneration|pay ?check|"
        r"(?:her|his|their|your) (?:pay|rates?|fees?)|net worth|"
        r"(?:she|he|they|you) charges?|charges? (?:by the|per|an?) (?:hour|day|month|project)|"
        r"(?:expect|want|earn|earns|earned|earning) .{0,20}(?:money|a year|per year|a month)|"
        r"(?:(?:did|does|do) )?(?:they|he|she|you) (?:get |be )?(?:paid|earn)|earns?|earned|"
        r"how much (?:was|is|were|are|do|does|did) (?:she|he|they|you) (?:be |get )?"
        r"(?:paid|make|cost|charge|pay)|pa(?:y|id) (?:her|him|them|you))\b"
    ),
    AGE: (
        r"\b(how old (?:is|are|was) (?:she|he|they|you|{name})|(?:her|his|their|your) age|"
        r"born|birthday|birth ?date|date of birth|birthplace|zodiac|star sign)\b"
    ),
    "family or relationships": (
        r"\b(married|husband|wife|spouse|divorced|single|girlfriend|boyfriend|dating|"
        r"(?:^|(?:have|has|having|had|get|got|any|many|her|his|their|your|with) (?:\w+ )?)"
        r"(?:kids?|child(?:ren)?)|sons?|daughters?|pregnan\w+|siblings?|brothers?|sisters?(?! in)|"
        r"parents?|mother(?! tongue)|(?:her|his|their|your) (?:family|partner|mum|mom|dad))\b"
    ),
    "religion or politics": (
        r"\b(religio\w+|religion|faith|church|muslim|christian|jewish|hindu|atheist|believe in god|"
        r"politic\w*|vote[sd]?|voting|party member|election|union member)\b"
    ),
    "health": (
        r"\b(health (?:problems?|issues?|condition)|illness|ill|sick|disabilit(?:y|ies)|disease|"
        r"diagnos\w+|medical (?:history|condition)|allerg(?:y|ic))\b"
    ),
    "appearance or origin": (
        r"\b(how tall|weigh[st]?|eye colou?r|hair colou?r|ethnicity|race|nationality|citizenship|"
        r"citizen|sexual\w*|gay|gender|zodiac)\b"
    ),
    "favourite things": (
        r"\b(favou?rite (?:colou?r|food|film|movie|song|band|team|drink|animal|book|dish)|"
        r"(?:football|soccer|baseball|basketball|sports) (?:team|club)|pets?|dogs?|cats?|"
        r"(?:drive|drives) (?:a )?(?:car|to)|vegan|vegetarian)\b"
    ),
    "availability or plans": (
        r"\b(notice period|"
        r"(?:is|are|when|be) (?:\w+ )?available(?! (?:as|in|on|to|under|for download))|"
        r"(?:her|his|their|your|{name}) availability|^availability|relocate|"
        r"relocation|visa|work permit|"
        r"start(?:ing)? (?:date|on (?:the )?(?:first|monday|\d))|(?:could|can|when (?:could|can)) "
        r"(?:she|he|they|you|{name}) (?:start|begin|join)|willing to|open to|looking for (?:a )?"
        r"(?:new )?(?:job|work|role|position)|where will (?:she|he|they|you)|"
        r"(?:next|future) (?:job|employer|plans?|move)|in (?:five|ten|5|10) years|plans? for)\b"
    ),
}
"""What is private or nobody's business, with the words that ask for it. It is answered only where
the portfolio has those words itself."""

WORKED_WITH = frozenset(
    {
        *("religion or politics", "health", "appearance or origin", "favourite things"),
        "family or relationships",
    }
)
"""Private of somebody, and what others work with."""

OPINION = (
    r"\b(should (?:i|we) (?:hire|choose|pick|take|employ|interview)|(?:is|are) (?:she|he|they|you|"
    r"{name}) (?:the best|better than|worse than|worth|overrated|a genius|trustworthy|honest|"
    r"reliable|lazy)|would you (?:hire|recommend)|better than the (?:other|others)|who is better|"
    r"^is \w+ (?:better|worse|faster|nicer) than \w+$|rate (?:her|him|them)|"
    r"(?:the )?other candidates?|out of (?:ten|10)|good fit|right (?:person|candidate) for)\b"
)

WORLD = (
    r"^(?:what|who|where|when) (?:is|are|was|were) the (?:capital|president|population|currency|"
    r"prime minister|king|queen|weather|time|meaning|difference|square|distance|price|tallest|"
    r"highest|largest|biggest|longest|fastest) (?:of|in|on|at|between|root)\b|"
    r"\b(?:rain|snow|weather|forecast) (?:in|tomorrow|today|tonight)|"
    r"\bwill it (?:rain|snow)|^how (?:to|(?:do|can|should|would) (?:i|we|one))\b|"
    r"^(?:can|could|may|should|shall|must|am) (?:i|we)\b|"
    r"\b(?:(?:an?|another|some) (?:\w+ )?(?:joke|poem|song|haiku|story)|"
    r"recipe|translate|lottery|horoscope|stock price|exchange rate|bitcoin)\b|"
    r"^what time|^when does the next|^when is the next|^(?:what|how much) (?:does|do|is) an? \w+ "
    r"(?:of \w+ )?cost|\bmy own\b|^(?:solve|calculate|compute|convert|translate|"
    r"summari[sz]e this)\b|"
    r"^(?:what|how much) is \d|^who (?:won|invented|discovered|wrote|painted) (?!.*\b(?:you|she|he|"
    r"they)\b)"
)

NOW = r"\b(?:now|nowadays|today|these days|still|currently|at the moment|by now)\b"
"""A pattern: asks or tells of the present."""
