"""Opens a spreadsheet in a process of its own: bytes come in on standard input, rows go out on standard output.

Two thousand bytes can ask for a sheet of 17 billion cells, and where memory ends the library's Rust ends the whole
process. `medpath.sources.tables` runs this file by its path, so it imports nothing of MedPath.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any

MEMORY = 1 << 30


def main() -> None:
    """Answers with the pickled rows of the first sheet, or with one sentence on why there are none."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, OSError, ValueError):  # not every system bounds the memory of a process
        pass
    sys.stdout.buffer.write(pickle.dumps(rows(sys.stdin.buffer.read())))


def rows(data: bytes) -> list[list[Any]] | str:
    """The rows of the first sheet, or what is wrong with the file."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found: list[list[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except MemoryError:
        raise
    except BaseException as problem:  # the Rust parser may panic, which is no Exception
        return (str(problem).splitlines() or [type(problem).__name__])[0][:120]
    return found


if __name__ == "__main__":
    main()
