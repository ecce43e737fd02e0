"""The words of questions about one project, as data."""

from ..language.words import family

TEAM = (
    r"\b(?:how many (?:people|persons|developers|engineers|colleagues|of you|others|members)"
    r"(?: (?:were|was|worked|work|are|on|did|in|there|involved|built))*|team size|size of the team|"
    r"how (?:big|large|small) .*\b(?:team|crew|group)|"
    r"(?:big|large|small) a team|alone|on (?:her|his|your|their) own|by (?:her|him|your|them)self|"
    r"team or|one[ -](?:man|woman|person)|how many folks|(?:who|anyone|anybody) else|"
    r"solo|single-handed\w*|was it a team|team)\b"
)
ROLE = (
    r"\b(?:role|responsib\w+|position|part (?:did|in)|own part|function|capacity|in charge|"
    r"(?:running|leading|led|ran) it|contributor|(?:her|his|their|your) (?:part|share|"
    r"contribution))\b"
)
STACK = (
    r"\b(?:tech(?:nical|nology)? ?stack|stack|technolog(?:y|ies)|technical(?:ly)?|tools?|tech|"
    r"built (?:with|in|on|using)|made (?:with|of|in)|written in|programming languages?|"
    r"what (?:did|do|does|was|is|has) (?:\w+ )?(?:use|used)|languages|frameworks?)\b"
)
STATUS = (
    r"\b(?:still|status|finished|complete(?:d)?|ongoing|in use|alive|dead|defunct|dormant|"
    r"maintained|active|running|live|in production|on hold|archived|abandoned|discontinued|over|"
    r"cancell?ed|stopped|(?:being|still) planned|"
    r"done|in progress)\b"
)
LINK = (
    r"\b(?:source|free software|repo(?:sitory)?|code|github|gitlab|open[ -]?source[d]?|link|url|"
    r"website|site|demo|"
    r"documentation|docs|see it|try it|public(?:ly)?|download|find it|available)\b"
)
OPEN = r"\b(?:open[ -]?source[d]?|public|source|code|repo(?:sitory)?|free software)\b"
WHEN = (
    r"\b(?:when|since when|which year|what year|from when|dates?|until|how recent|begin|began|"
    r"started?|finish(?:ed)?|end(?:ed)?|period|timeframe|time frame)\b"
)
HOW_LONG = (
    r"\bhow long\b|\b(?:length|duration) of\b|\bhow many (?:years|months|weeks)\b|\bhow much time\b"
)
FOR_WHOM = (
    r"\b(?:for whom|who was it for|which (?:client|company|employer)|client|customer|who "
    r"for|behalf)\b"
)
WHAT = (
    r"^(?:what (?:is|was|does|did|are|were)|tell me|describe|explain|more|about|and)\b|"
    r"\babout\b|\bwhat is\b"
)
IS_IT = r"(?:and )?(?:is|was|has|are|does) (?!there)"
WORDS = family(
    """
    project projects team size people person persons developers engineers colleagues members work
    worked working big large small alone own themself herself himself yourself solo else role
    responsible responsibility responsibilities position part function capacity charge play tech
    technology technologies technical stack tool tools built build make made write written
    programming language languages framework frameworks use used using status finished finish
    complete completed ongoing alive dead defunct dormant maintained maintain active running run
    live production hold archived abandoned over done progress source repo repository code github
    gitlab open link url website site demo documentation docs see try public publicly download find
    available year date dates until recent begin began start started end ended period long many
    years months weeks client customer company employer behalf tell describe explain more about
    exactly involved
    there behind people just was when where what time first involve kind everyone anyone still
    today nowadays own contributor contribution share leading lead led folks man woman show one just
    crew group going dead shipped free software
    around existed exist exists age
    cancelled canceled stopped planned being read github gitlab
    now which how her his their your anybody look works actually last take took place happen
    """
)
