"""Words that say which way a figure went or stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from xlkpi.prose.arrows import DOWN, UP
from xlkpi.prose.mentions.kinds import Direction, Way
from xlkpi.prose.sentences import Part
from xlkpi.prose.stacks import SPAN

#: ``for the third quarter``, ``for four quarters``: how long something has gone on.
_FOR_LONG = (
    r"(?=\s+(?:now\s+)?(?:for|over|in)\s+(?:the\s+)?(?:last\s+)?\w+\s+(?:successive\s+|consecutive\s+)?quarters?\b)"
)
_GONE = (
    r"(?:gone|went|going|come|came|coming)\s+{}(?=\s+(?:by|from|to|on|again|slightly|sharply|significantly|considerably|markedly|steadily|over|in|since|for)\b|\s*[.,;]"
    r"|\s+\w+\s+(?:quarters?|times)\b)"
)
#: Verbs in the past or finished tense, and nouns: a movement. Infinitives (``to reduce``) are intentions, not claims.
_MOVED = {
    Way.UP: (
        r"rose|risen|rises|increased|increases|grew|grown|climbed|climbs|" + _GONE.format("up")
        + r"|(?:is|are)\s+up" + _FOR_LONG + r"|(?:rising|increasing|growing|climbing)" + _FOR_LONG
        + r"|surged|jumped|soared|expanded|leapt|leaped|swelled|swollen|spiked|(?:crept|edged|shot|inched|nudged)\s+up"
        r"|(?:an?|the|no|further|this|recent|slight|small|marked|significant|sharp"
        r"|overall)\s+(?:\w+\s+)?(?:increase|rise|growth|upturn)"
        r"|(?:is|are|was|were|been|also|now|remains?|and|slightly|further)\s+up(?!\s+to\s+date\b)(?=\s+(?:by|from|on|again"
        r"|slightly|sharply|to|over|at|compared|[0-9]))|up\s+(?=by\b|from\b|[0-9])|up(?=\s+(?:on|qoq"
        r"|yoy)\b)"
        r"|(?:a|an|the|been|is|are|was|were|keeps?|kept|steadily|rapidly)\s+(?:increasing|rising|growing)"
        r"|(?:increase|rise)(?=\s+(?:of|on|from|in\s+(?:the\s+)?(?:number|rate|proportion|percentage|referral"
        r"|contact|children)))"
    ),
    Way.DOWN: (
        r"(?:is|are)\s+down" + _FOR_LONG + r"|(?:falling|decreasing|declining|dropping|reducing)" + _FOR_LONG
        + r"|fell|fallen|falls|decreased|decreases|declined|declines|dropped|drops|reduced|reduces|shrank"
        r"|shrunk|dipped|plunged|tumbled|slid|slumped|sunk|halved|(?:was|were|been|is|are)\s+cut(?=\s+(?:by|from|to)\b)|(?:crept|edged|inched)\s+down|"
        + _GONE.format("down") + r"|lowered|lessened"
        r"|(?:an?|the|no|further|this|recent|slight|small|marked|significant|sharp"
        r"|overall)\s+(?:\w+\s+)?(?:decrease|reduction|fall|drop|decline|dip|downturn)"
        r"|(?:is|are|was|were|been|also|now|remains?|and|slightly|further)\s+down(?!\s+to\s+date\b)(?=\s+(?:by|from|on|again"
        r"|slightly|sharply|to|over|at|compared|[0-9]))|down\s+(?=by\b|from\b|[0-9])|down(?=\s+(?:on|qoq"
        r"|yoy)\b)"
        r"|(?:a|an|the|been|is|are|was|were|keeps?|kept|steadily|rapidly)\s+(?:decreasing|reducing|falling"
        r"|declining|dropping)|(?:reduction|decrease|fall|drop)(?=\s+(?:of|on|from|in\s+(?:the\s+)?(?:number|rate"
        r"|proportion|percentage|referral|contact|children)))"
    ),
    Way.BETTER: (
        r"improved|(?:an?|no|the|further|this|continuing|continued|slight|small|marked|significant|overall)\s+improvement|(?:is|are|was"
        r"|were|been)\s+improving|strengthened|recovered"
    ),
    Way.WORSE: (
        r"worsened|deteriorated|slipped|(?:an?|the|further|this|slight|small|marked|significant)\s+(?:deterioration"
        r"|worsening)|(?:is|are|been)\s+(?:worsening|deteriorating)"
    ),
    Way.SAME: (
        r"(?:remain(?:s|ed)?|is|are|was|were|stay(?:s|ed)?|been|h[oe]lds?|kept)\s+(?:largely\s+|broadly\s+|relatively\s+"
        r"|very\s+)?(?:unchanged|stable|static|steady|constant|level|flat|similar|consistent|the\s+same)"
        r"|the\s+same(?:\s+(?:number|rate|level|share|proportion|percentage|figure))?\s+as(?=\s+(?:in\s+|at\s+)?(?:the\s+)?(?:last"
        r"|previous|same|quarter|a\s+year|this\s+time)\b)|unchanged|no\s+change|plateaued|(?:broadly\s+|largely\s+)?in\s+line\s+with\s+(?=the\s+(?:last"
        r"|previous|same)|last|previous)"
    ),
}  # fmt: skip
#: What is only set against what was expected has not moved for that.
_MEANT = r"(?:expected|hoped|planned|forecast|anticipated|predicted|intended)"
#: What something is compared with that was another time.
_ANOTHER_TIME = (
    r"(?:last|previous|preceding|prior|earlier|before|previously|ago|same\s+\w+|(?:this|that)\s+time|year|quarter|month|q[1-4]|qtr"
    r"|start|beginning|end|baseline|mid-year|year-end|(?:19|20)[0-9]{2}\S*|[0-9]{2}/[0-9]{2}|[0-9]{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[a-z]+"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|it\s+(?:was|had)|they\s+(?:were|had)"
    r"|[0-9][0-9,.]*%?)"
)
#: ``longer than the 21 days agreed``
_ASKED = (
    r"(?:(?:that\s+)?(?:we|was|were|is|had|been)\s+){0,3}(?:agreed|allowed|required|promised|asked|expected|planned)"
)
_THAN = (
    rf"than\b(?!\s+(?:we\s+|(?:was|were|had\s+been|is)\s+)?(?:could|would|usual|normal|{_MEANT})\b"
    rf"|\s+(?:the|our|its|a)\s+(?:[a-z0-9/-]+\s+){{0,2}}?(?:target|tolerance)\b|\s+(?:the|our|its)\s+[0-9][0-9.,]*%?\s+(?:[a-z]+\s+)?{_ASKED}\b|\s+(?:that|this)\s*[.,;]|\s+(?:in\s+)?any\b)(?=(?:\s+[\w'%-]+){{0,8}}?\s+\(?{_ANOTHER_TIME}\b|\s*$)"
)
#: ``lower in comparison to the same period last year``
_SET_AGAINST = (
    rf"\s+(?:when\s+)?(?:in\s+comparison|compared)\s+(?:to|with)\s+(?:that\s+(?:of|in)\s+)?(?:the\s+)?{_ANOTHER_TIME}\b"
)
#: ``(approvals exceed) those of the same point last year``
_THAT_OF = (
    r"(?:that|those|the\s+(?:number|figure|level|rate|total))\s+(?:of|in|for|at)\s+(?:the\s+)?"
    r"(?:last|same|previous|preceding)\b"
)
#: ``no quarter has been higher``, ``never better``
_NEVER = r"(?:no\s+(?:other\s+)?quarter\b[^.;:,]{{0,30}}?\bbeen|never(?:\s+been)?)\s+{}\b(?!\s+than)"
_BEST_OF = (
    r"(?=\s+(?:performance|result|figure|rate|outturn|position|level|quarter|ever|since|yet|so\s+far|on\s+record|in\s+the\s+series"
    r"|we\s+(?:hold|have)|recorded))"
)
_COMPARED = {
    Way.UP: (
        rf"(?:slightly\s+|much\s+|significantly\s+)?(?:higher|greater|more|larger|longer)(?=\s+(?:qoq|yoy)\b|{_SET_AGAINST}"
        rf"|\s+(?:[\w'-]+\s+){{0,10}}?{_THAN})|above(?=\s+(?:the\s+)?(?:last|previous|same|preceding|prior|year))"
        rf"|exceed(?:s|ed)?(?=\s+{_THAT_OF})"
    ),
    Way.DOWN: (
        rf"(?:slightly\s+|much\s+|significantly\s+)?(?:lower|fewer|less|smaller|shorter)(?=\s+(?:qoq|yoy)\b|{_SET_AGAINST}"
        rf"|\s+(?:[\w'-]+\s+){{0,10}}?{_THAN})|below(?=\s+(?:the\s+)?(?:last|previous|same|preceding|prior|year))"
    ),
    Way.BETTER: rf"(?:slightly\s+|much\s+|significantly\s+)?better(?=\s+{_THAN}|\s+(?:qoq|yoy)\b)",
    Way.WORSE: rf"(?:slightly\s+|much\s+|significantly\s+)?(?:worse|poorer)(?=\s+{_THAN}|\s+(?:qoq|yoy)\b)",
    Way.HIGHEST: (
        _NEVER.format("(?:higher|longer|larger|bigger)") + r"|"
        r"highest|peaked|record\s+high|all[\s-]time\s+high|the\s+(?:largest|most)\b(?=\s+(?:\w+\s+){0,4}(?:ever"
        r"|since|on\s+record|recorded))|(?:a|at\s+its)\s+peak|the\s+peak"
    ),
    Way.LOWEST: _NEVER.format("(?:lower|shorter|smaller)")
    + r"|lowest|record\s+low|all[\s-]time\s+low|the\s+(?:smallest|fewest)",
    Way.BEST: _NEVER.format("(?:better|quicker|faster)") + r"|\bbest" + _BEST_OF,
    Way.WORST: _NEVER.format("(?:worse|slower|poorer)") + r"|\bworst" + _BEST_OF,
}  # fmt: skip
#: ``Fewer young people were in a foster placement``: said of what stands behind it, against a time that is left open.
_STANDING = (
    r"(?:slightly\s+|far\s+)?{}(?=\s+[a-z][^.;:,]{{2,60}}?\s"
    r"(?:were|was|had|have|has|are|is|came|went|left|entered|started|became|received|reached|took|moved|lived|joined)\b)"
)
_BARE = {Way.UP: _STANDING.format("more"), Way.DOWN: _STANDING.format("fewer")}
#: Before it: a number of which it is said, or what makes it no claim.
_NOT_BARE = re.compile(
    r"(?:(?<!\b19[0-9])(?<!\b20[0-9])[0-9%)]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|no|any|the|even|if|that|need\w*|ensur\w+|see|with|many|much|some|by|or|once|what"
    r"|require\w*|far|few|points?|cent|of|for|and|these|those))\s*$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"[^.;:,]{0,80}\b(?:would|could|will|should|(?-i:may)|might|can|must|than|needs?|to\s+be)\b", re.IGNORECASE
)
#: After ``continued to`` and ``has begun to`` an infinitive tells what happened.
_INFINITIVES = {
    Way.UP: r"increase|rise|grow|climb",
    Way.DOWN: r"reduce|fall|decrease|decline|drop",
    Way.BETTER: r"improve",
    Way.WORSE: r"worsen|deteriorate",
}
#: After ``carried on`` and ``kept``.
_GERUNDS = {
    Way.UP: r"increasing|rising|growing|climbing",
    Way.DOWN: r"reducing|falling|decreasing|declining|dropping",
    Way.BETTER: r"improving",
    Way.WORSE: r"worsening|deteriorating",
}
_ARROWS = dict.fromkeys(UP, Way.UP) | dict.fromkeys(DOWN, Way.DOWN)
_GROUPS: dict[str, tuple[Way, bool]] = {}


def _compiled() -> re.Pattern[str]:
    parts = []
    for told, words in ((False, _MOVED), (True, _COMPARED)):
        for way, pattern in words.items():
            name = f"{way.name.lower()}_{'compared' if told else 'moved'}"
            _GROUPS[name] = way, told
            parts.append(f"(?P<{name}>{pattern})")
    for way, pattern in _BARE.items():
        name = f"{way.name.lower()}_bare"
        _GROUPS[name] = way, True
        parts.append(f"(?P<{name}>{pattern})")
    for way, pattern in _INFINITIVES.items():
        name = f"{way.name.lower()}_went"
        _GROUPS[name] = way, False
        parts.append(
            f"(?P<{name}>(?:continue[sd]?|began|begun|start(?:s|ed)|did|does|do"
            f"|not)\\s+(?:to\\s+)?(?:{pattern})|continuing\\s+to\\s+(?:{pattern})"
            f"|(?:carr(?:ied|ies)|went|gone|goes|kept|keeps)\\s+(?:on\\s+)?(?:{_GERUNDS[way]}))"
        )
    return re.compile(rf"(?P<arrow>[{''.join(_ARROWS)}])|(?<![\w-])(?:{'|'.join(parts)})\b", re.IGNORECASE)


_DIRECTION = _compiled()
_NOT = re.compile(r"\b(?:not|n't|never|without|no\s+longer|neither|nor)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NOT_INSIDE = re.compile(r"\bnot\b", re.IGNORECASE)
_NO_SUCH = re.compile(r"no\s", re.IGNORECASE)
_ON = re.compile(
    r"\b(?:continue[sd]?|continuing|continued|carr(?:ied|ies)\s+on|(?:went|gone|goes)\s+on|kept|keeps|again|further|still)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:will|would|could|should|(?-i:may)|might|can|must|(?<!ceasing\s)(?<!ceased\s)to\s+be|aim(?:s|ed)?\s+to|plan(?:s|ned)?\s+to"
    r"|expect(?:s|ed)?\s+to|if|to\s+ensure|need(?:s|ed)?\s+to)"
    r"\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|would|could|(?-i:may)|might|should|can|must)\b", re.IGNORECASE)
#: ``more than one reason`` counts, and compares nothing; ``waits that were longer than 7 days`` names a limit.
_COUNTS = re.compile(
    r"\s+than\s+(?:one|two|three|half|once|twice|enough|[0-9][0-9,.]*\s+(?:miles?|kilometres?|km))\b", re.IGNORECASE
)
_LIMIT = re.compile(rf"\s+than\s+[0-9]+\s+(?:{SPAN})\b", re.IGNORECASE)
_WHICH_WERE = re.compile(r"\b(?:which|that|who)\s+(?:\w+\s+){1,2}$", re.IGNORECASE)
#: ``The rate was less than 30%.`` says where it lies, and not how it went.
_BOUND = re.compile(r"\s+than\s+(?:the\s+)?[0-9][0-9,.]*\s?%?\s*(?:[.,;)](?!\d)|$|and\b|but\b)", re.IGNORECASE)
_LIES = re.compile(
    r"\b(?:is|was|were|are|remains?|remained|stands?|stood|still|well|at)\s+(?:\w+ly\s+|well\s+|still\s+)?$",
    re.IGNORECASE,
)
#: ``fell by more than 80%``, ``no fewer than six``: how rough a figure is, and no comparison.
_ROUGHLY = re.compile(r"\b(?:by|no|of|to|for|at)\s+$", re.IGNORECASE)
#: What is aimed at, feared or asked has not happened.
_SUPPOSED = re.compile(
    r"\b(?:aim|hope|hoping|hoped|expectation|ambition|goal|intention|intent|objective|risk|fear|possibility|likelihood|potential|wish|want)s?"
    r"\s+(?:\w+\s+)?(?:that|of|for|to|is\s+(?:that|to|for))\b[^.;]{0,60}$|\bplans?\s+(?:to|is\s+(?:that|to))\b[^.;]{0,60}$|\b(?:whether|unless|in\s+case|so\s+that)\s+[^.;,]{0,40}$",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"[^.;,]{0,60}?\b(?:is|are|was|were|be|being)\s+(?:now\s+|also\s+|still\s+)?(?:likely|expected|hoped\s+for|planned|forecast|anticipated"
    r"|predicted|possible|feared)\b",
    re.IGNORECASE,
)
#: Verbs of which ``up`` and ``down`` are a part: ``taken up by``, ``made up 5%``, ``signed up 12``.
_PHRASAL = re.compile(
    r"\b(?:tak\w+|took|ma[dk]e\w*|making|set\w*|pick\w*|sign\w*|step\w*|h[oe]ld\w*|back\w*|follow\w*|open\w*|buil[dt]\w*|clos\w+|shut\w*"
    r"|br(?:eak|oke)\w*|speed\w*|sped|turn\w*|bring\w*|brought|catch\w*|caught|end|ended|ending|look\w*|scal\w+|split\w*|writ\w+|wrote"
    r"|dr[ae]w\w*|clean\w*|sum\w*|st[ao]nd\w*|stood|track\w*|keep\w*|kept|us\w+|call\w*|join\w*|link\w*|lin\w+|me[et]t?\w*|show\w*"
    r"|wr[aio]p\w*|check\w*|group\w*|start\w*|put\w*|lock\w*|top\w*|g[ai]v\w+)[\s-]+$",
    re.IGNORECASE,
)
_UP_DOWN = re.compile(r"(?:up|down)\b", re.IGNORECASE)
_REACH = 40


def is_phrasal(before: str) -> bool:
    """Return whether ``up`` or ``down`` behind some words is a part of their verb, and says no movement.

    Examples:
        >>> is_phrasal("places were taken "), is_phrasal("referrals are ")
        (True, False)
    """
    return bool(_PHRASAL.search(before))


_SHORT_OF = re.compile(r"\s+(?:(?:just|only|slightly|well|far|a\s+little|marginally)\s+)?short\b", re.IGNORECASE)
#: ``a further 46 were declined``: by those to whom they were offered.
_DECLINED = re.compile(r"declined\b", re.IGNORECASE)
_TO_DO = re.compile(
    r"\s+to\s+(?!(?:under|below|about|around|just|only|less|fewer|nearly|almost|the|a|an|its|their|our)\b)[a-z]+",
    re.IGNORECASE,
)
_DIP_SAMPLE = re.compile(r"[\s-]+sampl", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|or|and|refused|children|people|families|parents|carers)\s+$", re.IGNORECASE
)
#: ``no change``, ``no quarter has been higher``: a ``no`` that says what it is.
_NEVER_NEGATED = (Way.SAME, Way.HIGHEST, Way.LOWEST, Way.BEST, Way.WORST)


def directions(flat: str, names: Sequence[Part] = ()) -> Iterator[Direction]:
    """Yield the words of a flattened text that say where something went, in order.

    Args:
        flat: The text.
        names: Of what is told, in order: the ``not`` of *NEET and not known rose* denies nothing.
    """
    for found in _DIRECTION.finditer(flat):
        name = str(found.lastgroup)
        if name == "arrow":
            yield Direction(found.start(), found.end(), _ARROWS[found[0]])
            continue
        way, compares = _GROUPS[name]
        before = flat[max(0, found.start() - _REACH) : found.start()]
        before = re.split(r"[.;:]\s", before)[-1]
        if _DECLINED.match(found[0]) and (_PASSIVE.search(before) or _TO_DO.match(flat, found.end())):
            continue
        if _DIP_SAMPLE.match(flat, found.end()):
            continue
        if name.endswith("_bare") and (_NOT_BARE.search(before) or _NOT_YET.match(flat, found.end())):
            continue
        if is_phrasal(before) and _UP_DOWN.match(found[0]):
            continue
        if (
            _SHORT_OF.match(flat, found.end())
            or _SUPPOSED.search(flat[max(0, found.start() - 2 * _REACH) : found.start()])
            or (not compares and _TO_COME.match(flat, found.end()))
        ):
            continue
        is_limit = bool(_WHICH_WERE.search(before)) and bool(_LIMIT.match(flat, found.end()))
        is_bound = bool(_LIES.search(before)) and bool(_BOUND.match(flat, found.end()))
        if compares and (is_limit or is_bound or _COUNTS.match(flat, found.end())):
            continue
        if _MODAL.search(before) or _WILL.search(found[0]) or (compares and _ROUGHLY.search(before)):
            continue
        denial = _NOT.search(before)
        is_denied = denial is not None and not _stands_in(found.start() - len(before) + denial.start(), names)
        negated = bool(is_denied or (name.endswith("_went") and _NOT_INSIDE.search(found[0])))
        negated = negated or (way not in _NEVER_NEGATED and bool(_NO_SUCH.match(found[0])))
        continued = bool(_ON.search(found[0])) or bool(
            re.search(r"\b(?:continued?|continues|again|further|still)\s+(?:to\s+)?$", before, re.IGNORECASE)
        )
        yield Direction(found.start(), found.end(), way, compares, continued, negated)


def _stands_in(place: int, names: Sequence[Part]) -> bool:
    """Return whether a place lies in one of the names."""
    last = bisect_right(names, place, key=lambda one: one.start) - 1
    return last >= 0 and place < names[last].end
