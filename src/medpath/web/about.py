"""What this is, how it is made, what it is for, and whose data it shows."""

from __future__ import annotations

from medpath import __version__
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.web.asked import Asked
from medpath.web.page import page


def show(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page about this register."""
    _ = asked.language.gettext
    seen: dict[str, dict[str, str]] = {}
    for dataset in state.register.datasets():
        seen.setdefault(dataset["source"], dataset)
    return page(
        state,
        stamp,
        asked,
        "about.html",
        _("About MedPath"),
        description=_("What MedPath is, how it is made, what it is for and whose data it shows."),
        publishers=list(seen.values()),
        version=__version__,
        horizon=state.register.horizon(),
        total=state.register.count(),
    )
