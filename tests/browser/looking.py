"""A browser window before the site: what it shows, and what goes wrong meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
ABORTED = "net::ERR_ABORTED"  # the browser itself gave it up, as the reader had gone on
WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifted += entry.value; })
  .observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Site:
    """``wrong`` collects messages of the console, errors of scripts, failed requests and requests to other hosts."""

    address: str
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(WATCH_SHIFTS)

    def open(self, path: str, status: int = 200, until: Literal["load", "networkidle"] = "networkidle") -> Page:
        """Opens a page and waits until it is loaded, or until nothing more is fetched."""
        page = self.context.new_page()
        page.on("console", lambda message: self._note(message.text, status))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        page.on("request", lambda request: self._only_here(request.url))
        answer = page.goto(self.address + path, wait_until=until)
        assert answer is not None
        assert answer.status == status
        return page

    def _failed(self, url: str, why: str | None) -> None:
        if why != ABORTED:
            self.wrong.append(f"failed: {url} {why}")

    def _note(self, text: str, status: int) -> None:
        if status == 200 or "Failed to load resource" not in text:  # the page itself, where an error is wanted
            self.wrong.append(text)

    def _only_here(self, url: str) -> None:
        if not url.startswith("data:") and urlsplit(url).netloc != urlsplit(self.address).netloc:
            self.wrong.append(f"asked elsewhere: {url}")


def violations(page: Page, axe: str, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds: rule and element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    options: dict[str, Any] = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}" for one in found for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def settled(page: Page) -> None:
    """Waits until what the scripts did after loading is drawn."""
    page.evaluate(
        "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn, 50))))"
    )


def shifted(page: Page) -> float:
    """How much the layout shifted while the page was loaded."""
    return float(page.evaluate("window.shifted"))


def transferred(page: Page) -> int:
    """How many bytes came over the wire, page and all that it needs."""
    return int(
        page.evaluate(
            """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
               .reduce((sum, entry) => sum + entry.transferSize, 0)"""
        )
    )
