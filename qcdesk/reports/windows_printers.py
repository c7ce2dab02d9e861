# SPDX-License-Identifier: Apache-2.0
"""The printers of Windows without a window: named by its spooler, and pages painted on them one after the other."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

from qcdesk.services.ports import Printing
from qcdesk.services.trouble import Trouble

MOST_DPI: Final = 600
"""As the window paints: a page of A4 then takes 140 MB."""
_HERE_AND_CONNECTED: Final = 2 | 4
_DOTS_AN_INCH, _OFFSET_X, _OFFSET_Y = 88, 112, 113
"""What a device is asked for, by the numbers that Windows gives these."""
_HALFTONE: Final = 4
_COPY: Final = 0x00CC0020

if sys.platform == "win32":

    def names() -> tuple[str, ...]:
        """Return what the system calls its printers."""

        class Info(ctypes.Structure):
            """A printer: its name, its server, what kind it is (PRINTER_INFO_4W)."""

            _fields_ = (
                ("name", ctypes.c_wchar_p),
                ("server", ctypes.c_wchar_p),
                ("attributes", ctypes.c_ulong),
            )

        spooler = ctypes.WinDLL("winspool.drv")
        needed, count = ctypes.c_ulong(), ctypes.c_ulong()
        ask = (_HERE_AND_CONNECTED, None, 4)
        spooler.EnumPrintersW(*ask, None, 0, ctypes.byref(needed), ctypes.byref(count))
        room = ctypes.create_string_buffer(max(1, needed.value))
        if not spooler.EnumPrintersW(*ask, room, needed.value, ctypes.byref(needed), ctypes.byref(count)):
            return ()
        found = ctypes.cast(room, ctypes.POINTER(Info))
        return tuple(str(found[at].name) for at in range(count.value))

    def usual() -> str:
        """Return the printer that the system takes where none is named; empty: there is none."""
        length = ctypes.c_ulong(260)
        name = ctypes.create_unicode_buffer(length.value)
        found = ctypes.WinDLL("winspool.drv").GetDefaultPrinterW(name, ctypes.byref(length))
        return name.value if found else ""

    def paint(printing: Printing, pdf: bytes, printer: str, title: str) -> str:
        """Paint the pages of a PDF on a printer at their own size; return the number of the job.

        Raises: Trouble ``printer``.
        """

        class Document(ctypes.Structure):
            """What the system is told of a document (DOCINFOW)."""

            _fields_ = (
                ("size", ctypes.c_int),
                ("name", ctypes.c_wchar_p),
                ("output", ctypes.c_wchar_p),
                ("datatype", ctypes.c_wchar_p),
                ("kind", ctypes.c_ulong),
            )

        class Bitmap(ctypes.Structure):
            """How pixels lie (BITMAPINFOHEADER); a height below 0: from the top down."""

            _fields_ = (
                ("size", ctypes.c_uint32),
                ("width", ctypes.c_int32),
                ("height", ctypes.c_int32),
                ("planes", ctypes.c_uint16),
                ("bits", ctypes.c_uint16),
                ("packing", ctypes.c_uint32),
                ("bytes", ctypes.c_uint32),
                ("across", ctypes.c_int32),
                ("down", ctypes.c_int32),
                ("colours", ctypes.c_uint32),
                ("needed", ctypes.c_uint32),
            )

        gdi = ctypes.WinDLL("gdi32")
        gdi.CreateDCW.restype = ctypes.c_void_p
        device = ctypes.c_void_p(gdi.CreateDCW("WINSPOOL", printer, None, None))
        if not device:
            raise Trouble("printer")
        try:
            dots = gdi.GetDeviceCaps(device, _DOTS_AN_INCH)
            left, top = gdi.GetDeviceCaps(device, _OFFSET_X), gdi.GetDeviceCaps(device, _OFFSET_Y)
            dpi = max(72, min(MOST_DPI, dots))
            about = Document(ctypes.sizeof(Document), title, None, None, 0)
            job = gdi.StartDocW(device, ctypes.byref(about))
            if job <= 0:
                raise Trouble("printer")
            for index in range(printing.page_count(pdf)):
                width, height, pixels = printing.page(pdf, index, dpi)
                header = Bitmap(ctypes.sizeof(Bitmap), width, -height, 1, 32, 0, 0, 0, 0, 0, 0)
                wide, high = round(width * dots / dpi), round(height * dots / dpi)
                drawn = gdi.StartPage(device) > 0
                gdi.SetStretchBltMode(device, _HALFTONE)
                box = (device, -left, -top, wide, high, 0, 0, width, height)
                drawn = drawn and gdi.StretchDIBits(*box, pixels, ctypes.byref(header), 0, _COPY) > 0
                if not drawn or gdi.EndPage(device) <= 0:
                    gdi.AbortDoc(device)
                    raise Trouble("printer")
            if gdi.EndDoc(device) <= 0:
                raise Trouble("printer")
        finally:
            gdi.DeleteDC(device)
        return str(job)
