// The reference of `webhooks`: a plain receiver as many are written. Express verifies Meta's signature over
// the raw body, and a row of SQLite is durable before it answers 200. It says its port.
const crypto = require("node:crypto");
const express = require("express");
const Database = require("better-sqlite3");

const [, , file, secret] = process.argv;
const database = new Database(file);
database.pragma("journal_mode = WAL");
database.pragma("synchronous = FULL");
database.exec("CREATE TABLE event (mid TEXT PRIMARY KEY, sender TEXT NOT NULL, body TEXT NOT NULL)");
const insert = database.prepare("INSERT OR IGNORE INTO event VALUES (?, ?, ?)");
const all = database.transaction((events) => events.forEach((event) =>
  insert.run(event.message.mid, event.sender.id, JSON.stringify(event))));

const app = express();
app.post("/hook/page", express.raw({ type: () => true, limit: "1mb" }), (request, response) => {
  const tag = crypto.createHmac("sha256", secret).update(request.body).digest("hex");
  const given = Buffer.from(String(request.headers["x-hub-signature-256"]));
  const wanted = Buffer.from(`sha256=${tag}`);
  if (given.length !== wanted.length || !crypto.timingSafeEqual(given, wanted)) return response.sendStatus(403);
  all(JSON.parse(request.body).entry.flatMap((entry) => entry.messaging));
  return response.sendStatus(200);
});
const server = app.listen(0, "127.0.0.1", () => console.log(`listens 127.0.0.1:${server.address().port}`));
process.stdin.resume().on("end", () => process.exit(0));
