// Checks the gallery in a real browser: axe, the content security policy, overflow, and what the
// scripts do.
//
//   cargo run -p bankside-web --example gallery -- DIR
//   npm install --prefix crates/web/tests/browser
//   node crates/web/tests/browser/run.mjs DIR [SCREENSHOTS]
//
// CHROMIUM names the browser (default /usr/bin/chromium). Exits with 1 if anything fails.

import { chromium } from "playwright-core";
import { behaviour } from "./behaviour.mjs";
import { pages } from "./pages.mjs";
import { serve } from "./serve.mjs";

const [gallery, screenshots] = process.argv.slice(2);
if (!gallery) {
  console.error("name the gallery's directory: run.mjs DIR [SCREENSHOTS]");
  process.exit(2);
}

const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [...quiet, ...offline, "--hide-scrollbars"],
});
const server = await serve(gallery);
const faults = [
  ...(await behaviour(browser, server)),
  ...(await pages(browser, server, gallery, screenshots)),
];
await browser.close();
server.close();
for (const fault of faults) console.error(fault);
console.log(faults.length ? `${faults.length} faults` : "no faults");
process.exit(faults.length ? 1 : 0);
