// Creates or uses a passkey (WebAuthn Level 3) for a form that names its endpoints.
//
// Contract, by attribute on form[data-passkey]:
//   data-passkey="create" | "get"
//   data-begin=URL     POST, the form's fields as JSON; answers {"publicKey": options} with binary
//                      fields in base64url (what webauthn-rs serialises)
//   data-finish=URL    POST, the credential as JSON (RegistrationResponseJSON or
//                      AuthenticationResponseJSON); answers {"next": URL} on this origin
//   data-cancelled, data-unsupported, data-failed   words
//   [data-passkey-error]  role=alert, where they are said
//   [data-needs-passkey]  shown only where the browser can do it; [data-no-passkey] otherwise
//
// A refusal may carry {"error": words} in the customer's language; it is shown as it is.

const supported = Boolean(window.PublicKeyCredential && navigator.credentials);
for (const node of document.querySelectorAll("[data-needs-passkey]")) node.hidden = !supported;
for (const node of document.querySelectorAll("[data-no-passkey]")) node.hidden = supported;

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

function decode(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials]) {
    for (const item of list ?? []) item.id = bytes(item.id);
  }
  return options;
}

function encode(credential) {
  const answer = credential.response;
  const response = { clientDataJSON: text(answer.clientDataJSON) };
  for (const field of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[field]) response[field] = text(answer[field]);
  }
  if (answer.getTransports) response.transports = answer.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    extensions: credential.getClientExtensionResults(),
    response,
  };
}

async function post(url, body) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    credentials: "same-origin",
    body: JSON.stringify(body),
  });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(json.error);
  return json;
}

class Refused extends Error {}

async function run(form) {
  const words = form.dataset;
  if (!supported) throw new Refused(words.unsupported);
  const fields = Object.fromEntries(new FormData(form));
  const { publicKey } = await post(words.begin, fields);
  const options = { publicKey: decode(publicKey) };
  const credential =
    words.passkey === "create"
      ? await navigator.credentials.create(options)
      : await navigator.credentials.get(options);
  const { next } = await post(words.finish, encode(credential));
  const target = new URL(next, location.href);
  if (target.origin !== location.origin) throw new Refused();
  location.assign(target);
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-passkey]");
  if (!form) return;
  event.preventDefault();
  const line = form.querySelector("[data-passkey-error]");
  const button = form.querySelector("[type=submit]");
  if (button?.hasAttribute("aria-busy")) return; // a second ceremony would end the first
  line.hidden = true;
  button?.setAttribute("aria-busy", "true");
  try {
    await run(form);
  } catch (error) {
    const { cancelled, failed } = form.dataset;
    const gone = error.name === "NotAllowedError" || error.name === "AbortError";
    line.textContent = error instanceof Refused ? error.message || failed : gone ? cancelled : failed;
    line.hidden = false;
    delete form.dataset.sent;
    button?.removeAttribute("aria-busy");
  }
});
