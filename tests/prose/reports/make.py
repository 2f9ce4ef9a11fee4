"""Writes the CSV folders of the organisations whose reports stand here; none of them exists.

    python tests/prose/reports/make.py

One line of ``FIGURES`` is one indicator: code, title, section, kind, polarity, unit, decimals, basis, numerator and
denominator labels, aliases, targets (target/tolerance, later ones with the quarter from which they hold) and the figures,
oldest first, the last one that of the reporting quarter (``n/d``, a value, or ``-`` where nothing was returned).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))

from xlkpi.model.period import Quarter, parse_quarter  # noqa: E402

Line = Sequence[object]
_MULTIPLIERS = {"%": 100, "per 1,000": 1000, "per 10,000": 10000, "per 100,000": 100000}


@dataclass(frozen=True)
class Organisation:
    """What one folder holds.

    Attributes:
        folder: Its name.
        organisation: Whose figures they are.
        quarter: The quarter reported.
        as_at: The day of the report.
        figures: One line an indicator.
        months: One line a context code: its monthly figures, the last one that of the quarter's last month.
        cohorts: Lines of code, period, cohort, numerator and denominator.
        audits: The four grades of case audits by quarter, the last one that of the reporting quarter.
    """

    folder: str
    organisation: str
    quarter: str
    as_at: str
    figures: str
    months: dict[str, str] = field(default_factory=dict)
    cohorts: str = ""
    audits: str = ""


NORTHMERE = Organisation(
    "northmere", "Northmere County Council", "2023/24 Q3", "2024-01-24",
    """
S1 | Referrals that are repeat referrals within 12 months | Front door | contract | lower | % | 1 | in_quarter | repeat referrals | referrals | re-referrals; repeat referral rate | 20/24 | 318/1402 305/1377 331/1420 322/1398 290/1344 297/1361 303/1349
S2 | Assessments completed within 45 working days | Front door | contract | higher | % | 1 | in_quarter | assessments in time | assessments completed | assessment timeliness | 88/82 | 702/812 718/820 690/806 711/818 735/822 744/831 701/829
S3 | Initial conferences held within 15 working days | Child protection | contract | higher | % | 1 | in_quarter | conferences in time | conferences held | ICPC timeliness; initial child protection conferences | 90/80 | 101/122 99/117 104/130 96/121 90/118 93/121 88/126
S4 | Child protection visits made on time | Child protection | contract | higher | % | 1 | in_quarter | visits made on time | visits due | CP visits | 92/85 | 1804/2010 1822/2044 1790/2031 1811/2050 1840/2061 1866/2058 1897/2062
S5 | Children on a plan for a second or subsequent time | Child protection | contract | lower | % | 1 | rolling_12m | repeat plans | plans started | repeat plans | 20/25 | 88/402 90/405 93/409 95/411 97/414 101/418 109/420
S6 | Children in care with three or more placements | Care | contract | lower | % | 1 | rolling_12m | children with 3 or more placements | children in care | placement moves | 9/11 | 61/640 60/648 63/655 65/661 66/668 66/671 64/677
S7 | Health assessments up to date | Care | contract | higher | % | 1 | snapshot | assessments up to date | children in care for a year | annual health assessments | 90/85 | 388/446 391/451 395/452 401/455 404/457 409/459 415/461
S8 | Care leavers in suitable accommodation | Care | contract | higher | % | 1 | snapshot | care leavers in suitable accommodation | care leavers aged 19 to 21 | suitable accommodation | 88/83 | 196/221 199/224 203/226 205/229 207/231 209/232 212/233
S9 | Social worker vacancies | Workforce | contract | lower | % | 1 | snapshot | vacant posts | posts | vacancy rate | 12/16 | 52/310 50/312 49/312 47/314 44/315 42/316 36/317
S10 | Supervision held on time | Workforce | contract | higher | % | 1 | in_quarter | supervisions on time | supervisions due | staff supervision | | 610/702 615/705 622/711 630/715 641/718 655/722 660/725
N1 | Contacts received | Context | context | none | count | 0 | in_quarter | | | contacts | | 6012 6105 6230 6188 6294 6351 6490
N2 | Children subject to a child protection plan | Context | context | none | count | 0 | snapshot | | | child protection plans | | 402 405 409 411 414 418 420
N3 | Children in care at quarter end | Context | context | none | count | 0 | snapshot | | | children in care; looked-after children | | 640 648 655 661 668 671 677
N4 | Children in care per 10,000 | Context | context | none | per 10,000 | 1 | snapshot | children in care | children under 18 | rate of children in care | | 640/118200 648/118200 655/118200 661/118200 668/118600 671/118600 677/118600
""",
)  # fmt: skip

EASTVALE = Organisation(
    "eastvale", "Eastvale Children's Trust", "2022/23 Q4", "2023-04-28",
    """
