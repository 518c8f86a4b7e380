// What the client of `messaging-api-messenger` sends for the same messages.
const { MessengerClient } = require('messaging-api-messenger');

async function main(input) {
  const { origin, her, messages } = JSON.parse(input);
  const client = new MessengerClient({ accessToken: 'TOKEN', version: '23.0', origin });
  const messagingType = 'RESPONSE';
  for (const { text, answers, links } of messages) {
    const quickReplies = answers.map(([title, payload]) => ({ contentType: 'text', title, payload }));
    const options = quickReplies.length ? { messagingType, quickReplies } : { messagingType };
    if (links.length) {
      const buttons = links.map(([title, url]) => ({ type: 'web_url', url, title }));
      await client.sendButtonTemplate(her, text, buttons, options);
    } else {
      await client.sendText(her, text, options);
    }
  }
  await client.typingOn(her);
  console.log('{}');
}

let input = '';
process.stdin.on('data', (data) => (input += data));
process.stdin.on('end', () => main(input));
