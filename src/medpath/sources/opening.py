"""Opens a spreadsheet. `medpath.sources.tables` calls it in a process of its own (`medpath.bounded`)."""

from __future__ import annotations

import io
import pickle
from typing import Any


def answer(data: bytes) -> bytes:
    """The pickled rows of the first sheet, or one pickled sentence on why there are none."""
    return pickle.dumps(rows(data))


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
