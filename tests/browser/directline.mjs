// Microsoft's Web Chat on a site of the bank, whose origin is another (127.0.0.1 beside localhost), as it
// is delivered by npm and told nothing but where the bank is.

import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { passkey } from "./assistant.mjs";
import { tick } from "./steps.mjs";

const require = createRequire(import.meta.url); // honours NODE_PATH
const DESK = { width: 1280, height: 900 };
const FIGURE = /\d[.,]\d\d(?!\d)/;
const BUNDLES = {
  "/webchat.js": ["botframework-webchat", "dist/webchat.js"],
  "/directline.js": ["botframework-directlinejs", "dist/directline.js"],
};

// The files of both packages; nothing where one is missing.
function bundles() {
  const file = ([name, inside]) => (process.env.NODE_PATH ?? "").split(path.delimiter)
    .map((folder) => path.join(folder, name, inside)).find((found) => fs.existsSync(found));
  const found = Object.entries(BUNDLES).map(([at, parts]) => [at, file(parts)]);
  const missing = found.filter(([, at]) => !at).map(([at]) => BUNDLES[at][0]);
  if (missing.length) console.log(`skipped: ${missing.join(" and ")} missing`);
  return missing.length ? null : Object.fromEntries(found);
}

// The page of a site: it gets a token for itself, keeps it for this tab, and shows Web Chat.
const HTML = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A site of the bank</title>
<link rel="icon" href="data:,"><style>html, body, main { height: 100%; margin: 0 }</style><main></main>
<script>
  const Native = WebSocket;
  window.sockets = [];
  window.WebSocket = class extends Native {
    constructor(...given) { super(...given); window.sockets.push(this); }
  };
  async function begin(domain, options) {
    let kept = JSON.parse(sessionStorage.getItem("chat"));
    if (!kept) {
      kept = await (await fetch(domain + "/tokens/generate", { method: "POST" })).json();
      sessionStorage.setItem("chat", JSON.stringify(kept));
    } else {
      options.conversationId = kept.conversationId;
    }
    options = { domain, token: kept.token, random: () => 0, ...options };
    window.line = new DirectLine.DirectLine(options);
    window.came = [];
    window.line.activity$.subscribe((activity) => window.came.push(activity));
    WebChat.renderWebChat({ directLine: window.line, locale: "en-US" }, document.querySelector("main"));
  }
