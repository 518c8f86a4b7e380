// Walks through one bank of a running demo: walk.mjs http://localhost:PORT/BANK. Each walk has a
// browser context of its own. Exits with 1 if anything fails; says what.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { assistant } from "./assistant.mjs";
import { bothAlexa, bothMatrix, bothMessenger, bothSides, bothTelegram } from "./both.mjs";
import { chat, languages, plain, reconnect, secrets } from "./chat.mjs";
import { office, officePlain, suspended } from "./console.mjs";
import { directline, directlineForeign, directlinePolled } from "./directline.mjs";
import { everywhere } from "./everywhere.mjs";
import { invitation } from "./invitation.mjs";
import { keyboard } from "./keyboard.mjs";
import { messenger } from "./messenger.mjs";
import { passkeys } from "./passkeys.mjs";
import { answers, connections, leaving, log, permission } from "./permission.mjs";
import { widget, widgetAlone, widgetFramed, widgetLink, widgetPhone } from "./widget.mjs";

const require = createRequire(import.meta.url); // honours NODE_PATH
const { chromium } = require("playwright-core");
const AXE = globalThis.AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

const bank = process.argv[2];
const shots = process.env.SCREENSHOTS;
const faults = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars",
    "--test-third-party-cookie-phaseout"],
});

// A browser context that notes every script error, console error and policy violation.
async function visitor(name, { plain, sizes, ...options } = {}) {
  const context = await browser.newContext({ viewport: PHONE, locale: "en", reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(15_000);
  if (plain) await context.route("**/*", withoutScripts);
  const page = await context.newPage();
  const expected = [];
  page.on("pageerror", (error) => faults.push(`${name}: ${error}`));
  page.on("console", (message) => {
    const words = message.text();
    if (message.type() !== "error" || expected.some((part) => words.includes(part))) return;
    faults.push(`${name}: ${words}`);
  });
  const check = (what, holds) => holds || faults.push(`${name}: ${what}`);
  return { context, page, bank, check, expected, look: (as) => look(page, `${name}-${as}`, sizes) };
}

// A page as a browser without scripts shows it. The browser itself runs them: axe is one.
async function withoutScripts(route) {
  const request = route.request();
  if (request.resourceType() !== "document" || request.method() !== "GET") return route.continue();
  const response = await route.fetch({ maxRedirects: 0 });
  const html = await response.text();
  const body = html.replace(/<script[^>]*><\/script>/g, "").replace(/<(\/?)noscript>/g, "<$1div>");
  return route.fulfill({ response, body });
}

// Whether the page fits the screen once the browser has laid it out for the new size.
async function settled(page, width) {
  const fits = (wanted) => {
    const root = document.documentElement;
    return window.innerWidth === wanted && root.scrollWidth <= root.clientWidth;
  };
  await page.waitForTimeout(100);
  for (let tries = 0; tries < 30; tries += 1) {
    if (await page.evaluate(fits, width)) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

// A page as it is: nothing for axe, nothing wider than the screen.
async function look(page, name, sizes = { phone: PHONE, desk: DESK }) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    const fits = await settled(page, viewport.width);
    if (shots) {
      fs.mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: path.join(shots, `${name}-${size}.png`) });
    }
    if (!fits) faults.push(`${name}-${size}: wider than the screen`);
    const debug = await page.context().newCDPSession(page);
    await debug.send("Runtime.evaluate", { expression: AXE }); // the policy forbids a script element
    const { violations } = await page.evaluate((runOnly) => axe.run(document, { runOnly }), RULES);
    for (const { id, nodes } of violations) {
      faults.push(`${name}-${size}: axe ${id}: ${nodes.map((n) => n.target.join(" ")).join("; ")}`);
    }
  }
  await page.setViewportSize(PHONE);
}

const walks = {
  chat, messenger, passkeys, invitation, reconnect, secrets, plain, languages,
  permission, answers, log, connections, leaving, assistant,
  widget, widgetLink, widgetPhone, widgetFramed, widgetAlone,
  bothTelegram, bothMessenger, bothMatrix, bothAlexa, bothSides,
  directline, directlinePolled, directlineForeign,
  keyboard, everywhere, office, officePlain, suspended,
};
const only = process.env.WALKS?.split(",");
for (const [name, walk] of Object.entries(walks)) {
  if (only && !only.includes(name)) continue;
  const before = faults.length;
  try {
    await walk((options, as = name) => visitor(as, options));
  } catch (error) {
    faults.push(`${name}: ${error.message.split("\n").slice(0, 6).join(" ")}`);
  }
  console.log(`${name}: ${faults.length === before ? "ok" : "FAILED"}`);
}
await browser.close();
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
