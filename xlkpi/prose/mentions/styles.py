"""The styles in which reports name periods, as one pattern with a group for each."""

from __future__ import annotations

import re

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH_NUMBER = {name: place for place, name in enumerate(MONTHS, start=1)} | {
    name[:3]: place for place, name in enumerate(MONTHS, start=1)
}
MONTH_NUMBER["sept"] = 9
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)(?![a-z])"
)
QUARTER_NUMBERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
}
_ORDINAL = "|".join(name for name in QUARTER_NUMBERS if name not in ("one", "two", "three", "four"))
_FY = (
    r"(?:(?:19|20)[0-9]{2}\s?[/\-\u2013]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9/])"
    r"|(?:19|20)[0-9]{2}/[0-9](?![0-9/])|(?<![0-9/])[0-9]{2}/[0-9]{2}(?![0-9/]))"
)
#: ``2023 to 2024``, as the style guide of the government's pages has financial years.
_FY_TO = r"(?<!from\s)(?<!between\s)(?:19|20)[0-9]{2}\s+to\s+(?:19|20)[0-9]{2}(?![0-9/])"
#: ``At the end of the quarter four were green`` names no fourth quarter.
_Q = (
    r"(?:Q|Qtr\.?|Quarter)\s{{0,3}}(?P<{0}>[1-4](?![.,][0-9])"
    r"|(?<!\bthe\squarter\s)(?<!\bthis\squarter\s)(?<!\blast\squarter\s)(?:one|two|three|four))\b"
)
_GAP = r"\s*(?:[,\-\u2013(]|of(?:\s+the)?(?:\s+(?:financial|reporting)\s+year)?|in|for)?\s*"
_AGO = (
    r"(?:last\s+year|of\s+last\s+year|(?:of|in)\s+the\s+(?:previous|prior|preceding)\s+(?:financial\s+)?year"
    r"|(?:a|one)\s+year\s+(?:ago|earlier|before|previously|back)|the\s+(?:previous\s+year|year\s+(?:before|prior)|prior\s+year)"
    r"|(?:twelve|12)\s+months\s+(?:ago|earlier|before|previously|back)|(?:a|one)\s+year\s+since(?=\s*[.,;:)]))"
)

#: ``1st of July`` or ``July 1st``; ``May 10`` may count ten of something, so that a year, an ordinal or a second day tells.
_DAY = (
    rf"(?:(?P<d{{0}}>[0-9]{{{{1,2}}}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m{{0}}>{_MONTH})"
    rf"|(?P<n{{0}}>{_MONTH})\s+(?P<e{{0}}>[0-9]{{{{1,2}}}})"
    r"(?:st\b|nd\b|rd\b|th\b|(?=,?\s+(?:19|20)[0-9]{{2}}\b){1}))"
)
#: Of a first day, the second one tells, too.
_ON_TO = (
    rf"|(?=\s*(?:to|and|\u2013|-|until)\s*(?:{_MONTH}\s+[0-9]{{1,2}}|[0-9]{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})"
    r"(?:st|nd|rd|th)?,?\s+(?:19|20)[0-9]{2})"
)

_ANY_Q = r"(?:[1-4]|one|two|three|four)"
#: Words behind ``the first quarter`` that make it one of a row, and no quarter of the year.
_IN_A_ROW = r"(?!\s+(?:in\s+a\s+row|running|in\s+succession|consecutive\w*|since|in\s+which|where|when|with|that|to)\b)"
_BEFORE_ORDINAL = "|".join(
    rf"(?<=\b{words}\s)"
    for words in ("in", "during", "of", "at", "by", "from", "than", "until", "in\\sthe", "during\\sthe", "of\\sthe",
                  "at\\sthe", "by\\sthe", "from\\sthe", "than\\sthe", "when\\sthe", "until\\sthe", "since\\sthe",
                  "that\\sfor\\sthe", "those\\sfor\\sthe")
)  # fmt: skip

#: The year of ``since the end of March 22``, ``(Jan 22)``: a number behind a month that counts nothing.
_SHORT = (
    r"(?<=\s)[0-3][0-9](?=\s*(?:[;:)\]\x00\u2013]|[.,](?![0-9])|$)"
    r"|\s+(?:-|as|and|to|was|were|there|the|with|when|by|on|in|for|from)\b)"
)

