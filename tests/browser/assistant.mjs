// An AI assistant, by the official MCP client: it registers, sends her browser to the bank, where
// she signs in by passkey and allows one account; it asks for the balance; she ends it.

import { execFile } from "node:child_process";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { signInAsStandIn } from "./steps.mjs";

const require = createRequire(import.meta.url); // honours NODE_PATH

// What the client keeps between its steps, as any program that embeds it would.
class Keeper {
  constructor(redirectUrl) {
    this.redirectUrl = redirectUrl;
    this.clientMetadata = {
      client_name: "Parrot",
      redirect_uris: [redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    };
  }
  state = () => "a state of ours";
  clientInformation = () => this.information;
  saveClientInformation = (information) => void (this.information = information);
  tokens = () => this.kept;
  saveTokens = (tokens) => void (this.kept = tokens);
  codeVerifier = () => this.verifier;
  saveCodeVerifier = (verifier) => void (this.verifier = verifier);
  invalidateCredentials = (which) => which === "tokens" && void (this.kept = undefined);
  redirectToAuthorization = (address) => void (this.address = address.href);
}

// The program's own listener on her machine: the first request that comes back.
function listener() {
  return new Promise((ready) => {
    let came;
    const back = new Promise((resolve) => (came = resolve));
    const server = http.createServer((request, response) => {
      response.setHeader("content-type", "text/html");
      response.end("<!doctype html><title>Parrot</title><p>You can close this window.");
      if (request.url.startsWith("/callback")) came(new URL(request.url, "http://127.0.0.1"));
    });
    server.listen(0, "127.0.0.1", () => ready({ server, back, port: server.address().port }));
  });
}

// A passkey of hers at the bank, in this browser.
export async function passkey(context, page, bank) {
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
  await page.goto(`${bank}/passkeys`);
  await signInAsStandIn(page);
  await page.fill("#label", "for the assistant");
  await page.click("form[data-passkey] button[type=submit]");
  await page.waitForSelector(".row, .rows li");
  await context.clearCookies();
}

// The official inspector, with the token that she let the assistant have; what it prints.
async function inspects(address, token, ...asked) {
  let inspector;
  try {
    inspector = path.join(path.dirname(require.resolve("@modelcontextprotocol/inspector/package.json")), "cli/build/index.js");
  } catch {
    console.log("skipped: @modelcontextprotocol/inspector is missing");
    return undefined;
  }
  const bearer = `Authorization: Bearer ${token}`;
  const said = [inspector, address, "--transport", "http", "--header", bearer, ...asked];
  const { stdout } = await promisify(execFile)(process.execPath, said, { timeout: 30_000 });
  return JSON.parse(stdout);
}

async function inspected(address, token, check) {
  const listed = await inspects(address, token, "--method", "tools/list");
  if (!listed) return;
  check("the inspector finds the same tools", listed.tools.length === 6);
  const told = await inspects(address, token, "--method", "tools/call", "--tool-name", "get_balances");
  check("and is told the balance", told.structuredContent.balances.length === 1);
  const wrong = await inspects(address, "nobody's", "--method", "tools/list").then(() => null, (error) => error);
  check("without her permission it is told nothing", wrong !== null);
}

export async function assistant(visitor) {
  let sdk;
  try {
    sdk = {
      ...require("@modelcontextprotocol/sdk/client/index.js"),
      ...require("@modelcontextprotocol/sdk/client/streamableHttp.js"),
    };
  } catch {
    console.log("skipped: @modelcontextprotocol/sdk is missing");
    return;
  }
  const { context, page, bank, check, look } = await visitor({});
  await passkey(context, page, bank);
  const { server, back, port } = await listener();
  const keeper = new Keeper(`http://127.0.0.1:${port}/callback`);
  const address = new URL(`${bank}/mcp`);
  const transport = () => new sdk.StreamableHTTPClientTransport(address, { authProvider: keeper });
  const client = () => new sdk.Client({ name: "parrot", version: "1.0.0" });

  const first = transport();
  const refused = await client().connect(first).then(() => null, (error) => error);
  check(`it is sent to sign in: ${refused}`, refused?.constructor.name === "UnauthorizedError");

  await page.goto(keeper.address);
  check("the bank's own sign-in comes first", page.url().startsWith(`${bank}/sign-in?next=`));
  await page.click("form[data-passkey] button[type=submit]");
  await page.waitForURL(/\/consent\?/);
  const question = await page.textContent("main");
  check("its name is its own word", question.includes("The app calls itself “Parrot”"));
  check("she sees where it goes", question.includes("an app on this device"));
  check("nothing is chosen for her", (await page.locator("input[name=account]:checked").count()) === 0);
  await look("question");
  await page.locator("label[for^=account-]").first().click();
  await page.click("button[value=allow]");
  await page.waitForURL(/\/consent\/check\?/);
  await look("check");
  await page.click("button[value=allow]");
  const came = await Promise.race([back, new Promise((_, no) => setTimeout(no, 15_000, new Error("nothing came back")))]);
  check("it is the bank that answers", came.searchParams.get("iss") === bank);
  check("its state comes back", came.searchParams.get("state") === "a state of ours");
  await first.finishAuth(came.searchParams.get("code"));

  const parrot = client();
  await parrot.connect(transport());
  const { tools } = await parrot.listTools();
  check(`it finds its tools: ${tools.map((tool) => tool.name)}`, tools.length === 6);
  check("which only read", tools.every((tool) => tool.annotations.readOnlyHint === true));
  for (const { name } of tools) {
    const told = await parrot.callTool({ name, arguments: {} }); // held against its output schema
    check(`${name}: ${told.content[0].text.slice(0, 200)}`, told.isError === false);
  }
  const { structuredContent } = await parrot.callTool({ name: "get_balances", arguments: {} });
  const [balance] = structuredContent.balances;
  check("of the one account", structuredContent.balances.length === 1);
  check("it is told the balance", /^-?\d+(\.\d+)?$/.test(balance.booked.value));
  check("and no account number", /^..$/.test(balance.account.number_ends_with));

  await inspected(address.href, keeper.kept.access_token, check);

  await page.goto(`${bank}/log`);
  check("her log names it", (await page.textContent("main")).includes("Parrot"));
  await look("log");
  await page.goto(`${bank}/connections`);
  await page.locator("article", { hasText: "Parrot" }).first().locator("button[value=end]").click();
  await page.waitForURL(/did=ended/);
  keeper.address = undefined;
  const over = await parrot.callTool({ name: "get_balances", arguments: {} }).then(() => null, (error) => error);
  check(`what she ended is over: ${over}`, over?.constructor.name === "UnauthorizedError");
  check("and begins anew at the bank", keeper.address?.startsWith(`${bank}/oauth/authorize?`));
  server.close();
}
