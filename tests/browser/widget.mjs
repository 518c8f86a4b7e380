// The chat on a site of the bank, whose origin is another (127.0.0.1 beside localhost), in a browser
// that blocks cookies of third parties.

import http from "node:http";
import { say, signInAsStandIn } from "./steps.mjs";

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const HEARD = /^\{"type":"(close|unread","count":\d+)(")?\}$/;

const site = (bank) => `${bank.replace("//localhost", "//127.0.0.1")}/sample-site`;
const button = (page) => page.locator("bankside-chat .button");
const dialog = (page) => page.locator("bankside-chat dialog");
const badge = (page) => page.locator("bankside-chat .badge");

// The frame once its chat is there.
async function frame(page) {
  const handle = await page.waitForSelector("bankside-chat iframe", { state: "attached" });
  const found = await handle.contentFrame();
  await found.waitForSelector("#log", { state: "attached" });
  return found;
}

const shown = (page, is) =>
  page.waitForFunction((is) => document.querySelector("bankside-chat").shadowRoot.querySelector("dialog").open === is, is);
const focused = (page) =>
  page.evaluate(() => document.querySelector("bankside-chat").shadowRoot.activeElement?.tagName);

// What she says while it is closed, as if the bank answered late.
const sayUnseen = (chat, words) =>
  chat.evaluate((words) => {
    document.querySelector("#text").value = words;
    document.querySelector("#composer").requestSubmit();
  }, words);

async function open(visitor, options, as) {
  const made = await visitor(options, as);
  await made.page.addInitScript(() => {
    window.heard = [];
    addEventListener("message", (event) => window.heard.push(JSON.stringify(event.data)));
  });
  await made.page.goto(site(made.bank));
  await button(made.page).waitFor();
  return made;
}

export async function widget(visitor) {
  const { context, page, bank, check, look } =
    await open(visitor, { viewport: DESK, sizes: { desk: DESK } });
  await look("closed");
  await page.setViewportSize(DESK);
  check("its button says what it is", (await button(page).getAttribute("aria-label")).startsWith("Chat with "));
  check("nothing is loaded before she asks", page.frames().length === 1);

  await button(page).focus();
  await page.keyboard.press("Enter");
  const chat = await frame(page);
  check("it says that it is open", (await button(page).getAttribute("aria-expanded")) === "true");
  await chat.waitForFunction(() => document.activeElement?.id === "text");
  await say(chat, "What can you do?");
  await look("open");
  await page.setViewportSize(DESK);

  const kept = (await context.cookies()).filter((cookie) => cookie.name === "widget");
  const [cookie] = kept;
  check("one cookie, of this site alone", kept.length === 1 && cookie.partitionKey?.includes("127.0.0.1"));
  check("secure, hidden, for the frame alone",
    cookie?.secure && cookie.httpOnly && cookie.sameSite === "None" && cookie.path.endsWith("/widget"));

  await page.evaluate(() => postMessage({ type: "close" }, "*"));
  await page.evaluate(() => postMessage({ type: "unread", count: 7 }, "*"));
  await chat.evaluate(() => postMessage({ type: "close" }, "*"));
  await page.waitForTimeout(200);
  check("nobody else is heard", (await dialog(page).evaluate((d) => d.open)) && !(await badge(page).isVisible()));

  await chat.focus("#text");
  await page.keyboard.press("Escape");
  await shown(page, false);
  check("Escape gives the focus back", (await focused(page)) === "BUTTON");

  await sayUnseen(chat, "hello");
  await badge(page).waitFor();
  const count = await badge(page).textContent();
  check("it counts what is new", Number(count) >= 1);
  check("and says so", (await button(page).getAttribute("aria-label")).endsWith(`: ${count}`));
  await look("unread");
  await page.setViewportSize(DESK);
  const own = await chat.locator("#log .msg-out").count();

  await page.reload();
  await badge(page).waitFor();
  check("on the next page too", (await badge(page).textContent()) === count);
  await button(page).click();
  const again = await frame(page);
  check("it is the same chat", (await again.locator("#log .msg-out").count()) === own);
  await badge(page).waitFor({ state: "hidden" });
  await page.waitForTimeout(300);
  await page.reload();
  await shown(page, true);
  const third = await frame(page);
  check("it stays open", await third.isVisible("#text"));
  check("what was seen is not new", !(await badge(page).isVisible()));
  const heard = await page.evaluate(() => window.heard);
  check(`the site learns no more: ${heard}`, heard.length > 0 && heard.every((message) => HEARD.test(message)));
}

export async function widgetLink(visitor) {
  const { context, page, bank, check, look } =
    await open(visitor, { viewport: DESK, sizes: { desk: DESK } });
  await button(page).click();
  const chat = await frame(page);
  await say(chat, "Link this chat");
  const words = (await chat.textContent(".chat-who p")).replaceAll(" · ", " ").trim();
  const [tab] = await Promise.all([context.waitForEvent("page"), chat.click("#log .card-link a")]);
  await tab.waitForLoadState();
  check("the bank opens in a tab of its own", await tab.evaluate(() => top === window && opener === null));
  check("on its own origin", new URL(tab.url()).origin === new URL(bank).origin);
  if (tab.url().includes("/sign-in")) await signInAsStandIn(tab);
  check("the words match", (await tab.textContent(".phrase")).trim() === words);
  await tab.click("button[value=link]");
  await tab.waitForURL(/\/linked\//);
  check("she is told to go back", (await tab.textContent("main .hint")).includes("close this tab"));
  await tab.close();

  await chat.waitForFunction(() => document.querySelector("#log")?.textContent.includes("linked") ||
    document.querySelectorAll(".quick-reply").length > 3);
  const now = await frame(page);
  await now.waitForSelector("#text");
  const answer = await say(now, "What’s my balance?");
  check("it answers", (await answer.locator(".receipt").count()) === 1);
  await look("answered");
  await page.setViewportSize(DESK);
  const [log] = await Promise.all([context.waitForEvent("page"), answer.locator(".receipt").click()]);
  check("her log is never framed", new URL(log.url()).pathname.includes("/log") || log.url().includes("sign-in"));
}

export async function widgetPhone(visitor) {
  for (const [locale, colorScheme] of [["en", "light"], ["ar", "dark"]]) {
    const options = { locale, colorScheme, sizes: { phone: PHONE }, hasTouch: true };
    const { page, check, look } = await open(visitor, options, `widget-phone-${locale}`);
    await look("closed");
    await button(page).click();
    const chat = await frame(page);
    await chat.waitForSelector("#text");
    const box = await dialog(page).boundingBox();
    check("it takes the whole screen", box.x === 0 && box.y === 0 && box.width === 390 && box.height === 844);
    check("nothing else can be reached", await dialog(page).evaluate((d) => d.matches(":modal")));
    check("in her language", (await chat.getAttribute("html", "lang")) === locale);
    await say(chat, locale === "ar" ? "مرحبا" : "hello");
    await look("open");
    const { violations } = await axe(chat);
    check(`axe in the frame: ${violations}`, violations.length === 0);
    await chat.click("[data-close]");
    await shown(page, false);
    check("it gives the focus back", (await focused(page)) === "BUTTON");
  }
}

async function axe(chat) {
  await chat.evaluate(globalThis.AXE);
  return chat.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return { violations: violations.map(({ id, nodes }) => `${id} ${nodes.map((n) => n.target.join(" "))}`) };
  });
}

