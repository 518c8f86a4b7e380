//! Messages of the bank, as the parts that the SMSC is asked to send. SMPP 3.4, section 4.4.

use bankside_domain::channel::{Alphabet, Segments};
use bankside_service::ports::SendError;
use rusmpp::pdus::SubmitSm;
use rusmpp::tlvs::MessageSubmissionRequestTlvValue as Parameter;
use rusmpp::types::{AnyOctetString, COctetString, OctetString};
use rusmpp::values::{
    DataCoding, EsmClass, MCDeliveryReceipt, MessagePayload, Npi, RegisteredDelivery, Ton,
};
use sha2::{Digest as _, Sha256};

use super::settings::{Long, Settings};
use super::{fault, udh};
use crate::channels::sms::Number;

/// The parts of a message. The same key makes the same reference, so that parts which are sent anew
/// complete what a telephone already has.
pub(super) fn parts(
    settings: &Settings,
    to: &Number,
    text: &str,
    key: &str,
) -> Result<Vec<SubmitSm>, SendError> {
    let Segments { alphabet, parts } = Segments::of(text);
    let empty = addressed(settings, to)?.with_data_coding(match alphabet {
        Alphabet::Gsm7 => DataCoding::McSpecific,
        Alphabet::Ucs2 => DataCoding::Ucs2,
    });
    if settings.long == Long::Payload && parts.len() > 1 {
        let octets = AnyOctetString::from_vec(Segments::octets(alphabet, text));
        let mut whole = empty;
        whole.push_tlv(Parameter::MessagePayload(MessagePayload::new(octets)));
        return Ok(vec![whole]);
    }
    let total = u8::try_from(parts.len()).map_err(|_| fault::refused("too long"))?;
    let [high, low, ..] = <[u8; 32]>::from(Sha256::digest(key));
    (1..=total)
        .zip(&parts)
        .map(|(number, part)| {
            let octets = Segments::octets(alphabet, part);
            let mut part = empty.clone();
            let octets = match settings.long {
                _ if total == 1 => octets,
                Long::Sar | Long::Payload => {
                    let reference = u16::from_be_bytes([high, low]);
                    part.push_tlv(Parameter::SarMsgRefNum(reference));
                    part.push_tlv(Parameter::SarTotalSegments(total));
                    part.push_tlv(Parameter::SarSegmentSeqnum(number));
                    octets
                }
                Long::Udh => {
                    part = part.with_udhi_indicator();
                    [&udh::written(low, total, number), octets.as_slice()].concat()
                }
            };
            part.registered_delivery = receipt(number == total);
            Ok(part.with_short_message(OctetString::from_vec(octets).map_err(unbuilt)?))
        })
        .collect()
}

/// The last part's receipt speaks for the whole, unless one before it failed.
fn receipt(is_last: bool) -> RegisteredDelivery {
    use MCDeliveryReceipt::*;
    let wanted = if is_last {
        McDeliveryReceiptRequestedWhereFinalDeliveryOutcomeIsSuccessOrFailure
    } else {
        McDeliveryReceiptRequestedWhereFinalDeliveryOutcomeIsFailure
    };
    RegisteredDelivery::new(wanted, Default::default(), Default::default(), 0)
}

fn addressed(settings: &Settings, to: &Number) -> Result<SubmitSm, SendError> {
    let her = to.as_str().trim_start_matches('+').to_owned();
    let (source, destination) = (settings.source, settings.destination);
    Ok(SubmitSm::builder()
        .source_addr_ton(Ton::from(source.ton))
        .source_addr_npi(Npi::from(source.npi))
        .source_addr(COctetString::from_string(settings.sender.clone()).map_err(unbuilt)?)
        .dest_addr_ton(Ton::from(destination.ton))
        .dest_addr_npi(Npi::from(destination.npi))
        .destination_addr(COctetString::from_string(her).map_err(unbuilt)?)
        // The library's default would call it an acknowledgement.
        .esm_class(EsmClass::from(0))
        .registered_delivery(receipt(true))
        .build())
}

fn unbuilt<E>(_: E) -> SendError {
    fault::refused("no message can be made of it")
}
