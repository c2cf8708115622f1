"""Chromium without a screen, driven through its own driver; nothing is fetched to do so."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)


def driver() -> Chrome:
    assert CHROMIUM
    assert DRIVER
    options = Options()
    options.binary_location = CHROMIUM
    for argument in ARGUMENTS:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    return Chrome(service=Service(DRIVER), options=options)


def show(browser: Chrome, page: Path, width: int = 1280, *, scripts: bool = True, **media: str) -> None:
    """Open a page in a window of that width, with media such as forced colours or print."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    kind = media.pop("media", "screen")
    features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": kind, "features": features})
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    browser.get("about:blank")
    logged(browser, "performance")
    logged(browser, "browser")
    browser.get(page.as_uri())


def asked_of_the_network(browser: Chrome) -> list[str]:
    """The address of everything the page wanted since it was opened, the page itself included."""
    events = (json.loads(entry["message"])["message"] for entry in logged(browser, "performance"))
    return [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]


def logged(browser: Chrome, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return found


def tabbed(browser: Chrome) -> Iterator[str]:
    """Where the keyboard leads, key by key, until it is back at the start."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    while True:
        ActionChains(browser).send_keys(Keys.TAB).perform()
        element = browser.switch_to.active_element
        if element.tag_name == "body":
            return
        yield element.tag_name
