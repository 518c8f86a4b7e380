// Every page of the gallery on a phone and a desk, light and dark, left to right and right to left:
// axe finds nothing, the policy is not violated, nothing overflows.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };

export async function pages(browser, server, gallery, screenshots) {
  const faults = [];
  let seen = 0;
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
      for (const lang of ["en", "ar"]) {
        for (const file of fs.readdirSync(path.join(gallery, lang))) {
          const name = `${path.parse(file).name}-${size}-${colorScheme}-${lang}`;
          const found = await look(context, `${server.base}/${lang}/${file}`, name, screenshots);
          faults.push(...found.map((fault) => `${name}: ${fault}`));
          seen += 1;
        }
      }
      await context.close();
    }
  }
  console.log(`${seen} pages looked at`);
  return faults;
}

async function look(context, url, name, screenshots) {
  const faults = [];
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(url);
  await page.waitForTimeout(80);
  if (await overflows(page)) faults.push("wider than the screen");
  if (screenshots) {
    fs.mkdirSync(screenshots, { recursive: true });
    const fullPage = !name.startsWith("chat");
    await page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage });
  }
  const debug = await context.newCDPSession(page);
  await debug.send("Runtime.evaluate", { expression: AXE }); // the policy forbids a script element
  const { violations } = await page.evaluate((runOnly) => axe.run(document, { runOnly }), RULES);
  for (const { id, nodes } of violations) faults.push(`axe ${id}: ${nodes[0].target.join(" ")}`);
  await page.setViewportSize({ width: 320, height: 640 }); // WCAG 2.2, 1.4.10 Reflow
  if (await overflows(page)) faults.push("wider than 320 px");
  await page.close();
  return faults;
}

const overflows = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
