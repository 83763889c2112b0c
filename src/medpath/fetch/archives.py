"""Headers of tar archives, bounded: Python's own reader takes as much memory and time as an archive demands."""

from __future__ import annotations

import tarfile

HEADER_LIMIT = 16 * 1024
SHORT_HEADER = 512
HEADER_WORK = 5 * 10**9  # bytes squared: a long header can take time with the square of its length, these some seconds

_EXTENDED = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)


def bounded_headers() -> type[tarfile.TarInfo]:
    """A class of members for one archive, which is refused with a `tarfile.TarError` where its headers are too much.

    That is a header of more than 16 KB beside a member, too many long ones, and members with holes, whose map of
    holes has no bound.
    """
    work = 0

    class Member(tarfile.TarInfo):
        def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:  # made to be overridden, says tarfile
            nonlocal work
            if self.type in _EXTENDED:
                work += self.size**2 if self.size > SHORT_HEADER else 0
                if not 0 <= self.size <= HEADER_LIMIT or work > HEADER_WORK:
                    raise tarfile.HeaderError("its headers are too long")
            elif self.type == tarfile.GNUTYPE_SPARSE:
                raise tarfile.HeaderError("it holds files with holes")
            elif self.size < 0:
                raise tarfile.HeaderError("it holds a file of a negative size")
            member: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
            return member

        def _proc_gnusparse_10(self, *_given: object) -> None:
            raise tarfile.HeaderError("it holds files with holes")

    return Member
