"""Words by what they do in a sentence that words evidence; stems are those of the search."""

from portfolio.ai.lexical import stem


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPENERS = _words(
    """
    a according across additionally after all also although among an and as at because before
    besides between both built but by contributed created currently designed developed during
    each earlier experience for from furthermore had has have he her his i in including is it
    its later made maintained moreover no not on other over previously projects she since skills
    some that the their there these they this those through to today under until used using was
    were when where while with within without work worked works writes written wrote yes
    """
)
"""What may begin a sentence with a capital without being a name."""
NEUTRAL = frozenset(
    stem(word)
    for word in _words(
        """
        according additionally also both contribute contributed contributes currently describe
        described describes did didn doesn don during each experience experienced hasn have haven
        include included includes including isn list listed lists made make makes mention
        mentioned mentions month months one other person portfolio project projects say says skill
        skills state stated states t through use used uses using via wasn weren while within work
        worked working works year years
        """
    )
)
"""What a wording may add, for it claims nothing by itself."""
WEIGHTY = frozenset(
    stem(word)
    for word in _words(
        """
        advanced all alone always architect architected award awarded bachelor best ceo certified
        certificate chief co-founded cto degree deep director doctor doctorate entire every expert
        expertise extensive extensively first fluent founded founder graduate graduated head
        invented inventor lead leader leading led manage managed manager managing master mastered
        most native only owner owned owns patent phd pioneered principal prize professional
        proficient proven rewarded senior sole solely staff strong supervised top won world
        """
    )
)
"""What must never be added, however much else is right."""
LINKING = _words(
    "afterwards former hence it its itself latter same such that then thereby there therefore"
    " these this those thus"
)
"""What speaks of the sentence before."""
GENDERED = {
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
}
PREPOSITIONS = _words("""
    against as at before after between by during for from in into on onto out over since through
    to towards under until using via with within without
    """)
JOINING = _words("and or")
DIVIDING = _words("""
    after against although because before but except if instead neither never no nor not only
    rather than that though till unless until what when where which while who whom whose without
    """)
"""What is left out must hold none of these: it would change whose or which claim this is."""
LEADING = _words("every each per")
ALIKE = _words("in on with using")
TURNING = _words("""
    agre argu chang compar compet exchang migrat mov port replac rewrit substitut swap switch
    translat work
    """)
"""With these, "in" and "with" are not the same."""
BEARING = frozenset(map(stem, ("use", "used", "using", "work", "worked", "works")))
"""What may be said instead of no verb at all."""
ROLES = _words("""
    administrator analyst architect assistant consultant designer developer director engineer head
    intern lead manager officer programmer researcher scientist specialist teacher technician
    """)
SPEAKERS = _words("i we my our")
DEEDS = _words("""
    brought built chose cut drew found gave grew held kept led left made met paid put ran rebuilt
    rewrote sent set sold spoke spent taught took won wrote
    """)
"""Verbs of the past without "-ed": a clause that begins with one is about the person."""
MEASURING = frozenset({"of", "year", "month", "week", "day", "experienc", "in", "with", "+"})
