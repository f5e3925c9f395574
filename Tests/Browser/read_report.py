# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a report's page as readers do and prints, as JSON, what they meet.

    read_report.py PAGE FIGURE… [--pictures FOLDER]

A FIGURE is the id of one whose values are gone through; in the folder, screenshots of the first.
"""

import argparse
import json
import pathlib

from browser import Tab

FOCUS = """(() => {
  const e = document.activeElement;
  const canvas = e.closest(".canvas");
  return canvas ? "figure " + canvas.querySelector("svg title").id : `${e.tagName} ${e.className}`.trim();
})()"""
TIP = """(() => {
  const tip = document.activeElement.closest(".canvas").querySelector(".tip");
  return tip.hidden ? null : [...tip.children].map(line => line.textContent);
})()"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BUTTON = "document.querySelector('.theme')"

# The least contrast of any text to what lies behind it (WCAG 2), with the text.
CONTRAST = """(() => {
  const level = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const read = color => (color.match(/[\\d.]+/g) || []).map(Number);
  const luminance = color => {
    const [r, g, b] = read(color).map(v => level(v / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const [, , , alpha = 1] = read(getComputedStyle(e).backgroundColor);
      if (alpha > 0 && getComputedStyle(e).backgroundColor !== "transparent")
        return getComputedStyle(e).backgroundColor;
    }
    return paper;
  };
  for (const one of document.querySelectorAll("details")) one.open = true;
  let least = { ratio: 99, text: "", count: 0 };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || element.closest("script, title, desc, [aria-hidden=true], [hidden]")) continue;
    const isDrawn = element.namespaceURI.endsWith("svg");
    // What stands on a cell has the cell's contrast, in both themes.
    if (isDrawn && !element.getAttribute("fill").startsWith("var(")) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(isDrawn ? style.fill : style.color), luminance(behind(element))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    least.count += 1;
    if (ratio < least.ratio) Object.assign(least, { ratio, text: text.slice(0, 60) });
  }
  return least;
})()"""
STYLE = """(() => {
  const of = (e, name) => getComputedStyle(e)[name];
  return { paper: of(document.documentElement, "backgroundColor"), ink: of(document.body, "color"),
    figure: of(document.querySelector("figure svg > rect"), "fill"),
    pressed: document.querySelector(".theme").getAttribute("aria-pressed") };
})()"""

# What is for the screen alone, with its display.
PRINTED = """(() => {
  const names = ["nav", ".bar", ".skip", ".hover", ".tip", ".mark", ".canvas.narrow"];
  return names.map(name => getComputedStyle(document.querySelector(name)).display);
})()"""


def tab_order(tab, most):
    stops = []
    for _ in range(most):
        tab.press("Tab")
        stops.append(tab.evaluate(FOCUS))
        if stops[-1].startswith("BODY"):
            break
    return stops


def keys_in_figure(tab, figure):
    """What is told on reaching the figure with Tab, after each key, and after Escape."""
    tab.evaluate(f"document.querySelector('#{figure}-title').closest('.canvas').querySelector('.hover')"
                 ".focus({ focusVisible: true })")
    told = [tab.evaluate(TIP)]
    for key in ["ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowRight", "Home", "ArrowDown", "ArrowUp"]:
        tab.press(key)
        told.append(tab.evaluate(TIP))
    tab.press("Escape")
    return told + [tab.evaluate(TIP)]


def pointed(tab, figure):
    """What is told where the pointer meets the second value of the first series, or of the first row."""
    place = tab.evaluate(f"""(() => {{
      const canvas = document.querySelector('#{figure}-title').closest('.canvas');
      canvas.scrollIntoView({{ block: "center", behavior: "instant" }});
      const data = JSON.parse(canvas.querySelector(".values").textContent);
      const panel = data.panels[0];
      const middle = side => (side[0] + side[1]) / 2;
      const [x, y] = panel.series.length > 0 ? panel.series[0].points[1]
        : [middle(panel.cells.columns[1]), middle(panel.cells.rows[0])];
      const box = canvas.getBoundingClientRect();
      return [box.left + x * box.width / data.w, box.top + y * box.width / data.w];
    }})()""")
    tab.settle()
    tab.point(*place)
    tab.settle()
    tip = f"document.querySelector('#{figure}-title').closest('.canvas').querySelector('.tip')"
    near = tab.evaluate(f"{tip}.hidden ? null : [...{tip}.children].map(line => line.textContent)")
    tab.point(2, 2)
    tab.settle()
    return {"near": near, "far": tab.evaluate(f"{tip}.hidden")}


def take_pictures(tab, folder, figure):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ["light", "dark"]:
        tab.media(scheme)
        for name, width, height in [("wide", 1280, 1000), ("phone", 390, 844)]:
            tab.size(width, height)
            tab.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
            tab.settle()
            tab.picture(folder / f"{scheme}-{name}.png")
            drawing = figure + ("-narrow" if name == "phone" else "")
            tab.evaluate(f"document.querySelector('#{drawing}-title').closest('.canvas')"
                         ".scrollIntoView({ block: 'center', behavior: 'instant' })")
            keys_in_figure(tab, drawing)
            tab.press("ArrowRight")
            tab.settle()
            tab.picture(folder / f"{scheme}-{name}-figure.png")
    tab.media("light")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("figures", nargs="+")
    parser.add_argument("--pictures")
    options = parser.parse_args()
    page = options.page.resolve()
    tab = Tab()
    tab.size(1280, 1000)
    tab.media("light")
    tab.open(page.as_uri())
    seen = {"light": tab.evaluate(STYLE), "order": tab_order(tab, 80)}
    tab.evaluate(f"{BUTTON}.focus()")
    tab.press("Enter")
    tab.settle()
    seen["toggled"] = tab.evaluate(STYLE)
    tab.press(" ")
    tab.settle()
    seen["back"] = tab.evaluate(STYLE)
    tab.evaluate("delete document.documentElement.dataset.theme")
    tab.media("dark")
    seen["dark"] = tab.evaluate(STYLE)
    tab.media("dark", "print")
    seen["print"] = tab.evaluate(STYLE)
    seen["printed"] = tab.evaluate(PRINTED)
    tab.media("light")
    seen["keys"] = [keys_in_figure(tab, figure) for figure in options.figures]
    seen["pointer"] = [pointed(tab, figure) for figure in options.figures]
    if options.pictures:
        take_pictures(tab, options.pictures, options.figures[0])
    seen["contrast"] = {}
    for scheme in ["light", "dark"]:
        tab.media(scheme)
        seen["contrast"][scheme] = tab.evaluate(CONTRAST)
    seen["overflow"] = {}
    for width in [320, 390, 768, 1280]:
        tab.size(width, 844)
        seen["overflow"][str(width)] = tab.evaluate(OVERFLOW)
    seen["requests"] = [url for url in tab.requests() if url not in (page.as_uri(), "about:blank")]
    seen["complaints"] = tab.complaints()
    tab.close()
    print(json.dumps(seen))


main()
