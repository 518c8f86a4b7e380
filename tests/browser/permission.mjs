// She allows, asks, and takes it back: the request for permission, what the chat then answers, the
// log of it, her connections.

import fs from "node:fs";
import { allow, confirmLink, link, say, signInAsStandIn, tick } from "./steps.mjs";

// With nothing allowed, a chat that is linked, and the request for permission that its first
// question brings.
async function asked(page, bank) {
  await page.goto(`${bank}/stop-all`);
  await signInAsStandIn(page);
  await page.waitForURL((url) => url.pathname.endsWith("/stop-all"));
  await page.click("main form button[type=submit]");
  await page.waitForURL(/stopped=\d/);
  await link(page, bank, "web");
  await confirmLink(page);
  await say(page, "What’s my balance?");
}

export async function permission(visitor) {
  const { page, bank, check, expected, look } = await visitor({});
  expected.push("410");
  await asked(page, bank);
  const request = await page.getAttribute("#log .card-link a >> nth=-1", "href");
  await page.click("#log .card-link a >> nth=-1");
  await page.waitForURL(/\/consent\?/);
  check("no account is chosen for her", (await page.locator("input[name=account]:checked").count()) === 0);
  const weight = (value) =>
    page.locator(`button[value=${value}]`).evaluate((b) => {
      const { width, height } = b.getBoundingClientRect();
      const { backgroundColor, color } = getComputedStyle(b);
      return JSON.stringify([Math.round(width), Math.round(height), backgroundColor, color]);
    });
  const [yes, less, no] = [await weight("allow"), await weight("less"), await weight("refuse")];
  check(`the answers weigh the same: ${yes} ${less} ${no}`, yes === less && less === no);
  await look("question");
  await page.click("button[value=allow]");
  check("without an account it says what to do", await page.isVisible(".error-summary"));
  await look("wrong");

  await tick(page, 0);
  await page.click("button[value=less]");
  await page.waitForURL(/\/consent\/less/);
  await look("less");
  await page.selectOption("select[name=see-balances]", "summary");
  await page.click("button[value=finer]");
  await page.waitForURL(/\/consent\/check/);
  await look("check");
  await page.click("button[value=allow]");
  await page.waitForSelector(".chat");
  const log = await page.textContent("#log");
  check("the chat says what holds now", /may|can/.test(log));

  const response = await page.goto(new URL(request, bank).href);
  check("its link opens once", response.status() === 410);
}

export async function answers(visitor) {
  const { page, bank, check, look } = await visitor({});
  await asked(page, bank);
  await allow(page, [0, 1]);
  const balance = await say(page, "What’s my balance?");
  check("figures are shown", /\d[\d.,]*\d\d/.test(await balance.textContent()));
  check("with a receipt", (await balance.locator(".receipt").count()) === 1);
  await look("balance");
  const payments = await say(page, "My last five card payments");
  check("five payments", (await payments.locator("li, tr").count()) >= 5);
  await look("payments");
  const chart = await say(page, "How much did I spend on groceries last month?");
  check("spending has an amount", /\d/.test(await chart.textContent()));
  const months = await say(page, "Show my spending by month");
  check("and a picture with words for it", (await months.locator("svg").count()) >= 1);
  await look("chart");
  const enough = await say(page, "Do I have enough for 20?");
  check("yes or no and nothing more", !/\d{3}/.test(await enough.locator(".bubble-text").first().textContent()));
  const upcoming = await say(page, "What is my next bill?");
  await look("upcoming");
  check("what comes next", (await upcoming.textContent()).length > 10);
  await say(page, "stop sharing");
  const after = await say(page, "What’s my balance?");
  check("after that it asks again", (await after.locator(".card-link").count()) === 1);
  await look("stopped");
}

