//! The SMSC's side of a session. It cuts frames and joins parts by itself, not as the adapter does.

use std::collections::BTreeMap;

use bankside_domain::channel::Segments;
use bytes::{Buf as _, BytesMut};
use rusmpp::decode::DecodeWithLength as _;
use rusmpp::encode::Length as _;
use rusmpp::encode::owned::Encode as _;
use rusmpp::pdus::{BindTransceiver, BindTransceiverResp, SubmitSm, SubmitSmResp};
use rusmpp::types::COctetString;
use rusmpp::values::Ton;
use rusmpp::{Command, CommandStatus, Pdu};

use super::{HER, PASSWORD, RECEIPT, SYSTEM_ID, Smpp, UCS2, from_her};
use crate::conformance::operator::Seen;
use crate::conformance::specimen::Fate;
use crate::conformance::wire::{Conversation, Heard, Says, Wire};

/// `esm_class` of an acknowledgement by a person, and of words behind a header. SMPP 3.4, section 5.2.12.
const ACKNOWLEDGEMENT: u8 = 0b0000_1000;
const HAS_HEADER: u8 = 0b0100_0000;
/// Octets of `command_length`.
const LENGTH: usize = 4;
/// A `message_payload` that claims more octets than there are. Section 5.3.2.32.
const CUT_OFF: [u8; 5] = [0x04, 0x24, 0xff, 0xff, b'x'];
/// A `deliver_sm` with one of its fields.
const BARE: [u8; 13] = [0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1, 0];

impl Wire for Smpp {
    fn begins(&self, fate: Fate) -> Box<dyn Conversation> {
        let (unread, parts) = (BytesMut::new(), BTreeMap::new());
        Box::new(Session { fate, unread, parts, taken: 0 })
    }

    fn hostile(&self) -> Vec<(&'static str, Vec<u8>)> {
        let words = b"balance";
        let said =
            |class, coding, octets: &[u8]| from_her(class, coding, octets).unwrap_or_default();
        let part = |header: &[u8]| said(HAS_HEADER, 0, &[header, words].concat());
        let receipt = |text: &str| said(RECEIPT, 0, text.as_bytes());
        let mut named = said(0, 0, words);
        named.source_addr_ton = Ton::Alphanumeric;
        named.source_addr = string("HarbourBank").unwrap_or_default();
        let mut nobody = named.clone();
        nobody.source_addr = COctetString::default();
        let deliveries = [
            ("a message of a name", named),
            ("a message of nobody", nobody),
            ("a message in an alphabet that is not known", said(0, 0x06, words)),
            ("a message that ends within a character", said(0, UCS2, &[0, b'a', 0])),
            ("a message whose header is cut off", part(&[0x20, 0x00, 0x03])),
            ("a message in a table that is not known", part(&[0x03, 0x25, 0x01, 0x02])),
            ("a part that its message does not have", part(&[0x05, 0x00, 0x03, 9, 2, 3])),
            ("a part of too many", part(&[0x05, 0x00, 0x03, 9, 255, 1])),
            ("an acknowledgement that nobody asked for", said(ACKNOWLEDGEMENT, 0, words)),
            ("a receipt without a word of it", receipt("balance")),
            ("a receipt of no message", receipt("stat:DELIVRD")),
            ("a receipt of a state that is not known", receipt("id:7 stat:BANANA")),
        ];
        let whole = framed(CommandStatus::EsmeRok, 1, said(0, 0, words));
        let cut_off = [whole.get(LENGTH..).unwrap_or_default(), &CUT_OFF].concat();
        let mut hostile = vec![
            ("a message whose parameters are cut off", with_length(&cut_off)),
            ("a message whose fields are cut off", with_length(&BARE)),
        ];
        let framed = |told| framed(CommandStatus::EsmeRok, 1, told);
        hostile.extend(deliveries.map(|(what, told)| (what, framed(told))));
        hostile
    }
}

/// A session, as the SMSC sees it.
struct Session {
    fate: Fate,
    unread: BytesMut,
    /// Of the message that is not whole yet.
    parts: BTreeMap<u8, Vec<u8>>,
    taken: u32,
}

impl Conversation for Session {
    fn hears(&mut self, bytes: &[u8], heard: &mut Vec<Heard>) -> Says {
        self.unread.extend_from_slice(bytes);
        let mut says = Says::default();
        while let Some(command) = self.next() {
            let Some((status, pdu)) = self.answers(&command, heard, &mut says) else { continue };
            says.bytes.extend(framed(status, command.sequence_number(), pdu));
        }
        says
    }
}