#: What is named for a month, and may count at any time.
_NAMED_FOR = (
    r"duty|rota|storms?|heatwave|floods?|holidays?|break|campaign|appeal|rally|fair|survey|audit|training|workshop|restructure"
    r"|reorganisation|launch|guarantee|intake|starters|start(?!\s+of)|census|term|meeting|board|panel|committee|report|inspection"
    r"|conference|budget"
)

STYLES = re.compile(
    rf"""
    (?P<dates>\b{_DAY.format("1", _ON_TO)}(?:,?\s+(?P<y1>(?:19|20)[0-9]{{2}}))?
        \s*(?:to|and|\u2013|-|until)\s*(?:the\s+)?{_DAY.format("2", "")},?\s+(?P<y2>(?:19|20)[0-9]{{2}}))
  | (?P<days>(?:(?<=\bbetween\s)|(?<=\bfrom\s))(?P<m3>{_MONTH})\s+(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?\s*
        (?:to|and|\u2013|-|until)\s*(?P<m4>{_MONTH})\s+(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!,?\s*[0-9]|[.,][0-9]|%)\b)
  | (?P<date>\b{_DAY.format("0", "")}(?:,?\s+(?P<y0>(?:19|20)[0-9]{{2}}))?
        |\b(?P<dd>[0-9]{{1,2}})[/.](?P<dm>[0-9]{{1,2}})[/.](?P<dy>(?:19|20)[0-9]{{2}}|[0-9]{{2}})\b
        |\b(?P<iy>(?:19|20)[0-9]{{2}})-(?P<im>[0-9]{{2}})-(?P<id>[0-9]{{2}})\b)
  | (?P<yearto>\b(?:the\s+)?(?:year|(?:twelve|12)\s+months)\s+(?:up\s+)?(?:to|end(?:ed|ing)(?:\s+(?:on|in|at))?)\s+
        (?:the\s+)?(?:end\s+of\s+)?(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\s+)?(?P<mt>{_MONTH})(?:[\s,]*(?P<yt>(?:19|20)[0-9]{{2}})\b)?)
  | (?P<quarterto>\b(?:(?:the|each)\s+)?(?:quarter|qtr|(?:three|3)\s+months)\s+(?:up\s+)?
        (?:to|end(?:ed|ing|s)?(?:\s+(?:on|in|at))?)\s+(?:the\s+)?(?:end\s+of\s+)?(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\s+)?(?P<mq>{_MONTH})(?:[\s,]*(?P<yq>(?:19|20)[0-9]{{2}})\b)?)
  | (?P<part>\b(?:the\s+)?(?P<which>first|last|final|second)\s+(?:(?P<many>three|3|six|6|nine|9)\s+months|half)\s+of\s+
        (?:(?:the\s+)?(?:financial\s+year\s+)?(?P<yp>{_FY}|(?:19|20)[0-9]{{2}}\b)|(?:the|this)\s+(?:financial\s+)?year\b))
  | (?P<quarterago>\b(?:(?:Q|Qtr\.?|Quarter)\s?(?P<qz>{_ANY_Q})|(?:the\s+)?(?P<qy>first|second|third|fourth|final)\s+quarter)
        \s+{_AGO})
  | (?P<quarter>\b{_Q.format("qa")}{_GAP}(?P<ya>{_FY}|{_FY_TO}|[0-9]{{2}}-[0-9]{{2}}(?![0-9/-]))\)?
        |(?P<yb>{_FY}|(?<![0-9/-])[0-9]{{2}}-[0-9]{{2}}(?=\s+Q[1-4]\b))\s*[,\-\u2013]?\s*{_Q.format("qb")}
        |\b(?:the\s+)?(?P<qo>{_ORDINAL})\s+quarter\s+(?:of|in|for)\s+(?:the\s+)?(?:financial\s+year\s+)?(?P<yo>{_FY})
        |\b(?:the\s+)?(?:same|that|this|equivalent|corresponding)\s+(?:quarter|period|time|point|term|(?:(?:three|six|nine|3|6|9)\s+)?months)\s+(?:of|in)\s+(?:(?P<ys>{_FY})|(?P<yn>(?:19|20)[0-9]{{2}})(?![0-9/\-\u2013]))
        |\b(?:the\s+)?(?P<qk>first|second|third|fourth|final|last)\s+quarter\s+of\s+(?P<yk>(?:19|20)[0-9]{{2}})(?![0-9/\-\u2013]))
  | (?P<season>(?:(?P<sp>(?<=\bin\s)|(?<=\bfrom\s)|(?<=\bsince\s)|(?<=\bthan\s)|(?<=\bon\s)|(?<=\bof\s))(?P<st>the\s+)?|\b)
        (?:(?:(?:the|its|our)\s+)?(?P<sw>same|this|that|last\s+year['\u2019]s|last|previous|preceding|past)\s+)?
        (?P<sn>spring|summer|autumn|winter|(?:(?<=\bat\s)|(?<=\blast\s)|(?<=\bbefore\s)|(?<=\bsince\s)|(?<=\bby\s))Christmas|(?<=\bthe\s)Christmas(?=\s+before\b))(?:\s+(?P<sq>quarter|term))?
        (?:\s+(?:of\s+)?(?:(?P<sf>{_FY})|(?P<sy>(?:19|20)[0-9]{{2}})\b(?![/\-\u2013][0-9])|(?P<sa>{_AGO}|before(?=\s*[.,;:)]))))?)
  | (?P<months>\b(?P<ma>{_MONTH})(?:[\s'-]\s?(?P<may>(?:19|20)[0-9]{{2}}|(?<=[\s'-])[0-9]{{2}}(?=\s*(?:to|\u2013|-)\s*[A-Z])))?
      \s*(?P<how>to|and|or|\u2013|-|until|through)\s*(?P<mb>{_MONTH})[\s'-]*(?P<mby>(?:19|20)[0-9]{{2}}\b|(?<=[\s'-])[0-9]{{2}}(?=[\s,;:)\]\x00](?!%)|\.(?![0-9])|$)))
  | (?P<yearless>\b(?:(?P<mc>{_MONTH})\s*(?:to|through|until|\u2013|-)\s*(?P<md>{_MONTH})
        |(?<=between\s)(?P<me>{_MONTH})\s+and\s+(?P<mf>{_MONTH}))
        (?![\s'-]*[0-9]{{1,4}}\b|,\s*(?:19|20)[0-9]{{2}}\b))
  | (?P<lastmonth>(?<!the\s)\blast\s+(?P<ml>{_MONTH})(?![\s,]*[0-9]))
  | (?P<monthago>\b(?P<mz>{_MONTH})\s+(?:{_AGO}|of\s+{_AGO}|of\s+the\s+year\s+before))
  | (?P<month>\b(?P<mm>{_MONTH})[\s,'-]*(?:of\s+)?(?P<my>(?:19|20)[0-9]{{2}}|(?<=['-])[0-9]{{2}}\b|{_SHORT})|\b(?P<iso>(?:19
      |20)[0-9]{{2}}-(?:0[1-9]|1[0-2]))\b(?![-/]))
  | (?P<fy>{_FY}|{_FY_TO})
  | (?P<yearend>\b(?:the\s+)?(?:end\s+of\s+(?:the\s+)?(?:last|previous|prior|preceding)\s+(?:financial\s+)?year
        |(?:last|previous|prior|preceding)\s+(?:financial\s+)?year[\s-]end
        |(?<=\bat\s)(?:the\s+)?year[\s-]end(?!\s+(?:of|target|position)\b)|year[\s-]end\s+before)\b)
  | (?P<midyear>\b(?:mid[\s-]year|(?<=\bat\sthe\s)half[\s-]year)\b(?:\s+(?:of|in)\s+(?P<ym>{_FY}))?
        (?!\s+(?:review|report|estimate|population|point|assessment|target|update)))
  | (?P<yearsago>\b(?P<back>two|three|four|five|2|3|4|5)\s+years\s+(?:ago|earlier|before|previously)\b)
  | (?P<report>\bthe\s+(?:last|previous|preceding)\s+(?!(?:quarter|year|month|period)\b)(?:[a-z']+\s+){{0,4}}?
        (?:report|meeting|update|panel|board)\b)
  | (?P<later>\b(?:(?:a|one)\s+year|(?:twelve|12)\s+months)\s+later\b)
  | (?P<thismonth>\b(?:(?P<this>this|the\s+(?:current|reporting))|last|the\s+(?:previous|preceding))\s+month\b(?!\s+of))
  | (?P<that>\b(?:that|the\s+same)\s+month\b)
  | (?P<lately>\bover\s+the\s+(?:last\s+|past\s+|previous\s+)(?P<ago>three|3|six|6|nine|9|eighteen|18|24)\s+months\b)
  | (?P<yearago>\b(?:(?:the\s+)?(?:same|equivalent|corresponding)\s+(?:\w+\s+)?(?:time|point|period|quarter|qtr
      |stage|date|months?)\s+{_AGO}
        |(?:(?:at\s+)?this\s+(?:time|point|quarter)\s+)?{_AGO}
        |year[\s-]on[\s-]year|yoy|(?:over|in)\s+the\s+(?:last\s+|past\s+)year\b|over\s+the\s+year\b|(?<=\bon\s)the\s+year\b(?!\s+(?:to|end))|over\s+(?:the\s+(?:last|past)\s+)?(?:twelve|12)\s+months\b
            |(?:the\s+)?(?:previous|prior|preceding)\s+year(?:'s)?))
  | (?P<previous>\b(?:the\s+|our\s+)?(?:last|previous|preceding|prior|earlier)\s+(?:reporting\s+)?(?:quarter|qtr
      |period)(?:'s)?\b
        |\b(?:the|our)\s+(?:previous|preceding|earlier)\s+(?=(?:figure|average|result|rate|number|total|score|outturn|reading|percentage|proportion)\s+(?:was|were|had\s+been|stood)\b)
        |\b(?:at\s+)?the\s+(?:start|beginning)\s+of\s+(?:the|this)\s+(?:reporting\s+)?quarter\b|\bqoq\b|(?<!the\s)\blast\s+time\b|\bthe\s+quarter\s+before\b|\b(?:a|one)\s+quarter\s+(?:ago|earlier|before|previously)\b|\bquarter[\s-]on[\s-]quarter\b|\b(?:the\s+)?three\s+months\s+(?:ago|earlier
            |before|previously)\b|\bthe\s+(?:previous|preceding)\s+three\s+months\b)
  | (?P<current>\b(?:(?:at\s+)?(?:the\s+)?end\s+of\s+)?(?:this|the|the\s+current|the\s+latest|the\s+reporting
      |the\s+most\s+recent|current|latest|reporting)\s+(?:reporting\s+)?(?:quarter|period)(?:'s)?(?:[\s-]end)?\b(?!\s?(?:[1-4](?![.,][0-9])|one|two|three|four)\b)
        |(?<=\bin\s)(?:a\s+single|just\s+one|one)\s+quarter\b(?!\s+(?:ago|earlier|before|of))|\bquarterly\s+total\b|\bquarter[\s-]end\b|\bin[\s-]quarter\b(?!\s*(?:[1-4]|one|two|three|four)\b))
  | (?P<bare>\b{_Q.format("qc")}|(?:{_BEFORE_ORDINAL})(?P<qd>first|second|third|fourth|final
      |1st|2nd|3rd|4th)\s+quarter\b{_IN_A_ROW})
  | (?P<window>\b(?:rolling\s+|the\s+|last\s+|past\s+|previous\s+){{1,3}}(?:12|twelve|six|6|three|3
      |24)[\s-]months?(?:\s+period)?\b)
  | (?P<loosemonths>(?<![A-Za-z])(?:January|February|March|April|June|July|August|September|October|November
      |December|(?<=in\s)May|(?<=during\s)May|(?<=of\s)May|(?<=since\s)May
      |(?<=to\s)May)\b(?!\s+[0-9]{{1,2}}(?![0-9,.%])\b)(?!\s+(?:{_NAMED_FOR})\b))
  | (?P<calendar>(?<![\w/.,-])(?:19|20)[0-9]{{2}}\b(?![/%,.-]?[0-9])(?!\s+[a-z]*(?:children|contacts|referrals
      |cases|young|people|visits|families)))
    """,
    re.IGNORECASE | re.VERBOSE,
)