T1 | Contacts resolved within one working day | Help and protection | contract | higher | % | 0 | in_quarter | contacts resolved in one day | contacts | contact timeliness | 90/85 | 4410/5120 4502/5174 4610/5230 4588/5190 4702/5202 4755/5240 4801/5233 4824/5199
T2 | Strategy discussions held in time | Help and protection | contract | higher | % | 0 | in_quarter | discussions in time | discussions held | strategy discussions | 95/90 | 372/401 380/404 377/399 385/406 391/409 396/412 388/410 369/411
T3 | Re-referrals within 12 months | Help and protection | contract | lower | % | 0 | rolling_12m | re-referrals | referrals | re-referral rate | 20/23 | 512/2310 505/2322 498/2340 491/2351 480/2360 468/2366 460/2371 455/2375
T4 | Children in need visited in the last 20 working days | Help and protection | contract | higher | % | 0 | snapshot | children seen | children in need with a plan | CIN visits | 85/78 | 612/790 618/792 622/795 625/799 617/801 610/803 604/806 599/807
T5 | Placement stability for two years or more | Corporate parenting | contract | higher | % | 0 | snapshot | children in the same placement | children in care for 2.5 years | long-term stability | 70/65 | 141/204 143/206 145/207 146/208 147/209 149/210 151/211 153/212
T6 | Children placed more than 20 miles from home | Corporate parenting | contract | lower | % | 0 | snapshot | children placed over 20 miles away | children in care | distant placements | 18/22 | 88/418 90/421 91/425 93/428 95/431 96/433 97/436 98/441
T7 | Average days from placement order to match | Corporate parenting | contract | lower | days | 0 | rolling_12m | days in total | children matched | days to match | 180/210 | 6312/31 6205/31 6116/31 6001/30 5720/30 5644/30 5403/30 5250/30
T8 | Care leavers in education, employment or training | Corporate parenting | contract | higher | % | 0 | snapshot | care leavers in EET | care leavers aged 19 to 21 | care leavers in EET | 60/52 | 71/140 73/141 75/142 76/143 78/144 79/145 80/146 82/147
T9 | Agency social workers | Workforce | contract | lower | % | 1 | snapshot | agency staff | social work posts | agency rate; use of agency staff | 15/20 | 41/212 42/213 44/214 43/215 40/216 38/217 36/218 31/219
T10 | Permanent staff turnover | Workforce | contract | lower | % | 1 | rolling_12m | leavers | staff in post | turnover | 14/18 | 33/188 32/189 31/190 30/190 29/191 28/192 27/193 26/194
O1 | Referrals accepted | Context | context | none | count | 0 | in_quarter | | | referrals | | 588 579 601 583 590 592 589 604
O2 | Children in care | Context | context | none | count | 0 | snapshot | | | looked after children | | 418 421 425 428 431 433 436 441
O3 | Unaccompanied children in care | Context | context | none | count | 0 | snapshot | | | unaccompanied children | | 22 24 25 27 31 34 38 46
O4 | Average caseload | Context | context | lower | cases | 1 | snapshot | cases held | caseholding social workers | caseloads | | 2710/148 2702/149 2695/150 2688/150 2640/151 2612/152 2590/153 2544/153
""",
    audits="6 30 18 4; 7 31 17 3; 8 32 17 2; 9 33 16 2; 9 35 15 1; 10 36 14 0; 11 37 13 0; 12 39 12 0",
)  # fmt: skip

HARROWMOOR = Organisation(
    "harrowmoor", "Harrowmoor Metropolitan Borough", "2024/25 Q1", "2024-07-19",
    """
