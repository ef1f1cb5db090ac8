"""An archive is whole or it is refused: every byte of it counts."""

from __future__ import annotations

import io
import json
import os
import random
import tarfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.manifest import FORMAT, Manifest, Member, written
from plats.web.operations.backup.reading import read_manifest, verify_archive
from plats.web.operations.backup.tarring import MANIFEST, ending, header, padding
from plats.web.operations.backup.writing import new_archive

MADE_AT = "2026-11-27T10:00:00+00:00"
ABOUT = Manifest(
    made_at=MADE_AT,
    version="0.1.0",
    municipality="0126",
    database="sqlite",
    database_version="3",
    migrations=("accounts.0001_initial",),
    audit_sequence=7,
    audit_hash="a" * 64,
    members=(),
)
CONTENT = {
    "database/site.sqlite3": b"rows" * 700,
    "home/current": b"000002-aaaaaaaa\n",
    "home/versions/000001-aaaaaaaa/areas.parquet": b"PAR1" * 300,
    "home/files/ab/cdef": b"",
    "home/secret_key": b"k" * 60,
}
LINK = ("home/versions/000002-bbbbbbbb/areas.parquet", "home/versions/000001-aaaaaaaa/areas.parquet")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    target = tmp_path / "backup.tar"
    with new_archive(target, MADE_AT) as writer:
        for name, content in CONTENT.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if name == LINK[1]:
                (source / "link").hardlink_to(path)
            writer.add(name, path)
        writer.add(LINK[0], source / "link")
        writer.finish(ABOUT)
    return target


def unpacked(archive: Path, into: Path) -> dict[str, bytes]:
    verify_archive(archive, into=into)
    return {
        path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()
    }


def test_what_went_in_comes_out(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert unpacked(archive, out) == CONTENT | {LINK[0]: CONTENT[LINK[1]]}
    assert read_manifest(archive) == replace(ABOUT, members=read_manifest(archive).members)
    assert {oct(path.stat().st_mode & 0o777) for path in out.rglob("*") if path.is_file()} == {"0o600"}


def test_a_file_with_two_names_is_kept_once_and_has_two_names_again(archive: Path, tmp_path: Path) -> None:
    verify_archive(archive, into=tmp_path / "out")
    one, other = (tmp_path / "out" / name for name in LINK)
    assert one.samefile(other)
    assert read_manifest(archive).bytes == sum(map(len, CONTENT.values()))


def test_any_tar_program_reads_it(archive: Path) -> None:
    with tarfile.open(archive) as tar:
        assert tar.getnames() == [*CONTENT, LINK[0], MANIFEST]
        told = tar.extractfile(LINK[0])
        assert told is not None
        assert told.read() == CONTENT[LINK[1]]


def test_it_is_readable_by_its_owner_only(archive: Path) -> None:
    assert oct(archive.stat().st_mode & 0o777) == "0o600"


def test_a_flipped_bit_anywhere_is_found(archive: Path) -> None:
    whole = archive.read_bytes()
    drawn = random.Random(20261127)  # noqa: S311  places, not secrets
    places = {drawn.randrange(len(whole)) for _ in range(1500)} | {0, 156, 512, len(whole) - 1}
    kept = []
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << drawn.randrange(8)
        archive.write_bytes(changed)
        if _is_taken(archive):
            kept.append(place)
    assert not kept


def test_one_that_is_cut_or_grown_at_any_length_is_refused(archive: Path) -> None:
    whole = archive.read_bytes()
    for length in [*range(0, len(whole), 97), len(whole) - 1, len(whole) - 512]:
        archive.write_bytes(whole[:length])
        assert not _is_taken(archive), length
    for more in (b"\0", bytes(512), bytes(10240), whole):
        archive.write_bytes(whole + more)
        assert not _is_taken(archive)
    archive.write_bytes(whole)
    assert _is_taken(archive)


def test_what_is_no_archive_is_refused_with_advice(tmp_path: Path) -> None:
    for content in (b"", b"PK\x03\x04" * 400, bytes(20480), os.urandom(20480)):
        (tmp_path / "x.tar").write_bytes(content)
        with pytest.raises(BackupError, match="Använd en annan kopia"):
            verify_archive(tmp_path / "x.tar")
    with pytest.raises(BackupError, match="Kontrollera sökvägen"):
        verify_archive(tmp_path / "none.tar")


def test_a_member_that_is_missing_extra_or_elsewhere_is_found(tmp_path: Path) -> None:
    a, b, c = (Member(f"home/files/{name}", 1, _sha(name.encode())) for name in "abc")
    told = {"members": (a, b)}
    assert _is_taken(_forged(tmp_path, [(a, b"a"), (b, b"b")], **told))
    for held in (
        [(a, b"a")],
        [(a, b"a"), (b, b"b"), (c, b"c")],
        [(b, b"b"), (a, b"a")],
        [(a, b"a"), (b, b"c")],
    ):
        assert not _is_taken(_forged(tmp_path, held, **told))


@pytest.mark.parametrize(
    "path",
    [
        "home/files/../../../outside",
        "/home/files/x",
        "home/../x",
        "../x",
        "home/files/./x",
        "home/files//x",
        "home/files/",
        "home/files/.hidden",
        "home/files/a\\b",
        "home/files/a\nb",
        "home/files/å",
        "home/.bashrc",
        "home/static/x.js",
        "home",
        "elsewhere/x",
        "database/other",
        "home/files/" + "x" * 100,
    ],
)
def test_a_name_that_is_not_ours_is_refused_and_writes_nothing(tmp_path: Path, path: str) -> None:
    """Whoever forges an archive can also forge its seal: names are judged whoever wrote them."""
    member = Member(path, 1, _sha(b"x"))
    archive = _forged(tmp_path, [(member, b"x")], members=(member,))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BackupError):
        verify_archive(archive, into=tmp_path / "deep" / "out")
    assert [one for one in tmp_path.rglob("*") if one not in before and one.is_file()] == []


