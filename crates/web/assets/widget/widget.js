// The chat on a site of the bank: a round button that opens a frame of the bank's own origin.
//
// It runs in the site's page, so it knows nothing of the customer. Between the two pass objects of
// exactly three forms, each checked for origin and sender:
//   {type: "unread", count: N}   frame -> site   so many messages are new; the first says: it is there
//   {type: "close"}              both            she closes it, it was closed
//   {type: "open"}               site -> frame   it is shown now
//
// The site's own policy has to allow this script and the frame: script-src and frame-src with the
// bank's origin. Styles are put in by script (CSSOM), which needs no 'unsafe-inline'.

function widget({ origin, path, style, words }) {
  const ELEMENT = "bankside-chat";
  const LOAD_MS = 10_000;
  const asked = document.currentScript?.dataset.language;
  if (document.querySelector(ELEMENT)) return; // the tag stands there twice
  const tags = [asked, document.documentElement.lang, ...navigator.languages, "en"];
  const language = tags.map((tag) => tag?.toLowerCase().split("-")[0]).find((tag) => words[tag]);
  const say = words[language];
  const own = `${origin}${path}/chat/web`;
  const kept = `${ELEMENT}:${path}`; // "open" or "closed", once she has used it in this tab

  const host = make(ELEMENT, { lang: language, dir: language === "ar" ? "rtl" : "ltr" });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  const badge = make("span", { class: "badge", "aria-hidden": "true", hidden: "" });
  const button = make("button", { class: "button", type: "button", "aria-haspopup": "dialog", "aria-expanded": "false" });
  button.append(
    icon("talk", "M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719"),
    icon("down", "m6 9 6 6 6-6"),
    badge,
  );
  const panel = make("dialog", { "aria-label": say.title });
  root.append(panel, button);
  let frame, waiting, isThere = false, isOpen = false;
  name(0);

  function make(tag, attributes) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  function icon(kind, d) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("d", d);
    for (const [key, value] of [["class", kind], ["viewBox", "0 0 24 24"], ["aria-hidden", "true"]]) svg.setAttribute(key, value);
    svg.append(path);
    return svg;
  }

  function name(unread) {
    badge.hidden = unread === 0 || isOpen;
    badge.textContent = unread > 99 ? "99+" : unread;
    button.setAttribute("aria-label", badge.hidden ? say.title : `${say.title}. ${say.unread}: ${unread}`);
  }

  function load() {
    if (frame) return;
    frame = make("iframe", { title: say.title, src: `${origin}${path}/widget/${location.host}?language=${language}` });
    panel.append(frame);
    waiting = setTimeout(apart, LOAD_MS);
  }

  // The frame does not come: the way to the chat is a plain link.
  function apart() {
    const box = make("div", { class: "apart" });
    const [text, link, close] = [make("p", {}), make("a", { href: own, target: "_blank", rel: "noopener" }), make("button", { type: "button" })];
    [text.textContent, link.textContent, close.textContent] = [say.unavailable, say.elsewhere, say.close];
    close.addEventListener("click", shut);
    box.append(text, link, close);
    panel.append(box);
    if (isOpen) link.focus();
  }

  const tell = (type) => isThere && frame.contentWindow.postMessage({ type }, origin);

  function open(byHerself) {
    if (isOpen) return;
    isOpen = true;
    load();
    const whole = matchMedia("(max-width: 480px), (max-height: 480px)").matches;
    if (whole) panel.showModal(); // over all: nothing else can be reached
    else if (byHerself) panel.show();
    else panel.setAttribute("open", ""); // on a new page it is there, and leaves the focus alone
    button.setAttribute("aria-expanded", "true");
    name(0);
    if (byHerself) enter();
    tell("open");
    keep("open");
  }

  function enter() {
    frame.blur();
    frame.focus();
  }

  function shut() {
    if (!isOpen) return;
    isOpen = false;
    panel.close();
    button.setAttribute("aria-expanded", "false");
    tell("close");
    keep("closed");
    button.focus();
  }

  function keep(state) {
    try {
      sessionStorage.setItem(kept, state);
    } catch {
      // a browser that keeps nothing begins anew on each page
    }
  }

  function before() {
    try {
      return sessionStorage.getItem(kept);
    } catch {
      return null;
    }
  }

  button.addEventListener("click", () => (isOpen ? shut() : open(true)));
  panel.addEventListener("cancel", (event) => (event.preventDefault(), shut()));
  host.addEventListener("keydown", (event) => event.key === "Escape" && shut());
  addEventListener("message", ({ source, origin: from, data }) => {
    if (!frame || from !== origin || source !== frame.contentWindow) return;
    if (data?.type === "close") shut();
    if (data?.type !== "unread" || !Number.isSafeInteger(data.count) || data.count < 0) return;
    clearTimeout(waiting);
    if (!isThere && root.activeElement === frame) enter(); // what it was before had the focus
    isThere = true;
    root.querySelector(".apart")?.remove();
    name(data.count);
    if (isOpen) tell("open"); // it may have loaded anew
  });

  function start() {
    document.body.append(host);
    if (before()) load();
    if (before() === "open" && !matchMedia("(max-width: 480px), (max-height: 480px)").matches) open(false);
  }
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
}
