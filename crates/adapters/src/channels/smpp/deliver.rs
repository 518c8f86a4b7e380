//! What the SMSC delivers: her messages, parts of them, and receipts. SMPP 3.4, section 4.6.

use bankside_domain::channel::{Contact, Event, Inbound};
use bytes::BytesMut;
use rusmpp::decode::DecodeWithLength as _;
use rusmpp::pdus::DeliverSm;

use super::coding::{self, Text};
use super::frame::Frame;
use super::receipt;
use super::settings::Settings;
use super::tlv::{MESSAGE_PAYLOAD, Parameters, SAR_NUMBER, SAR_REFERENCE, SAR_TOTAL};
use super::udh::{self, Header, Place};
use crate::channels::sms::{self, Number};

/// Bits of `esm_class`: what kind of message, and whether a header comes before its words.
/// SMPP 3.4, section 5.2.12.
const KIND: u8 = 0b0011_1100;
const RECEIPT: u8 = 0b0000_0100;
const ON_ITS_WAY: u8 = 0b0010_0000;
const HAS_HEADER: u8 = 0b0100_0000;
/// International type of number.
const INTERNATIONAL: u8 = 1;
/// Octets of a part of a long message.
const MAX_PART: usize = 255;
/// Parts of one.
const MAX_PARTS: u8 = 20;

/// What a delivery says.
pub(super) enum Read {
    /// Nothing that matters here.
    Nothing,
    /// A message of ours went on.
    Went(Inbound),
    /// She wrote.
    Said { from: Contact, event: Event },
    /// She wrote much, and this is a part of it.
    Part { from: Contact, place: Place, coding: u8, octets: Vec<u8> },
    /// It is not understood.
    Strange(&'static str),
}

/// Reads one.
pub(super) fn read(settings: &Settings, frame: &Frame) -> Read {
    understood(settings, frame.body()).unwrap_or_else(Read::Strange)
}

fn understood(settings: &Settings, body: &[u8]) -> Result<Read, &'static str> {
    let (fields, optional) = split(body).ok_or("a delivery that is cut off")?;
    let length = fields.len();
    let (fields, _) = DeliverSm::decode(&mut BytesMut::from(fields), length)
        .map_err(|_| "a delivery whose fields SMPP does not have")?;
    let parameters =
        Parameters::parse(optional).ok_or("a delivery whose parameters are cut off")?;
    let octets = parameters.octets(MESSAGE_PAYLOAD).unwrap_or(fields.short_message().as_ref());
    let class = u8::from(fields.esm_class);
    match class & KIND {
        0 => message(settings, &fields, &parameters, octets),
        RECEIPT => receipt_of(settings, &fields, &parameters, octets),
        ON_ITS_WAY => Ok(Read::Nothing),
        _ => Err("an acknowledgement that nobody asked for"),
    }
}

fn receipt_of(
    settings: &Settings,
    fields: &DeliverSm,
    parameters: &Parameters<'_>,
    octets: &[u8],
) -> Result<Read, &'static str> {
    let (id, status) = receipt::read(parameters, octets)?;
    let Some(status) = status else { return Ok(Read::Nothing) };
    let of = settings.receipt_ids.receipted(&id);
    let event = Event::Status { of: Some(of.clone()), until: None, status };
    // Some SMSCs write the bank's own address here: the id alone tells whose message it was.
    let from = number(settings, fields).map_or_else(|| Contact::new(""), Number::contact);
    let id = format!("receipt/{status:?}/{of}").to_ascii_lowercase();
    Ok(Read::Went(Inbound { id, from, at: None, language: None, event }))
}

fn message(
    settings: &Settings,
    fields: &DeliverSm,
    parameters: &Parameters<'_>,
    octets: &[u8],
) -> Result<Read, &'static str> {
    let number = number(settings, fields).ok_or("a sender that is not a number of E.164")?;
    let (from, coding) = (number.contact(), u8::from(fields.data_coding));
    let (mut header, octets) = if u8::from(fields.esm_class) & HAS_HEADER == 0 {
        (Header::default(), octets)
    } else {
        udh::split(octets).ok_or("a message whose header is cut off")?
    };
    header.place = header.place.or_else(|| by_parameters(parameters));
    if header.other_table {
        return Err("a message in a language table that is not known");
    }
    if header.to_program {
        return Ok(Read::Said { from, event: Event::Media });
    }
    match header.place.filter(|place| place.total > 1) {
        None => Ok(Read::Said { from, event: said(coding, octets)? }),
        Some(place) if !(1..=place.total).contains(&place.number) => {
            Err("a part that its message does not have")
        }
        Some(place) if place.total > MAX_PARTS || octets.len() > MAX_PART => {
            Err("a message that is too long")
        }
        Some(place) => Ok(Read::Part { from, place, coding, octets: octets.to_vec() }),
    }
}

/// What octets say that are all of a message.
pub(super) fn said(coding: u8, octets: &[u8]) -> Result<Event, &'static str> {
    match coding::read(coding, octets) {
        Text::Words(words) => Ok(sms::said(Some(&words))),
        Text::Binary => Ok(sms::said(None)),
        Text::Strange(why) => Err(why),
    }
}

fn by_parameters(parameters: &Parameters<'_>) -> Option<Place> {
    let one = |tag| parameters.number(tag).and_then(|number| u8::try_from(number).ok());
    let reference = parameters.number(SAR_REFERENCE)?;
    Some(Place { reference, total: one(SAR_TOTAL)?, number: one(SAR_NUMBER)? })
}

fn number(settings: &Settings, fields: &DeliverSm) -> Option<Number> {
    let written = fields.source_addr.as_str();
    let is_international = u8::from(fields.source_addr_ton) == INTERNATIONAL;
    Number::parse(written).or_else(|| {
        let whole = settings.international || is_international;
        Number::parse(&format!("+{written}")).filter(|_| whole)
    })
}

/// The fields that every delivery has, and the parameters behind them.
fn split(body: &[u8]) -> Option<(&[u8], &[u8])> {
    /// What is between the strings, in octets; the strings' own NUL ends them.
    const BETWEEN: [usize; 5] = [2, 2, 3, 0, 4];
    let mut rest = body;
    for between in BETWEEN {
        let end = rest.iter().position(|octet| *octet == 0)?;
        rest = rest.get(end.checked_add(1)?.checked_add(between)?..)?;
    }
    let (&length, rest) = rest.split_first()?;
    let optional = rest.get(usize::from(length)..)?;
    body.split_at_checked(body.len() - optional.len())
}
