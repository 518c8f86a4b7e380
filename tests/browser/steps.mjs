// What a customer does, over and over: say something, wait for the answer, link.

const IN = "#log .msg-in";

// Says it and waits until the bank has answered: something of the bank's stands after her words,
// which what it says by itself meanwhile does not.
export async function say(page, words) {
  const before = await page.locator("#log .msg-out").count();
  await page.fill("#text", words);
  await page.click(".composer-send");
  await page.waitForFunction((count) => {
    const all = [...document.querySelectorAll("#log .msg")];
    const hers = all.filter((message) => message.classList.contains("msg-out"));
    return hers.length > count && all.at(-1).classList.contains("msg-in");
  }, before);
  return page.locator(IN).last();
}

export const signInAsStandIn = (page) => page.click(".stand-ins form button >> nth=0");

// Links the chat of this page, and comes back to it; the words of its head and of the bank's page.
export async function link(page, bank, channel) {
  await page.goto(`${bank}/chat/${channel}`);
  const inChat = (await page.textContent(".chat-who p")).replaceAll(" · ", " ").trim();
  await say(page, "Link this chat");
  await page.click("#log .card-link a >> nth=-1");
  await page.waitForLoadState();
  if (page.url().includes("/sign-in")) await signInAsStandIn(page);
  const onPage = (await page.textContent(".phrase")).trim();
  return { inChat, onPage };
}

export async function confirmLink(page) {
  await page.click("button[value=link]");
  await page.click("main a.button");
  await page.waitForSelector(".chat");
}

// Ticks an account, or unticks it, as she does: by its words.
export const tick = (page, account) => page.click(`label[for="account-${account}"]`);

// From the request for permission in the chat to the chat again, which now may answer.
export async function allow(page, accounts) {
  await page.click("#log .card-link a >> nth=-1");
  await page.waitForURL(/\/consent\?/);
  for (const account of accounts) await tick(page, account);
  await page.click("button[value=allow]");
  await page.waitForURL(/\/consent\/check\?/);
  await page.click("button[value=allow]");
  await page.waitForSelector(".chat");
}
