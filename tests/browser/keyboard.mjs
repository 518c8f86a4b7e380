// Nothing but a keyboard: she signs in, links a chat, allows it an account, asks, and takes it back.
// Each step goes by Tab to the control itself; where the focus is must be seen.

const MOST = 80;

export async function keyboard(visitor) {
  const { page, bank, check } = await visitor({ viewport: { width: 1280, height: 900 } });
  const reach = (selector) => tabTo(page, selector, check);
  const press = async (selector, key = "Enter") => {
    await reach(selector);
    await page.keyboard.press(key);
  };
  await page.goto(`${bank}/stop-all`);
  await press(".stand-ins form button");
  await page.waitForURL((url) => url.pathname.endsWith("/stop-all"));
  await press("main form button[type=submit]");
  await page.waitForURL(/stopped=/);

  await page.goto(`${bank}/chat/web`);
  await says(page, "Link this chat");
  await press("#log .card-link a");
  await page.waitForURL(/\/l\//);
  await press("button[value=link]");
  await page.waitForURL(/\/linked\//);
  await press("main a.button");
  await page.waitForSelector(".chat");
  await says(page, "What’s my balance?");
  await press("#log article:last-of-type .card-link a");
  await page.waitForURL(/\/consent\?/);
  await press("#account-0", "Space");
  await press("button[value=allow]");
  await page.waitForURL(/\/check\?/);
  await press("button[value=allow]");
  await page.waitForSelector(".chat");
  await says(page, "What’s my balance?");
  check("it answers", (await page.locator("#log .chat-card .card-amount, #log .card-figure").count()) > 0);

  await page.goto(`${bank}/connections`);
  await press("button[value=end]");
  await page.waitForURL(/did=ended/);
}

// Writes where the focus is when the page opens, or where Tab leads.
async function says(page, words) {
  const before = await page.locator("#log .msg-in").count();
  await tabTo(page, "#text", () => true);
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (count) => {
      const all = [...document.querySelectorAll("#log .msg")];
      return document.querySelectorAll("#log .msg-in").length > count && all.at(-1).matches(".msg-in");
    }, before);
}

async function tabTo(page, selector, check) {
  await page.waitForLoadState();
  const there = () => page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
  for (let tries = 0; tries < MOST && !(await there()); tries += 1) await page.keyboard.press("Tab");
  if (!(await there())) throw new Error(`no way by Tab to ${selector}`);
  const seen = await page.evaluate(() => {
    const of = (element) => {
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    };
    const here = document.activeElement;
    return of(here) || (here.parentElement !== null && of(here.parentElement)) || here.matches("#text");
  });
  check(`the focus is seen on ${selector}`, seen);
}
