"""The native PivotTable on Summary: sections by status, counting codes of Results.

XlsxWriter knows none. The parts hold no records of their own: the spreadsheet program fills the table from Results whenever
it opens the file, so that it can never show anything older than Results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

from xlkpi.calculate.status import Status
from xlkpi.model.register import Kind
from xlkpi.template.content import Content
from xlkpi.template.summary import PIVOT_ROW, RIGHT_COLUMN
from xlkpi.workbook.backend import column_letters
from xlkpi.workbook.layout import REGISTER, RESULTS_TABLE

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ROWS, _COLUMNS, _COUNTED = "section", "status", "code"

CACHE_PART = "xl/pivotCache/pivotCacheDefinition1.xml"
TABLE_PART = "xl/pivotTables/pivotTable1.xml"
TABLE_RELATIONS = "xl/pivotTables/_rels/pivotTable1.xml.rels"
#: Its place among the relations of the workbook and of its sheet.
CACHE_ID, SHEET_ID = "rIdPivotCache1", "rIdPivotTable1"
CONTENT_TYPES = (
    f'<Override PartName="/{CACHE_PART}" ContentType="{_TYPES}.pivotCacheDefinition+xml"/>'
    f'<Override PartName="/{TABLE_PART}" ContentType="{_TYPES}.pivotTable+xml"/>'
)
WORKBOOK_ELEMENT = f'<pivotCaches><pivotCache cacheId="1" r:id="{CACHE_ID}"/></pivotCaches>'


def relation(identifier: str, kind: str, target: str) -> str:
    """Return one relation to another part of the file."""
    return f'<Relationship Id="{identifier}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def parts(content: Content) -> dict[str, str]:
    """Return the new parts of the file by name."""
    members = {_ROWS: _sections(content), _COLUMNS: [status.label for status in Status]}
    to_cache = relation("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
    return {
        CACHE_PART: _cache(members),
        TABLE_PART: _table(members),
        TABLE_RELATIONS: f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{to_cache}</Relationships>',
    }


def _sections(content: Content) -> list[str]:
    """Return the sections that contract indicators of the register have, in their order."""
    typed = [column.field for column in REGISTER.columns if column.typed]
    section, kind = typed.index("section"), typed.index("kind")
    rows = content.rows.get(REGISTER.name, ())
    found = (str(row[section]) for row in rows if row[section] and row[kind] == Kind.CONTRACT.value)
    return list(dict.fromkeys(found))


def _cache(members: Mapping[str, Sequence[str]]) -> str:
    fields = "".join(
        f'<cacheField name={quoteattr(column.heading)} numFmtId="0">{_shared(members.get(column.field, ()))}</cacheField>'
        for column in RESULTS_TABLE.columns
    )
    return (
        f'{_HEAD}<pivotCacheDefinition xmlns="{_MAIN}" xmlns:r="{_RELATIONS}" saveData="0" refreshOnLoad="1" '
        'refreshedBy="xlkpi" createdVersion="6" refreshedVersion="6" minRefreshableVersion="3">'
        f'<cacheSource type="worksheet"><worksheetSource name="{RESULTS_TABLE.name}"/></cacheSource>'
        f'<cacheFields count="{len(RESULTS_TABLE.columns)}">{fields}</cacheFields></pivotCacheDefinition>'
    )


def _shared(texts: Sequence[str]) -> str:
    if not texts:
        return "<sharedItems/>"
    items = "".join(f"<s v={quoteattr(text)}/>" for text in texts)
    return f'<sharedItems count="{len(texts)}">{items}</sharedItems>'


def _table(members: Mapping[str, Sequence[str]]) -> str:
    rows, columns = members[_ROWS], members[_COLUMNS]
    left, right = column_letters(RIGHT_COLUMN), column_letters(RIGHT_COLUMN + len(columns) + 1)
    place = f"{left}{PIVOT_ROW}:{right}{PIVOT_ROW + 2 + len(rows)}"
    fields = "".join(_field(column.field, members) for column in RESULTS_TABLE.columns)
    row, column, counted = (RESULTS_TABLE.index(field) for field in (_ROWS, _COLUMNS, _COUNTED))
    return (
        f'{_HEAD}<pivotTableDefinition xmlns="{_MAIN}" name="pvtSummary" cacheId="1" applyNumberFormats="0" '
        'applyBorderFormats="0" applyFontFormats="0" applyPatternFormats="0" applyAlignmentFormats="0" '
        'applyWidthHeightFormats="1" dataCaption="Values" updatedVersion="6" minRefreshableVersion="3" '
        'itemPrintTitles="1" createdVersion="6" indent="0" outline="1" outlineData="1" multipleFieldFilters="0" '
        'rowHeaderCaption="Section" colHeaderCaption="Status">'
        f'<location ref="{place}" firstHeaderRow="1" firstDataRow="2" firstDataCol="1"/>'
        f'<pivotFields count="{len(RESULTS_TABLE.columns)}">{fields}</pivotFields>'
        f'<rowFields count="1"><field x="{row}"/></rowFields>{_items("rowItems", len(rows))}'
        f'<colFields count="1"><field x="{column}"/></colFields>{_items("colItems", len(columns))}'
        f'<dataFields count="1"><dataField name="Measures" fld="{counted}" subtotal="count" baseField="0" baseItem="0"/>'
        '</dataFields><pivotTableStyleInfo name="PivotStyleLight1" showRowHeaders="1" showColHeaders="1" '
        'showRowStripes="0" showColStripes="0" showLastColumn="1"/></pivotTableDefinition>'
    )


def _field(field: str, members: Mapping[str, Sequence[str]]) -> str:
    if field == _COUNTED:
        return '<pivotField dataField="1" showAll="0"/>'
    if field not in members:
        return '<pivotField showAll="0"/>'
    axis = "axisRow" if field == _ROWS else "axisCol"
    count = len(members[field])
    items = "".join(f'<item x="{place}"/>' for place in range(count))
    return f'<pivotField axis="{axis}" showAll="0"><items count="{count + 1}">{items}<item t="default"/></items></pivotField>'


def _items(name: str, count: int) -> str:
    places = "".join(f'<i><x v="{place}"/></i>' if place else "<i><x/></i>" for place in range(count))
    return f'<{name} count="{count + 1}">{places}<i t="grand"><x/></i></{name}>'