impl Session {
    /// The next whole frame; what cannot be read is left alone, as if nothing followed.
    fn next(&mut self) -> Option<Command> {
        let length = self.unread.first_chunk().map(|head| u32::from_be_bytes(*head))?;
        let length = usize::try_from(length).ok()?;
        if length < LENGTH || self.unread.remaining() < length {
            return None;
        }
        let mut frame = self.unread.split_to(length);
        frame.advance(LENGTH);
        Some(Command::decode(&mut frame, length - LENGTH).ok()?.0)
    }

    fn answers(
        &mut self,
        command: &Command,
        heard: &mut Vec<Heard>,
        says: &mut Says,
    ) -> Option<(CommandStatus, Pdu)> {
        let is_ok = command.status() == CommandStatus::EsmeRok;
        match command.pdu()? {
            Pdu::BindTransceiver(bind) => Some(self.knows(bind, heard, says)),
            Pdu::SubmitSm(part) => self.submitted(part, heard),
            Pdu::EnquireLink => Some((CommandStatus::EsmeRok, Pdu::EnquireLinkResp)),
            Pdu::Unbind => {
                says.hangs_up = true;
                Some((CommandStatus::EsmeRok, Pdu::UnbindResp))
            }
            Pdu::DeliverSmResp(_) => {
                let of = command.sequence_number().to_string();
                heard.push(if is_ok { Heard::Taken(of) } else { Heard::NotTaken(of) });
                None
            }
            _ => None,
        }
    }

    fn knows(
        &self,
        bind: &BindTransceiver,
        heard: &mut Vec<Heard>,
        says: &mut Says,
    ) -> (CommandStatus, Pdu) {
        let is_right = (bind.system_id.as_str(), bind.password.as_str()) == (SYSTEM_ID, PASSWORD);
        let is_known = is_right && self.fate != Fate::Stranger;
        says.hangs_up = !is_known;
        heard.extend(is_known.then_some(Heard::Proven));
        let status = if is_known { CommandStatus::EsmeRok } else { CommandStatus::EsmeRinvpaswd };
        (status, BindTransceiverResp::default().into())
    }

    fn submitted(
        &mut self,
        part: &SubmitSm,
        heard: &mut Vec<Heard>,
    ) -> Option<(CommandStatus, Pdu)> {
        let is_hers = part.destination_addr.as_str() == HER.trim_start_matches('+');
        let words = self.joined(part).filter(|_| is_hers);
        heard.extend(words.map(|words| Heard::Asked(Seen::said("submit_sm", words))));
        self.taken += 1;
        let status = match self.fate {
            Fate::Sent if !is_hers => CommandStatus::EsmeRinvdstadr,
            Fate::Sent | Fate::Stranger => CommandStatus::EsmeRok,
            Fate::Busy(_) => CommandStatus::EsmeRthrottled,
            Fate::Down => CommandStatus::EsmeRsyserr,
            Fate::Gone => CommandStatus::EsmeRxPAppn,
            Fate::Refused => CommandStatus::EsmeRsubmitfail,
            Fate::Silent => return None,
        };
        let id = string(&self.taken.to_string()).unwrap_or_default();
        Some((status, SubmitSmResp::new(id, Vec::new()).into()))
    }

    /// A message whose parts are all there, as her telephone shows it. 3GPP TS 23.040, section
    /// 9.2.3.24.1.
    fn joined(&mut self, part: &SubmitSm) -> Option<String> {
        let octets = part.short_message().as_ref();
        let has_header = u8::from(part.esm_class) & HAS_HEADER != 0;
        let (total, number, octets) = match octets {
            [5, 0, 3, _, total, number, octets @ ..] if has_header => (*total, *number, octets),
            _ if has_header => return None,
            whole => (1, 1, whole),
        };
        self.parts.insert(number, octets.to_vec());
        if self.parts.len() < usize::from(total) {
            return None;
        }
        let octets: Vec<u8> = std::mem::take(&mut self.parts).into_values().flatten().collect();
        match u8::from(part.data_coding) {
            0 => Some(Segments::of_septets(&octets)),
            UCS2 => {
                let (units, rest) = octets.as_chunks::<2>();
                let units: Vec<_> = units.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
                String::from_utf16(&units).ok().filter(|_| rest.is_empty())
            }
            _ => None,
        }
    }
}

/// A frame. SMPP 3.4, section 3.2.
pub(super) fn framed(status: CommandStatus, sequence: u32, pdu: impl Into<Pdu>) -> Vec<u8> {
    let command = Command::new(status, sequence, pdu);
    let mut rest = BytesMut::with_capacity(command.length());
    command.encode(&mut rest);
    with_length(&rest)
}

fn with_length(rest: &[u8]) -> Vec<u8> {
    let length = u32::try_from(LENGTH + rest.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), rest].concat()
}

fn string<const MIN: usize, const MAX: usize>(text: &str) -> Option<COctetString<MIN, MAX>> {
    COctetString::from_string(text.to_owned()).ok()
}
