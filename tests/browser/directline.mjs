// Microsoft's Web Chat on a site of the bank, whose origin is another (127.0.0.1 beside localhost), as it
// is delivered by npm and told nothing but where the bank is.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { passkey } from "./assistant.mjs";
import { tick } from "./steps.mjs";

const DESK = { width: 1280, height: 900 };
const FIGURE = /\d[.,]\d\d(?!\d)/;
const PACKAGES = { "botframework-webchat": "dist/webchat.js", "botframework-directlinejs": "dist/directline.js" };

// The files of both packages; nothing where one is missing.
function bundles() {
  const folders = (process.env.NODE_PATH ?? "").split(path.delimiter);
  const found = Object.entries(PACKAGES).map(([name, inside]) =>
    folders.map((folder) => path.join(folder, name, inside)).find((file) => fs.existsSync(file)));
  if (found.every(Boolean)) return found;
  console.log(`skipped: ${Object.keys(PACKAGES).join(" or ")} is missing`);
  return null;
}

// Notes each connection that the page makes.
function countSockets() {
  const Native = WebSocket;
  window.sockets = [];
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      window.sockets.push(this);
    }
  };
}

// What a site's own script does: it gets a token for itself, keeps it for this tab, and shows Web Chat.
async function begin([domain, options]) {
  document.title = "A site of the bank";
  document.documentElement.lang = "en";
  document.body.innerHTML = "<header><h1>A site of the bank</h1></header><main style='height: 80vh'></main>";
  let kept = JSON.parse(sessionStorage.getItem("chat"));
  if (kept) {
    options = { ...options, conversationId: kept.conversationId };
  } else {
    kept = await (await fetch(`${domain}/tokens/generate`, { method: "POST" })).json();
    sessionStorage.setItem("chat", JSON.stringify(kept));
  }
  const directLine = new DirectLine.DirectLine({ domain, token: kept.token, random: () => 0, ...options });
  window.came = [];
  directLine.activity$.subscribe((activity) => window.came.push(activity));
  WebChat.renderWebChat({ directLine, locale: "en-US" }, document.querySelector("main"));
}

const domain = (bank) => `${bank}/v3/directline`;
// A page of the listed site. It is a real one of this machine: a browser asks a page that came from nowhere
// for leave before it reaches this machine. Its policy is the bank's own, not a site's.
const site = (bank) => `${new URL(bank).origin.replace("//localhost", "//127.0.0.1")}/healthz`;

// Opens the site's page in a browser, and Web Chat in it.
async function open(visitor, files, options) {
  const made = await visitor({ viewport: DESK, bypassCSP: true });
  const { page, bank, expected } = made;
  expected.push("404"); // it has no icon
  await page.addInitScript(countSockets);
  const show = async () => {
    await page.goto(site(bank));
    for (const file of files) await page.addScriptTag({ path: file });
    await page.evaluate(begin, [domain(bank), options]);
    await box(page).waitFor();
  };
  await show();
  return { ...made, show };
}

const box = (page) => page.locator("textarea, input[type=text]").first();

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
  await box(page).fill(words);
  await box(page).press("Enter");
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
  const later = await say(page, "How much money do I have?");
  check(`linked as it was: ${later.text}`, !FIGURE.test(later.text) && later.replyToId > asks.id && later.text !== asks.text);
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

// Who is no listed site is told nothing: the server of another port.
export async function directlineForeign(visitor) {
  const { page, bank, check, expected } = await visitor({ viewport: DESK });
  expected.push("CORS", "ERR_FAILED", "403");
  const other = http.createServer((_, response) => response.end("<!doctype html><title>Another"));
  await new Promise((done) => other.listen(0, "127.0.0.1", done));
  await page.goto(`http://127.0.0.1:${other.address().port}/`);
  const got = await page.evaluate((at) =>
    fetch(`${at}/tokens/generate`, { method: "POST" }).then(({ status }) => status, ({ name }) => name), domain(bank));
  check(`it cannot read the answer: ${got}`, got === "TypeError");
  other.close();
}
