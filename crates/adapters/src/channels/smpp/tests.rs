//! Frames, receipts, parts and refusals, honest and forged. A real SMSC is in `tests/smpp`.

mod delivered;
mod desk;
mod parts;

use bytes::BytesMut;
use proptest::prelude::*;
use rusmpp::pdus::DeliverSm;
use rusmpp::types::{COctetString, OctetString};
use rusmpp::values::{DataCoding, EsmClass, Ton};
use rusmpp::{CommandStatus, Pdu};

use super::frame::written;
use super::*;

pub(super) const HER: &str = "34600111222";

pub(super) fn settings(options: Options<'_>) -> Settings {
    Settings::parse("smsc.example:2775", ("bank", "secret-1"), "12345", options).unwrap()
}

/// A delivery from her, as an SMSC writes it.
pub(super) fn delivery(class: u8, coding: u8, octets: &[u8]) -> DeliverSm {
    DeliverSm::builder()
        .source_addr_ton(Ton::International)
        .source_addr(COctetString::from_slice(format!("{HER}\0").as_bytes()).unwrap())
        .esm_class(EsmClass::from(class))
        .data_coding(DataCoding::from(coding))
        .short_message(OctetString::from_slice(octets).unwrap())
        .build()
}

/// A frame, with parameters that no library would write.
pub(super) fn frame(sequence: u32, pdu: impl Into<Pdu>, parameters: &[u8]) -> Frame {
    let mut bytes = written(CommandStatus::EsmeRok, sequence, pdu);
    bytes.extend_from_slice(parameters);
    let length = u32::try_from(bytes.len()).unwrap();
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    Frame::cut(&mut BytesMut::from(bytes.as_slice())).unwrap().unwrap()
}

#[test]
fn settings_are_whole_or_refused_and_never_shown() {
    #[track_caller]
    fn check(server: &str, id: &str, password: &str, options: Options<'_>, want: Option<&str>) {
        let error = Settings::parse(server, (id, password), "12345", options).err();
        let error = error.map(|error| error.to_string());
        assert_eq!(error.is_some(), want.is_some(), "{error:?}");
        assert!(want.is_none_or(|want| error.as_ref().unwrap().contains(want)), "{error:?}");
    }
    let usual = Options::default();
    check("smsc.example:2775", "bank", "secret-1", usual, None);
    check("[::1]:2775", "a", "p", usual, None);
    check("smsc.example", "bank", "p", usual, Some("HOST:PORT"));
    check("smsc.example:0", "bank", "p", usual, Some("HOST:PORT"));
    check("smpp://smsc.example:1", "bank", "p", usual, Some("HOST:PORT"));
    check("h:1", "", "p", usual, Some("system_id must be printable ASCII of 1 to 15"));
    check("h:1", &"x".repeat(16), "p", usual, Some("system_id"));
    check("h:1", "bänk", "p", usual, Some("system_id"));
    check("h:1", "bank", "", usual, Some("password must be printable ASCII of 1 to 8"));
    check("h:1", "bank", "ninechars", usual, Some("password"));
    check("h:1", "bank", "p", Options { window: Some(0), ..usual }, Some("window"));
    check("h:1", "bank", "p", Options { window: Some(1001), ..usual }, Some("window"));
    check("h:1", "bank", "p", Options { enquire_seconds: Some(0), ..usual }, Some("enquire"));
    let long = "x".repeat(13);
    check("h:1", "bank", "p", Options { system_type: &long, ..usual }, Some("system_type"));
    check("h:1", "bank", "p", Options { tls: Tls::Of(b"-"), ..usual }, Some("PEM"));
    let settings = settings(usual);
    assert!(!format!("{settings:?}").contains("secret-1"));
    assert!(!format!("{:?}", Smpp::new(settings, 1)).contains("secret-1"));
}

#[test]
fn a_sender_is_a_name_a_code_or_a_number() {
    #[track_caller]
    fn check(sender: &str, want: Option<(&str, u8, u8)>) {
        let got = Settings::parse("h:1", ("bank", "p"), sender, Options::default()).ok();
        let got = got.as_ref().map(|got| (got.sender.as_str(), got.source.ton, got.source.npi));
        assert_eq!(got, want, "{sender}");
    }
    check("Harbour", Some(("Harbour", 5, 0)));
    check("12345", Some(("12345", 3, 0)));
    check("+34600111222", Some(("34600111222", 1, 1)));
    check("34600111222", Some(("34600111222", 1, 1)));
    check("TwelveLetter", None);
    check("", None);
    let source = Some(Address { ton: 0, npi: 1 });
    let own = settings(Options { source, ..Options::default() });
    assert_eq!(Some(own.source), source);
}

