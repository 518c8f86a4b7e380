// The operators' console: the demo's stand-in, a suspension and what the customer sees of it, one
// more operator by a set-up link with a passkey, and all of it without scripts.

import { say } from "./steps.mjs";

const origin = (bank) => new URL(bank).origin;

async function standIn(page, at) {
  await page.goto(`${at}/console/`);
  await page.click(".stand-ins button");
  await page.waitForURL(`${at}/console/`);
}

async function suspend(page, at, value, reason) {
  await page.goto(`${at}/console/suspensions`);
  await page.click("text=Suspend something");
  await page.check(`input[value="${value}"]`, { force: true });
  await page.click("main form button");
  await page.fill("#reason", reason);
  await page.click("main form button");
  await page.click("main form button");
}

export async function office(visitor) {
  const { context, page, bank, check, look } = await visitor({});
  const at = origin(bank);
  await page.goto(`${at}/console/operators`);
  check("nobody gets in", page.url().includes("/console/sign-in?next="));
  await look("sign-in");
  await standIn(page, at);
  check("it says that all is well", (await page.textContent("h1")) === "All is well");
  await look("overview");
  await page.goto(`${at}/console/suspensions`);
  await look("nothing-suspended");

  const her = await visitor({}, "office-customer");
  await her.page.goto(`${bank}/sign-in`);
  await her.page.click(".stand-ins form button >> nth=0");
  await page.goto(`${at}/console/suspensions/what`);
  await look("what");
  await page.click("main form button");
  check("nothing chosen is said so", await page.isVisible(".error-summary"));
  await look("what-wrong");
  await suspend(page, at, "channel:messenger", "Their servers were breached.");
  check("it is suspended", (await page.textContent(".banner")).includes("suspended from now on"));
  await look("suspended");
  const evidence = await page.request.get(`${at}/console/suspensions/evidence.json`);
  check("evidence is at hand", (await evidence.text()).includes("bankside/export/v1"));

  await page.click("text=Let it go on");
  await page.fill("#reason", "Mended and tested.");
  await look("why");
  await page.click("main form button");
  await look("check");
  await page.click("main form button");
  check("it goes on", (await page.textContent(".banner")).includes("goes on from now on"));

  await page.goto(`${at}/console/channels`);
  await look("channels");
  await page.click("text=What was not understood");
  check("nothing is kept apart", (await page.textContent("main")).includes("Everything was understood"));
  await look("strange");

  await page.goto(`${at}/console/sandbox`);
  await look("sandbox");
  await page.fill("#amount", "12,50");
  await page.fill("#who", "Corner shop");
  await page.click("main form button");
  check("an amount is read strictly", await page.isVisible(".error-summary"));
  await page.fill("#amount", "12.50");
  await page.click("main form button");
  check("a purchase comes about", (await page.textContent(".banner")).includes("Corner shop"));

  await page.goto(`${at}/console/operators`);
  await look("operators");
  await page.click("main form button");
  await look("link");
  const link = await page.getAttribute("code a", "href");
  await page.goto(`${at}/console/`);
  await page.click("text=Sign out");
  await page.waitForURL(`${at}/console/sign-in`);
  await comeIn(context, page, at, link, check, look);
}

// A second operator registers with the link, signs out, and comes back by her passkey.
async function comeIn(context, page, at, link, check, look) {
  const debug = await context.newCDPSession(page);
  await debug.send("WebAuthn.enable");
  await debug.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(link);
  await page.reload();
  await look("set-up");
  await page.fill("#name", "Kim");
  await page.click("form[data-passkey] button");
  await page.waitForURL(`${at}/console/`);
  check("she is greeted by name", (await page.textContent(".title-over")).includes("Kim"));
  await page.click("text=Sign out");
  await page.waitForURL(`${at}/console/sign-in`);
  await page.click("form[data-passkey] button");
  await page.waitForURL(`${at}/console/`);
  await page.goto(`${at}/console/confirm?next=/console/operators`);
  await look("confirm");
  await page.click("form[data-passkey] button");
  await page.waitForURL(`${at}/console/operators`);
  check("both are listed", (await page.locator(".rows li").count()) === 2);
  const used = await page.request.get(link);
  check("the link is used up", used.status() === 404);
}

export async function officePlain(visitor) {
  const { page, bank, check } = await visitor({ javaScriptEnabled: false });
  const at = origin(bank);
  await standIn(page, at);
  await suspend(page, at, "purpose:offers", "Without scripts.");
  check("it is suspended", (await page.textContent("main")).includes("Without scripts."));
  await page.click("text=Let it go on");
  await page.fill("#reason", "Over.");
  await page.click("main form button");
  await page.click("main form button");
  check("it goes on", (await page.textContent(".banner")).includes("goes on"));
  await page.goto(`${at}/console/`);
  await page.click("text=Sign out");
  check("signed out", page.url() === `${at}/console/sign-in`);
}

// What a customer sees while her channel is suspended: kind words in the chat, and among her
// permissions.
export async function suspended(visitor) {
  const { page, bank, check, look } = await visitor({});
  const at = origin(bank);
  const operator = await visitor({}, "suspended-operator");
  await standIn(operator.page, at);
  await suspend(operator.page, at, "everything", "A drill.");
  await page.goto(`${bank}/chat/web`);
  await say(page, "hello");
  check("the chat still talks", (await page.locator("#log .msg-in").count()) > 1);
  await page.goto(`${bank}/connections`);
  if (page.url().includes("/sign-in")) await page.click(".stand-ins form button >> nth=0");
  await page.waitForURL(`${bank}/connections`);
  await look("permissions");
  await operator.page.goto(`${at}/console/suspensions`);
  await operator.page.click("text=Let it go on");
  await operator.page.fill("#reason", "The drill is over.");
  await operator.page.click("main form button");
  await operator.page.click("main form button");
}
