// Measures a page: its size, text with low contrast or clipped, and the width of the narrowest bar.
() => {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const rgba = (text) => {
    const channels = text.match(/[\d.]+/g).map(Number);
    return { r: channels[0] / 255, g: channels[1] / 255, b: channels[2] / 255, a: channels[3] ?? 1 };
  };
  const luminance = (c) => 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const background = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const colour = rgba(getComputedStyle(node).backgroundColor);
      if (colour.a === 1) return colour;
    }
    return { r: 1, g: 1, b: 1, a: 1 };
  };
  const lowContrast = [], clipped = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    const style = getComputedStyle(element);
    if (!text || style.clipPath !== "none" || element.closest("thead")?.getBoundingClientRect().width === 1) continue;
    texts += 1;
    const ratio = contrast(rgba(style.color), background(element));
    if (ratio < 4.5) lowContrast.push(`${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
    if (element.scrollWidth > element.clientWidth + 1 && style.overflow === "hidden") clipped.push(text.slice(0, 40));
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (box.right > document.documentElement.clientWidth + 1) clipped.push(text.slice(0, 40));
  }
  for (const cell of document.querySelectorAll("td[data-label]")) {
    const style = getComputedStyle(cell, "::before");
    if (style.content === "none" || !style.color) continue;
    const ratio = contrast(rgba(style.color), background(cell));
    if (ratio < 4.5) lowContrast.push(`label ${cell.dataset.label}: ${ratio.toFixed(2)}`);
  }
  const bars = [...document.querySelectorAll("svg.bar")].map((bar) => bar.getBoundingClientRect().width);
  const root = document.documentElement;
  return {
    texts, lowContrast, clipped,
    scrollWidth: root.scrollWidth, clientWidth: root.clientWidth, height: root.scrollHeight,
    narrowest: Math.min(...bars),
  };
}
