// What the scripts add: live chat with reconnect, drafts, retry; passkeys; theme; htmx under the
// policy; and that the chat works without any of it.

export async function behaviour(browser, server) {
  const faults = [];
  const check = (what, holds) => holds || faults.push(`behaviour: ${what}`);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`script error: ${error}`));
  await chat(page, server, check);
  await panel(page, server, check);
  await passkey(context, page, server, check);
  await swap(page, server, check);
  await context.close();
  await withoutScripts(browser, server, check);
  return faults;
}

const settle = (page) => page.waitForTimeout(300);
const event = (id, name, data) => `id: ${id}\nevent: ${name}\ndata: ${data}\n\n`;
const bubble = (id) => `<article class="msg msg-in" id="m-${id}"><div class="bubble">Hi</div></article>`;

async function chat(page, { base, state }, check) {
  await page.goto(`${base}/en/chat.html`);
  await settle(page);
  check("the stream starts at the cursor", state.opened.at(-1)?.url === "/chat/events?after=4812");

  await page.fill("#text", "Hello");
  await page.reload();
  await settle(page);
  check("a draft survives a reload", (await page.inputValue("#text")) === "Hello");
  await page.press("#text", "Enter");
  await settle(page);
  check("it is posted once", state.posts.length === 1 && state.posts[0].text === "Hello");
  check("the waiting bubble is replaced", (await page.locator(".msg-pending").count()) === 0);
  check("by the real one, once", (await page.locator("#m-s1").count()) === 1);
  check("the draft is gone", await page.evaluate(() => sessionStorage.length === 0));

  state.stream.write("event: typing\ndata: on\n\n");
  await settle(page);
  check("typing is shown", await page.isVisible("[data-typing]"));
  state.stream.write(event(4813, "message", bubble("77")) + event(4813, "message", bubble("77")));
  await settle(page);
  check("a message arrives once", (await page.locator("#m-77").count()) === 1);
  check("and ends typing", !(await page.isVisible("[data-typing]")));
  const read = JSON.stringify({ id: "s1", html: "<span data-delivery>read</span>" });
  state.stream.write(event(4814, "status", read));
  await settle(page);
  check("ticks change", (await page.textContent("#m-s1 [data-delivery]")) === "read");
  state.stream.end();
  await page.waitForTimeout(800);
  check("it reconnects by Last-Event-ID", state.opened.at(-1).after === "4814");

  await page.click(".quick-reply >> nth=1");
  await settle(page);
  const quick = state.posts.at(-1);
  check("a quick reply is sent alone", quick.quick === "groceries" && quick.text === undefined);
  state.chat = 500;
  await page.fill("#text", "lost");
  await page.click(".composer-send");
  await settle(page);
  check("a failure is said", (await page.locator(".msg-failed .msg-retry").count()) === 1);
  const first = state.posts.at(-1).client_id;
  state.chat = 200;
  await page.click(".msg-retry");
  await settle(page);
  check("a retry keeps its key", state.posts.at(-1).client_id === first);
  check("and clears the failure", (await page.locator(".msg-failed").count()) === 0);

  await page.evaluate(() => document.querySelector("[data-scroll]").scrollTo(0, 0));
  await settle(page);
  state.stream.write(event(4815, "message", bubble("78")));
  await settle(page);
  check("reading above is not disturbed", await page.isVisible("[data-newer]"));
  await page.click("[data-newer]");
  await page.waitForTimeout(900);
  check("the button leads to the end", !(await page.isVisible("[data-newer]")));
}

async function panel(page, { base }, check) {
  await page.goto(`${base}/en/chat-readable.html`);
  await page.click(".seen-open");
  check("the panel opens", await page.isVisible("#seen"));
  await page.click("#seen .icon-button");
  check("the panel closes", !(await page.isVisible("#seen")));
}

async function passkey(context, page, { base, state }, check) {
  const debug = await context.newCDPSession(page);
  await debug.send("WebAuthn.enable");
  const features = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await debug.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", automaticPresenceSimulation: true, ...features },
  });
  await page.goto(`${base}/en/home.html`);
  await page.evaluate(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: new Uint8Array(16),
        rp: { name: "Harbour Bank", id: "localhost" },
        user: { id: new Uint8Array([1, 2]), name: "maja", displayName: "Maja" },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        authenticatorSelection: { residentKey: "required" },
      },
    }),
  );
  state.signIn = 403;
  await page.goto(`${base}/en/signin.html`);
  await page.click("form[data-passkey] button");
  await page.waitForTimeout(900);
  check("a refusal is said", (await page.textContent("[data-passkey-error]")) === "Unknown passkey");
  state.signIn = 200;
  await page.click("form[data-passkey] button");
  await page.waitForTimeout(900);
  check("a passkey signs in", page.url().endsWith("/en/home.html"));
  const { id, rawId, response } = state.assertions.at(-1);
  check("the assertion is base64url", id === rawId && response.userHandle === "AQI");
  await page.click("[data-theme-switch]");
  const cookies = await context.cookies();
  check("the theme is kept", cookies.some(({ name, value }) => name === "theme" && value === "dark"));
}

async function swap(page, { base }, check) {
  await page.goto(`${base}/en/parts.html`);
  await settle(page);
  await page.click("[hx-get]");
  await settle(page);
  check("htmx swaps under the policy", (await page.locator("#swap h1").count()) === 1);
}

async function withoutScripts(browser, { base, state }, check) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}/en/chat.html`);
  await page.fill("#text", "plain");
  await page.click(".composer-send");
  const { text, client_id } = state.posts.at(-1);
  check("the plain form posts", text === "plain" && client_id === "0193-sample");
  await context.close();
}
