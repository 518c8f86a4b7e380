// Every page of a customer, in English and Arabic, light and dark, with and without scripts: axe
// finds nothing, the policy is not violated, nothing is wider than the screen.

import { signInAsStandIn } from "./steps.mjs";

const PAGES = [
  "/", "/chat/web", "/chat/messenger", "/connections", "/stop-all", "/log", "/data", "/data/clear",
  "/is-this-my-bank", "/platforms", "/passkeys", "/confirm?next=%2F", "/l/forged", "/nothing",
  "/consent?party=messenger&purpose=account_information",
  "/consent/less?party=messenger&purpose=account_information",
];

export async function everywhere(visitor) {
  for (const locale of ["en", "ar"]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const plain of [false, true]) {
        const as = `${locale}-${colorScheme}-${plain ? "plain" : "scripts"}`;
        const sizes = { phone: { width: 390, height: 844 } };
        const { context, page, bank, check, expected, look } =
          await visitor({ locale, colorScheme, plain, sizes }, as);
        expected.push("404", "410");
        await page.goto(`${bank}/sign-in`);
        await page.click(`.languages button[value=${locale}]`);
        await page.waitForURL(/sign-in/);
        await look("sign-in");
        await signInAsStandIn(page);
        await page.waitForLoadState();
        for (const path of PAGES) {
          await page.goto(bank + path);
          check(`${path} is in ${locale}`, (await page.getAttribute("html", "lang")) === locale);
          await look(path.split("?")[0].replaceAll("/", "_"));
        }
        await context.close();
      }
    }
  }
}
