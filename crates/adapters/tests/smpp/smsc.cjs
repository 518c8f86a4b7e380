// An SMSC by the npm package `smpp`, told on its input what to do, one JSON object a line; it says on its
// output what it saw. Texts are decoded and long messages put together by that package and by this
// script, never by the code that is tested.
const smpp = require('smpp');
const { password, port, key, cert } = JSON.parse(process.argv[2]);

const say = (saw, rest) => process.stdout.write(JSON.stringify({ saw, ...rest }) + '\n');
const state = { accepts: null, status: 0, mute: false, hex: false, next: 41000 };
const long = new Map();
let current = null;

const sar = (pdu) => pdu.sar_total_segments && [pdu.sar_msg_ref_num, pdu.sar_total_segments, pdu.sar_segment_seqnum];
const header = (pdu) => {
  const udh = (pdu.short_message.udh || []).find((element) => element[0] === 0);
  return udh && [udh[2], udh[3], udh[4]];
};

// All of a text once its last part is there.
const whole = (pdu, id) => {
  const payload = pdu.message_payload && pdu.message_payload.message;
  const text = payload || pdu.short_message.message;
  const place = header(pdu) || sar(pdu);
  if (!place) return { text, ids: [id], references: [] };
  const [reference, total, number] = place;
  const name = `${pdu.destination_addr}/${reference}/${total}`;
  const parts = long.get(name) || new Map();
  parts.set(number, { text, id, asks: pdu.registered_delivery });
  long.set(name, parts);
  if (parts.size < total) return null;
  long.delete(name);
  const sorted = [...parts.entries()].sort((a, b) => a[0] - b[0]).map((entry) => entry[1]);
  return {
    text: sorted.map((part) => part.text).join(''),
    ids: sorted.map((part) => part.id),
    asks: sorted.map((part) => part.asks),
    references: [reference],
  };
};

const submitted = (session, pdu) => {
  if (state.mute) return;
  const fails = state.accepts === 0 ? 0x58 : state.status;
  if (state.accepts) state.accepts -= 1;
  if (fails) {
    session.send(pdu.response({ command_status: fails }));
    return;
  }
  const number = state.next++;
  const id = state.hex ? number.toString(16) : String(number);
  session.send(pdu.response({ message_id: id }));
  say('part', { id, octets: pdu.short_message.message.length, asks: pdu.registered_delivery });
  const all = whole(pdu, id);
  if (all) {
    const source = [pdu.source_addr_ton, pdu.source_addr_npi, pdu.source_addr];
    const to = [pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.destination_addr];
    const kind = pdu.esm_class & 0x3f;
    say('message', { ...all, source, to, kind, coding: pdu.data_coding, payload: !!pdu.message_payload });
  }
};

const options = key ? { key, cert } : {};
const server = smpp.createServer(options, (session) => {
  session.on('error', () => session.destroy());
  session.on('close', () => say('closed', {}));
  session.on('bind_transceiver', (pdu) => {
    if (pdu.password !== password) {
      session.send(pdu.response({ command_status: smpp.ESME_RINVPASWD }));
      return;
    }
    const { system_id, system_type, interface_version } = pdu;
    current = session;
    session.send(pdu.response({ system_id: 'smsc' }));
    say('bind', { system_id, system_type, interface_version });
  });
  session.on('submit_sm', (pdu) => submitted(session, pdu));
  session.on('enquire_link', (pdu) => {
    say('enquire', {});
    if (!state.mute) session.send(pdu.response());
  });
  session.on('unbind', (pdu) => {
    say('unbind', {});
    session.send(pdu.response());
  });
  session.on('generic_nack', (pdu) => say('nack', { status: pdu.command_status }));
});
server.listen(port, '127.0.0.1', () => say('listening', { port: server.address().port }));

const deliver = (fields) => {
  const { udh, octets, text, ...rest } = fields;
  const message = octets ? Buffer.from(octets, 'hex') : text || '';
  const short_message = udh ? { udh: Buffer.from(udh, 'hex'), message } : { message };
  const pdu = { source_addr_ton: 1, source_addr_npi: 1, destination_addr: '12345', ...rest, short_message };
  if (pdu.message_payload) pdu.message_payload = { message: pdu.message_payload };
  current.deliver_sm(pdu, (answer) => say('delivered', { status: answer.command_status }));
};

const does = {
  set: (what) => {
    Object.assign(state, what);
    say('set', {});
  },
  deliver,
  deliver_all: ({ all }) => all.forEach(deliver),
  enquire: () => current.enquire_link((answer) => say('enquired', { status: answer.command_status })),
  unbind: () => current.unbind(() => say('unbound', {})),
  raw: ({ hex }) => current.socket.write(Buffer.from(hex, 'hex')),
  drop: () => current.destroy(),
};
require('readline')
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { do: name, ...rest } = JSON.parse(line);
    does[name](rest);
  })
  .on('close', () => process.exit(0));