H01 | S47 enquiries completed in 15 days | Safeguarding | contract | higher | % | 1 | in_quarter | enquiries in 15 days | enquiries completed | S47 timeliness | 85/80 | 410/498 421/503 433/507 428/511 440/515
H02 | Core groups held on time | Safeguarding | contract | higher | % | 1 | in_quarter | core groups on time | core groups due | core groups | 90/84 | 702/790 690/781 711/802 720/806 661/804
H03 | CP plans lasting 2 years or more | Safeguarding | contract | lower | % | 2 | snapshot | plans of 2 years or more | plans | long plans | 3/4.5 | 11/351 12/348 12/346 13/344 10/340
H04 | Missing episodes with a return interview | Safeguarding | contract | higher | % | 1 | in_quarter | interviews held | missing episodes | return interviews; RHIs | 80/70 | 188/301 195/306 201/310 210/314 226/320
H05 | PEPs up to date | Corporate parent | contract | higher | % | 0 | snapshot | PEPs up to date | school-age children in care | PEPs | 95/90 | 402/430 405/431 409/433 411/434 415/435
H06 | Dental checks up to date | Corporate parent | contract | higher | % | 0 | snapshot | dental checks | children in care for a year | dental checks | 85/75 | 280/402 291/404 305/405 322/408 350/410
H07 | In-house foster placements | Corporate parent | contract | higher | % | 1 | snapshot | in-house foster placements | children in care | in-house fostering | 45/40 | 262/612 260/618 259/625 257/631 255/640
H08 | Caseload above 20 | Workforce | contract | lower | % | 1 | snapshot | social workers above 20 cases | social workers | high caseloads | 15/20 | 48/240 47/242 45/243 41/244 36/246
H09 | Sickness days per FTE | Workforce | contract | lower | days | 1 | rolling_12m | days lost | FTE | sickness | 10/12 | 4980/402 4905/404 4811/405 4690/407 4502/409
Q01 | Contacts | Context | context | none | count | 0 | in_quarter | | | contacts | | 11842 12109 11988 12433 13076
Q02 | Referrals | Context | context | none | count | 0 | in_quarter | | | referrals | | 2210 2186 2301 2264 2057
Q03 | Children in need per 10,000 | Context | context | none | per 10,000 | 1 | snapshot | children in need | population under 18 | CIN rate | | 2702/71400 2688/71400 2711/71400 2694/71400 2655/71900
Q04 | Children in care | Context | context | none | count | 0 | snapshot | | | CLA | | 612 618 625 631 640
Q05 | Children in care per 10,000 | Context | context | none | per 10,000 | 1 | snapshot | children in care | population under 18 | CLA rate | | 612/71400 618/71400 625/71400 631/71400 640/71900
Q06 | CP plans | Context | context | none | count | 0 | snapshot | | | CPPs | | 351 348 346 344 340
""",
)  # fmt: skip

KESTREL = Organisation(
    "kestrel", "Kestrel Valley Youth Justice Partnership", "2021/22 Q2", "2021-11-05",
    """
YJ1 | First time entrants per 100,000 | Prevention | contract | lower | per 100,000 | 0 | rolling_12m | first time entrants | population aged 10 to 17 | first time entrants; FTE rate | 180/210 | 74/31200 71/31200 66/31200 62/31500 58/31500 55/31500
YJ2 | Binary reoffending rate | Reducing reoffending | contract | lower | % | 1 | rolling_12m | children who reoffended | children in the cohort | reoffending; binary rate | 32/36 | 41/118 40/116 42/117 41/115 42/113 44/112
YJ3 | Custodial sentences per 1,000 | Custody | contract | lower | per 1,000 | 2 | rolling_12m | custodial sentences | population aged 10 to 17 | custody rate; use of custody | 0.2/0.3 | 11/31200 10/31200 9/31200 8/31500 7/31500 5/31500
YJ4 | Children in suitable education, training or employment | Reducing reoffending | contract | higher | % | 0 | snapshot | children in suitable ETE | children with an open order | ETE | 75/68 | 39/58 40/59 41/60 40/57 41/58 43/62
YJ5 | Children in suitable accommodation at order end | Reducing reoffending | contract | higher | % | 0 | in_quarter | children in suitable accommodation | orders ended | accommodation | 95/90 | 24/26 25/26 22/24 23/25 24/25 27/27
YJ6 | Assessments completed within 20 working days | Quality | contract | higher | % | 0 | in_quarter | assessments within 20 days | assessments | AssetPlus timeliness | 90/80 | 30/38 31/38 33/39 32/40 34/40 31/41
YJ7 | Victims contacted within 10 working days | Quality | contract | higher | % | 0 | in_quarter | victims contacted in time | victims identified | victim contact | 85/75 | 40/55 42/56 43/57 41/54 45/56 50/58
YJ8 | Average days from offence to outcome | Quality | contract | lower | days | 0 | in_quarter | days in total | outcomes | days from offence to outcome | 110/130 | 5580/40 5616/39 5460/39 5289/41 4992/39 4551/37
P1 | Open orders at quarter end | Context | context | none | count | 0 | snapshot | | | open orders | | 58 59 60 57 58 62
P2 | Children diverted from court | Context | context | none | count | 0 | in_quarter | | | diversions; children diverted | | 21 20 24 26 29 35
P3 | Children remanded to custody | Context | context | none | count | 0 | in_quarter | | | remands | | 2 3 1 2 1 0
""",
)  # fmt: skip

SALTMARSH = Organisation(
    "saltmarsh", "Saltmarsh Borough Council", "2023/24 Q1", "2023-07-21",
    """