</script><script src="/webchat.js"></script><script src="/directline.js"></script></html>`;

const domain = (bank) => `${bank}/v3/directline`;
const site = (bank) => `${new URL(bank).origin.replace("//localhost", "//127.0.0.1")}/banking`;

// Opens the site's page in a browser, and Web Chat in it.
async function open(visitor, files, options, as) {
  const made = await visitor({ viewport: DESK }, as);
  const { context, page, bank } = made;
  await context.route(site(bank), (route) => route.fulfill({ contentType: "text/html", body: HTML }));
  for (const [at, file] of Object.entries(files)) {
    await context.route(new URL(at, site(bank)).href, (route) =>
      route.fulfill({ contentType: "text/javascript", path: file }));
  }
  const show = async () => {
    await page.goto(site(bank));
    await page.evaluate(([at, given]) => window.begin(at, given), [domain(bank), options]);
    await page.locator("textarea, input[type=text]").first().waitFor();
  };
  await show();
  return { ...made, show };
}

// What the bank said in answer to her newest words, once it is there, in the page's own hands.
async function answered(page, words) {
  const found = await page.waitForFunction((words) => {
    const hers = window.came.filter(({ from, text }) => from.role === "user" && text === words).at(-1);
    return hers && window.came.find(({ replyToId }) => replyToId === hers.id);
  }, words);
  return found.jsonValue();
}

// Types it into Web Chat's own box; the bubble of the answer.
async function say(page, words) {
  const box = page.locator("textarea, input[type=text]").first();
  await box.fill(words);
  await box.press("Enter");
  const answer = await answered(page, words);
  const first = answer.text.split("\n")[0];
  await page.getByText(first, { exact: false }).last().waitFor();
  return answer;
}

// The address behind the newest button of that name, as Web Chat opens it: in a tab of its own.
async function follow(context, page, label) {
  const [tab] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("button", { name: label }).last().click(),
  ]);
  await tab.waitForURL((url) => url.href !== "about:blank");
  const address = tab.url();
  await tab.close();
  return address;
}

const button = (answer) => answer.attachments[0].content.buttons[0];

// What a customer does once at her bank: a passkey of her own.
async function atHerBank(visitor, as) {
  const made = await visitor({}, as);
  await passkey(made.context, made.page, made.bank);
  return made.page;
}

async function signedIn(her, address) {
  await her.goto(address);
  if (her.url().includes("/sign-in")) {
    await her.click("form[data-passkey] button[type=submit]");
    await her.waitForURL((url) => !url.pathname.includes("/sign-in"));
  }
}

// From the link in the chat to the permission, all of it on the bank's own pages.
async function permits(her, address) {
  await signedIn(her, address);
  await her.waitForURL(/\/consent\?/);
  await tick(her, 0);
  await her.click("button[value=allow]");
  await her.waitForURL(/\/consent\/check\?/);
  await her.click("button[value=allow]");
  await her.waitForURL((url) => !url.pathname.includes("/consent"));
}

export async function directline(visitor) {
  const files = bundles();
  if (!files) return;
  const { context, page, bank, check, look, show } = await open(visitor, files, {});
  const her = await atHerBank(visitor, "directline-bank");

  const hello = await say(page, "hello");
  check("it is words, not markup", hello.textFormat === "plain");
  check("answers to tap are there", await page.getByRole("button", { name: "Help", exact: false }).first().isVisible());
  const link = await follow(context, page, button(hello).title);
  check("it leads to the bank's own origin", link.startsWith(`${bank}/`) || link.startsWith(new URL(bank).origin));
  await signedIn(her, button(hello).value);
  const words = (await her.textContent(".phrase")).trim();
  check(`the words match: ${words}`, hello.text.includes(words));
  await her.click("button[value=link]");
  await her.waitForURL(/\/linked\//);

  const asks = await say(page, "What is my balance?");
  await permits(her, button(asks).value);
  const told = await say(page, "What’s my balance?");
  check(`no figure goes to the page: ${told.text}`, !FIGURE.test(told.text) && told.attachments.length === 1);
  await signedIn(her, button(told).value);
  check("it is on the bank's own page", FIGURE.test(await her.textContent("main")));
  const shown = await page.textContent("main");
  check("nor into the page", !FIGURE.test(shown) && shown.includes("hello"));
  await look("told");
  await page.setViewportSize(DESK);

  // The stream is cut while the bank speaks.
  const before = await page.evaluate(() => {
    window.sockets.at(-1).close();
    return { count: window.came.length, sockets: window.sockets.length };
  });
  await say(page, "What can you do?");
  const after = await page.evaluate(() => ({
    ids: window.came.filter(({ type }) => type === "message").map(({ id }) => id),
    sockets: window.sockets.length,
    url: window.sockets.at(-1).url,
  }));
  check("it connects anew", after.sockets === before.sockets + 1);
  check(`after the watermark: ${after.url.split("&")[0]}`, /watermark=[1-9]/.test(after.url));
  check("nothing came twice or was lost", after.ids.every((id, at) => id.endsWith(`|${String(at + 1).padStart(7, "0")}`)));

  await show();
  await page.getByText("hello", { exact: true }).first().waitFor();
  await page.waitForFunction((count) => window.came.length >= count, after.ids.length);
  const again = await page.evaluate(() => window.came.map(({ id }) => id));
  check("the next page of the site goes on with it", JSON.stringify(again) === JSON.stringify(after.ids));
  const { text } = await say(page, "What is my balance?");
  check("linked as it was", !FIGURE.test(text) && text !== asks.text);
  await context.close();
}

// The same where a network lets no WebSocket through.
export async function directlinePolled(visitor) {
  const files = bundles();
  if (!files) return;
  const { page, check, show } = await open(visitor, files, { webSocket: false });
  await say(page, "hello");
  check("no stream was opened", (await page.evaluate(() => window.sockets.length)) === 0);
  const tap = page.getByRole("button", { name: "Help", exact: false }).first();
  const label = (await tap.textContent()).trim();
  await tap.click();
  const helped = await answered(page, label);
  check("a tap is an answer", helped.text.length > 0);
  const ids = await page.evaluate(() => window.came.map(({ id }) => id));
  await show();
  await page.waitForFunction((count) => window.came.length >= count, ids.length);
  check("it goes on", (await page.evaluate(() => window.came[0].id)) === ids[0]);
}

// Who is no listed site gets nothing at all.
export async function directlineForeign(visitor) {
  const { page, bank, check, expected } = await visitor({ viewport: DESK });
  expected.push("CORS", "ERR_FAILED", "403");
  const foreign = site(bank).replace("127.0.0.1", "127.0.0.2");
  await page.route(foreign, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Another" }));
  await page.goto(foreign);
  const got = await page.evaluate(async (at) => {
    try {
      return (await fetch(`${at}/tokens/generate`, { method: "POST" })).status;
    } catch (error) {
      return error.name;
    }
  }, domain(bank));
  check(`a page of another origin is told nothing: ${got}`, got === "TypeError");
}
