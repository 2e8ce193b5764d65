"""Lists as programs write them, and workbooks made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape

UMBRA, MIA = ("Umbra Works", "1001"), ("Mia Bakker", "1002")

LISTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "exact, dutch": (
        "Code;Naam;Zoekcode;Status;Adres;Postcode;Plaats;Land;E-mail;BTW-nummer;Accountmanager\r\n"
        "              1001;Umbra Works;UMBRA;Klant;Laan 1;1234 AB;Utrecht;Nederland;x@y.nl;NL1;Anna de Vries\r\n",
        [UMBRA],
    ),
    "exact, english": ('"Code","Name","Search code","Status"\n"1001","Umbra Works","UMBRA","Customer"\n', [UMBRA]),
    "exact, printed": (
        "Relaties\n111 - Kantoor Vermeer\n01-12-2026 10:14\n\nCode;Naam;Plaats\n1001;Umbra Works;Breda\n\nAantal: 1\n",
        [UMBRA],
    ),
    "moneybird, dutch": (
        "Klantnummer,Bedrijfsnaam,Voornaam,Achternaam\n1001,Umbra Works,Piet,Jansen\n1002,,Mia,Bakker\n",
        [UMBRA, MIA],
    ),
    "moneybird, english": ("Customer id,Company name,First name,Last name\n1001,Umbra Works,Piet,Jansen\n", [UMBRA]),
    "twinfield, customers": (
        "Debiteur\tNaam\tKorte naam\n1001\tUmbra Works\tUmbra\n1002\tBor\t\n",
        [UMBRA, ("Bor", "1002")],
    ),
    "twinfield, codes": ("Code;Naam;Korte naam\n1001;Umbra Works;Umbra\n", [UMBRA]),
    "snelstart": ("Klantnummer;Naam;Contactpersoon;Straat\n1001;Umbra Works;P. Jansen;Laan 1\n", [UMBRA]),
    "snelstart, relations": ("Relatiecode;Relatiesoort;Naam\n1001;Klant;Umbra Works\n", [UMBRA]),
    "e-boekhouden": ("Code;Bedrijf;Contactpersoon;Geslacht\n1001;Umbra Works;P. Jansen;m\n", [UMBRA]),
    "digital invoice": ("Relatienummer,Bedrijf,Contactpersoon\n1001,Umbra Works,\n", [UMBRA]),
    "hubspot, companies": (
        '"Record ID","Company name","Company owner","Create Date"\n"1001","Umbra Works","Anna de Vries","2026-01-01"\n',
        [UMBRA],
    ),
    "hubspot, dutch": ("Record-ID,Bedrijfsnaam,Eigenaar van bedrijf\n1001,Umbra Works,Anna\n", [UMBRA]),
    "hubspot, people": (
        "Record ID,First Name,Last Name,Associated Company\n1,Piet,Jansen,Umbra Works\n2,Mia,Bakker,Umbra Works\n",
        [("Umbra Works", ""), ("Umbra Works", "")],
    ),
    "salesforce": (
        '"Account Name","Account Owner","Account Number","Type"\n"Umbra Works","Anna de Vries","1001","Customer"\n',
        [UMBRA],
    ),
    "salesforce, report": (
        '"Account: Account Name","Account Owner: Full Name"\n"Umbra Works","Anna de Vries"\n\n\n"Top Accounts"\n'
        '"Copyright (c) 2000-2026. All rights reserved."\n',
        [("Umbra Works", "")],
    ),
    "salesforce, fields": ("Id,Name,AccountNumber,OwnerId\n001xx,Umbra Works,1001,005xx\n", [UMBRA]),
    "outlook, english": (
        "Title,First Name,Middle Name,Last Name,Company,Business Street\nMr.,Piet,van,Dam,Umbra Works,\n",
        [("Umbra Works", "")],
    ),
    "outlook, dutch": (
        "Titel;Voornaam;Middelste naam;Achternaam;Bedrijf;Functie\n;Piet;;Dam;Umbra Works;\nMw.;Mia;;Bakker;;\n",
        [("Umbra Works", ""), ("Mia Bakker", "")],
    ),
    "xero": ("*ContactName,AccountNumber,FirstName,LastName\nUmbra Works,1001,Piet,Jansen\n", [UMBRA]),
    "pipedrive": ("Organization - Name,Organization - Owner\nUmbra Works,Anna de Vries\n", [("Umbra Works", "")]),
    "wefact": (
        "Debiteurcode;Bedrijfsnaam;Initialen;Achternaam\n1001;Umbra Works;P.;Dam\n1002;;Mia;Bakker\n",
        [UMBRA, MIA],
    ),
    "titles that are names": ("title,last_name,first_name\nUmbra Works,Jansen,Piet\n", [("Umbra Works", "")]),
    "people alone": ("title,first_name,last_name\nMr,Mia,Bakker\n", [("Mia Bakker", "")]),
    "the other way round": ("naam bedrijf;nummer klant\nUmbra Works;1001\n", [UMBRA]),
    "required": ("Klant nr. *;Naam (verplicht);E-mail:\n1001;Umbra Works;a@b.nl\n", [UMBRA]),
    "line for Excel": ("sep=;\nNaam;Klantnummer\nUmbra Works;1001\n", [UMBRA]),
    "quoted line for Excel": ('\ufeff"sep=;"\r\nNaam;Klantnummer\r\nUmbra Works;1001\r\n', [UMBRA]),
    "administration above": (
        "Debiteurenlijst\nAdministratie: Vermeer, De Boer & Co\nDebiteurnummer;Naam\n1001;Umbra Works\n",
        [UMBRA],
    ),
    "pairs above": ("Bedrijf;Kantoor Vermeer\n\nNaam;Saldo boekjaar\nUmbra Works;12\n", [("Umbra Works", "")]),
    "empty line above": ("\nNaam;Klantnummer\nUmbra Works;1001\n", [UMBRA]),
    "empty cells above": (";;\nNaam;Klantnummer;\nUmbra Works;1001;\n", [UMBRA]),
    "two marks": ("\ufeff\ufeffNaam;Klantnummer\nUmbra Works;1001\n", [UMBRA]),
    "commas in quotes": ('"Adres, postcode";"Naam"\n"Laan 1, 1234 AB, Utrecht";"Umbra Works"\n', [("Umbra Works", "")]),
    "line break in a heading": ('"Naam\nklant";"Klant-,\nnummer"\n"Umbra Works";1001\n', [UMBRA]),
    "bars": ("naam|klantnummer\nUmbra Works|1001\n", [UMBRA]),
    "old Mac": ("naam;nummer\rJansen, De Boer;1\rBakker, Co;2\r", [("Jansen, De Boer", "1"), ("Bakker, Co", "2")]),
    "tabs and commas": ("Naam\tKlantnummer\nUmbra, Works\t1\n", [("Umbra, Works", "1")]),
    "one column": ("naam\nJansen, Pieters en Zn\nBakker\n", [("Jansen, Pieters en Zn", ""), ("Bakker", "")]),
    "lines in quotes": ('"naam,nummer"\n"Umbra Works,1001"\n"""De Boer, Zn"",2"\n', [UMBRA, ("De Boer, Zn", "2")]),
    "apostrophes": ("naam;nr\n't Hoekje;1\n'n Anker;2\n", [("'t Hoekje", "1"), ("'n Anker", "2")]),
    "inches": ('Naam;Nr\nMonitor 24" BV;1\nBor;2\n', [('Monitor 24" BV', "1"), ("Bor", "2")]),
    "spaces behind commas": ('"Naam", "Nr"\n"Umbra, Works", "1001"\n', [("Umbra, Works", "1001")]),
    "escaped quotes": (
        '"Naam","Nr"\n"Umbra \\"De\\" Works","1"\n"Bor","2"\n',
        [('Umbra "De" Works', "1"), ("Bor", "2")],
    ),
    "apostrophes that quote": ("'Naam','Nr'\n'Umbra, Works','1'\n'Bor','2'\n", [("Umbra, Works", "1"), ("Bor", "2")]),
    "a drawn table": ("| Naam | Nr |\n|---|---|\n| Umbra Works | 1001 |\n", [UMBRA]),
    "google, people": (
        "Name,Given Name,Family Name,Organization 1 - Name\nPiet Dam,Piet,Dam,Umbra Works\n",
        [("Umbra Works", "")],
    ),
    "receivables": (
        "Ouderdomsanalyse;;\nAdministratie;Kantoor Vermeer;\n;;\nDeb.nr;Debiteurnaam;Totaal\n1001;Umbra Works;12,50\n"
        ";Totaal;12,50\n",
        [UMBRA],
    ),
    "sage": ("A/C,Name,Balance\n1001,Umbra Works,12.00\n", [UMBRA]),
    "numbers with zeros": ("Naam;Klantnr\nUmbra;0010\nBor;1.000\n", [("Umbra", "0010"), ("Bor", "1.000")]),
    "guarded numbers": ('naam;klantnummer\nUmbra;="001001"\nBor;"=""0012"""\n', [("Umbra", "001001"), ("Bor", "0012")]),
    "entities": ("naam;nr\nSmith &amp; Jones;1\nO&#039;Brien;2\n", [("Smith & Jones", "1"), ("O'Brien", "2")]),
    "printed pages": ("Naam;Nummer\nUmbra;1\nNaam;Nummer\nBor;2\nTotaal;\n", [("Umbra", "1"), ("Bor", "2")]),
    "number and name": ("Debiteur;Saldo\n1001 - Umbra Works;12,50\n1002 - Mia Bakker;1\n", [UMBRA, MIA]),
    "nothing written out": ("naam;klantnummer\nUmbra Works;n.v.t.\n", [("Umbra Works", "")]),
}
"""What a program writes, and the names and numbers that it says."""


def workbook(rows: Sequence[Sequence[str | float]]) -> bytes:
    """An .xlsx with a sheet of notes and a sheet of `rows`."""
    names = ("Toelichting", "Relaties")
    kinds = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{kinds}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{kinds}/spreadsheetml/2006/main" '
        f'xmlns:r="{kinds}/officeDocument/2006/relationships"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, name in enumerate(names, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kinds}/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{at}" Type="{kinds}/officeDocument/2006/relationships/worksheet" '
            f'Target="worksheets/sheet{at}.xml"/>'
            for at in (1, 2)
        )
        + "</Relationships>",
    }
    for at, table in enumerate(([["Gemaakt door Kantoor Vermeer"]], rows), 1):
        cells = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in table)
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="{kinds}/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
        )
    return _zipped(parts)


def document(rows: Sequence[Sequence[str]]) -> bytes:
    """An .ods with one sheet of `rows`."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Relaties">{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return _zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def _zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
