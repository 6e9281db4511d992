"""Looks at a page: `python look.py PROGRAM PAGE FOLDER`, in the driver's environment.

Prints as JSON what it saw at each width and in each scheme; the pictures and the printed page lie in FOLDER.
"""

import json
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright  # type: ignore[import-not-found]

FLAGS = ("--no-sandbox", "--no-zygote", "--use-gl=angle", "--use-angle=swiftshader", "--disable-dev-shm-usage")
WIDTHS, SCHEMES, TALLEST = (1280, 390), ("light", "dark"), 8000

MEASURE = (Path(__file__).parent / "measure.js").read_text()


def looked(browser: Browser, page_file: Path, folder: Path, width: int, scheme: str) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    found = page.evaluate(MEASURE)
    # A picture higher than the graphics library's textures repeats itself: a high page is taken in pieces.
    for number, top in enumerate(range(0, found["height"], TALLEST)):
        clip = {"x": 0, "y": top, "width": width, "height": min(TALLEST, found["height"] - top)}
        page.screenshot(path=str(folder / f"{width}-{scheme}-{number}.png"), full_page=True, clip=clip)
    context.close()
    return found | {"width": width, "scheme": scheme, "console": said, "requests": asked}


def main(program: str, page_file: Path, folder: Path) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=[*FLAGS])
        seen = [looked(browser, page_file, folder, width, scheme) for width in WIDTHS for scheme in SCHEMES]
        page = browser.new_page()
        page.goto(page_file.as_uri())
        page.emulate_media(media="print")
        printed = page.evaluate(MEASURE)
        page.pdf(path=str(folder / "print.pdf"), format="A4")
        browser.close()
    print(json.dumps({"seen": seen, "printed": printed}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
