// A Bot API server that others wrote, told line by line what to do.
const TelegramServer = require('telegram-test-api');

const server = new TelegramServer({ host: '127.0.0.1' });
server.config.port = 0; // any that is free

async function does({ what, token, text, data }) {
  if (what === 'start') {
    await server.start();
    server.config.apiURL = `http://127.0.0.1:${server.server.address().port}`;
    return server.config.apiURL;
  }
  const client = server.getClient(token, { userId: 8674665223, chatId: 8674665223 });
  if (what === 'says') return client.sendMessage(client.makeMessage(text));
  if (what === 'starts') return client.sendCommand(client.makeCommand('/start'));
  if (what === 'taps') return client.sendCallback(client.makeCallbackQuery(data));
  return server.getUpdatesHistory(token);
}

let unread = '';
let done = Promise.resolve();
process.stdin.on('data', (more) => {
  const lines = (unread + more).split('\n');
  unread = lines.pop();
  for (const line of lines) {
    done = done
      .then(() => does(JSON.parse(line)))
      .then((answer) => console.log(JSON.stringify({ answer })))
      .catch((error) => console.log(JSON.stringify({ error: String(error) })));
  }
});
