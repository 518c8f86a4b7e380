// The chat on the bank's own channel: live, after a lost connection, without scripts, in Arabic.

import { confirmLink, link, say } from "./steps.mjs";

export async function chat(visitor) {
  const { page, bank, check, look } = await visitor({});
  await page.goto(`${bank}/chat/web`);
  check("a new chat greets", (await page.locator("#m-hello").count()) === 1);
  check("and offers replies", (await page.locator(".quick-reply").count()) > 1);
  await look("new");

  const words = await link(page, bank, "web");
  check(`the words match: ${words.inChat} / ${words.onPage}`, words.inChat === words.onPage);
  await look("compare");
  await confirmLink(page);
  check("the chat says that it is linked", (await page.textContent("#log")).includes(words.inChat));
  const ticks = page.locator("#log .msg-out .delivery-read");
  check("her message was read", (await ticks.count()) > 0);

  const answer = await say(page, "What’s my balance?");
  check("every answer has a receipt", (await answer.locator(".receipt").count()) === 1);
  await page.waitForTimeout(300);
  check("its ticks say so", (await page.locator("#log .msg-out .delivery-read").count()) === (await page.locator("#log .msg-out").count()));
  await look("asked");
}

export async function reconnect(visitor) {
  const one = await visitor({});
  await one.page.goto(`${one.bank}/chat/web`);
  await say(one.page, "hello");
  const two = await visitor({ storageState: await one.context.storageState() });
  await two.page.goto(`${two.bank}/chat/web`);
  one.expected.push("ERR_INTERNET_DISCONNECTED", "Failed to load resource");
  await one.context.setOffline(true);
  await say(two.page, "help");
  await say(two.page, "Who can see this?");
  await one.context.setOffline(false);
  const count = await two.page.locator("#log .msg:not(#m-hello)").count();
  await one.page.waitForFunction(
    (n) => document.querySelectorAll("#log .msg:not(#m-hello)").length >= n, count, { timeout: 40_000 });
  const ids = (page) => page.locator("#log .msg").evaluateAll((all) => all.map((m) => m.id));
  const [a, b] = [await ids(one.page), await ids(two.page)];
  one.check("nothing is lost, nothing comes twice", JSON.stringify(a) === JSON.stringify(b));
}

export async function secrets(visitor) {
  const { page, bank, check, expected } = await visitor({});
  expected.push("422");
  await page.goto(`${bank}/chat/web`);
  await say(page, "my card is 4111 1111 1111 1111, is it ok?");
  const log = await page.textContent("#log");
  check("a card number is not shown", !log.includes("4111"));
  check("it says that something was removed", (await page.locator(".removed").count()) === 1);
  await page.reload();
  check("nor kept", !(await page.content()).includes("4111"));

  await page.evaluate(() => document.querySelector("#text").removeAttribute("maxlength"));
  await page.fill("#text", "x".repeat(5000));
  await page.click(".composer-send");
  await page.waitForSelector("#log > .chat-system:last-child");
  check("what is too long comes back", (await page.inputValue("#text")).length === 5000);
}

export async function plain(visitor) {
  const { page, bank, check } = await visitor({ javaScriptEnabled: false });
  await page.goto(`${bank}/chat/web`);
  await page.fill("#text", "What can you do?");
  await page.click(".composer-send");
  await page.waitForLoadState();
  check("it comes back to the chat", page.url() === `${bank}/chat/web`);
  check("with her message", (await page.locator("#log .msg-out").count()) === 1);
  check("and the answer", (await page.locator("#log .msg-in:not(#m-hello)").count()) >= 1);
  await page.click(".quick-reply >> nth=0");
  await page.waitForLoadState();
  check("a quick reply is sent", (await page.locator("#log .msg-out").count()) === 2);
}

export async function languages(visitor) {
  const { page, bank, check, look } = await visitor({ locale: "ar" });
  await page.goto(`${bank}/chat/web`);
  check("it runs from right to left", (await page.getAttribute("html", "dir")) === "rtl");
  await say(page, "مرحبا");
  await look("arabic");
  const polish = await visitor({ locale: "en" }, "language-switch");
  await polish.page.goto(`${bank}/chat/web`);
  await polish.page.fill("#text", "Please speak Polish");
  await polish.page.click(".composer-send");
  await polish.page.waitForFunction(() => document.documentElement.lang === "pl");
}