@pytest.mark.parametrize(
    "change",
    [
        {"members": (Member("home/files/a", 1, _a := "0" * 64), Member("home/files/a", 1, _a))},
        {"members": (Member("home/files/a", 1, _a, link="home/files/b"),)},
        {"members": (Member("home/files/a", -1, _a),)},
        {"members": (Member("home/files/a", 1, "short"),)},
    ],
    ids=["twice", "link to nothing", "negative size", "no hash"],
)
def test_a_manifest_that_contradicts_itself_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(BackupError):
        verify_archive(_forged(tmp_path, [], **change))


def test_a_symbolic_link_in_it_is_refused(tmp_path: Path) -> None:
    def as_link(block: bytes) -> bytes:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc"
        return info.tobuf(tarfile.GNU_FORMAT)

    member = Member("home/files/a", 0, _sha(b""))
    with pytest.raises(BackupError):
        verify_archive(_forged(tmp_path, [(member, b"")], as_link, members=(member,)), into=tmp_path / "out")
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").rglob("a"))


def test_a_file_that_stands_where_a_folder_should_is_refused(tmp_path: Path) -> None:
    a, b = Member("home/files/a", 1, _sha(b"a")), Member("home/files/a/b", 1, _sha(b"b"))
    with pytest.raises(BackupError):
        verify_archive(_forged(tmp_path, [(a, b"a"), (b, b"b")], members=(a, b)), into=tmp_path / "out")


def test_one_of_a_newer_format_says_which_program_to_use(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nyare"):
        read_manifest(_forged(tmp_path, [], format=FORMAT + 1))


def test_nothing_stands_at_its_place_when_it_could_not_be_finished(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises(FileNotFoundError), new_archive(tmp_path / "x.tar", MADE_AT) as writer:
        writer.add("home/current", tmp_path / "gone")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


def test_what_a_killed_writer_left_goes_and_what_a_living_one_writes_stays(tmp_path: Path) -> None:
    left = tmp_path / ".plats-0126-2026-11-01T000000Z.tar.00000000.tmp"
    left.write_bytes(b"half")
    with new_archive(tmp_path / "one.tar", MADE_AT) as one:
        assert not left.exists()
        with new_archive(tmp_path / "two.tar", MADE_AT) as two:
            two.finish(ABOUT)
        one.finish(ABOUT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.tar", "two.tar"]


# Internals


def _is_taken(archive: Path) -> bool:
    try:
        verify_archive(archive)
    except BackupError:
        return False
    return True


def _sha(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _forged(
    folder: Path,
    held: list[tuple[Member, bytes]],
    bend: Callable[[bytes], bytes] = lambda block: block,
    **told: Any,
) -> Path:
    """An archive by someone who knows the format and seals what they like."""
    manifest = replace(ABOUT, **told)
    text = written(manifest)
    assert json.loads(text)["members"] == [asdict(one) for one in manifest.members]
    out = io.BytesIO()
    for member, content in held:
        out.write(bend(_plain_header(member)) + content + padding(len(content)))
    out.write(header(Member(MANIFEST, len(text), ""), MADE_AT) + text + padding(len(text)))
    out.write(ending(out.tell()))
    path = folder / "forged.tar"
    path.write_bytes(out.getvalue())
    return path


def _plain_header(member: Member) -> bytes:
    try:
        return header(member, MADE_AT)
    except BackupError:
        info = tarfile.TarInfo(member.path)
        info.size = member.size
        return info.tobuf(tarfile.GNU_FORMAT)
