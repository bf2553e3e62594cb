"""What about the place of a shop's file is worth a warning: it works all the same."""

from __future__ import annotations

from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_RISKY = {
    "nfs": "a network drive",
    "nfs4": "a network drive",
    "cifs": "a network drive",
    "smb3": "a network drive",
    "9p": "a network drive",
    "vfat": "a FAT disk, which a power cut can tear",
    "exfat": "an exFAT disk, which a power cut can tear",
    "msdos": "a FAT disk, which a power cut can tear",
}


def warnings(shop_file: Path) -> list[str]:
    """Sentences for people: a second name of the file, a disk whose locks or syncs cannot be relied on."""
    found: list[str] = []
    try:
        names = shop_file.stat().st_nlink
    except OSError:
        return []
    if names > 1:
        found.append(
            f"{shop_file.name} has {names} names (hard links). Opened by two of them it would be damaged: keep one."
        )
    kind = file_system(shop_file)
    where = _RISKY.get(kind) or ("a folder that a program serves" if kind.startswith("fuse.") else "")
    if where:
        found.append(
            f"{shop_file.name} lies on {where}."
            " Keep the shop's own file on this computer's disk, and share it by merging."
        )
    return found


def file_system(path: Path) -> str:
    """The kind of file system that a path lies on, as the system calls it; empty where it does not say."""
    try:
        lines = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    there = str(path.resolve())
    best, kind = "", ""
    for line in lines:
        point, name = [*line.split(" "), "", "", ""][1:3]
        point = point.replace("\\040", " ")
        inside = there == point or there.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, name
    return kind
