"""The words of children's services that mean the same, as one table: what titles say in full, drafts say in short.

A line gives a concept and the wordings by which reports name it, as patterns of a flattened text in small letters. Longer
wordings are tried first, wherever they stand in the table.
"""

from __future__ import annotations

#: Words that carry no subject of their own: every title could have them.
_GENERIC_WORDS = (
    "a an the of in on at to for by from with within and or as is are was were be been being have has had who "
    "whose which that this these those their them our us its his her they we it not no all any each other than then so "
    "such per under over percentage percent proportion number numbers rate rates ratio share level levels total "
    "count figure figures average mean measure measures indicator indicators performance outturn quarter "
    "quarterly quarters month monthly months year years annual week weeks day days period periods time times last "
    "current currently previous end date snapshot rolling subject becoming became become receiving received "
    "receive having made during across where when also now only more less most very up out into after before "
    "child children young people person case cases services service team teams local authority council trust "
    "borough county rated rating completed complete completion held holding reported report recorded record good "
    "better"
)
GENERIC = frozenset(_GENERIC_WORDS.split())

#: Of these, the ones that never tell two wordings apart.
_EMPTY_WORDS = (
    "a an the of in on at to for by from with within and or as is are was were be been have has had who which "
    "that this these those their our its percentage percent proportion number numbers rate rates child children "
    "young people person case cases total average"
)
EMPTY = frozenset(_EMPTY_WORDS.split())

