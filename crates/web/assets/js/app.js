// Small comforts on every page. Every page works without it.
//
// Contract, by attribute:
//   [data-theme-switch]  button, hidden without scripts; flips light and dark and keeps the choice
//                        in the cookie `theme`, which the server reads
//   [data-copy=TEXT]     button, hidden without scripts; copies TEXT, then announces [data-copied]
//   [data-focus]         takes the focus when the page opens (the error summary)
//   form                 a second submit of the same form is ignored for 4 s
//   #live                polite live region; `announce(text)` puts a toast there
//
// Other modules reach `announce` by the event `bankside:announce` on document, detail = text.

const live = document.getElementById("live");
const TOAST_MS = 5000;
const RESEND_MS = 4000;

function announce(text) {
  if (!live || !text) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = text;
  live.append(toast);
  setTimeout(() => toast.remove(), TOAST_MS);
}
document.addEventListener("bankside:announce", (event) => announce(event.detail));

function isDark() {
  const set = document.documentElement.dataset.theme;
  return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function switchTheme() {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    announce(button.dataset.copied);
  } catch {
    button.hidden = true; // the text stays selectable beside it
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-switch], [data-copy]");
  if (!button) return;
  if (button.dataset.copy !== undefined) copy(button);
  else switchTheme();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.matches("[data-composer]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, RESEND_MS);
});

function enhance(root) {
  for (const button of root.querySelectorAll("[data-theme-switch], [data-copy]")) button.hidden = false;
  root.querySelector("[data-focus]")?.focus();
}
enhance(document);
document.addEventListener("htmx:after:swap", () => enhance(document));
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
