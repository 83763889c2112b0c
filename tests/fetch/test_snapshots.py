import pytest

from medpath.errors import SourceFailed
from medpath.fetch.snapshots import Snapshots


def test_what_is_put_can_be_had_again(tmp_path):
    snapshots = Snapshots(tmp_path)
    sha256 = snapshots.put(b"a report")
    assert snapshots.get(sha256) == b"a report"
    assert list(snapshots.all()) == [sha256]


def test_it_is_told_why_bytes_can_not_be_had(tmp_path):
    snapshots = Snapshots(tmp_path)
    sha256 = snapshots.put(b"a report")
    path = snapshots.path(sha256)
    for content in (b"no zlib", snapshots.path(snapshots.put(b"another report")).read_bytes()):
        path.write_bytes(content)
        with pytest.raises(SourceFailed, match="is damaged"):
            snapshots.get(sha256)
    path.unlink()
    with pytest.raises(SourceFailed, match="not kept any more"):
        snapshots.get(sha256)
    path.mkdir()  # as for a file that belongs to another user: it may be whole
    with pytest.raises(SourceFailed, match="can't be read"):
        snapshots.get(sha256)
