// Keeps both sides as they are, and sends without leaving the page.

const kind = document.body.dataset.kind;
const sides = document.getElementById("sides");
let asked = 0;

async function refresh() {
  const number = (asked += 1);
  const response = await fetch(`/${kind}/sides`);
  const html = await response.text();
  if (number !== asked || !response.ok) return; // a later one is under way
  sides.innerHTML = html;
  const chat = sides.querySelector(".chat");
  chat.scrollTop = chat.scrollHeight;
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  form.reset();
  await fetch(form.action, { method: "POST", body, redirect: "manual" });
}

document.addEventListener("submit", send);
new EventSource(`/${kind}/live`).addEventListener("message", refresh);
document.getElementById("words").focus();