#[test]
fn frames_are_cut_where_they_end() {
    #[track_caller]
    fn check(hex: &str, want: Result<Option<usize>, BadLength>) {
        let mut read = BytesMut::from(hex::decode(hex).unwrap().as_slice());
        let got = Frame::cut(&mut read).map(|frame| frame.map(|frame| frame.bytes().len()));
        assert_eq!(got, want, "{hex}");
    }
    let enquire = "00000010000000150000000000000001";
    check("", Ok(None));
    check("000000", Ok(None));
    check(&enquire[..30], Ok(None));
    check(enquire, Ok(Some(16)));
    check(&format!("{enquire}00"), Ok(Some(16)));
    check("00010000", Ok(None));
    check("00010001", Err(BadLength));
    check("0000000f", Err(BadLength));
    check("ffffffff", Err(BadLength));
    let mut read = BytesMut::from(hex::decode(enquire).unwrap().as_slice());
    let frame = Frame::cut(&mut read).unwrap().unwrap();
    assert_eq!((frame.command(), frame.status(), frame.sequence()), (0x15, 0, 1));
    assert!(frame.body().is_empty() && !frame.is_answer() && read.is_empty());
}

/// SMPP 3.4, section 3.2.3: the specification's own example of a bind, but for its version.
#[test]
fn a_frame_is_written_as_the_specification_has_it() {
    let pdu = rusmpp::pdus::BindTransmitter::builder()
        .system_id(COctetString::from_static_slice(b"SMPP3TEST\0").unwrap())
        .password(COctetString::from_static_slice(b"secret08\0").unwrap())
        .system_type(COctetString::from_static_slice(b"SUBMIT1\0").unwrap())
        .interface_version(rusmpp::values::InterfaceVersion::Smpp3_4)
        .addr_ton(Ton::International)
        .addr_npi(rusmpp::values::Npi::Isdn)
        .build();
    let want = "0000002f000000020000000000000001534d50503354455354007365637265743038\
                005355424d4954310034010100";
    assert_eq!(hex::encode(written(CommandStatus::EsmeRok, 1, pdu)), want);
}

#[test]
fn each_status_means_later_gone_or_refused() {
    #[track_caller]
    fn check(status: u32, message: &str, bind: &str) {
        let kind = |error: SendError| match error {
            SendError::Later { .. } => "later",
            SendError::Gone { .. } => "gone",
            SendError::Refused { .. } => "refused",
            SendError::WindowOver => "over",
        };
        let got = (kind(fault::of_message(status)), kind(fault::of_bind(status)));
        assert_eq!(got, (message, bind), "{status:#x}");
    }
    check(0x04, "later", "refused");
    check(0x05, "refused", "later");
    check(0x08, "later", "later");
    check(0x0b, "refused", "refused");
    check(0x0d, "refused", "refused");
    check(0x0e, "refused", "refused");
    check(0x14, "later", "refused");
    check(0x58, "later", "later");
    check(0x64, "later", "refused");
    check(0x65, "gone", "refused");
    check(0xff, "refused", "refused");
    check(0x0400, "refused", "refused");
}

proptest! {
    /// However a stream is torn, the same frames come out of it.
    #[test]
    fn a_torn_stream_holds_the_same_frames(
        bodies in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 0..8),
        step in 1..50_usize,
    ) {
        let mut stream = Vec::new();
        for body in &bodies {
            stream.extend_from_slice(&u32::try_from(16 + body.len()).unwrap().to_be_bytes());
            stream.extend_from_slice(&[0; 12]);
            stream.extend_from_slice(body);
        }
        let (mut read, mut found) = (BytesMut::new(), Vec::new());
        for piece in stream.chunks(step) {
            read.extend_from_slice(piece);
            while let Some(frame) = Frame::cut(&mut read).unwrap() {
                found.push(frame.body().to_vec());
            }
        }
        prop_assert_eq!(found, bodies);
        prop_assert!(read.is_empty());
    }

    #[test]
    fn any_octets_are_a_receipt_or_none(octets in proptest::collection::vec(any::<u8>(), 0..600)) {
        let receipt = Receipt::read(&octets);
        for said in [receipt.id, receipt.stat].into_iter().flatten() {
            prop_assert!((1..=64).contains(&said.len()) && said.is_ascii());
        }
    }
}
