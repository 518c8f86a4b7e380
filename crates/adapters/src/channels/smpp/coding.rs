//! In which alphabet octets are text. SMPP 3.4, section 5.2.19; 3GPP TS 23.038, section 4, for the
//! groups that name a class.

use bankside_domain::channel::Segments;

use crate::channels::sms;

/// What octets are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Text {
    Words(String),
    /// Not meant to be read: a picture, a ring tone, settings.
    Binary,
    /// In an alphabet that is not known, or not text in the one that it claims.
    Strange(&'static str),
}

/// Reads octets. Septets come one in each octet.
pub(super) fn read(data_coding: u8, octets: &[u8]) -> Text {
    match data_coding {
        0x00 => Text::Words(Segments::of_septets(octets)),
        0x01 | 0x03 => Text::Words(octets.iter().copied().map(char::from).collect()),
        0x02 | 0x04 => Text::Binary,
        0x08 => match sms::of_utf16(octets) {
            Some(text) => Text::Words(text),
            None => Text::Strange("a message that is not UCS-2, as it claims"),
        },
        // Data coding and class: the third bit says whether it is binary.
        0xf0..=0xff if data_coding & 0x04 == 0 => Text::Words(Segments::of_septets(octets)),
        0xf0..=0xff => Text::Binary,
        _ => Text::Strange("a message in a coding that is not known"),
    }
}
