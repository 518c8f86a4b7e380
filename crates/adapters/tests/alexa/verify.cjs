// Whether Amazon's own verifier believes a request, with our authority for those of the system and at
// our time.
const Module = require('module');
const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const load = Module._load;
Module._load = (name, ...rest) => {
  const loaded = load(name, ...rest);
  return name === 'tls' ? { ...loaded, rootCertificates: input.roots } : loaded;
};
const RealDate = Date;
global.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length ? given : [input.now]));
  }
  static now() {
    return input.now;
  }
};
const { SkillRequestSignatureVerifier, TimestampVerifier } = require('ask-sdk-express-adapter');
const verifier = new SkillRequestSignatureVerifier();
verifier._getCertChainByUrl = async () => input.chain;
const headers = { signaturecertchainurl: input.url, 'signature-256': input.signature };
const verify = async () => {
  await verifier.verify(input.body, headers);
  await new TimestampVerifier().verify(input.body);
};
verify().then(
  () => console.log(JSON.stringify({ ok: true })),
  (error) => console.log(JSON.stringify({ ok: false, why: String(error) })),
);
