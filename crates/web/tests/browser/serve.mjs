// Serves the gallery under the very policy of the product, with stand-ins for the endpoints that
// the scripts talk to: a chat and a passkey sign-in.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export async function serve(dir) {
  const policy = fs.readFileSync(path.join(dir, "policy.txt"), "utf8");
  const state = { posts: [], opened: [], assertions: [], stream: null, chat: 200, signIn: 200 };
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = endpoints[url.pathname];
    if (answer) return answer({ state, request, response, body });
    file(dir, url.pathname, policy, response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const base = `http://localhost:${server.address().port}`;
  return { base, state, close: () => server.close() };
}

function file(dir, name, policy, response) {
  const found = path.join(dir, path.normalize(decodeURIComponent(name)));
  if (!fs.existsSync(found) || !fs.statSync(found).isFile()) {
    response.writeHead(404);
    return response.end();
  }
  const type = TYPES[path.extname(found)] ?? "text/plain";
  response.writeHead(200, { "content-type": type, "content-security-policy": policy });
  response.end(fs.readFileSync(found));
}

function json(response, status, value) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

const endpoints = {
  "/chat/events": ({ state, request, response }) => {
    state.opened.push({ url: request.url, after: request.headers["last-event-id"] });
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("retry: 100\n\n");
    state.stream = response;
  },
  "/chat/messages": ({ state, response, body }) => {
    const fields = Object.fromEntries(new URLSearchParams(body));
    state.posts.push(fields);
    response.writeHead(state.chat, { "content-type": "text/html" });
    const id = state.posts.length;
    response.end(
      `<article class="msg msg-out" id="m-s${id}" data-client="${fields.client_id}">` +
        `<div class="bubble"><p>${fields.quick ?? fields.text}</p>` +
        `<span class="delivery" data-delivery></span></div></article>`,
    );
  },
  "/signin/begin": ({ response }) =>
    json(response, 200, {
      publicKey: { challenge: "AAECAwQFBgcICQoLDA0ODw", rpId: "localhost", allowCredentials: [] },
    }),
  "/signin/finish": ({ state, response, body }) => {
    state.assertions.push(JSON.parse(body));
    if (state.signIn === 200) json(response, 200, { next: "/en/home.html" });
    else json(response, state.signIn, { error: "Unknown passkey" });
  },
};