_LOOKED = r"(?:looked[\s-]+after|lac|cla|cic|in\s+care|(?:a\s+)?child(?:ren)?\s+(?:looked\s+after|in\s+care))"
_CAME = r"(?:coming|came|come|entering|entered|starting|started|taken|brought|received)"
#: ``the year ending 31 March`` ends no plan.
_NO_PERIOD = r"(?<!year\s)(?<!quarter\s)(?<!period\s)(?<!months\s)(?<!month\s)(?<!week\s)"
#: ``the decrease in children in care seen during the year`` is no visit.
_NO_TIME = r"(?!\s+(?:during|over|since)\b)"
_EET = r"(?:education|employment|training)"
#: Concept, and the wordings that stand for it.
CONCEPTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("@leftcare", (
        rf"(?:ceas\w+|stopped|stopping)\s+(?:to\s+be|being|to\s+become)\s+{_LOOKED}", rf"ceas\w+\s+{_LOOKED}",
        r"(?:left|leaving|exiting|exited)\s+(?:the\s+|our\s+)?care(?!\s*(?:order|proceed|team|service|personal|grant|plan))",
        r"(?:exits?|discharged)\s+from\s+care", r"discharges?\s+from\s+care", r"care\s+exits?", r"no\s+longer\s+looked\s+after",
    )),
    ("@cameintocare", (
        rf"(?:started|starting|starts?|began|beginning)\s+to\s+(?:be|become)\s+{_LOOKED}",
        rf"(?:became|becoming|become|becomes)\s+{_LOOKED}", rf"new(?:ly)?\s+{_LOOKED}(?:\s+child(?:ren)?)?",
        rf"{_CAME}\s+(?:in)?(?:to\s+)?care(?!\s*(?:order|proceed))",
        r"admissions?\s+(?:in)?to\s+(?:our\s+)?care", r"admitted\s+(?:in)?to\s+care", r"care\s+(?:entrants?|starters?)",
        r"(?:entrants?|entries|entry)\s+(?:in)?to\s+care", r"care\s+admissions?",
    )),
    ("@cic", (
        r"looked[\s-]+after\s+child(?:ren)?(?:\s+and\s+young\s+people)?", r"child(?:ren)?\s+looked[\s-]+after",
        r"child(?:ren)?(?:\s+and\s+young\s+people)?\s+in\s+(?:our\s+|local\s+authority\s+)?care(?!\s+(?:proceeding|leaver))",
        r"(?:our\s+)?cared[\s-]+for\s+child(?:ren)?",
        r"child(?:ren)?\s+(?:that\s+|who\s+)?we\s+(?:care\s+for|look\s+after)", r"lac", r"cla", r"cic",
        r"looked[\s-]+after", r"child(?:ren)?\s+we\s+care\s+for", r"care\s+population", r"in\s+care",
    )),
    ("@cin", (
        r"child(?:ren)?\s+(?:who\s+are\s+)?(?:(?:classed|identified)\s+as\s+)?(?:being\s+)?['\"\u2018]?in\s+need", r"cin",
    )),
    ("@cpp", (
        r"child(?:ren)?(?:'s)?\s+protection\s+(?:\(cp\)\s+)?plans?", r"cpps?", r"cp\s+plans?", r"(?<=a\s)protection\s+plans?",
        r"on\s+(?:a\s+)?plans?",
        r"subject\s+(?:to|of)\s+(?:a\s+)?plans?",
        r"child\s+protection\s+register", r"child\s+protection(?!\s+(?:plan|conference|visit|enquir|investigation))",
        r"(?:subject\s+(?:to|of)\s+(?:a\s+)?)child(?:ren)?\s+protection\s+plans?",
        r"(?:subject\s+(?:to|of)\s+(?:a\s+)?)cpp?s?",
    )),
    ("@second", (
        r"(?:for\s+)?(?:a\s+|the\s+)?second\s+(?:or|and)\s+subsequent(?:\s+(?:time|plan|occasion))?s?",
        r"re[\s-]?registrations?",
        r"repeat\s+(?:registration|plan|cpp)s?", r"(?:for\s+)?a\s+(?:second|subsequent|further)\s+time",
        r"repeat\s+child\s+protection",
    )),
    ("@rereferral", (
        r"re[\s-]{0,2}referrals?", r"re[\s-]{0,2}referred", r"repeat\s+referrals?", r"referred\s+again",
        r"referrals?\s+(?:(?:which|that|are|were|is|received|made|and)\s+)*within\s+(?:12|twelve)\s+months\s+of\s+(?:a\s+|the\s+|their\s+)?(?:previous|last|earlier)(?:\s+(?:referral|one))?",
    )),
    ("@referral", (r"referrals?", r"referred")),
    ("@contact", (r"contacts?",)),
    ("@assessment", (
        r"single\s+assessments?", r"assessments?", r"c\s?&\s?f(?:\s+assessments?)?",
        r"child(?:ren)?\s+and\s+famil(?:y|ies)\s+assessments?", r"assessed",
        r"social\s+work\s+assessments?",
    )),
    ("@timely", (
        r"timeliness", r"timely",
        r"(?:in|within)\s+(?:the\s+)?(?:appropriate|required|agreed|statutory|expected)?\s*time(?:scales?|frames?|limits?)",
        r"(?:appropriate|required|statutory)\s+timescales?", r"timescales?", r"on\s+time",
        r"(?:with)?in\s+time\b(?!\s+for)",
    )),
    ("@leaver", (
        r"care\s+leavers?", r"care[\s-]+experienced\s+young\s+(?:people|adults)",
        r"former\s+relevant\s+young\s+people", r"young\s+(?:people|adults)\s+(?:who\s+(?:have\s+)?)?(?:leaving|left)\s+care",
    )),
    ("@eet", (
        r"eet", r"ete",
        rf"{_EET}(?:\s*,\s*|\s+){_EET}?\s*,?\s*(?:and|or)\s+{_EET}",
        r"education\s*,?\s*(?:employment|training)\s*,?\s*(?:and|or)\s*(?:employment|training)",
    )),
    ("@neet", (r"neets?", rf"not\s+in\s+{_EET}\s*,?\s*{_EET}\s*,?\s*(?:and|or)\s+{_EET}")),
    ("@accommodation", (r"suitable\s+accommodation", r"suitably\s+accommodated", r"accommodation", r"suitable\s+homes?")),
    ("@caseload", (r"case\s?-?loads?",)),
    ("@sw", (r"social\s+workers?", r"sws?\b")),
    ("@agency", (r"agency\s+(?:staff(?:ing)?|(?:social\s+)?workers?|usage|rates?|cover|use|posts?)",)),
    ("@turnover", (r"(?:staff\s+)?turn\s?-?over",)),
    ("@sickness", (r"sickness(?:\s+absence)?", r"sick\s+leave", r"staff\s+absence")),
    ("@vacancy", (r"vacanc(?:y|ies)",)),
    ("@supervision", (r"supervisions?", r"supervised")),
    ("@proceedings", (
        r"(?:care|court|legal)\s+proceedings?", r"court\s+cases?", r"section\s+31\s+applications?",
        r"care\s+applications?",
    )),
    ("@longterm", (r"long[\s-]+term",)),
    ("@shortterm", (r"short[\s-]+term",)),
    ("@stability", (r"stability", r"stable")),
    ("@placement", (r"placements?", r"placed", r"living\s+arrangements?")),
    ("@moves", (
        r"(?:three|3)\s*(?:\+|or\s+more|plus)\s*(?:placement\s+)?(?:moves?|placements?)",
        r"(?:three|3)\s+(?:different\s+)?(?:placement\s+)?(?:moves|placements)\s+or\s+more",
        r"at\s+least\s+(?:three|3)\s+(?:different\s+)?(?:placement\s+)?(?:moves|placements)",
        r"(?:three|3)\s+or\s+more\s+(?:different|separate)\s+placements",
        r"moved\s+(?:placements?\s+)?(?:three|3)\s+(?:or\s+more\s+times|times\s+or\s+more)",
        r"(?:multiple|frequent)\s+(?:placement\s+)?moves",
    )),
    ("@outofarea", (
        r"out\s*-?\s*of\s*-?\s*(?:the\s+)?(?:borough|area|county|city|authority|district)",
        r"outside\s+(?:of\s+)?(?:the\s+)?(?:borough|county|city|authority\s+area|local\s+authority)",
        r"at\s+a\s+distance", r"more\s+than\s+20\s+miles",
    )),
    ("@inhouse", (r"in[\s-]+house", r"internal(?:ly)?")),
    ("@ifa", (r"ifas?", r"independent\s+foster(?:ing)?(?:\s+agenc(?:y|ies))?", r"external\s+foster(?:ing|\s+carers?)")),
    ("@fosterers", (
        r"(?<!with\s)foster(?:ing)?\s+(?:carers?|households?|famil(?:y|ies))",
    )),
    ("@foster", (r"foster(?:ing)?\s+(?:carers?|households?|famil(?:y|ies)|placements?)", r"fostering", r"fostered", r"foster")),
    ("@residential", (r"residential(?:\s+(?:homes?|properties|units?|care|placements?))?", r"children's\s+homes?")),
    ("@occupancy", (r"occupancy", r"occupied")),
    ("@audit", (r"(?:case\s+)?(?:file\s+)?audits?", r"audited")),
    ("@visit", (
        r"visits?", r"visited", rf"child(?:ren)?\s+(?:being\s+)?seen{_NO_TIME}", rf"seen{_NO_TIME}",
    )),
    ("@custody", (r"custody", r"custodial(?:\s+sentences?)?")),
    ("@reoffending", (r"re[\s-]?offend(?:ing|ers?|ed)?",)),
    ("@firsttime", (
        r"first[\s-]+time\s+entrants?(?:\s+(?:to|into)\s+the\s+(?:youth\s+)?justice\s+system)?",
        r"fte?s?\b(?=\s+to\s+the\s+youth)",
    )),
    ("@yos", (r"youth\s+offending(?:\s+(?:services?|teams?))?", r"youth\s+justice(?:\s+services?)?", r"yos", r"yots?", r"yjs")),
    ("@missing", (
        r"missing(?:\s+(?:episodes?|incidents?))?", r"go(?:ne|ing)?\s+missing",
        r"went\s+missing",
    )),
    ("@returninterview", (r"return(?:\s+home)?\s+interviews?", r"rhis?\b")),
    ("@iha", (r"initial\s+health\s+assessments?", r"ihas?\b")),
    ("@rha", (r"review\s+health\s+assessments?", r"rhas?\b")),
    ("@health", (r"health\s+assessments?", r"health\s+checks?")),
    ("@dental", (r"dentals?(?:\s+(?:checks?|assessments?))?", r"dentists?")),
    ("@immunised", (r"immunis(?:ed|ations?)", r"vaccinat(?:ed|ions?)")),
    ("@pep", (r"personal\s+education\s+plans?", r"peps?\b")),
    ("@ehcp", (r"education\s*,?\s*health\s+(?:and|&)\s+care\s+plans?", r"ehc\s?ps?\b", r"ehc\s+plans?")),
    ("@ehcneeds", (
        r"education\s*,?\s*health\s+(?:and|&)\s+care\s+(?:needs\s+)?assessments?", r"ehcnas?\b",
        r"ehc\s+(?:needs\s+)?assessments?",
    )),
    ("@icpc", (r"initial\s+(?:child\s+protection\s+)?(?:case\s+)?conferences?", r"icpcs?\b")),
    ("@conference", (r"(?:review\s+)?(?:child\s+protection\s+)?conferences?", r"rcpcs?\b")),
    ("@s47", (r"section\s*47(?:\s+(?:enquir(?:y|ies)|investigations?))?", r"s\.?\s?47(?:\s+enquiries)?")),
    ("@review", (r"(?:statutory\s+)?reviews?", r"reviewed")),
    ("@adoption", (r"adoptions?", r"adopted", r"placed\s+for\s+adoption", r"adopters?", r"adoptive")),
    ("@sgo", (r"special\s+guardianship(?:\s+orders?)?", r"sgos?\b")),
    ("@permanence", (r"permanen(?:ce|cy|t)(?:\s+plans?)?",)),
    ("@earlyhelp", (r"early\s+help", r"family\s+support", r"early\s+intervention", r"pafss")),
    ("@uasc", (r"unaccompanied(?:\s+asylum[\s-]+seeking)?(?:\s+child(?:ren)?)?", r"uascs?\b")),
    ("@exclusion", (r"exclusions?", r"excluded\s+from\s+school", r"suspensions?", r"suspended")),
    ("@attendance", (r"attendance",)),
    ("@absence", (r"(?:persistent(?:ly)?\s+)?absen(?:ce|t|tees?)",)),
    ("@complaint", (r"complaints?",)),
    ("@plan", (r"plans?",)),
    ("@family", (r"famil(?:y|ies)", r"households?")),
    ("@staff", (r"staff", r"employees?", r"workforce", r"practitioners?")),
    ("@excluding", (r"excluding", r"excludes?", r"not\s+counting")),
    ("@ceased", (
        r"ceas(?:ed|ing|es?)(?:\s+to\s+be)?", r"removed(?:\s+(?:from|after))?", r"(?:c[ao]me|coming|taken)\s+off",
        r"de[\s-]?regist\w+", rf"{_NO_PERIOD}end(?:ed|ing)", r"left",
        r"stepp?(?:ed|ing)\s+down", r"closed\s+to",
    )),
    ("@started", (
        r"(?:became|become|becomes|becoming|made)(?=\s+(?:the\s+)?subject)", r"(?:placed|put)\s+on(?=\s+(?:a|the)\s)",
        r"started", r"starts?", r"starting", r"commenced", r"new(?:ly)?",
    )),
    ("@qualified", (r"(?:fully\s+)?qualified",)),
)  # fmt: skip

