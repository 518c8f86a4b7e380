//! What the SMSC delivers, and what could pass for it.

use bankside_domain::channel::{Event, Status};
use bankside_domain::personal::Personal;

use super::super::deliver::{Read, read};
use super::super::udh;
use super::*;

fn message(text: &str) -> Event {
    Event::Message { text: Personal::from(text) }
}

/// Whether a delivery says that, from her.
#[track_caller]
fn says(pdu: DeliverSm, parameters: &str, want: Event) {
    let frame = frame(1, pdu, &hex::decode(parameters).unwrap());
    match read(&settings(Options::default()), &frame) {
        Read::Said { from, event } => {
            assert_eq!((from.address(), event), (&*format!("+{HER}"), want));
        }
        Read::Went(went) => assert_eq!(went.event, want),
        Read::Strange(why) => panic!("{why}"),
        Read::Nothing | Read::Part { .. } => panic!("something else"),
    }
}

#[track_caller]
fn is_strange(frame: &Frame, want: &str) {
    match read(&settings(Options::default()), frame) {
        Read::Strange(why) => assert!(why.contains(want), "{why}"),
        _ => panic!("understood: {want}"),
    }
}

#[test]
fn octets_are_text_by_their_coding() {
    says(delivery(0, 0, b"\x00 \x1b\x65"), "", message("@ €"));
    says(delivery(0, 0xf1, b"\x02"), "", message("$"));
    says(delivery(0, 1, b"plain"), "", message("plain"));
    says(delivery(0, 3, b"\xe9t\xe9"), "", message("été"));
    says(delivery(0, 8, b"\x01\x7c\xd8\x3d\xdc\x4d"), "", message("ż👍"));
    says(delivery(0, 4, b"\x00\x01"), "", Event::Media);
    says(delivery(0, 0xf5, b"\x00\x01"), "", Event::Media);
    says(delivery(0, 0, b"stop"), "", Event::Leave);
    // `message_payload`, whatever stands in the short message.
    says(delivery(0, 0, b""), "04240003414243", message("ABC"));
    is_strange(&frame(1, delivery(0, 6, b"x"), &[]), "coding");
    is_strange(&frame(1, delivery(0, 8, b"\xd8\x3d"), &[]), "UCS-2");
}

/// A national single shift is read by the default table, as the standard allows.
#[test]
fn headers_are_read() {
    let (header, text) = udh::split(&hex::decode("0608041234020141").unwrap())
        .map(|(h, t)| (h, t.to_vec()))
        .unwrap();
    let place = header.place.unwrap();
    assert_eq!((place.reference, place.total, place.number), (0x1234, 2, 1));
    assert_eq!(text, b"A");
    for torn in ["", "05", "0500030102", "020003", "0100", "03000301"] {
        assert_eq!(udh::split(&hex::decode(torn).unwrap()), None, "{torn}");
    }
    says(delivery(0x40, 0, b"\x03\x24\x01\x02A\x1ba"), "", message("Aa"));
    says(delivery(0x40, 0, b"\x05\x00\x03\x07\x01\x01A"), "", message("A"));
    is_strange(&frame(1, delivery(0x40, 0, b"\x03\x25\x01\x02A"), &[]), "table");
}

#[test]
fn a_receipt_is_known_by_its_class_alone() {
    let text = b"id:0123456789 sub:001 dlvrd:001 submit date:2611220801 done date:2611220802 \
                 stat:DELIVRD err:000 text:id:9 stat:UNDELIV";
    let went = |id: &str, status| Event::Status { of: Some(id.to_owned()), until: None, status };
    says(delivery(4, 0, text), "", went("0123456789", Status::Delivered));
    let upper = b"ID:ab Submit Date:1 STAT:rejectd";
    says(delivery(4, 0, upper), "", went("ab", Status::Failed));
    says(delivery(0, 0, text), "", message(std::str::from_utf8(text).unwrap()));
    // Parameters, with and without the NUL that should end the id.
    says(
        delivery(4, 0, b""),
        "001e0003616200 0427000102".replace(' ', "").as_str(),
        went("ab", Status::Delivered),
    );
    says(delivery(4, 0, text), "001e000261620427000105", went("ab", Status::Failed));
    is_strange(&frame(1, delivery(4, 0, b"stat:DELIVRD"), &[]), "names no message");
    is_strange(&frame(1, delivery(4, 0, b"id:1"), &[]), "state");
    is_strange(&frame(1, delivery(4, 0, b"text:id:1 stat:DELIVRD"), &[]), "names no message");
    for (class, text) in
        [(4, "id:1 stat:ENROUTE"), (4, "id:1 stat:ACCEPTD"), (0x20, "id:1 stat:UNDELIV")]
    {
        let frame = frame(1, delivery(class, 0, text.as_bytes()), &[]);
        assert!(matches!(read(&settings(Options::default()), &frame), Read::Nothing), "{text}");
    }
}