// Nobody else frames the chat, and nobody frames anything else. The other site is a server of its own:
// a browser asks a page that came from nowhere for leave before it reaches this machine.
export async function widgetFramed(visitor) {
  const { page, bank, check, expected } = await visitor({ viewport: DESK });
  expected.push("frame-ancestors", "Framing", "ERR_BLOCKED_BY_RESPONSE");
  const other = http.createServer((_, response) => response.end("<!doctype html><title>Another"));
  await new Promise((done) => other.listen(0, "127.0.0.1", done));
  const chat = `${bank}/widget/${new URL(site(bank)).host}`;
  const inside = async (at, address) => {
    await page.goto(at);
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement("iframe"), { src })), address);
    const found = page.frames().at(-1).waitForSelector("#log, main", { state: "attached", timeout: 2_000 });
    return found.then(() => true, () => false);
  };
  check("a listed site frames the chat", await inside(site(bank), chat));
  check("another does not", !(await inside(`http://127.0.0.1:${other.address().port}/`, chat)));
  for (const path of ["/sign-in", "/chat/web", "/stop-all"]) {
    check(`nobody frames ${path}`, !(await inside(site(bank), bank + path)));
  }
  other.close();
}

// A frame that does not come leaves a plain link.
export async function widgetAlone(visitor) {
  const { page, check, look, expected, bank } = await visitor({ viewport: DESK, sizes: { desk: DESK } });
  expected.push("ERR_FAILED", "Failed to load");
  await page.clock.install();
  await page.route("**/widget/**", (route) => route.abort());
  await page.goto(site(bank));
  await button(page).click();
  await page.waitForTimeout(100);
  await page.clock.fastForward(11_000);
  const link = page.locator("bankside-chat .apart a");
  check("it leads to the chat", (await link.getAttribute("href")) === `${bank}/chat/web`);
  await page.clock.runFor(500);
  await look("alone");
}