EH1 | Families with a lead practitioner within 10 days | Early help | contract | higher | % | 0 | in_quarter | families allocated in 10 days | families accepted | allocation within 10 days | 80/70 | 118/160 121/164 130/166 133/171 142/175
EH2 | Early help assessments completed within 35 days | Early help | contract | higher | % | 0 | in_quarter | assessments within 35 days | assessments completed | early help assessments | 85/75 | 120/150 122/152 118/155 116/158 109/161
EH3 | Average length of early help support | Early help | contract | lower | days | 0 | in_quarter | days open in total | cases closed | length of support; average length of support | 170/190 | 24870/130 25204/132 25056/135 25004/139 25420/142
EH4 | Families stepping up to social care | Early help | contract | lower | % | 0 | in_quarter | families stepped up | families closed | step-ups; step-up rate | 10/14 | 17/130 16/132 18/135 19/139 21/142
EH5 | Average wait for a parenting course | Parenting | contract | lower | days | 1 | in_quarter | days waited in total | parents started | waiting time; wait for a parenting course | 28/35 | 2610/71 2590/72 2556/74 2380/75 2190/77
EH6 | Parents completing a course | Parenting | contract | higher | % | 0 | in_quarter | parents who completed | parents who started | course completion | 75/65 | 49/71 50/72 53/74 55/75 59/77
EH7 | Two-year-olds taking up funded childcare | Early years | contract | higher | % | 0 | snapshot | two-year-olds in funded places | eligible two-year-olds | funded childcare; two-year-old take-up | 72/66 | 402/610 408/606 415/604 421/600 430/598
EH8 | New births visited within 14 days | Early years | contract | higher | % | 0 | in_quarter | visits within 14 days | new births | new birth visits | 90/85 | 402/451 399/447 401/448 396/446 394/445
EH9 | School absence panels held | Early years | contract | higher | count | 0 | in_quarter | | | absence panels | | 5 6 6 6 6
W1 | Early help contacts | Context | context | none | count | 0 | in_quarter | | | contacts for early help | | 842 861 880 905 968
W2 | Families open to early help | Context | context | none | count | 0 | snapshot | | | open families; families receiving support | | 512 520 531 540 561
W3 | Families closed in the quarter | Context | context | none | count | 0 | in_quarter | | | closures | | 130 132 135 139 142
W4 | Children's centre users | Context | context | none | count | 0 | in_quarter | | | centre users | | 3150 3214 3098 3240 3402
W5 | Complaints about early help | Context | context | lower | count | 0 | in_quarter | | | complaints | | 3 2 4 1 1
""",
    cohorts="""
EH1 | 2023/24 Q1 | North | 51 | 60
EH1 | 2023/24 Q1 | Central | 49 | 58
EH1 | 2023/24 Q1 | South | 42 | 57
EH1 | 2022/23 Q4 | North | 47 | 58
EH1 | 2022/23 Q4 | Central | 46 | 57
EH1 | 2022/23 Q4 | South | 40 | 56
""",
)  # fmt: skip

TIDEWATER = Organisation(
    "tidewater", "Tidewater Council", "2024/25 Q3", "2025-01-22",
    """