#[test]
fn ids_mean_the_same_however_they_are_written() {
    #[track_caller]
    fn check(ids: ReceiptIds, answered: &str, written: &str) {
        let receipted = ids.receipted(&receipt::Id::Written(written.to_owned()));
        assert_eq!(ids.answered(answered), receipted);
        assert_eq!(
            ids.answered(answered),
            ids.receipted(&receipt::Id::Answered(answered.to_owned()))
        );
    }
    check(ReceiptIds::Same, "00aB", "00aB");
    check(ReceiptIds::Decimal, "0A1F", "0000002591");
    check(ReceiptIds::Decimal, "not-hex", "not-hex");
    check(ReceiptIds::Hexadecimal, "2591", "a1f");
    check(ReceiptIds::Decimal, "ffffffffffffffff", "18446744073709551615");
}

#[test]
fn numbers_are_of_the_world_or_of_nobody() {
    let from = |ton: Ton, number: &str, options: Options<'_>| {
        let mut pdu = delivery(0, 0, b"x");
        pdu.source_addr_ton = ton;
        pdu.source_addr = COctetString::from_string(number.to_owned()).unwrap();
        match read(&settings(options), &frame(1, pdu, &[])) {
            Read::Said { from, .. } => Some(from.address().to_owned()),
            _ => None,
        }
    };
    let usual = Options::default();
    let whole = Options { international: true, ..usual };
    assert_eq!(from(Ton::International, "34600111222", usual).unwrap(), "+34600111222");
    assert_eq!(from(Ton::International, "+34600111222", usual).unwrap(), "+34600111222");
    assert_eq!(from(Ton::Unknown, "0034600111222", usual).unwrap(), "+34600111222");
    assert_eq!(from(Ton::Unknown, "34600111222", usual), None);
    assert_eq!(from(Ton::Unknown, "34600111222", whole).unwrap(), "+34600111222");
    assert_eq!(from(Ton::National, "600111222", usual), None);
    assert_eq!(from(Ton::Alphanumeric, "Shop", whole), None);
    assert_eq!(from(Ton::International, "", whole), None);
}

#[test]
fn what_is_torn_is_strange() {
    let whole = frame(1, delivery(0, 0, b"hello"), &[]);
    for end in 16..whole.bytes().len() {
        let mut torn = whole.bytes()[..end].to_vec();
        torn[..4].copy_from_slice(&u32::try_from(end).unwrap().to_be_bytes());
        let torn = Frame::cut(&mut BytesMut::from(torn.as_slice())).unwrap().unwrap();
        is_strange(&torn, "cut off");
    }
    for parameters in [&b"\x04"[..], b"\x04\x24\x00", b"\x04\x24\x00\x05abcd"] {
        is_strange(&frame(1, delivery(0, 0, b"x"), parameters), "cut off");
    }
    let many = b"\x14\x00\x00\x00".repeat(65);
    is_strange(&frame(1, delivery(0, 0, b"x"), &many), "cut off");
}

proptest! {
    /// Nothing that is delivered makes it fall, and no words of hers are a receipt.
    #[test]
    fn no_delivery_makes_it_fall(
        body in proptest::collection::vec(any::<u8>(), 0..300),
        class in any::<u8>(),
        coding in any::<u8>(),
        octets in proptest::collection::vec(any::<u8>(), 0..255),
        parameters in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut forged = vec![0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1];
        forged.extend_from_slice(&body);
        let length = u32::try_from(forged.len()).unwrap();
        forged[..4].copy_from_slice(&length.to_be_bytes());
        let forged = Frame::cut(&mut BytesMut::from(forged.as_slice())).unwrap().unwrap();
        read(&settings(Options::default()), &forged);
        let made = frame(1, delivery(class, coding, &octets), &parameters);
        let read = read(&settings(Options::default()), &made);
        prop_assert!(class & 0x3c == 4 || !matches!(read, Read::Went(_)));
    }
}
