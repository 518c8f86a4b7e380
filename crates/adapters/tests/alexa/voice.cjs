// What a virtual Alexa sends for a launch and what is said then.
const { VirtualAlexa } = require('virtual-alexa');
const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const seen = [];
const alexa = VirtualAlexa.Builder()
  .handler((event, context) => {
    seen.push(event);
    context.done(null, { version: '1.0', response: { shouldEndSession: false } });
  })
  .interactionModel(input.model)
  .applicationID(input.skill)
  .create();
(async () => {
  await alexa.launch();
  for (const words of input.said) await alexa.utter(words);
  console.log(JSON.stringify(seen));
})();