#: Concepts that many subjects share: none of them names one alone.
LIGHT = frozenset(
    (
        "@plan", "@family", "@staff", "@started", "@ceased", "@qualified", "@excluding", "@visit", "@timely", "@review",
        "@placement", "@accommodation", "@residential", "@absence", "@inhouse", "@foster", "@ifa",
    )
)  # fmt: skip

#: Concepts that say whom an indicator counts: beside another one they leave it as it is (``looked after children adopted``).
PEOPLE = frozenset(("@cic", "@cin", "@family", "@leaver"))

#: Whom a figure is compared with, and has no return of.
PEERS = (
    r"national(?:ly)?(?:\s+averages?)?", r"england(?:'s)?(?:\s+averages?)?", r"english\s+average",
    r"(?:scottish|welsh|english|irish)\s+(?:figure|rate|total|level|position|mean|median)s?",
    r"(?:all[\s-]+)?wales(?:\s+averages?)?", r"welsh\s+averages?", r"scotland", r"scottish\s+averages?",
    r"london(?!\s+borough)(?:\s+averages?)?", r"(?:inner|outer)\s+london",
    r"(?:north|south|east|west)(?:ern)?[\s-]+(?:east|west|midlands)(?:ern)?(?:\s+(?:region|averages?|authorities))?(?!\s+[a-z]*shire)",
    r"(?:se|sw|ne|nw|east|west)\s+averages?",
    r"regional(?:ly)?(?:\s+averages?)?", r"(?:the|our|across\s+the)\s+region",
    r"(?:our\s+)?statistical\s+neighbours?(?:'s?)?(?:\s+(?:averages?|group|authorities))?", r"comparators?",
    r"\"?best\"?\s+(?:local\s+)?authorit(?:y|ies)",
    r"(?:other|comparable|similar)\s+(?:local\s+)?(?:authorit(?:y|ies)|areas|councils)",
    r"the\s+(?:whole\s+)?country(?:\s+as\s+a\s+whole)?", r"(?:great\s+)?britain", r"uk(?:-wide)?",
    r"neighbouring\s+(?:authorit(?:y|ies)|boroughs?|count(?:y|ies)|councils?)", r"next\s+door",
    r"benchmarks?", r"core\s+cities", r"family\s+group", r"(?:top|bottom)\s+quartile",
    r"(?:county|city|borough|district|sector|service|group)\s+(?:means?|averages?|medians?)", r"upper\s+quartile",
    r"(?:scottish\s+)?(?:local\s+authority|landlord)\s+(?:landlord\s+)?averages?",
    r"sn\s+averages?", r"sns?\b", r"peer\s+(?:group|averages?)", r"sector\s+averages?",
)  # fmt: skip

#: Words for the indicators at large.
MEASURES = (
    r"(?:contract(?:ual|ed)?\s+|performance\s+|headline\s+|key\s+|reported\s+|rated\s+)*"
    r"(?:measures?|indicators?|kpis?|pis?\b|key\s+performance\s+indicators?|metrics?)"
)
