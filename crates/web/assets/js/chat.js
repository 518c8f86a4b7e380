// Live delivery for the chat. Without it the composer is a plain form and the page a log.
//
// Contract, by attribute, within [data-chat]:
//   data-stream=URL, data-cursor=ID   server-sent events after ID; Last-Event-ID wins
//   data-failed, data-offline         words
//   [data-log]     gets messages       [data-scroll]  scrolls, keeps its place
//   [data-typing]  shown while typing  [data-newer]   jumps to what is new
//   [data-offline-line]  says that the connection is lost
//   form[data-composer]  fields text, client_id, token; [data-quick] holds pills named "quick"
//   template[data-pending]  bubble on its way: [data-text] takes the words
//   [data-sights]    list in the side panel
//
// Events of the stream:
//   message   data = HTML of .msg or lines between; one with a known id replaces that, one with a
//             known data-client the waiting bubble
//   status    data = {"id", "html"}: new content of the [data-delivery] of message m-ID
//   typing    data = "on" or "off"
//   quick     data = HTML that replaces the pills
//   sight     data = HTML of one <li> for [data-sights], by its id
//   changed   load it again
//
// The form is posted with `HX-Request: true`; 200 answers HTML as in `message`, 422 what is wrong.
// All else marks the bubble; a tap sends it again with the same client_id.

const chat = document.querySelector("[data-chat]");
if (chat) start(chat);

