//! What an SMSC sends: frames, deliveries and receipts. Total, and bounded in what they keep.

use bankside_adapters::channels::smpp::{Frame, Options, Receipt, Settings, Smpp};
use bytes::BytesMut;

/// A stream of frames; each is read as if it delivered something.
pub fn smpp_frame(data: &[u8]) {
    let account = ("bank", "password");
    let settings = Settings::parse("smsc.example:2775", account, "12345", Options::default());
    let channel = Smpp::new(settings.expect("the settings are fit for use"), 1);
    let mut read = BytesMut::from(data);
    let mut whole = Vec::new();
    while let Ok(Some(frame)) = Frame::cut(&mut read) {
        assert_eq!(frame.bytes().len(), frame.body().len() + 16);
        whole.extend_from_slice(frame.bytes());
        if let Some(why) = channel.why_apart(&frame) {
            assert!(!why.is_empty());
        }
    }
    assert_eq!([whole.as_slice(), &read].concat(), data);
}

/// The text of a receipt.
pub fn smpp_receipt(data: &[u8]) {
    let receipt = Receipt::read(data);
    for said in [receipt.id, receipt.stat].into_iter().flatten() {
        assert!((1..=64).contains(&said.len()) && said.is_ascii());
    }
}
