// What a reader would see of a page, measured in the page itself. Evaluated by browse.mjs; sizes are CSS pixels.
globalThis.look = (() => {
  const SLACK = 1.5;
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);

  /** A page as the poorest mail program shows it: no style at all. */
  function bare() {
    document.querySelectorAll("style, link[rel~=stylesheet]").forEach((each) => each.remove());
    document.querySelectorAll("[style], [class], [bgcolor], [color]").forEach((each) => {
      for (const name of ["style", "class", "bgcolor", "color"]) each.removeAttribute(name);
    });
  }

  /** Whether an element, though in the page, is kept from the eye on purpose: a preheader, a line for screen readers. */
  function hidden(element) {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.display === "none" || style.visibility === "hidden" || parseFloat(style.opacity) === 0) return true;
      if (style.overflowY === "hidden" && each !== document.documentElement && each.clientHeight <= 1) return true;
    }
    return false;
  }

  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || node.parentElement.closest("style, script, template") || hidden(node.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
      if (boxes.length) found.push({ node, element: node.parentElement, text: short(node.data), boxes });
    }
    return found;
  }

  const block = (element) => {
    let each = element;
    while (["inline", "contents"].includes(getComputedStyle(each).display)) each = each.parentElement;
    return each;
  };

  /** Text outside the window or its own box, or behind an edge that hides it. */
  function cut(all) {
    const found = [];
    for (const { element, text, boxes } of all) {
      const own = block(element).getBoundingClientRect();
      for (const box of boxes) {
        const left = box.left + scrollX;
        if (left < -SLACK || left + box.width > innerWidth + SLACK) found.push(`outside the window: ${text}`);
        else if (box.left < own.left - SLACK || box.right > own.right + SLACK) found.push(`outside its box: ${text}`);
      }
    }
    for (const each of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(each);
      if (hidden(each) || !each.textContent.trim()) continue;
      const wide = style.overflowX !== "visible" && each.scrollWidth > each.clientWidth + SLACK;
      const high = style.overflowY !== "visible" && each.scrollHeight > each.clientHeight + SLACK;
      if (wide || high || style.textOverflow === "ellipsis") found.push(`hidden in part: ${short(each.textContent)}`);
    }
    return [...new Set(found)];
  }

  /** Texts that lie on one another. Fonts are drawn higher than their lines: only the middle of a box counts. */
  function overlapping(all) {
    const boxes = all.flatMap(({ text, boxes }, number) =>
      boxes.map((box) => ({
        number, text, left: box.left, right: box.right,
        top: box.top + box.height * 0.25, bottom: box.bottom - box.height * 0.25,
      })),
    );
    boxes.sort((one, other) => one.top - other.top);
    const found = new Set();
    boxes.forEach((one, place) => {
      for (const other of boxes.slice(place + 1)) {
        if (other.top >= one.bottom) break;
        if (one.number === other.number) continue;
        if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2) found.add(`${one.text} | ${other.text}`);
      }
    });
    return [...found];
  }

  function colour(text) {
    const numbers = text.match(/[\d.]+/g).map(Number);
    return { r: numbers[0], g: numbers[1], b: numbers[2], a: numbers[3] ?? 1 };
  }

  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });

  /** WCAG 2.2, relative luminance and contrast ratio. */
  function luminance({ r, g, b }) {
    const [x, y, z] = [r, g, b].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }

  function ratio(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  const ways = {
    plain: (each) => each,
    inverted: ({ r, g, b, a }) => ({ r: 255 - r, g: 255 - g, b: 255 - b, a }),
    // Lightness turned over, hue kept: l' = 1 - l moves every part by the same.
    turned: ({ r, g, b, a }) => {
      const move = 255 - Math.max(r, g, b) - Math.min(r, g, b);
      return { r: r + move, g: g + move, b: b + move, a };
    },
  };

  function canvas() {
    const probe = document.createElement("div");
    probe.style.backgroundColor = "Canvas";
    document.body.append(probe);
    const found = colour(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return found;
  }

  function ground(element, base) {
    const layers = [];
    for (let each = element; each; each = each.parentElement) layers.unshift(colour(getComputedStyle(each).backgroundColor));
    return layers.reduce((below, top) => over(top, below), base);
  }

  /** Too faint texts, as drawn and as mail programs draw them that invert colours for the night. */
  function faint(all) {
    const found = { plain: new Set(), inverted: new Set(), turned: new Set() };
    const base = canvas();
    for (const { element, text } of all) {
      const style = getComputedStyle(element);
      const below = ground(element, base);
      const ink = over(colour(style.color), below);
      const size = parseFloat(style.fontSize);
      const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
      for (const [name, way] of Object.entries(ways)) {
        const reached = ratio(way(ink), way(below));
        if (reached < least) found[name].add(`${reached.toFixed(2)} ${style.color} on rgb(${below.r}, ${below.g}, ${below.b}): ${text}`);
      }
    }
    return Object.fromEntries(Object.entries(found).map(([name, each]) => [name, [...each]]));
  }

  /** Links as a finger finds them. A link amid a sentence may be as low as its line. */
  function links() {
    return [...document.querySelectorAll("a[href]")].filter((each) => !hidden(each)).map((each) => {
      const around = block(each);
      const beside = around.contains(each) && around !== each ? around.innerText.length - each.innerText.length : 0;
      const inline = getComputedStyle(each).display === "inline";
      return {
        text: short(each.innerText),
        href: each.getAttribute("href"),
        height: Math.round(each.getBoundingClientRect().height * 10) / 10,
        running: inline && beside > 20,
        button: getComputedStyle(each).display.includes("flex"),
      };
    });
  }

  /** How each title is isolated and named: its language, and whether lines with hours keep their direction. */
  function languages() {
    return [...document.querySelectorAll("bdi, [dir=auto]")].filter((each) => each.innerText?.trim()).map((each) => ({
      text: each.innerText.replace(/\s+/g, " ").trim(),
      language: each.closest("[lang]").lang,
      isolated: ["isolate", "isolate-override", "plaintext"].includes(getComputedStyle(each).unicodeBidi) || block(each) === each,
    }));
  }

  /** Hours and days whose signs are not drawn in the order they are written, or whose line runs from the right. */
  function reordered(all) {
    const found = [];
    for (const { node, element, text } of all) {
      for (const hours of node.data.matchAll(/\d{1,2}月\d{1,2}日|\d{2}:\d{2}(–\d{2}:\d{2})?/g)) {
        if (getComputedStyle(block(element)).direction !== "ltr") found.push(`from the right: ${text}`);
        let last = null;
        for (let place = hours.index; place < hours.index + hours[0].length; place++) {
          const range = document.createRange();
          range.setStart(node, place);
          range.setEnd(node, place + 1);
          const box = range.getBoundingClientRect();
          const onward = last && Math.abs(box.top - last.top) < 2;
          if (onward && (box.left < last.left - 0.5 || box.left > last.right + box.width)) found.push(`torn: ${text}`);
          last = box;
        }
      }
    }
    return [...new Set(found)];
  }

  /** Everything that would need the network: images by any way. */
  function images() {
    const drawn = [...document.querySelectorAll("*")].flatMap((each) => {
      const style = getComputedStyle(each);
      return ["backgroundImage", "borderImageSource", "listStyleImage", "maskImage", "content"]
        .map((name) => style[name]).filter((value) => value?.includes("url("));
    });
    return [...drawn, ...[...document.querySelectorAll("img, picture, svg, video, object, embed, iframe")].map((each) => each.outerHTML)];
  }

  function all() {
    const shown = texts();
    return {
      overflow: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth,
      cut: cut(shown),
      overlapping: overlapping(shown),
      faint: faint(shown),
      links: links(),
      languages: languages(),
      reordered: reordered(shown),
      images: images(),
      text: document.body.innerText,
      first: document.body.textContent.trim().slice(0, 200),
      shownFirst: shown[0]?.text,
      title: document.title,
      language: document.documentElement.lang,
      paper: getComputedStyle(document.body).backgroundColor,
    };
  }

  return { all, bare };
})();
