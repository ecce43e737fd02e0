"""What the tests in a real browser share."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Route

CHROMIUM = Path("/usr/bin/chromium")
ADDRESS = "http://portfolio.test"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
# WCAG 2.1: relative luminance and contrast ratio, of every text on the first opaque background.
WORST_CONTRAST = """() => {
  const parse = color => (color.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const color = parse(getComputedStyle(e).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  let worst = { ratio: 21, text: '' };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const text = node.textContent.trim(), element = node.parentElement;
    if (!text || element.closest('.hidden')) continue;
    const a = light(parse(getComputedStyle(element).color)), b = light(ground(element));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text };
  }
  return worst;
}"""
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]
_PASSED = ("content-type", "accept", "x-conversation-token")


def pass_on(route: Route, client: FlaskClient) -> None:
    """Let the application answer what the browser asks for."""
    request = route.request
    with client.open(
        request.url.removeprefix(ADDRESS),
        method=request.method,
        data=request.post_data_buffer,
        headers={name: request.headers[name] for name in _PASSED if name in request.headers},
    ) as response:
        route.fulfill(
            status=response.status_code, headers=dict(response.headers), body=response.data
        )
