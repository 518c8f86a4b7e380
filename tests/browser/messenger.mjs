// The same chat where an operator reads along: the panel shows what it sees.

import { confirmLink, link, say } from "./steps.mjs";

export async function messenger(visitor) {
  const { page, bank, check, look } = await visitor({});
  const words = await link(page, bank, "messenger");
  check("the words match", words.inChat === words.onPage);
  await confirmLink(page);
  await say(page, "Who can see this?");
  await page.setViewportSize({ width: 1280, height: 900 });
  const sights = page.locator("#sights .sight");
  const bubbles = page.locator("#log .msg:not(#m-hello)");
  check("each message is in the panel", (await sights.count()) === (await bubbles.count()));
  const last = await sights.last().textContent();
  check("in its very words", last.includes((await bubbles.last().locator(".bubble-text").textContent()).trim()));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.click(".seen-open");
  check("on a phone the panel opens", await page.isVisible("#seen"));
  await page.click("#seen .icon-button");
  await look("linked");
}
