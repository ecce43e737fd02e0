"""What a user agent says of a visitor: device, browser and system, or that it is a bot.

Names come from short lists: whoever invents some makes no more than "other" of them.
"""

import re
import threading
from functools import cache, lru_cache
from typing import NamedTuple

from ua_parser import Parser
from ua_parser.core import Result
from ua_parser.loaders import load_lazy_builtins
from ua_parser.regex import Resolver

OTHER = "other"
_LONGEST = 512
"""Characters of a user agent that are read."""
_SYSTEMS = {
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "iOS": "iOS",
    "Android": "Android",
    "Chrome OS": "ChromeOS",
    **dict.fromkeys(("Linux", "Ubuntu", "Fedora", "Debian", "Red Hat", "SUSE"), "Linux"),
}
_BROWSERS = ("Edge", "Opera", "Samsung Internet", "Firefox", "Chromium", "Chrome", "Safari")
_MOBILE = ("iOS", "Android")
_SPIDER = "Spider"
_UNATTENDED = ("Headless", "PhantomJS", "Electron")
_MACHINES = re.compile(
    r"https?://|compatible;(?! ?(?:MSIE|Konqueror))"
    r"|Chrome-Lighthouse|Cypress/|DatadogSynthetics|GTmetrix|jsdom/"
)
"""Look like people otherwise: browsers do not tell where to read about them, or what they equal."""
_PHONES = re.compile("cubot", re.IGNORECASE)
"""Makers of phones whose name ends like that of a bot."""


class Agent(NamedTuple):
    """What is kept of a user agent."""

    device: str
    browser: str
    system: str
    is_bot: bool


def load_in_background() -> threading.Thread:
    """Begin to load what is known of user agents, before anybody needs it."""
    thread = threading.Thread(target=read_agent, args=("-",), name="load-agents", daemon=True)
    thread.start()
    return thread


@cache
def _parser() -> Parser:
    browsers, systems, devices = load_lazy_builtins()
    # Of devices only the spiders are needed; all of them would take 14 MB more.
    spiders = [device for device in devices if getattr(device, "family", "") == _SPIDER]
    return Parser(Resolver((browsers, systems, spiders)))


@lru_cache(maxsize=2000)
def read_agent(text: str) -> Agent:
    """What the header User-Agent says."""
    text = text[:_LONGEST]
    found = _parser().parse(_PHONES.sub("phone", text))
    if _is_bot(found) or _MACHINES.search(text):
        return Agent("bot", OTHER, OTHER, is_bot=True)
    family = found.os.family if found.os else ""
    system = _SYSTEMS.get(family, OTHER)
    return Agent(_device(system, text), _browser(found), system, is_bot=False)


def _is_bot(found: Result) -> bool:
    """Those that say so, browsers that nobody sits before, and all that run on nothing."""
    named = found.device is not None and found.device.family == _SPIDER
    browser = found.user_agent.family if found.user_agent else ""
    return named or found.os is None or browser.startswith(_UNATTENDED)


def _browser(found: Result) -> str:
    family = found.user_agent.family if found.user_agent else ""
    return next((browser for browser in _BROWSERS if browser in family), OTHER)


def _device(system: str, text: str) -> str:
    if system not in _MOBILE:
        return OTHER if system == OTHER else "desktop"
    phones = ("iPhone", "iPod") if system == "iOS" else ("Mobile",)
    return "phone" if any(word in text for word in phones) else "tablet"
