
// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";

// What a report does when it can run a script: two themes, and the values of its figures for who
// points at them or goes through them with the arrow keys. Texts are set as text, never as markup.
(() => {
  const element = (name, className, parent) => {
    const made = document.createElement(name);
    made.className = className;
    parent.append(made);
    return made;
  };

  // MARK: Theme, remembered as long as the page is open

  const startTheme = () => {
    const root = document.documentElement;
    const button = document.querySelector(".theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
    const tell = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      tell();
    });
    system.addEventListener("change", tell);
    button.hidden = false;
    tell();
  };

  // MARK: Figures

  const number = (text, around) => Array.isArray(text) ? text : [around[0] + text + around[1]];

  // All values of a figure: groups of points in order, each with its place and its lines of text.
  const read = (data) => {
    const groups = [];
    for (const panel of data.panels) {
      for (const one of panel.series) {
        groups.push({
          flat: one.flat === true,
          points: one.points.map(([x, y, across, along, ...more]) => {
            const lines = [number(across, panel.x), number(along, panel.y)];
            const [at, value] = one.flat === true ? lines.reverse() : lines;
            return { x, y, name: one.name, at, value: value.filter((line) => line), more };
          }),
        });
      }
      const cells = panel.cells;
      if (!cells) continue;
      cells.rows.forEach(([top, bottom, row], place) => {
        groups.push({
          flat: false,
          top,
          points: cells.columns.map(([left, right, column], index) => {
            const text = cells.values[place][index];
            return {
              x: (left + right) / 2, y: (top + bottom) / 2, width: right - left,
              height: bottom - top, name: "",
              at: [...number(column, panel.x), ...number(row, panel.y)],
              value: text === null ? ["no value"] : [cells.around[0] + text + cells.around[1]],
              more: [],
            };
          }),
        });
      });
    }
    return groups.filter((group) => group.points.length > 0)
      .sort((a, b) => a.top !== undefined && b.top !== undefined ? a.top - b.top : 0);
  };

  const distance = (point, x, y) => {
    if (point.width === undefined) return Math.hypot(point.x - x, point.y - y);
    const inside = Math.abs(point.x - x) <= point.width / 2
      && Math.abs(point.y - y) <= point.height / 2;
    return inside ? 0 : Infinity;
  };

  const nearest = (groups, measure) => {
    let best = { reach: Infinity };
    groups.forEach((group, number) => group.points.forEach((point, place) => {
      const reach = measure(point);
      if (reach < best.reach) best = { reach, number, place };
    }));
    return best;
  };

  // The place that an arrow leads to: along a series, or to the next one's value at the same height.
  const step = (groups, from, key) => {
    const group = groups[from.number];
    const along = group.flat ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const last = group.points.length - 1;
    if (key === "Home") return { number: from.number, place: 0 };
    if (key === "End") return { number: from.number, place: last };
    if (along.includes(key)) {
      const place = from.place + (key === along[1] ? 1 : -1);
      return { number: from.number, place: Math.max(0, Math.min(last, place)) };
    }
    const number = from.number + (key === "ArrowDown" || key === "ArrowRight" ? 1 : -1);
    if (number < 0 || number >= groups.length) return from;
    const here = group.points[from.place];
    const found = nearest([groups[number]], (point) =>
      group.flat ? Math.abs(point.y - here.y) : Math.abs(point.x - here.x));
    return { number, place: found.place };
  };

  const explore = (canvas) => {
    const data = JSON.parse(canvas.querySelector(".values").textContent);
    if (!data.panels.some((panel) => panel.series.length > 0 || panel.cells)) return;
    const title = canvas.querySelector("svg > title").textContent;
    const hover = element("div", "hover", canvas);
    hover.tabIndex = 0;
    hover.setAttribute("role", "application");
    hover.setAttribute("aria-label",
      `Values of the figure “${title}”: the arrow keys go from one to the next`);
    const mark = element("div", "mark", canvas);
    const tip = element("div", "tip", canvas);
    tip.setAttribute("role", "status");
    let groups = null;
    let shown = null;
    const all = () => groups ??= read(data);

    const hide = () => {
      shown = null;
      mark.hidden = tip.hidden = true;
    };

    const write = (point) => {
      tip.replaceChildren();
      const line = (text, className) => {
        element("p", className, tip).textContent = text;
      };
      if (point.name) line(point.name, "name");
      point.at.forEach((text) => line(text, "at"));
      point.value.forEach((text) => line(text, "value"));
      point.more.forEach((text) => line(text, "more"));
    };

    const place = (point) => {
      const scale = canvas.clientWidth / data.w;
      const [x, y] = [point.x * scale, point.y * scale];
      const isCell = point.width !== undefined;
      mark.classList.toggle("cell", isCell);
      mark.style.left = `${isCell ? x - point.width * scale / 2 : x}px`;
      mark.style.top = `${isCell ? y - point.height * scale / 2 : y}px`;
      mark.style.width = isCell ? `${point.width * scale}px` : "";
      mark.style.height = isCell ? `${point.height * scale}px` : "";
      const [width, height] = [tip.offsetWidth, tip.offsetHeight];
      const left = x + 14 + width <= canvas.clientWidth ? x + 14 : x - 14 - width;
      tip.style.left = `${Math.max(0, Math.min(left, canvas.clientWidth - width))}px`;
      tip.style.top = `${Math.max(-height, y - height - 12)}px`;
    };

    const show = (at) => {
      const point = all()[at.number].points[at.place];
      const isNew = !shown || shown.number !== at.number || shown.place !== at.place;
      shown = { number: at.number, place: at.place };
      mark.hidden = tip.hidden = false;
      if (isNew) write(point);
      place(point);
    };

    const point = (event) => {
      const box = canvas.getBoundingClientRect();
      const scale = data.w / box.width;
      const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
      const found = nearest(all(), (one) => distance(one, x, y));
      if (found.reach < 36) show(found); else hide();
    };

    hover.addEventListener("pointermove", point);
    hover.addEventListener("pointerdown", point);
    hover.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") hide();
    });
    hover.addEventListener("focus", () => {
      if (!shown && hover.matches(":focus-visible")) show({ number: 0, place: 0 });
    });
    hover.addEventListener("blur", hide);
    hover.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") {
        show(shown ? step(all(), shown, event.key) : { number: 0, place: 0 });
        event.preventDefault();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
    hide();
  };

  // MARK: Around the text

  // Tables wider than their room can be reached and scrolled with the keyboard.
  const openTables = () => {
    const tell = (entries) => {
      for (const { target } of entries) {
        const isWide = target.scrollWidth > target.clientWidth + 1;
        if (isWide) target.tabIndex = 0; else target.removeAttribute("tabindex");
      }
    };
    const observer = new ResizeObserver(tell);
    for (const table of document.querySelectorAll(".scroll")) {
      const caption = table.querySelector("caption");
      table.setAttribute("role", "region");
      table.setAttribute("aria-label", caption ? caption.textContent : "Table");
      observer.observe(table);
    }
  };

  // The section that is being read is marked in the contents.
  const followReading = () => {
    const links = new Map([...document.querySelectorAll("nav a")].map(
      (link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    let waits = false;
    const tell = () => {
      waits = false;
      const passed = headings.filter((one) => one.getBoundingClientRect().top < 120);
      const current = passed.length > 0 ? links.get(passed[passed.length - 1].id) : null;
      for (const link of links.values()) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    addEventListener("scroll", () => {
      if (!waits) requestAnimationFrame(tell);
      waits = true;
    }, { passive: true });
    tell();
  };

  // On paper nothing can be unfolded.
  const unfoldForPrint = () => {
    const folded = () => [...document.querySelectorAll("details:not([open])")];
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = folded();
      for (const one of opened) one.open = true;
    });
    addEventListener("afterprint", () => {
      for (const one of opened) one.open = false;
      opened = [];
    });
  };

  startTheme();
  for (const canvas of document.querySelectorAll(".canvas")) explore(canvas);
  openTables();
  followReading();
  unfoldForPrint();
})();
