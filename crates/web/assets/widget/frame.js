// The chat within a frame on a site of the bank: what the site may know of it, and no more. The
// forms of the messages stand in widget.js.
//
// Contract, by attribute, beside that of chat.js:
//   [data-chat] data-site=ORIGIN   the only one that is spoken to and heard
//               data-unread=N      messages that she has not seen
//               data-seen=URL      is told once she has
//   [data-close]                   button that closes the frame
//   [data-forgotten]               shown where the browser does not keep the chat

const chat = document.querySelector("[data-site]");
if (chat && parent !== window) start(chat.dataset);

function start({ site, unread: before, seen }) {
  const log = chat.querySelector("[data-log]");
  let isOpen = false;
  let unread = Number(before);

  const tell = (message) => parent.postMessage(message, site);
  const count = () => tell({ type: "unread", count: unread });

  async function look() {
    unread = 0;
    const answer = await fetch(seen, { method: "POST" }).catch(() => null);
    if (answer?.status === 404) chat.querySelector("[data-forgotten]").hidden = false;
    count();
  }

  // A keyboard that covers half of a phone opens when she asks for it.
  function rest() {
    const touch = matchMedia("(pointer: coarse)").matches;
    if (document.activeElement !== document.body) return;
    (touch ? document.querySelector("main") : chat.querySelector("textarea")).focus();
  }

  function open() {
    if (isOpen) return;
    isOpen = true;
    if (document.hasFocus()) rest();
    look();
  }
  addEventListener("focus", rest);

  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || origin !== site) return;
    if (data?.type === "open") open();
    if (data?.type === "close") isOpen = false;
  });

  const incoming = (node) => node.nodeType === 1 && node.matches(".msg-in") && !node.hidden;
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    const gone = changes.flatMap((change) => [...change.removedNodes]).filter(incoming).length;
    const fresh = added.filter(incoming).length - gone; // what replaces itself is not new
    if (fresh <= 0) return;
    if (isOpen) return look();
    unread += fresh;
    count();
  }).observe(log, { childList: true });

  document.addEventListener("keydown", (event) => event.key === "Escape" && tell({ type: "close" }));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) return tell({ type: "close" });
    const link = event.target.closest("a[href]");
    if (!link || link.pathname === location.pathname) return;
    // Passkeys, permissions and figures are never framed.
    link.target = "_blank";
    link.rel = "noopener";
  });

  count();
}
