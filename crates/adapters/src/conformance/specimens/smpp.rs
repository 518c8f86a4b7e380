//! An SMSC that the bank is bound to as transceiver (SMPP 3.4).

mod smsc;

use std::sync::Arc;

use bankside_domain::channel::{Alphabet, Contact, Event, Segments, Status};
use bankside_service::ports::Channel;
use rusmpp::CommandStatus;
use rusmpp::pdus::DeliverSm;
use rusmpp::tlvs::MessageDeliveryRequestTlvValue as Parameter;
use rusmpp::types::{COctetString, OctetString};
use rusmpp::values::{DataCoding, EsmClass, Npi, Ton, UserMessageReference};

use crate::channels::smpp;
use crate::conformance::delivery::{Delivery, Happening, NOW};
use crate::conformance::specimen::{Fate, Specimen, Way};
use crate::http::HttpClient;

const SYSTEM_ID: &str = "harbour";
const PASSWORD: &str = "hidden-1";
const HER: &str = "+34600111222";
/// `esm_class` of a receipt. SMPP 3.4, section 5.2.12.
const RECEIPT: u8 = 0b0000_0100;
/// `data_coding` of octets that are no text, and of text in UCS-2. Section 5.2.19.
const BINARY: u8 = 0x04;
const UCS2: u8 = 0x08;
/// Made-up, as the ids of events begin with it.
const NONCE: u64 = 7;

pub(super) struct Smpp;

impl Specimen for Smpp {
    fn name(&self) -> &'static str {
        "smpp"
    }

    fn open(&self, operator: &str, _: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let account = (SYSTEM_ID, PASSWORD);
        let settings = smpp::Settings::parse(operator, account, "Harbour", Default::default());
        Ok(Arc::new(smpp::Smpp::new(settings.map_err(|error| error.to_string())?, NONCE)))
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[PASSWORD]
    }

    fn her(&self) -> Contact {
        Contact::new(HER)
    }

    fn way(&'static self) -> Way {
        Way::Line(self)
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        let frames = happenings.iter().map(|happening| {
            let told = told(happening)?;
            Some(smsc::framed(CommandStatus::EsmeRok, happening.number, told))
        });
        let frames: Option<Vec<_>> = frames.collect();
        Some(Delivery::by_line(frames?.concat(), happenings.len()))
    }

    /// An SMSC that is busy says so, and not for how long.
    fn has(&self, fate: Fate) -> bool {
        !matches!(fate, Fate::Busy(_))
    }

    /// `deliver_sm` holds no id of what she sent. Section 4.6.1.
    fn names_deliveries(&self) -> bool {
        false
    }
}

/// What the SMSC delivers of it; it never says when something was sent.
fn told(happening: &Happening) -> Option<DeliverSm> {
    if happening.at != NOW {
        return None;
    }
    match &happening.event {
        Event::Message { text } => words(happening.number, text.reveal()),
        Event::Media => from_her(0, BINARY, &[0, 1, 2]),
        Event::Leave => words(happening.number, "STOP"),
        Event::Status { of: Some(of), status, .. } => receipt(of, *status),
        _ => None,
    }
}

/// A telephone that numbers its messages, so that the same words twice differ. Section 5.3.2.17.
fn words(number: u32, text: &str) -> Option<DeliverSm> {
    let mut told = from_her(0, UCS2, &Segments::octets(Alphabet::Ucs2, text))?;
    let reference = UserMessageReference::new(u16::try_from(number).ok()?);
    told.push_tlv(Parameter::UserMessageReference(reference));
    Some(told)
}

/// A receipt as most SMSCs write it. Appendix B.
fn receipt(of: &str, status: Status) -> Option<DeliverSm> {
    let stat = match status {
        Status::Sent => "ENROUTE",
        Status::Delivered => "DELIVRD",
        Status::Failed => "UNDELIV",
        Status::Read => return None,
    };
    let text = format!(
        "id:{of} sub:001 dlvrd:001 submit date:2611211800 done date:2611211801 stat:{stat} err:000 \
         text:canary"
    );
    from_her(RECEIPT, 0, text.as_bytes())
}

/// A delivery in her name.
fn from_her(class: u8, coding: u8, octets: &[u8]) -> Option<DeliverSm> {
    let number = HER.trim_start_matches('+').to_owned();
    let told = DeliverSm::builder()
        .source_addr_ton(Ton::International)
        .source_addr_npi(Npi::Isdn)
        .source_addr(COctetString::from_string(number).ok()?)
        .esm_class(EsmClass::from(class))
        .data_coding(DataCoding::from(coding))
        .short_message(OctetString::from_slice(octets).ok()?);
    Some(told.build())
}
