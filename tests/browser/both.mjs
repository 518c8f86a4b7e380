// Both sides of a channel: she links it, asks for her balance on the operator's phone, and reads it on
// the bank's own page; what the operator's servers saw holds no figure.

import { signInAsStandIn, tick } from "./steps.mjs";

const both = process.env.BOTH;
const FIGURE = /[$€£]\s?\d|\d[.,]\d{2}\b/;

// Says it on the phone and waits until the bank has said something after it.
async function saysThere(phone, words) {
  const before = await phone.locator(".chat .her").count();
  await phone.fill("#words", words);
  await phone.click(".write button");
  await phone.waitForFunction((count) => {
    const all = [...document.querySelectorAll(".chat li")].filter((li) => !li.matches(".note, .typing"));
    const hers = all.filter((li) => li.classList.contains("her"));
    return hers.length > count && all.at(-1).classList.contains("bank");
  }, before);
  return phone.locator(".chat .bank >> nth=-1");
}

// Chooses an answer by its words, as she does.
const choose = async (page, value) => {
  const id = await page.locator(`input[value="${value}"]`).getAttribute("id");
  await page.click(`label[for="${id}"]`);
};

const linkIn = (bubble) => bubble.locator("a >> nth=-1").getAttribute("href");

// The words among what the operator's servers saw: ids, times and versions are left out.
async function seen(phone) {
  const all = await phone.locator(".record b").allTextContents();
  return all.filter((words) => !/^(\$\d|\d{4}-|amzn1|1\.0$)/.test(words)).join("\n");
}

async function opened(visitor, kind) {
  const made = await visitor({}, `both-${kind}`);
  const phone = await made.context.newPage();
  await phone.goto(`${both}/${kind}`);
  return { ...made, phone };
}

// Allows what the bank asks for, on its own page, for the first account.
async function allows(page, address) {
  await page.goto(address);
  await page.waitForURL(/\/consent\?/);
  await tick(page, 0);
  await page.click("button[value=allow]");
  await page.waitForURL(/\/consent\/check\?/);
  await page.click("button[value=allow]");
  await page.waitForLoadState();
}

async function messengerOf(visitor, kind, first) {
  const { page, phone, check, look } = await opened(visitor, kind);
  const greeting = await saysThere(phone, first);
  await page.goto(await linkIn(greeting));
  if (page.url().includes("/sign-in")) await signInAsStandIn(page);
  const words = (await page.textContent(".phrase")).trim();
  check("the words match", (await greeting.textContent()).includes(words));
  await page.click("button[value=link]");
  await page.waitForLoadState();
  await allows(page, await linkIn(await saysThere(phone, "How much do I have?")));
  const answer = await saysThere(phone, "How much do I have?");
  check("a link and no figure", !FIGURE.test(await answer.locator("p").innerText()));
  const record = await seen(phone);
  check("the operator knows her words", record.includes("How much do I have?"));
  check(`the operator knows no figure: ${record.match(FIGURE)}`, !FIGURE.test(record));
  await page.goto(await linkIn(answer));
  check("the bank's own page has it", FIGURE.test(await page.textContent("main")));
  await look("hers");
  return { phone, check };
}

export async function bothTelegram(visitor) {
  const { phone, check } = await messengerOf(visitor, "telegram", "/start");
  check("nothing is on the page that the servers did not see", await phone.evaluate(() => {
    const record = document.querySelector(".record").textContent;
    const bubbles = [...document.querySelectorAll(".chat .bank p")].map((p) => p.textContent);
    return bubbles.every((words) => words.split(" ").slice(0, 6).every((word) => record.includes(word)));
  }));
}

export const bothMessenger = (visitor) => messengerOf(visitor, "messenger", "Hello");
export const bothMatrix = (visitor) => messengerOf(visitor, "matrix", "Hello");

export async function bothAlexa(visitor) {
  const { page, bank, phone, check } = await opened(visitor, "alexa");
  await saysThere(phone, "Open my bank");
  await page.goto(`${bank}/link-code`);
  await signInAsStandIn(page);
  await page.waitForURL(/\/link-code/);
  await choose(page, "alexa");
  await page.click("main form button");
  const code = (await page.textContent(".phrase")).trim();
  const told = await (await saysThere(phone, code)).textContent();
  await page.goto(`${bank}/link-code`);
  const values = await page.locator('input[name="phrase"]').evaluateAll((all) => all.map((one) => one.value));
  const right = values.find((words) => words && told.includes(words));
  check("its words are among those to choose from", Boolean(right));
  await choose(page, right);
  await page.click("main form button");
  await page.waitForLoadState();
  const answer = await (await saysThere(phone, "How much do I have?")).textContent();
  check(`nothing is spoken that was not allowed: ${answer}`, !FIGURE.test(answer));
  const record = await seen(phone);
  check(`the operator knows no figure: ${record.match(FIGURE)}`, !FIGURE.test(record));
}

export async function bothSides(visitor) {
  const { page, check, look } = await visitor({});
  for (const kind of ["telegram", "messenger", "matrix", "alexa"]) {
    await page.goto(`${both}/${kind}`);
    await look(kind);
  }
  const foreign = await page.request.post(`${both}/telegram/say`, {
    form: { words: "hello" }, headers: { "Sec-Fetch-Site": "cross-site" },
  });
  check("no other origin writes for her", foreign.status() === 403);
}