C1 | Adoptions completed | Permanence | contract | higher | count | 0 | year_to_date | | | adoptions | 6/4; 12/9@2023/24 Q2; 18/14@2023/24 Q3; 24/19@2023/24 Q4; 6/4@2024/25 Q1; 12/9@2024/25 Q2; 18/14@2024/25 Q3 | 5 11 17 25 6 13 20
C2 | Special guardianship orders granted | Permanence | contract | higher | count | 0 | in_quarter | | | SGOs; special guardianship orders | 7/5 | 6 8 7 9 5 7 4
C3 | Care proceedings within 26 weeks | Permanence | contract | higher | % | 0 | in_quarter | cases concluded in 26 weeks | cases concluded | care proceedings | 60/50 | 14/26 15/27 16/27 15/26 17/28 18/29 19/30
C4 | Average weeks of care proceedings | Permanence | contract | lower | weeks | 1 | in_quarter | weeks in total | cases concluded | length of proceedings | 30/36 | 912/26 928/27 931/27 884/26 938/28 960/29 972/30
C5 | Missing children offered an interview | Safety | contract | higher | % | 0 | in_quarter | interviews offered | missing children | interview offers | 95/90 | 88/94 91/96 90/97 92/99 97/101 99/103 93/106
C6 | Child exploitation assessments in time | Safety | contract | higher | % | 0 | in_quarter | assessments in time | assessments | exploitation assessments | 85/75 | 32/41 33/42 35/43 36/43 37/44 39/45 41/46
M1 | Contacts in month | Context | context | none | count | 0 | in_quarter | | | contacts; monthly contacts | | - - - - - - -
M2 | Referrals in month | Context | context | none | count | 0 | in_quarter | | | referrals; monthly referrals | | - - - - - - -
M3 | Children in care at month end | Context | context | none | count | 0 | snapshot | | | children in care | | - - - - - - -
M4 | New foster carers approved | Context | context | higher | count | 0 | in_quarter | | | foster carer approvals; carers approved | | 4 5 3 6 4 3 5
M5 | Short-break nights provided | Context | context | none | count | 0 | in_quarter | | | short-break nights | | 1210 1188 1240 1265 1302 1274 1331
""",
    months={
        "M1": "1402 1388 1411 1390 1425 1440 1398 1372 1460 1421 1409 1433 1450 1467 1398 1310 1502 1548 1516 1399",
        "M2": "310 322 305 298 331 340 318 301 352 327 315 309 334 341 312 287 348 361 355 330",
        "M3": "488 490 491 493 496 497 499 501 500 502 505 507 509 512 511 514 518 519 522 525 524",
    },
    cohorts="""
C5 | 2024-10 | Under 13 | 8 | 9
C5 | 2024-11 | Under 13 | 7 | 9
C5 | 2024-12 | Under 13 | 9 | 10
C5 | 2024-10 | 13 and over | 23 | 25
C5 | 2024-11 | 13 and over | 22 | 26
C5 | 2024-12 | 13 and over | 24 | 27
""",
)  # fmt: skip

LINDALE = Organisation(
    "lindale", "Lindale Council", "2022/23 Q2", "2022-10-26",
    """
