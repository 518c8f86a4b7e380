// An invitation to a customer who has no passkey: opened twice, used once, and then closed.

import { execFileSync } from "node:child_process";

// What the bank's staff would run beside the service.
function invite(bank, customer, hours = "1") {
  const { origin, pathname } = new URL(bank);
  const id = pathname.split("/")[1];
  const words = ["customer", "invite", "--bank", id, "--customer", customer, "--url", origin];
  const more = ["--hours", hours, "--json", "--data", process.env.DEMO_DATA];
  return JSON.parse(execFileSync(process.env.DEMO_BINARY, [...words, ...more], { encoding: "utf8" })).url;
}

export async function invitation(visitor) {
  const { context, page, bank, check, expected, look } = await visitor({});
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
  await page.goto(`${bank}/sign-in`);
  const customer = await page.locator(".stand-ins input[name=customer]").last().inputValue();
  const [first, second] = [invite(bank, customer), invite(bank, customer)];

  await page.goto(first);
  await look("open");
  await page.goto(first);
  check("looking uses nothing up", await page.isVisible("form[data-passkey=create]"));
  await page.fill("#label", "my new phone");
  await page.dblclick("form[data-passkey] button[type=submit]");
  await page.waitForURL(`${bank}/`);
  check("she is signed in", (await page.locator("main").count()) === 1);
  await page.click('a[href$="/passkeys"]');
  await page.waitForSelector(".row, .rows li");
  check("the passkey is hers", (await page.textContent("main")).includes("my new phone"));
  await page.goto(`${bank}/log`);
  check("her log tells of it", (await page.locator("main a[href*='/log/']").count()) > 0);
  await look("log");

  await context.clearCookies();
  await page.goto(`${bank}/sign-in`);
  await page.click("form[data-passkey] button[type=submit]");
  await page.waitForURL(`${bank}/`);

  expected.push("410");
  for (const [name, url] of [["used", first], ["ended", second], ["forged", first.replace(/.{8}$/, "AAAAAAAA")]]) {
    const answer = await page.goto(url);
    check(`${name}: it says so`, answer.status() === 410 && !(await page.isVisible("form[data-passkey]")));
    check(`${name}: and whom to call`, /\+?\d[\d ]{5,}/.test(await page.textContent("main")));
    if (name !== "ended") await look(name);
  }
  const arabic = await visitor({ locale: "ar" }, "invitation-ar");
  const third = invite(bank, customer);
  await arabic.page.goto(third);
  await arabic.look("open");
}
