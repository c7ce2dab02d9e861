# SPDX-License-Identifier: Apache-2.0
"""A SQLite file may not lie on a network drive: by the text that Linux gives, and by what is really there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qcdesk.services.trouble import Trouble
from qcdesk.store import places
from qcdesk.store.places import is_network, network_in, network_kind, require_local

MOUNTS = """\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 21 0:32 / /mnt/plant rw,relatime shared:2 - nfs4 server:/plant rw,vers=4.2
37 21 0:33 / /mnt/our\\040share rw - cifs //server/share rw
38 36 8:2 / /mnt/plant/local rw - ext4 /dev/sda2 rw
39 21 0:40 / /srv/qc/far rw - fuse.sshfs qc@server:/ rw
40 21 0:41 / /media/usb rw - fuseblk /dev/sdb1 rw
41 21 0:42 / /host rw - 9p host rw
42 41 8:9 / /host rw - ext4 /dev/sdc1 rw
43 21 0:43 / /dev/shm rw - tmpfs tmpfs rw
broken line
44 21 0:44 / /cloud rw - fuse.rclone far: rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", None),
        ("/srv/qc/work", None),
        ("/mnt/plant", "nfs4"),
        ("/mnt/plant/qc/workspace", "nfs4"),
        ("/mnt/plant/local/qc", None),
        ("/mnt/plantation", None),
        ("/mnt/our share/qc", "cifs"),
        ("/srv/qc/far/x", "fuse.sshfs"),
        ("/media/usb/qc", None),
        ("/host/qc", None),
        ("/dev/shm/qc", None),
        ("/cloud", "fuse.rclone"),
    ],
)
def test_the_nearest_mount_decides_what_a_folder_lies_on(folder: str, kind: str | None) -> None:
    assert network_in(MOUNTS, Path(folder)) == kind


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "fuse.sshfs", "fuse.gvfsd-fuse"]
)
def test_a_file_system_of_another_machine_is_a_network_drive(kind: str) -> None:
    assert is_network(kind)


@pytest.mark.parametrize(
    "kind", ["ext4", "btrfs", "xfs", "zfs", "apfs", "overlay", "tmpfs", "vfat", "fuseblk"]
)
def test_a_disk_of_this_machine_is_none(kind: str) -> None:
    assert not is_network(kind)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_a_folder_on_a_network_drive_is_refused_with_postgresql_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:9 / {tmp_path.resolve()} rw - nfs4 server:/x rw\n"
    )
    monkeypatch.setattr(places, "MOUNTINFO", mounts)
    folder = tmp_path / "not" / "made" / "yet"
    with pytest.raises(Trouble) as refused:
        require_local(folder)
    assert refused.value.code == "network_drive"
    assert refused.value.facts == {"location": str(folder), "kind": "nfs4", "instead": "PostgreSQL"}


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_a_link_to_a_network_drive_is_seen_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far, link = tmp_path / "far", tmp_path / "link"
    far.mkdir()
    link.symlink_to(far)
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:9 / {far.resolve()} rw - cifs //server/x rw\n"
    )
    monkeypatch.setattr(places, "MOUNTINFO", mounts)
    assert network_kind(link / "workspace") == "cifs"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_nobody_is_kept_out_where_the_system_does_not_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOUNTINFO", tmp_path / "none")
    require_local(tmp_path)
