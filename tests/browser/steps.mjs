// What a customer does, over and over: say something, wait for the answer, link.

const IN = "#log .msg-in";

// Says it and waits until the bank has answered; the last bubble of the bank.
export async function say(page, words) {
  const before = await page.locator(`${IN}:not(#m-hello)`).count();
  await page.fill("#text", words);
  await page.press("#text", "Control+End");
  await page.click(".composer-send");
  await page.waitForFunction(
    ([sel, count]) => document.querySelectorAll(sel).length > count,
    [`${IN}:not(#m-hello)`, before],
  );
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
