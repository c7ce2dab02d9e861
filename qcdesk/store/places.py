# SPDX-License-Identifier: Apache-2.0
"""Where a SQLite file may lie: on this machine's own disks, never on a network drive."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from qcdesk.services.trouble import Trouble

MOUNTINFO = Path("/proc/self/mountinfo")

# What Linux and macOS call file systems that lie on another machine. SQLite relies on locks and syncs that these
# promise and do not always keep; a virtual machine's folder of its host is one of them, too.
NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "ncp",
        "afs",
        "afpfs",
        "coda",
        "webdav",
        "davfs",
    }
    | {
        "9p",
        "ceph",
        "glusterfs",
        "lustre",
        "ocfs2",
        "gfs2",
        "gpfs",
        "beegfs",
        "orangefs",
        "pvfs2",
        "acfs",
        "ftp",
    }
    | {"vboxsf", "prl_fs", "vmhgfs", "virtiofs", "sshfs", "curlftpfs", "macfuse", "osxfuse", "s3fs", "drvfs"}
)
# Behind FUSE there may be a disk of this machine as well; these are.
LOCAL_FUSE = frozenset(
    {"fuseblk", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext2", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"}
    | {"fuse.fuse-overlayfs", "fuse.bindfs", "fuse.mergerfs", "fuse.veracrypt", "fuse.lxcfs", "fuse.portal"}
)
_REMOTE_DRIVE = 4  # GetDriveTypeW
_MNT_LOCAL = 0x1000  # statfs on macOS


def require_local(folder: Path) -> None:
    """Refuse a folder on a network drive.

    Raises: Trouble: ``network_drive`` (facts ``location``; ``kind``, the file system; ``instead``, what fits there).
    """
    kind = network_kind(folder)
    if kind is not None:
        raise Trouble("network_drive", location=str(folder), kind=kind, instead="PostgreSQL")


def network_kind(folder: Path) -> str | None:
    """Return the kind of network file system that a folder lies on (or would be made on), None for a local one.

    Where the system does not tell, None: nobody is kept out by a guess.
    """
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    place = place.resolve()
    if sys.platform == "win32":
        return _windows(place)
    if sys.platform == "darwin":
        return _macos(place)
    try:
        mounts = MOUNTINFO.read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    return network_in(mounts, place)


def network_in(mountinfo: str, place: Path) -> str | None:
    """Return the kind of network file system of a resolved path, by the text of ``/proc/self/mountinfo``.

    Of mounts over one another the last one counts, as it does for the kernel.
    """
    found, depth = "", -1
    for line in mountinfo.splitlines():
        front, dash, back = line.partition(" - ")
        fields = front.split(" ")
        if not dash or len(fields) < 5 or not back:
            continue
        point = Path(_unescaped(fields[4]))
        if (place == point or point in place.parents) and len(point.parts) >= depth:
            found, depth = back.split(" ")[0], len(point.parts)
    return found if is_network(found) else None


def is_network(kind: str) -> bool:
    """Tell whether a file system of this name lies on another machine. FUSE counts unless known to be local."""
    kind = kind.lower()
    if kind.startswith("fuse"):
        return kind not in LOCAL_FUSE
    return kind in NETWORK


def _unescaped(text: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text


def _windows(place: Path) -> str | None:
    if str(place).startswith("\\\\"):
        return "smb"
    kind = getattr(ctypes, "windll").kernel32.GetDriveTypeW(place.anchor)  # noqa: B009 - only there on Windows
    return "smb" if kind == _REMOTE_DRIVE else None


def _macos(place: Path) -> str | None:
    """Ask ``statfs``; its struct (64-bit inodes): flags stand at byte 64, the name of the kind at 72, 16 bytes."""
    library = ctypes.CDLL(None)
    answer = ctypes.create_string_buffer(4096)
    ask = getattr(library, "statfs$INODE64", None) or library.statfs
    if ask(os.fsencode(place), answer) != 0:
        return None
    flags = int.from_bytes(answer.raw[64:68], sys.byteorder)
    kind = answer.raw[72:88].split(b"\0")[0].decode("ascii", "replace")
    return kind or "network" if not flags & _MNT_LOCAL or is_network(kind) else None