function start(chat) {
  const find = (name) => chat.querySelector(`[data-${name}]`);
  const log = find("log");
  const scroll = find("scroll");
  const composer = find("composer");
  const text = composer.elements.text;
  const newer = find("newer");
  const draftKey = `draft:${composer.action}`;
  const NEAR_PX = 120;

  const nearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_PX;
  let atEnd = true;
  const toEnd = (smooth) => {
    atEnd = true;
    scroll.scrollTo({ top: scroll.scrollHeight, behavior: smooth ? "auto" : "instant" });
    newer.hidden = true;
  };

  function parse(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return [...template.content.children];
  }

  function take(html, own) {
    const stay = atEnd || own;
    for (const node of parse(html)) place(node);
    find("typing").hidden = true;
    regroup();
    if (stay) toEnd(true);
    else newer.hidden = false;
  }

  function place(node) {
    const client = node.dataset.client;
    const waiting = client && log.querySelector(`.msg-pending[data-client="${CSS.escape(client)}"]`);
    const known = node.id && document.getElementById(node.id);
    if (known) {
      if (!client) known.replaceWith(node);
      waiting?.remove();
    } else if (waiting) waiting.replaceWith(node);
    else log.append(node);
  }

  function see(node) {
    const list = document.querySelector("[data-sights]");
    const known = node.id && document.getElementById(node.id);
    if (known) return known.replaceWith(node);
    list?.querySelector(".seen-nothing")?.remove();
    list?.append(node);
  }

  function regroup() {
    for (const msg of [...log.querySelectorAll(".msg")].slice(-6)) {
      const next = msg.nextElementSibling;
      const same = next?.matches(".msg") && next.matches(".msg-out") === msg.matches(".msg-out");
      msg.classList.toggle("msg-tail", !same);
      const mark = msg.querySelector(":scope > .mark");
      if (mark) mark.hidden = same;
    }
  }

  function pending(words, client) {
    const node = find("pending").content.firstElementChild.cloneNode(true);
    node.querySelector("[data-text]").textContent = words;
    node.dataset.client = client;
    log.append(node);
    regroup();
    toEnd(true);
    return node;
  }

  async function send(body, words, bubble = pending(words, body.get("client_id"))) {
    bubble.classList.remove("msg-failed");
    bubble.querySelector(".msg-retry")?.remove();
    try {
      const answer = await fetch(composer.action, {
        method: "POST",
        body,
        headers: { "HX-Request": "true" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (answer.status !== 200 && answer.status !== 422) throw new Error(answer.status);
      const html = await answer.text();
      if (answer.status === 422) {
        bubble.remove();
        if (!body.has("quick")) text.value ||= words;
      }
      take(html, true);
    } catch {
      failed(bubble, body, words);
    }
  }

  function failed(bubble, body, words) {
    if (!bubble.isConnected) return; // the stream brought it meanwhile
    bubble.classList.add("msg-failed");
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "msg-retry";
    retry.textContent = chat.dataset.failed;
    retry.onclick = () => send(body, words, bubble);
    bubble.querySelector(".bubble").append(retry);
    document.dispatchEvent(new CustomEvent("bankside:announce", { detail: chat.dataset.failed }));
  }

  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const pressed = event.submitter?.name === "quick" ? event.submitter : null;
    const words = pressed ? pressed.textContent : text.value.trim();
    if (!words) return;
    const body = new URLSearchParams(new FormData(composer));
    body.set("client_id", crypto.randomUUID());
    if (pressed) {
      body.set("quick", pressed.value);
      body.delete("text");
    } else {
      text.value = "";
      keepDraft();
    }
    send(body, words);
    text.focus({ preventScroll: true });
  });

  text.addEventListener("keydown", (event) => {
    const touch = matchMedia("(pointer: coarse)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch) return;
    event.preventDefault();
    composer.requestSubmit();
  });

  let drafts; // a frame may have no storage
  try {
    drafts = sessionStorage;
  } catch {}
  const keepDraft = () => drafts?.[text.value ? "setItem" : "removeItem"](draftKey, text.value);
  text.addEventListener("input", keepDraft);
  text.value ||= drafts?.getItem(draftKey) ?? "";
  newer.addEventListener("click", () => toEnd(true));
  let top = 0;
  const scrolled = () => {
    if (nearEnd()) newer.hidden = atEnd = true;
    else if (scroll.scrollTop < top) atEnd = false; // by hand: on its way down it stays at the end
    top = scroll.scrollTop;
  };
  scroll.addEventListener("scroll", scrolled, { passive: true });

  new ResizeObserver(() => atEnd && toEnd(false)).observe(scroll);

  listen();
  const unread = document.getElementById("unread");
  if (unread) unread.scrollIntoView({ block: "center" });
  else toEnd(false);

  function listen() {
    let cursor = chat.dataset.cursor;
    let wait = 500;
    let lost;
    const handlers = {
      message: (data) => take(data),
      status: (data) => {
        const { id, html } = JSON.parse(data);
        document.getElementById(`m-${id}`)?.querySelector("[data-delivery]")?.replaceWith(...parse(html));
      },
      typing: (data) => {
        find("typing").hidden = data !== "on";
        if (atEnd) toEnd(true);
      },
      quick: (data) => find("quick").replaceWith(...parse(data)),
      sight: (data) => parse(data).forEach(see),
      changed: () => location.reload(),
    };

    function offline(on) {
      const line = find("offline-line");
      line.hidden = !on;
      line.textContent = on ? chat.dataset.offline : "";
    }

    (function connect() {
      const url = new URL(chat.dataset.stream, location.href);
      if (cursor) url.searchParams.set("after", cursor);
      const stream = new EventSource(url);
      for (const [name, handle] of Object.entries(handlers)) {
        stream.addEventListener(name, (event) => {
          if (event.lastEventId) cursor = event.lastEventId;
          handle(event.data);
        });
      }
      stream.onopen = () => {
        wait = 500;
        clearTimeout(lost);
        offline(false);
      };
      stream.onerror = () => {
        clearTimeout(lost);
        lost = setTimeout(() => offline(true), 2000);
        if (stream.readyState !== EventSource.CLOSED) return; // the browser retries by itself
        setTimeout(connect, wait + Math.random() * wait);
        wait = Math.min(wait * 2, 30000);
      };
      addEventListener("pagehide", () => stream.close(), { once: true });
    })();
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }
}