KPI-01 | Early help plans closed with needs met | Early intervention | contract | higher | % | 1 | in_quarter | plans closed with needs met | plans closed | needs met | 70/60 | 142/211 148/214 150/216 155/219 161/221 166/224
KPI-02 | Contacts screened within 24 hours | Early intervention | contract | higher | % | 1 | in_quarter | contacts screened in 24 hours | contacts | screening | 95/90 | 3010/3190 3044/3201 3122/3260 3098/3241 3155/3290 3012/3305
KPI-03 | Section 47 enquiries leading to conference | Protection | contract | range | % | 1 | in_quarter | enquiries leading to conference | enquiries | conversion to conference | 35..45/30..50 | 98/270 101/272 104/275 103/271 109/268 128/266
KPI-04 | Review conferences on time | Protection | contract | higher | % | 1 | in_quarter | reviews on time | reviews due | review conferences | 98/95 | 188/192 190/194 191/195 193/196 189/197 186/198
KPI-05 | Looked after reviews on time | Care | contract | higher | % | 1 | in_quarter | reviews on time | reviews due | looked after reviews | 97/94 | 402/415 405/417 408/418 410/420 412/421 416/422
KPI-06 | Placements breaking down | Care | contract | lower | % | 1 | in_quarter | placements that broke down | placements | placement breakdowns | 4/6 | 21/402 20/405 19/407 18/410 16/412 14/415
KPI-07 | Foster carers leaving | Care | contract | lower | count | 0 | in_quarter | | | foster carers leaving | 4/6 | 5 6 4 3 3 7
KPI-08 | Children missing education | Education | contract | lower | count | 0 | snapshot | | | children missing education | 40/60 | 71 66 58 49 44 39
KPI-09 | EHC plans issued within 20 weeks | Education | contract | higher | % | 1 | in_quarter | plans issued in 20 weeks | plans issued | EHC plans; EHCPs | 60/50 | 38/91 40/92 45/95 49/96 53/98 58/101
KPI-10 | Exclusion appeals upheld | Education | contract | lower | count | 0 | in_quarter | | | appeals upheld | | - - 1 0 0 0
X1 | Contacts to the hub | Demand | context | none | count | 0 | in_quarter | | | contacts | | 3190 3201 3260 3241 3290 3305
X2 | Referrals to social care | Demand | context | none | count | 0 | in_quarter | | | referrals | | 702 711 698 720 731 705
X3 | Child protection plans | Demand | context | none | count | 0 | snapshot | | | plans | | 231 229 226 224 220 226
X4 | Looked after children | Demand | context | none | count | 0 | snapshot | | | looked after children | | 402 405 407 410 412 415
""",
)  # fmt: skip

ASHGROVE = Organisation(
    "ashgrove", "Ashgrove City Council", "2020/21 Q4", "2021-05-12",
    """
