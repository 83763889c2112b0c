"""What is drawn on a page of a PDF: the ruled lines of its tables, its pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

OBJECTS_LIMIT = 20_000
POINTS_LIMIT = 20_000
THIN = 2.5  # points; a filled area that is thinner is a ruled line
SHORT = 6.0  # points; ruled lines that are shorter are parts of drawings

Box = tuple[float, float, float, float]  # left, bottom, right, top


class Rule(NamedTuple):
    """A ruled line, level (``y0 == y1``) or upright (``x0 == x1``)."""

    x0: float
    y0: float
    x1: float
    y1: float


def turned(box: Box, turn: int) -> Box:
    """A box (left, bottom, right, top) after so many quarter turns to the right."""
    left, bottom, right, top = box
    if turn == 1:
        return bottom, -right, top, -left
    if turn == 2:
        return -right, -top, -left, -bottom
    if turn == 3:
        return -top, left, -bottom, right
    return left, bottom, right, top


def rule_of(box: Box) -> Rule:
    """The ruled line that a box is."""
    left, bottom, right, top = box
    if top - bottom < right - left:
        middle = (bottom + top) / 2
        return Rule(left, middle, right, middle)
    middle = (left + right) / 2
    return Rule(middle, bottom, middle, top)


def rules_on(page: Any) -> Iterator[Box]:
    """The boxes of ruled lines, drawn as lines, as frames or as thin areas."""
    count = pdfium.FPDFPage_CountObjects(page)
    points = 0
    for index in range(min(count, OBJECTS_LIMIT)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        segments = pdfium.FPDFPath_CountSegments(item)
        points += segments
        if points > POINTS_LIMIT:
            return
        yield from _of_path(item, segments)


def pictures_on(page: Any) -> int:
    """How many images and drawings made elsewhere a page has."""
    count = min(pdfium.FPDFPage_CountObjects(page), OBJECTS_LIMIT)
    kinds = [pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, index)) for index in range(count)]
    return sum(kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) for kind in kinds)


def _of_path(path: Any, segments: int) -> Iterator[Box]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    for points in _outlines(path, segments, matrix):
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        bottom, top = min(y for _, y in points), max(y for _, y in points)
        if not all(map(math.isfinite, (left, right, bottom, top))):
            continue
        if right - left <= THIN or top - bottom <= THIN:
            if max(right - left, top - bottom) >= SHORT:
                yield left, bottom, right, top
        elif stroke.value:
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
                level, upright = abs(y1 - y0) <= 1, abs(x1 - x0) <= 1
                if (level or upright) and max(abs(x1 - x0), abs(y1 - y0)) >= SHORT:
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _outlines(path: Any, segments: int, matrix: Any) -> Iterator[list[tuple[float, float]]]:
    """The parts of a path as points on the page; curves by their ends."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(
            (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        )
    if len(points) > 1:
        yield points
