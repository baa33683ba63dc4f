// Keeps an open page up to date: asks for the same page and swaps what is in <main> when it changed. The page works without.
(() => {
  "use strict";
  const main = document.querySelector("main[data-refresh]");
  if (!main || !window.fetch) return;

  const every = Number(main.dataset.refresh) * 1000;
  let tag = null;
  let failures = 0;

  // Nothing is swapped under somebody's hands.
  const isBusy = () => {
    const active = document.activeElement;
    return document.hidden
      || (active && main.contains(active) && /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName))
      || [...main.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue)
      || [...main.querySelectorAll("option")].some((option) => option.selected && option.dataset.chosen)
      || !window.getSelection().isCollapsed;
  };

  const pathTo = (element) => {
    if (!element || element === document.body || !main.contains(element)) return null;
    const attribute = ["id", "href", "aria-label"].find((name) => element.getAttribute(name));
    return attribute ? `${element.tagName}[${attribute}="${CSS.escape(element.getAttribute(attribute))}"]` : null;
  };

  const swap = (html) => {
    const next = new DOMParser().parseFromString(html, "text/html");
    const incoming = next.querySelector("main");
    if (!incoming || incoming.innerHTML === main.innerHTML) return;

    const open = [...main.querySelectorAll("details[open][id]")].map((details) => details.id);
    const scrolled = [".timeline", ".pipeline"].map((selector) => [selector, main.querySelector(selector)?.scrollLeft ?? 0]);
    const focused = pathTo(document.activeElement);
    main.replaceChildren(...incoming.childNodes);
    document.title = next.title;
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    scrolled.forEach(([selector, left]) => { const box = main.querySelector(selector); if (box) box.scrollLeft = left; });
    if (focused) main.querySelector(focused)?.focus({ preventScroll: true });
  };

  const look = async () => {
    if (isBusy()) return;
    const response = await fetch(location.href, {
      cache: "no-store",
      credentials: "same-origin",
      headers: tag ? { "Accept": "text/html", "If-None-Match": tag } : { "Accept": "text/html" },
      signal: AbortSignal.timeout(10000),
    });
    if (response.status === 304 || !response.ok || response.redirected) return;
    const html = await response.text();
    if (isBusy()) return;
    tag = response.headers.get("ETag");
    swap(html);
  };

  // After failures it asks less often, up to every minute.
  const loop = () => setTimeout(async () => {
    try { await look(); failures = 0; } catch { failures = Math.min(failures + 1, 5); }
    loop();
  }, Math.min(60000, every * 2 ** failures));

  main.addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") [...event.target.options].forEach((option) => { option.dataset.chosen = option.selected ? "1" : ""; });
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look().catch(() => {}); });
  loop();
})();
