// Passkeys with a virtual authenticator: adding one, signing in with it, confirming with it.

import { signInAsStandIn } from "./steps.mjs";

export async function passkeys(visitor) {
  const { context, page, bank, check, expected, look } = await visitor({});
  const debug = await context.newCDPSession(page);
  await debug.send("WebAuthn.enable");
  const { authenticatorId } = await debug.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(`${bank}/passkeys`);
  check("it asks to sign in first", page.url().includes("/sign-in?next="));
  await look("sign-in");
  await signInAsStandIn(page);
  check("and comes back", page.url() === `${bank}/passkeys`);
  await page.fill("#label", "my laptop");
  await page.click("form[data-passkey] button[type=submit]");
  await page.waitForSelector(".row, .rows li");
  check("it is listed by its name", (await page.textContent("main")).includes("my laptop"));
  await look("list");

  await context.clearCookies();
  await page.goto(`${bank}/sign-in?next=${encodeURIComponent(new URL(bank).pathname + "/passkeys")}`);
  await page.click("form[data-passkey] button[type=submit]");
  await page.waitForURL(`${bank}/passkeys`);
  await page.goto(`${bank}/confirm?next=${encodeURIComponent(new URL(bank).pathname + "/")}`);
  await look("confirm");
  await page.click("form[data-passkey] button[type=submit]");
  await page.waitForURL(`${bank}/`);

  await context.clearCookies();
  expected.push("403");
  await debug.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await page.goto(`${bank}/sign-in`);
  await page.click("form[data-passkey] button[type=submit]");
  await page.waitForSelector("[data-passkey-error]:not([hidden])");
  check("without verification nobody signs in", page.url().includes("/sign-in"));
}