export async function log(visitor) {
  const { page, bank, check, look } = await visitor({ acceptDownloads: true });
  await asked(page, bank);
  await allow(page, [0]);
  const balance = await say(page, "What’s my balance?");
  const receipt = (await balance.locator(".receipt [dir=ltr]").textContent()).trim();
  await page.goto(`${bank}/log`);
  check(`receipt ${receipt} is in the log`, (await page.textContent("main")).includes(receipt));
  await look("list");
  await page.fill("input[name=q]", "nothing like it");
  await page.press("input[name=q]", "Enter");
  await page.waitForURL(/q=nothing/);
  check("a search finds nothing kindly", await page.isVisible(".empty"));
  await page.goto(`${bank}/log`);
  await page.click("main a[href*='/log/'] >> nth=0");
  await page.waitForLoadState();
  check("the very bytes are there", (await page.locator("pre, .raw").count()) >= 1);
  await look("entry");
  const entry = page.url();
  const [proof] = await Promise.all([page.waitForEvent("download"), page.click("a[href$='/proof']")]);
  check("the proof is C2SP’s", fs.readFileSync(await proof.path(), "utf8").startsWith("c2sp.org/tlog-proof@v1"));
  await page.goto(`${entry}/verify`);
  check("it verifies", await page.isVisible("text=/verif|proof|log/i"));
  await look("verify");
  const foreign = await visitor({ extraHTTPHeaders: { "x-forwarded-for": "192.0.2.7" } }, "log-foreign");
  foreign.expected.push("404");
  await foreign.page.goto(`${bank}/sign-in`);
  await foreign.page.click(".stand-ins form button >> nth=1");
  await foreign.page.waitForLoadState();
  const response = await foreign.page.goto(entry);
  check("another customer finds nothing there", response.status() === 404);
}

export async function connections(visitor) {
  const { page, bank, check, look } = await visitor({});
  await asked(page, bank);
  await allow(page, [0, 1]);
  await page.goto(`${bank}/connections`);
  await look("list");
  const held = () => page.locator("article.panel").first();
  await held().locator("button[value=pause]").click();
  await page.waitForSelector("button[value=resume]");
  await page.goto(`${bank}/chat/web`);
  const paused = await say(page, "What’s my balance?");
  check("while paused no figure", !/\d[.,]\d\d/.test(await paused.textContent()));
  await page.goto(`${bank}/connections`);
  await page.click("button[value=resume] >> nth=0");
  await page.waitForSelector("button[value=pause]");
  await held().locator("a[href$='/narrow']").click();
  await look("narrow");
  await tick(page, 1);
  await page.click("main form button[type=submit]");
  await page.waitForURL(/did=narrowed/);
  await held().locator("a[href$='/renew']").click();
  await look("renew");
  await page.click("main form button[type=submit]");
  await page.waitForURL(/did=renewed/);
  await look("renewed");
  await held().locator("button[value=end]").click();
  await page.waitForURL(/did=ended/);
  await look("ended");
}

export async function leaving(visitor) {
  const { page, bank, check, look } = await visitor({ acceptDownloads: true });
  await asked(page, bank);
  await allow(page, [0]);
  await say(page, "What’s my balance?");
  await page.goto(`${bank}/data`);
  await look("data");
  for (const [path, part] of [["/data/export.json", '"'], ["/data/transactions.csv", ","], ["/log/export.json", '"']]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.click(`a[href$="${path}"]`)]);
    check(`${path} has something in it`, fs.readFileSync(await file.path(), "utf8").includes(part));
  }
  await page.goto(`${bank}/stop-all`);
  await look("stop-all");
  await page.click("main form button[type=submit]");
  await page.waitForURL(/stopped=\d/);
  await look("stopped");
  await page.goto(`${bank}/connections`);
  check("nothing is shared", (await page.locator("button[value=pause]").count()) === 0);
  await page.goto(`${bank}/data/clear`);
  await look("clear");
  await page.click("button.button-danger");
  await page.waitForLoadState();
  if (page.url().includes("/confirm")) await page.click("main form button >> nth=-1");
  await page.waitForSelector("pre, .raw");
  await look("cleared");
  await page.goto(`${bank}/log`);
  check("she is signed out with it", page.url().includes("/sign-in"));
  await signInAsStandIn(page);
  await page.waitForURL(/\/log$/);
  await look("log-after");
}
