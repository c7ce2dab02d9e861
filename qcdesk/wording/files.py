# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a file that came in, as a fact and what to do: tables, maps, pictures, JSON."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import mark

# Code of a BadInput: line 1 the fact, line 2 the way on. Placeholders are the facts and place of the BadInput.
FILE_PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    # Forms of files
    "named_otherwise": (
        mark("The name ends in {suffix}, but the file holds {likely}."),
        mark("Give it the right name, or save it again."),
    ),
    "old_spreadsheet": (
        mark("This is an old or password-protected spreadsheet."),
        mark("Save it as XLSX without a password."),
    ),
    "other_archive": (
        mark("This is a packed file, but neither XLSX nor ODS."),
        mark("Save the table as XLSX, ODS or CSV."),
    ),
    "zip_damaged": (mark("The file is damaged."), mark("Save it again where it was made.")),
    "zip_part": (mark("A part of the spreadsheet is missing: {name}."), mark("Save it again.")),
    "zip_entries": (
        mark("The file has {has} parts; {longest} are allowed."),
        mark("Save the table alone in a new file."),
    ),
    "zip_unpacked": (
        mark("Unpacked, the file is larger than {longest} bytes."),
        mark("Split it, or save it as CSV."),
    ),
    "zip_ratio": (
        mark("The file is packed more than {longest} times, as no table is."),
        mark("Save it again where it was made, or as CSV."),
    ),
    "zip_overlap": (mark("Parts of the file lie over each other."), mark("Save it again where it was made.")),
    "zip_twice": (mark("The file has the part {name} twice."), mark("Save it again where it was made.")),
    "zip_name": (
        mark("A part of the file has a name that leads elsewhere: {name}."),
        mark("Save it again where it was made."),
    ),
    "zip_link": (mark("A part of the file is a link: {name}."), mark("Save it again where it was made.")),
    "zip_encrypted": (mark("The file is protected by a password."), mark("Save it without one.")),
    "dtd": (
        mark("The file defines words of its own, which no table needs."),
        mark("Save it again with a spreadsheet program."),
    ),
    "xml_damaged": (
        mark("The file is damaged in its part {part}, line {line}."),
        mark("Save it again where it was made."),
    ),
    "sheet_unclear": (
        mark("The file has several sheets: {sheets}."),
        mark("Name one with --sheet, or in the map file, under sheet."),
    ),
    "sheet_unknown": (mark("There is no sheet “{value}”."), mark("There is {sheets}.")),
    "sheet_linked": (
        mark("The sheet only shows another file."),
        mark("Import that file, or copy its values into a sheet."),
    ),
    "sheet_order": (
        mark("The cell {cell} comes twice or too late in the file."),
        mark("Save it again with a spreadsheet program."),
    ),
    "cell_damaged": (
        mark("A cell cannot be read: “{cell}”."),
        mark("Type it again, or save the file again."),
    ),
    "formula": (
        mark("The cell holds a formula, not a value: {detail}."),
        mark("Copy the column and paste its values; put a ' before a text that begins so."),
    ),
    "error_cell": (mark("The cell holds an error: {detail}."), mark("Mend it, or empty the cell.")),
    "merged": (
        mark("The cell is joined with others: {detail}."),
        mark("Part them, and give each row its own value."),
    ),
    "shown_otherwise": (
        mark("The cell shows something else than it holds, “{value}”, by its format {detail}."),
        mark("Make it a text, as it is to be read."),
    ),
    "day_cell": (
        mark("The cell holds a day, {value}, where none is meant."),
        mark("Make it a text, and type it again."),
    ),
    "nested": (mark("The field holds a list or an object."), mark("Give it one text or figure.")),
    "surrogate": (
        mark("The file holds half a character."),
        mark("Save it again in UTF-8 where it was made."),
    ),
    "too_much_text": (mark("The file holds more than {longest} characters."), mark("Split it.")),
    "json_row": (mark("This row is no object with names and values."), mark("Give each row as an object.")),
    "json_array": (
        mark("The file is one document; which array are its rows?"),
        mark("Name it in the map file, under array; there are {arrays}."),
    ),
    "json_none": (
        mark("The document holds no array of rows."),
        mark("Give the rows as an array of objects."),
    ),
    "json_no_rows": (
        mark("The document holds no rows: its array is empty."),
        mark("Write the list out again, or choose another file."),
    ),
    "json_array_unknown": (mark("The document has no array “{value}”."), mark("There are {arrays}.")),
    "json_no_arrays": (
        mark("The document has no array “{value}”: it is one array itself, or holds none."),
        mark("Leave array out of the map file, where the document is the list of rows."),
    ),
    "json_number": (mark("“{value}” is no plain figure."), mark("Write it in plain digits.")),
    # What is in a file beside the rows
    "unused_columns": (mark("Columns that feed nothing: {names}."), ""),
    "no_lots": (
        mark("No lot number could be read in {field}, n = {n} (“{value}”): rows {rows}."),
        "",
    ),
    "not_all_lots": (
        mark("Not all of {field} could be read as lot numbers, n = {n} (“{value}”): rows {rows}."),
        "",
    ),
    "hidden_sheets": (mark("The file has hidden sheets: {names}."), ""),
    "hidden_columns": (mark("The sheet has hidden columns: {names}."), ""),
    "hidden_rows": (mark("The sheet has hidden rows, which were read: {rows}."), ""),
    "formulas_elsewhere": (mark("Formulas in a column that is not taken, {field}: {n}."), ""),
    "errors_elsewhere": (mark("Errors in a column that is not taken, {field}: {n}."), ""),
    "no_file": (mark("There is no file {file}."), mark("Check the name and the folder.")),
    "no_folder": (mark("There is no folder {file}."), mark("Check the name.")),
    "not_a_file": (mark("{file} is no plain file."), mark("Name a file, not a folder or a device.")),
    "file_exists": (mark("{file} is there already."), mark("Choose another name; nothing is overwritten.")),
    "file_empty": (mark("The file is empty."), mark("Save it again where it was made.")),
    "file_too_big": (mark("The file is too big: {bytes} bytes, {longest} allowed."), mark("Split it.")),
    "not_csv": (mark("This is no table but {likely}."), mark("Save it as CSV in UTF-8, or as XLSX.")),
    "nul": (mark("The file holds a character that no text has."), mark("Save it again as CSV in UTF-8.")),
    "encoding": (
        mark("The file is not in UTF-8; it looks like {likely}."),
        mark("If the text reads right that way, say so with --encoding {likely}."),
    ),
    "encoding_unknown": (
        mark("There is no encoding called {value}."),
        mark("Use utf-8, gb18030, cp1258, tis-620 …"),
    ),
    "encoding_contradicts": (
        mark("You said {value}, but the file marks itself as {mark}."),
        mark("Leave the encoding out."),
    ),
    "separator_unknown": (
        mark("{value} separates no columns here."),
        mark("Use comma, semicolon, tab or bar."),
    ),
    "separator_unclear": (
        mark("Several separators would fit this file."),
        mark("Name the right one in the map file, under separator."),
    ),
    "open_quote": (mark("A quotation mark is opened and never closed."), mark("Close it, or double it.")),
    "quote": (
        mark("A quotation mark stands in the middle of a field."),
        mark("Put the whole field in quotes."),
    ),
    "row_width": (
        mark("This row has {has} fields, the header {wants}."),
        mark("Mend the row; nothing was read."),
    ),
    "header_missing": (mark("A column has no heading."), mark("Give every column a name in the first row.")),
    "header_twice": (mark("Two columns have the same heading."), mark("Rename one of them.")),
    "too_many_rows": (mark("The file has more than {longest} rows."), mark("Split it.")),
    "too_many_columns": (mark("The file has too many columns."), mark("Leave out what is not needed.")),
    "field_too_long": (mark("A field is longer than {longest} characters."), mark("Shorten it.")),
    "reading_too_long": (mark("Reading the file took more than {seconds} seconds."), mark("Split it.")),
    "reading_too_big": (mark("Reading the file took too much memory."), mark("Split it.")),
    "reading_broke": (mark("The file could not be read to its end."), mark("Save it again as CSV in UTF-8.")),
    "field_twice": (
        mark("The columns {first} and {second} would both be {field_code}."),
        mark("Rename one, or name the right one in a map file."),
    ),
    "field_missing": (
        mark("No column gives {field_code}; there are {known}."),
        mark("Name the right column in a map file."),
    ),
    "no_column": (mark("The map names a column that is not there."), mark("There are {known}.")),
    "no_such_column": (mark("There is no column “{value}”."), mark("There is {known}.")),
    "text_missing": (mark("A cell is empty."), mark("Fill it in.")),
    "not_translated": (
        mark("The map translates no “{value}”."),
        mark("Add it to the map's values; it knows {known}."),
    ),
    "class": (mark("“{value}” is no class of defects."), mark("Use {known}.")),
    "date": (mark("“{value}” is no day written as {wants}."), mark("Write the day as {wants}.")),
    "date_buddhist": (
        mark("“{value}” has a year of the Buddhist era."),
        mark("Write the day as {wants}, with the year of the common era."),
    ),
    "date_format": (
        mark("{value} describes no way to write a day."),
        mark("Use YYYY, MM and DD, such as DD/MM/YYYY."),
    ),
    "same_name": (mark("“{value}” stands in row {first} too."), mark("Say whether it is the same one.")),
    "look_alike": (
        mark("“{value}” reads like {other} in row {first}."),
        mark("Write both alike, or say that it is another one, with --another or in the map."),
    ),
    "map_not_json": (
        mark("The map file is no JSON: line {line}, character {column_no}."),
        mark("Mend it there; the manual has an example."),
    ),
    "map_key_twice": (mark("The map says {key} twice."), mark("Leave one out.")),
    "map_key_unknown": (mark("The map knows no {key}."), mark("It knows {known}.")),
    "map_key_missing": (mark("The map does not say {key}."), mark("Add it.")),
    "map_value": (mark("In the map, “{value}” does not fit {key}."), mark("What fits: {wants}.")),
    "map_kind": (mark("The map is for {has}, not for {wants}."), mark("Use the map for {wants}.")),
    "not_json": (mark("This is no JSON: line {line}, character {column_no}."), mark("Mend it there.")),
    "json_field": (mark("In {key}, {wants}."), mark("Mend the file; nothing was changed.")),
    "json_key_unknown": (mark("Nothing here is called {key}."), mark("What is known: {known}.")),
    "json_key_twice": (mark("{key} stands there twice."), mark("Leave one out.")),
    "line_kind": (
        mark("This line says neither a defect nor a reading nor a unit."),
        mark("Use unit with defect, or with characteristic and value, or units alone."),
    ),
    "lines_mixed": (
        mark("Findings and decisions stand in one file."),
        mark("The third person's file holds only lines with holds."),
    ),
    "no_lines": (mark("The file holds no line to record."), mark("Write one JSON object a line.")),
    "unknown_map": (mark("There is no map called {value}."), mark("Name the map file with its folder.")),
    "code_taken": (
        mark("“{value}” is taken as {other}."),
        mark("Write the code where another one is meant."),
    ),
    "supplier_merged": (
        mark("“{value}” is the same supplier as {other}, from which its new batches come."),
        mark("Name {other}."),
    ),
    "supplier_unclear": (
        mark("Several suppliers have this name: {sites}."),
        mark("Give the code of the right one, in the row or in the map among the values of the supplier."),
    ),
    "batch_begun": (
        mark("Batch “{value}” is there already, and its inspection has begun."),
        mark("It is not changed any more; take the row out."),
    ),
    "number_had": (
        mark("“{value}” was the number of batch “{other}” before."),
        mark("A number stays with the batch that had it; take the row out."),
    ),
    "country_stays": (
        mark("Batches are registered from this supplier; “{value}” is another country."),
        mark("Two people change it in its own form; take the row out."),
    ),
    "name_stays": (
        mark("Batches were registered under “{other}”; “{value}” is another name or unit."),
        mark("Two people change it in its own form; take the row out."),
    ),
    "staff_differs": (
        mark("This staff number belongs to {other}."),
        mark("Mend the number, or the name."),
    ),
    "login_differs": (
        mark("The login “{value}” belongs to somebody with another staff number."),
        mark("Mend one of the two."),
    ),
    "reported_otherwise": (
        mark("The report {reference} is there already and says something else."),
        mark("Give the new one a reference of its own."),
    ),
    "like_existing": (
        mark("“{value}” reads like {other}, which is there already."),
        mark("Write it alike, or say that it is another one, with --another or in the map."),
    ),
    "name_exists": (
        mark("{other} has the name “{value}” already."),
        mark("Look whether it is the same one."),
    ),
    "login_not_kept": (
        mark("The login “{value}” is not kept: people are listed here, not enrolled."),
        mark("Two people together enrol somebody who is to sign."),
    ),
    "pdf": (mark("This is no PDF that can be read."), mark("Make the report again.")),
    "drawing_active": (
        mark("The drawing holds {what}, which could run or fetch something."),
        mark("Save it again as plain outlines, or as PNG."),
    ),
    "drawing_beyond": (
        mark("The drawing holds {what}, which a logo cannot have here."),
        mark("Turn text into outlines and shades into plain colours, or save it as PNG."),
    ),
    "drawing_text": (
        mark("The logo has letters that are set in a font."),
        mark("Turn them into outlines, or save the logo as PNG."),
    ),
    "drawing_shade": (
        mark("The logo has a shade or a pattern where a plain colour has to be."),
        mark("Give it plain colours, or save the logo as PNG."),
    ),
    "drawing_clear": (
        mark("The logo has colours that let through what lies beneath."),
        mark("Give it full colours, or save the logo as PNG."),
    ),
    "drawing_cut": (
        mark("The logo has parts that another shape cuts off or hides."),
        mark("Cut them in the drawing itself, or save the logo as PNG."),
    ),
    "drawing_again": (
        mark("The logo has shapes that are drawn again by a reference to others (<use>)."),
        mark("Turn them into shapes of their own, or save the logo as PNG."),
    ),
    "drawing_effect": (
        mark("The logo has an effect such as a shadow or a blend ({what})."),
        mark("Take it out, or save the logo as PNG."),
    ),
    "drawing_too_large": (
        mark("The drawing has more than {longest} lines and curves."),
        mark("Make it simpler, or save it as PNG."),
    ),
    "drawing_empty": (mark("Nothing is drawn in it."), mark("Save it again as plain outlines, or as PNG.")),
    "picture_empty": (mark("The picture is empty."), mark("Save it again as JPEG or PNG.")),
    "picture_kind": (mark("This is no PNG or JPEG picture."), mark("Save it as JPEG or PNG.")),
    "picture_too_many_pixels": (
        mark("The picture has {width} × {height} pixels; {longest} in all are allowed."),
        mark("Make it smaller."),
    ),
    "picture_animated": (mark("The picture moves."), mark("Save one still picture as JPEG or PNG.")),
    "picture": (
        mark("This is no PNG or JPEG picture that can be read whole."),
        mark("Save it again as JPEG or PNG."),
    ),
    "paper_kind": (
        mark("This is neither a PDF nor a picture of a paper."),
        mark("Give the PDF itself, or a photo of the paper as PNG or JPEG."),
    ),
    "not_a_picture": (mark("This is no PNG or JPEG picture."), mark("Save it as JPEG or PNG.")),
    "picture_too_big": (mark("The picture is too big."), mark("Make it smaller; 50 megapixels are allowed.")),
    "picture_damaged": (mark("The picture cannot be read whole."), mark("Save it again as JPEG or PNG.")),
}
