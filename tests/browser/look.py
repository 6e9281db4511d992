"""Renders a page in a browser: `python look.py PROGRAM PAGE FOLDER`, in the driver's environment.

Prints the measurements for each width and colour scheme as JSON; writes screenshots and a printed PDF to FOLDER.
"""

import json
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright  # type: ignore[import-not-found]

FLAGS = ("--no-sandbox", "--no-zygote", "--use-gl=angle", "--use-angle=swiftshader", "--disable-dev-shm-usage")
WIDTHS, SCHEMES, MAX_HEIGHT = (1280, 390), ("light", "dark"), 8000

MEASURE = (Path(__file__).parent / "measure.js").read_text()


def render(browser: Browser, page_file: Path, folder: Path, width: int, scheme: str) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    console: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(page_file.as_uri())
    measurements = page.evaluate(MEASURE)
    # A screenshot higher than the graphics library's maximum texture size repeats itself, so a high page is split.
    for number, top in enumerate(range(0, measurements["height"], MAX_HEIGHT)):
        clip = {"x": 0, "y": top, "width": width, "height": min(MAX_HEIGHT, measurements["height"] - top)}
        page.screenshot(path=str(folder / f"{width}-{scheme}-{number}.png"), full_page=True, clip=clip)
    context.close()
    return measurements | {"width": width, "scheme": scheme, "console": console, "requests": requests}


def main(program: str, page_file: Path, folder: Path) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=[*FLAGS])
        views = [render(browser, page_file, folder, width, scheme) for width in WIDTHS for scheme in SCHEMES]
        page = browser.new_page()
        page.goto(page_file.as_uri())
        page.emulate_media(media="print")
        printed = page.evaluate(MEASURE)
        page.pdf(path=str(folder / "print.pdf"), format="A4")
        browser.close()
    print(json.dumps({"views": views, "printed": printed}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
