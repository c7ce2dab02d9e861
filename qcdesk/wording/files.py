# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a file that came in, as a fact and what to do: tables, maps, pictures, JSON."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import mark

# Code of a BadInput: line 1 the fact, line 2 the way on. Placeholders are the facts and place of the BadInput.
FILE_PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "no_file": (mark("There is no file {file}."), mark("Check the name and the folder.")),
    "no_folder": (mark("There is no folder {file}."), mark("Check the name.")),
    "not_a_file": (mark("{file} is no plain file."), mark("Name a file, not a folder or a device.")),
    "file_exists": (mark("{file} is there already."), mark("Choose another name; nothing is overwritten.")),
    "file_empty": (mark("The file is empty."), mark("Save it again where it was made.")),
    "file_too_big": (mark("The file is too big: {bytes} bytes, {longest} allowed."), mark("Split it.")),
    "not_csv": (mark("This is no CSV file but {likely}."), mark("Save it as CSV in UTF-8.")),
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
        mark("“{value}” reads like “{other}” in row {first}."),
        mark("Say whether it is the same one."),
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
    "supplier_unclear": (
        mark("Several suppliers have this name: {codes}."),
        mark("Give the code of the right one."),
    ),
    "batch_begun": (
        mark("Batch “{value}” is there already, and its inspection has begun."),
        mark("It is not changed any more; take the row out."),
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
        mark("Look whether it is the same."),
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
    "not_a_picture": (mark("This is no PNG or JPEG picture."), mark("Save it as JPEG or PNG.")),
    "picture_too_big": (mark("The picture is too big."), mark("Make it smaller; 50 megapixels are allowed.")),
    "picture_damaged": (mark("The picture cannot be read whole."), mark("Save it again as JPEG or PNG.")),
    "glyph": (
        mark("The fonts of the report have no sign for {characters}."),
        mark("Write it with other characters; nothing was printed."),
    ),
}
