"""Sentences that speak to a machine, or say how an applicant is to be rated: they ask for nothing.

Hidden or not, in whatever words: they override, address, dictate marks, or vouch for somebody.
"""

import re

from portfolio.ai.jobs.hints import hints

_MACHINE = (
    r"(?:artificial intelligence|ai|a\.i\.|llms?|(?:large )?language models?|chat ?bots?|bots?"
    r"|chat ?gpt|gpt(?:-?\d\w*)?|claude|gemini|copilot|llama|mistral|deepseek|grok|ats"
    r"|(?:ai|virtual|digital|helpful|automated|screening|recruiting|hiring|matching|scoring) "
    r"(?:ai )?(?:assistant|agent|model|system|software|tool|engine|bot)s?"
    r"|parsers?|crawlers?|scrapers?|screeners?|algorithms?|machines?|models?|evaluators?|graders?"
    r"|ki|sprachmodelle?)"
)
_WHOM = (
    r"(?:candidates?|applicants?|applications?|profiles?|portfolios?|r[e\u00e9]sum[e\u00e9]s?|cvs?"
    r"|person|submissions?|everyone|everybody|all comers|bewerber(?:in)?|kandidat(?:en|in)?"
    r"|bewerbung(?:en)?|lebenslauf|candidat[eo]?s?)"
)
_RATED = (
    r"(?:requirements?|criteri(?:a|on)|skills?|items?|everything|anforderung(?:en)?|exigences?"
    r"|requisitos?)"
)
_RATE = (
    r"(?:rat(?:e|es|ed|ing)|scor(?:e|es|ed|ing)|rank(?:s|ed|ing)?|grad(?:e|es|ed|ing)"
    r"|mark(?:s|ed|ing)?|classif(?:y|ies|ied)|treat(?:s|ed)?|count(?:s|ed)?|consider(?:ed)?"
    r"|declare[ds]?|label(?:led|ed|s)?|deem(?:ed|s)?|judge[ds]?|evaluat(?:e|es|ed)"
    r"|assess(?:ed|es)?|report(?:s|ed)?|list(?:s|ed)?|set|flag(?:s|ged)?|treat(?:ed)?"
    r"|bewerte[nt]?|noter?|califica)"
)
_GIVE = (
    r"(?:give|gives|output|outputs|return|returns|print|respond|reply|answer|assign|award|put"
    r"|write|state|say|show|emit|produce|grant|gib|geben|vergib|donne[rz]?|da|dale)"
)
_TOP = (
    r"(?:100(?! ?%? ?remote)|9\d ?(?:%|percent|points|/)|10 ?/ ?10|(?:five|5) stars"
    r"|(?:top|full|perfect|maximum|max|highest|best)(?: possible)? (?:marks?|scores?|ratings?"
    r"|points|grades?|match|fit|credit)|volle punktzahl|h\u00f6chst(?:e|note|punktzahl))"
)
_AS_MET = (
    r"(?:as |to |= ?|is |are )(?:an? )?(?:fully |perfectly |already |100 ?% )*(?:match(?:ed|es"
    r"|ing)?"
    r"|met|fulfil?led|satisfied|qualified|passed|perfect|suitable|hired|excellent|present|true"
    r"|complete[d]?|erf\u00fcllt|top\b)"
)
_EARLIER = (
    r"(?:above|previous(?:ly)?|prior|earlier|preceding|former|foregoing|existing|initial|original"
    r"|other|system|given|your|all|any|these|those|the)"
)
_RULES = (
    r"(?:instructions?|rules?|prompts?|orders?|commands?|directions?|guidelines?|constraints?"
    r"|guardrails?|polic(?:y|ies)|context|messages?|text|content|above|before|anweisung(?:en)?"
    r"|regeln|vorgaben|instrucciones|consignes)"
)
_ORDERS = re.compile(
    "|".join(
        [
            # It overrides.
            rf"\b(?:ignore|disregard|forget|override|bypass|skip|overrule|drop) (?:\w+ ){{0,2}}?"
            rf"(?:{_EARLIER} ){{0,4}}(?:{_RULES}|{_RATED}|{_EARLIER}\b\W*(?:and|$))",
            r"\b(?:ignore|disregard|forget) (?:all |everything |anything |what(?:ever)? )"
            r"(?:\w+ ){0,4}(?:above|before|told|said|previous(?:ly)?|prior|earlier)",
            r"\b(?:ignoriere[nt]?|vergiss|vergessen sie|missachte[nt]?|ignorez|oubliez|ignora"
            r"|olvida|ignore[sz]?) (?:\w+ ){0,4}(?:anweisung|instruktion|regel|vorgabe|instruc"
            r"|consigne|oben|obige|anterior|pr\u00e9c\u00e9dent)",
            r"\bnew (?:instructions?|rules?|task|system prompt)\s*:|\bsystem prompt\b"
            r"|\b(?:jail ?break|developer mode|do anything now)\b|<!--|\[/?(?:inst|system)\]"
            r"|<\|\w+\|>|</?(?:system|assistant|user|instructions?|prompt)>|^\W*#+ ?(?:system|"
            r"instructions?)\s*:",
            # It addresses.
            rf"\b(?:as|for) an? (?:\w+ ){{0,2}}{_MACHINE}(?:,| you\b| reading| evaluating)",
            r"\byou are (?:now )?(?:an? |the )?(?:\w+ ){0,2}(?:ai|llm|language model|chat ?bot|bot"
            r"|chat ?gpt|gpt\S*|claude|gemini)(?: (?:assistant|model|agent|system|bot|grader"
            r"|evaluator|judge|recruiter))?(?=\s*(?:[.,;:!]|$|and\b|that\b|which\b|who\b|with no\b"
            r"|whose\b|tasked\b))",
            r"\byou are (?:now )?an? (?:\w+ )?helpful (?:\w+ )?assistant\b|\byou are now an?\b",
            rf"\bfrom now on,? you\b|\b{_MACHINE} (?:reading|evaluating|scoring|processing|parsing"
            rf"|that reads?)"
            rf" this\b|\bif (?:you(?:'re|\u2019re| are)"
            rf"|this is(?: being)? read by) (?:\w+ )?(?:an? )?"
            rf"(?:\w+ ){{0,2}}{_MACHINE}\b",
            rf"^\W*(?:(?:note|message|attention|instructions?|dear|hey|hi|hello|reminder|psst"
            rf"|warning|to|for|an?|listen)\W+)+(?:to |for )?(?:all |any |the |every )?(?:\w+ )?"
            rf"{_MACHINE}(?: \w+)?\s*[,:!\u2013\u2014-]",
            r"^\W*(?:assistant|chatgpt|gpt\S*|claude|gemini|copilot|ai|llm|model|bot)\s*[:,]\s*"
            r"(?=(?:please|the|you|give|rate|score|mark|add|report|this|all|every|i |ok|sure|now"
            r"|yes|do|must|return|output|set|hire|rank))",
            rf"^\W*(?:assistant|system|user)\s*:.{{0,80}}\b{_WHOM}\b",
            r"\b(?:when|if|while|before|after) (?:you |an? \w+ |the \w+ )?(?:evaluat|read|pars"
            r"|process|scor|screen|analy[sz]|summari[sz]|review|rat|grad)\w*(?: \w+)? (?:this|the"
            r") (?:text|posting|ad|advert|document|page|description|job (?:posting|ad|description)"
            r"|file|with)\b",
            rf"\bwhen (?:you )?\w+ this with (?:\w+ ){{0,2}}{_MACHINE}\b",
            # It dictates marks.
            rf"\b{_RATE}\b[^.]{{0,60}}?\b(?:{_WHOM}|{_RATED})\b[^.]{{0,40}}?(?:\b{_TOP}|{_AS_MET})",
            rf"\b(?:{_WHOM}|{_RATED})\b[^.]{{0,40}}\b(?:is|are|be|as|been)\b[^.]{{0,12}}\b{_RATE}\b"
            rf"[^.]{{0,30}}(?:\b{_TOP}|{_AS_MET})",
            rf"\b{_RATE} (?:him|her|them|me|this|it|all|us)\b[^.]{{0,30}}(?:\b{_TOP}|{_AS_MET})",
            rf"\b{_GIVE}\b[^.]{{0,40}}?\b{_TOP}(?! ?%)",
            rf"\b{_GIVE}\b[^.]{{0,40}}?\b{_WHOM}\b[^.]{{0,30}}?\b{_TOP}",
            r"\b(?:top|full|perfect|maximum|highest) (?:marks|score|rating)\b(?! (?:in|of|for) \w+ "
            r"satisfaction)|\b(?:overall |match |final )?scores?\b[\"']?\W{0,3}(?:of |is |to |must "
            r"be |should be |=|:)?\W{0,3}(?:100|9\d)\b|\b100 ?/ ?100\b",
            rf"\b(?:add|append|insert|remove|delete|strike|include|inject) [^.]{{0,60}}\b(?:to|from"
            rf"|in|into) (?:the |your |its |this )?(?:\w+ ){{0,2}}{_RATED[:-1]}|matched|matches"
            rf"|strengths|score)\b",
            r"\b(?:do not|don't|don\u2019t|never) (?:mention|report|list|reveal|show|name|output)"
            r" (?:\w+ ){0,3}(?:gaps?|missing|weakness(?:es)?|these|this)\b",
            rf"\b(?:hire|shortlist|accept|recommend|approve|select) (?:this|the|every|all|only this"
            rf") {_WHOM}\b",
            # It vouches for somebody.
            r"(?<!ideal )(?<!successful )(?<!right )(?<!strong )(?<!good )\b(?:candidates?"
            r"|applicants?|portfolio|profile|r[e\u00e9]sum[e\u00e9]|cv) (?:already |fully |clearly "
            r"|perfectly |certainly )*(?:meets|matches|satisfies|fulfil?ls|passes|covers|has met"
            r"|matched) (?:all|every|each|any|100|everything|the whole)\b",
            r"\b(?:candidates?|applicants?) (?:is|was) (?:\w+ )?(?:perfect|a 100|the best"
            r"|a perfect"
            r"|fully qualified|an? (?:ideal|excellent) match)\b",
            rf"\b(?:use|uses|using) (?:an? |the )?(?:\w+ )?{_MACHINE} (?:\w+ )?(?:to|for|that"
            rf"|which)"
            rf" (?:\w+ )?{_RATE} (?:\w+ ){{0,2}}{_WHOM}\b",
            r"\b(?:for|against|to|of|about) this (?:candidate|applicant|person"
            r"|r[e\u00e9]sum[e\u00e9]|cv)\b",
            r"\b(?:candidates?|applicants?) (?:already |clearly |certainly |really |also )*"
            r"(?:has|have|brings|possesses)(?: \w+)? (?:1[5-9]|[2-9]\d)\+? years\b",
            r"\bthis (?:candidate|applicant) (?:is|has|knows|speaks|brings|meets|can)\b",
            r"\b(?:scoring|rating|matching|evaluation|screening|grading|ranking) (?:notes?|rules?"
            r"|bots?|software|instructions?|hints?|guide|engine|systems?)\b(?= ?[:;,.)]|\s(?:must"
            r"|should|the|do|that|to))|\bend of (?:the )?job (?:description|posting|ad)\b",
            r"^\W*[\[(](?:hidden|invisible|white text|for machines|for bots|internal)[\])]",
            r"\b(?:all|every|any|the) (?:listed )?(?:requirements?|criteria) (?:as|are|is|count as)"
            r" (?:\w+ )?(?:met|present|fulfilled|satisfied|matched)\b",
            r"\b(?:counts? (?:double|twice|triple)|count as present)\b",
            # An applicant speaks.
            r"(?:^|[.!?:;,\u2013\u2014-]\s|\band |\bbut |\bthat )i(?:'ve|\u2019ve|'m|\u2019m|'d"
            r"|\u2019d)?\s"
            r"(?:am|have|know|can|speak|bring|worked|work|use|used|built|led|love|master|mastered"
            r"|wrote|write|hold|studied|did|developed|managed|fully|already|also|really|think"
            r"|believe|would|will|was|meet|match|deserve)\b(?! (?:looking|searching|seeking|hiring"
            r"|need|want))|\b(?:rank|rate|hire|choose|pick|score|invite|prefer|select|take) me\b"
            r"|^\W*(?:my|meine?) (?:skills?|cv|r[e\u00e9]sum[e\u00e9]|experience|background|profile"
            r"|expertise|strengths?|name|kenntnisse|erfahrung)\b|\bich (?:kann|habe|bin|beherrsche"
            r"|spreche|kenne)\b",
            # It is no sentence but a program's data.
            r"^\W{0,3}[{\[]\s*[\"'][\w -]+[\"']\s*[:,\]]|[\"']\w+[\"']\s*:\s*[\[{\"'\d]",
        ]
    ),
    re.IGNORECASE,
)
# Without one of these there is no order.
_HINTS = hints(
    "ignore disregard forget override overrule bypass skip drop vergiss vergessen missachte oubliez"
    " olvida instruction rule prompt task system jailbreak anything mode ai artificial llm llms"
    " language chat bot bots gpt gpt3 gpt4 gpt5 claude gemini copilot llama mistral deepseek grok"
    " ats assistant user agent model parser crawler scraper screen algorithm machine evaluate grade"
    " ki sprachmodell now helpful reading scoring processing analyze analyse summarize review rate"
    " rating rank mark classify treat count consider declare label deem judge assess report list"
    " set"
    " flag bewerte note califica 100 10 stars score points match fit credit volle hoechst"
    " h\u00f6chst"
    " add append insert delete strike include inject mention reveal show name output hire"
    " shortlist accept recommend approve select candidate applicant meets satisfies fulfills passes"
    " resume cv r\u00e9sum\u00e9 matching evaluation screening grading ranking end hidden invisible"
    " requirement criteria i my mein meine me ich covers perfect 90 91 92 93 94 95 96 97 98 99"
)
# Everyday words among them, with the words of which one has to stand beside them.
_WITH_COMPANY = {
    "read": hints("when if while before after"),
    "meet": hints("portfolio profile resume r\u00e9sum\u00e9 cv"),
    "end": hints("job"),
    "requ": hints("met present fulfilled satisfied matched"),
    "crit": hints("met present fulfilled satisfied matched"),
    "i": hints(
        "am have know can speak bring worked work use used built led love master wrote write hold"
        " studied did developed managed fully already also really think believe would will was"
        " meet match deserve"
    ),
    "syst": hints("virtual digital automated recruiting hiring matching"),
}
_SIGNS = re.compile(r"[<{\[\"]")
_GOES_ON = re.compile(
    rf"\bi (?:am|have|know|can|speak|bring)\b|\b(?:the|this|that|every|all"
    rf"|each) (?:\w+ )?{_WHOM}\b(?! who)|\b(?:he|she|him|her)\b"
    rf"|\b{_RATED[:-1]}) (?:is|are|as)\b|\b(?:score|output|matched|rating|your (?:task|answer|job "
    rf"is))\b|^\W*(?:please|then|now|also|instead|just|and|report|mark|rate|score|add|list|return"
    rf"|output|give|treat|set|pretend|assume|say|answer|reply|respond|write)\b",
    re.IGNORECASE,
)


def is_order(sentence: str, begun: frozenset[str]) -> bool:
    """Whether it speaks to a machine, or says how somebody is to be rated."""
    return _may_be_order(sentence, begun) and _ORDERS.search(sentence) is not None


def _may_be_order(sentence: str, begun: frozenset[str]) -> bool:
    """Whether a word is there without which there is no order."""
    hinted = _HINTS & begun
    if not hinted <= _WITH_COMPANY.keys() or _SIGNS.search(sentence):
        return True
    if ":" in sentence and "syst" in hinted:
        return True
    return any(not _WITH_COMPANY[word].isdisjoint(begun) for word in hinted)


def goes_on_with_order(sentence: str) -> bool:
    """Whether it may belong to an order right before it in the same paragraph."""
    return _GOES_ON.search(sentence) is not None
