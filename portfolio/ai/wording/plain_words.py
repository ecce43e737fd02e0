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