A01 | Proportion of section 17 assessments authorised inside statutory limits | Assess | contract | higher | % | 0 | in_quarter | assessments in time | assessments | single assessments; assessment turnaround | 85/80 | 602/742 611/748 630/751 655/760 672/764
A02 | Statutory visits to children with a protection plan completed as required | Protect | contract | higher | % | 0 | in_quarter | visits done | visits due | protection visits; visiting | 95/88 | 1402/1510 1411/1522 1380/1530 1335/1541 1344/1548
A03 | Children ceasing a protection plan after two years or longer | Protect | contract | lower | % | 1 | rolling_12m | plans ending after 2 years | plans ending | drift; long-running plans | 4/6 | 14/260 13/258 13/255 12/251 12/249
A04 | Children in care reviewed by an independent officer on schedule | Care | contract | higher | % | 0 | in_quarter | reviews on schedule | reviews due | IRO reviews; care reviews | 96/92 | 511/528 514/531 517/533 520/534 524/537
A05 | Initial health checks within 28 days of entering care | Care | contract | higher | % | 0 | in_quarter | checks in 28 days | children entering care | initial health checks | 80/65 | 31/52 33/51 36/53 38/54 29/50
A06 | Strengths and difficulties questionnaires returned | Care | contract | higher | % | 0 | snapshot | questionnaires returned | children in care of school age | SDQs; wellbeing questionnaires | 75/65 | 240/341 248/345 252/347 259/349 268/352
A07 | Newly qualified staff still in post after a year | People | contract | higher | % | 0 | rolling_12m | staff still in post | staff who started | ASYE retention; retention | 80/70 | 28/36 29/37 29/36 30/36 31/37
A08 | Average cases held by each full-time practitioner | People | contract | lower | cases | 1 | snapshot | cases held | practitioners | caseloads; average caseload | 17/20 | 3402/181 3389/183 3350/184 3301/186 3240/188
B01 | Number of enquiries made to the front door | Volume | context | none | count | 0 | in_quarter | | | enquiries; front door demand | | 7402 5210 6655 6980 7118
B02 | Number of young people looked after by the authority | Volume | context | none | count | 0 | snapshot | | | young people in care | | 702 699 705 711 716
B03 | Number of children with a protection plan | Volume | context | none | count | 0 | snapshot | | | protection plans | | 318 325 331 328 322
B04 | Number of placements made outside the city | Volume | context | none | count | 0 | snapshot | | | out-of-city placements | | 148 151 155 152 149
""",
)  # fmt: skip

ORGANISATIONS = (NORTHMERE, EASTVALE, HARROWMOOR, KESTREL, SALTMARSH, TIDEWATER, LINDALE, ASHGROVE)

_REGISTER = (
    "code", "title", "section", "section_order", "list_order", "kind", "polarity", "unit", "decimals", "numerator_label",
    "denominator_label", "multiplier", "period_basis", "valid_from", "definition", "provenance", "aliases",
)  # fmt: skip
_TARGETS = ("code", "valid_from", "valid_to", "target", "tolerance")
_FIGURES = ("period", "code", "numerator", "denominator", "value", "provenance")


def main() -> None:
    for one in ORGANISATIONS:
        write_folder(HERE / one.folder, one)


def write_folder(folder: Path, one: Organisation) -> None:
    """Write the CSV files of an organisation."""
    folder.mkdir(parents=True, exist_ok=True)
    quarter = parse_quarter(one.quarter)
    lines = [[cell.strip() for cell in line.split("|")] for line in one.figures.strip().splitlines()]
    contract, context = ([line for line in lines if line[3] == kind] for kind in ("contract", "context"))
    _write(folder / "about.csv", ("organisation", "quarter", "as_at"), [(one.organisation, one.quarter, one.as_at)])
    _write(folder / "register.csv", _REGISTER, _register(lines))
    _write(folder / "target_history.csv", _TARGETS, _targets(contract))
    _write(folder / "observations.csv", _FIGURES, _quarters(contract, quarter))
    monthly = list(_months(one, quarter))
    _write(folder / "operational.csv", _FIGURES, [*_quarters(context, quarter), *monthly])
    if one.cohorts:
        rows = [[cell.strip() for cell in line.split("|")] for line in one.cohorts.strip().splitlines()]
        cells = [(code, period, cohort, "core", n, d, "illustrative") for code, period, cohort, n, d in rows]
        headings = ("code", "period", "cohort", "basis", "numerator", "denominator", "provenance")
        _write(folder / "cohorts.csv", headings, cells)
    if one.audits:
        grades = [line.split() for line in one.audits.split(";")]
        dated = [
            (quarter.shift(back - len(grades) + 1).label, "core", *cells, "illustrative")
            for back, cells in enumerate(grades)
        ]
        headings = ("period", "framework", "outstanding", "good", "requires_improvement", "inadequate", "provenance")
        _write(folder / "audits.csv", headings, dated)


def _register(lines: Sequence[Sequence[str]]) -> Iterator[Line]:
    sections = list(dict.fromkeys(line[2] for line in lines if line[3] == "contract"))
    for order, line in enumerate(lines, start=1):
        code, title, section, kind, polarity, unit, decimals, basis, numerator, denominator, aliases = line[:11]
        place = sections.index(section) + 1 if kind == "contract" else ""
        multiplier = _MULTIPLIERS.get(unit, 1)
        yield (
            code, title, section, place, order, kind, polarity, unit, decimals, numerator, denominator, multiplier, basis,
            "", title, "illustrative", aliases,
        )  # fmt: skip


def _targets(lines: Sequence[Sequence[str]]) -> Iterator[Line]:
    for line in lines:
        dated = [one.strip().partition("@") for one in line[11].split(";") if one.strip()]
        starts = [start for _, _, start in dated]
        for (level, _, start), following in zip(dated, [*starts[1:], ""], strict=False):
            target, _, tolerance = level.partition("/")
            until = parse_quarter(following).previous.label if following else ""
            yield line[0], start, until, target, tolerance


def _quarters(lines: Sequence[Sequence[str]], last: Quarter) -> Iterator[Line]:
    for line in lines:
        figures = line[12].split()
        for place, figure in enumerate(figures):
            period = last.shift(place - len(figures) + 1).label
            if figure != "-":
                yield _figure(period, line[0], figure)


def _months(one: Organisation, last: Quarter) -> Iterator[Line]:
    for code, figures in one.months.items():
        final = last.months[-1]
        index = final.year * 12 + final.month - 1
        values = figures.split()
        for place, figure in enumerate(values):
            year, month = divmod(index - len(values) + 1 + place, 12)
            yield _figure(f"{year}-{month + 1:02d}", code, figure)


def _figure(period: str, code: str, figure: str) -> Line:
    numerator, _, denominator = figure.partition("/")
    counts = (numerator, denominator, "") if denominator else ("", "", numerator)
    return (period, code, *counts, "illustrative")


def _write(path: Path, headings: Line, lines: Iterable[Line]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(lines)


if __name__ == "__main__":
    main()
