//! Long messages: cut, put together, gone on with, and bounded.

use std::collections::BTreeSet;

use bankside_domain::channel::{Event, Status};

use super::super::assembly::{Assembly, Held, Key, Part, Put};
use super::super::deliver::{Read, read, said};
use super::super::udh::Place;
use super::super::{progress::Progress, submit};
use super::*;

const KEY: &str = "0190/0";

/// What a telephone makes of the parts of a text.
fn put_together(long: Long, text: &str) -> String {
    let settings = settings(Options { long, ..Options::default() });
    let her = Number::parse("+34600111222").unwrap();
    let parts = submit::parts(&settings, &her, text, KEY).unwrap();
    let (mut octets, mut coding) = (Vec::new(), 0);
    let total = parts.len();
    for part in parts {
        coding = u8::from(part.data_coding);
        let mut delivered = delivery(u8::from(part.esm_class), coding, part.short_message());
        delivered.source_addr_ton = Ton::International;
        let parameters = written(CommandStatus::EsmeRok, 1, part.clone());
        let fixed = 16 + 1 + 2 + 6 + 2 + 12 + 3 + 2 + 5 + part.short_message().len();
        let frame = frame(1, delivered, &parameters[fixed..]);
        match read(&settings, &frame) {
            Read::Part { octets: more, place, .. } => {
                assert_eq!(usize::from(place.total), total);
                octets.extend(more);
            }
            Read::Said { event: Event::Message { text }, .. } => return text.reveal().to_owned(),
            Read::Strange(why) => panic!("{why}"),
            _ => panic!("no part"),
        }
    }
    match said(coding, &octets) {
        Ok(Event::Message { text }) => text.reveal().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn place(total: u8, number: u8) -> Place {
    Place { reference: 7, total, number }
}

fn part(text: &str) -> Part {
    let frame = frame(1, delivery(0, 0, text.as_bytes()), &[]);
    let held = Some(Held { sequence: 1, digest: [0; 32] });
    Part { octets: text.as_bytes().to_vec(), frame, digest: [0; 32], held }
}

/// SMPP 3.4, section 4.4.1, field by field.
#[test]
fn a_message_is_written_as_the_specification_has_it() {
    let her = Number::parse("+34600111222").unwrap();
    let mut parts = submit::parts(&settings(Options::default()), &her, "€@", KEY).unwrap();
    let frame = written(CommandStatus::EsmeRok, 2, parts.pop().unwrap());
    let want = [
        "00000034 00000004 00000000 00000002",
        "00",                             // service_type
        "03 00 313233343500",             // source
        "01 01 333436303031313132323200", // destination
        "00 00 00",                       // esm_class, protocol_id, priority_flag
        "00 00",                          // when, until when
        "01 00 00 00",                    // registered_delivery, replace, data_coding, canned
        "03 1b6500",                      // short_message
    ];
    assert_eq!(hex::encode(frame), want.concat().replace(' ', ""));
}

#[test]
fn the_same_key_has_the_same_reference() {
    let her = Number::parse("+34600111222").unwrap();
    let settings = settings(Options::default());
    let long = "a".repeat(200);
    let made = |key: &str| submit::parts(&settings, &her, &long, key).unwrap();
    assert_eq!(made(KEY), made(KEY));
    let references: BTreeSet<_> =
        (0..64).map(|n| made(&format!("0190/{n}"))[0].short_message()[3]).collect();
    assert!(references.len() > 32, "{references:?}");
    let one = &made(KEY)[1];
    assert_eq!(one.short_message()[..3], [5, 0, 3]);
    assert_eq!(one.short_message()[4..6], [2, 2]);
}

#[test]
fn parts_become_whole_in_any_order_and_once() {
    let mut assembly = Assembly::default();
    let key = Key::of(HER, place(3, 1), 0);
    assert!(matches!(assembly.put(&key, 3, part("c")), Put::Waits(None)));
    assert!(matches!(assembly.put(&key, 1, part("a")), Put::Waits(None)));
    assert!(matches!(assembly.put(&key, 1, part("A")), Put::Waits(Some(_))));
    let other = Key::of(HER, place(3, 1), 8);
    assert!(matches!(assembly.put(&other, 2, part("x")), Put::Waits(None)));
    assert!(matches!(assembly.put(&key, 2, part("b")), Put::Whole(octets) if octets == b"Abc"));
    let held = Held { sequence: 1, digest: [0; 32] };
    assert!(assembly.release(&key, 3, held) && !assembly.release(&key, 3, held));
    let (held, others) = assembly.remove(&key);
    assert_eq!((held.len(), others.len()), (2, 1));
    assert!(matches!(assembly.put(&key, 2, part("b")), Put::Waits(None)));
}

#[test]
fn what_waits_is_bounded() {
    let mut assembly = Assembly::default();
    let key = |from: usize, reference: u16| {
        let place = Place { reference, total: 2, number: 1 };
        Key::of(&format!("+346001{from:05}"), place, 0)
    };
    for reference in 0..4 {
        assert!(matches!(assembly.put(&key(0, reference), 1, part("x")), Put::Waits(None)));
    }
    assert!(matches!(assembly.put(&key(0, 4), 1, part("x")), Put::TooMany));
    for from in 1..=1020 {
        assert!(matches!(assembly.put(&key(from, 0), 1, part("x")), Put::Waits(None)));
    }
    assert!(matches!(assembly.put(&key(2000, 0), 1, part("x")), Put::Full));
    for _ in 0..9 {
        assert!(assembly.age().is_empty());
    }
    assert!(matches!(assembly.put(&key(1, 0), 1, part("y")), Put::Waits(Some(_))));
    assert_eq!(assembly.age().len(), 1023);
}

#[test]
fn a_message_goes_on_where_it_stopped() {
    let id = |number: usize| Some(format!("id-{number}"));
    let mut progress = Progress::default();
    progress.went("key", 3, &[id(1)]);
    progress.went("key", 3, &[id(1), None]);
    assert_eq!(progress.resume("key", 3), [id(1), None]);
    assert!(progress.resume("key", 2).is_empty() && progress.resume("other", 3).is_empty());
    progress.done("key", &[id(1), None, id(3)]);
    assert!(progress.resume("key", 3).is_empty());
    let went = |of: &str, status| Inbound {
        id: String::new(),
        from: Contact::new(""),
        at: None,
        language: None,
        event: Event::Status { of: Some(of.to_owned()), until: None, status },
    };
    let of = |of: &str, status| progress.of_whole(went(of, status)).map(|went| went.event);
    assert_eq!(of("id-1", Status::Delivered), None);
    assert_eq!(of("id-1", Status::Failed), Some(went("id-3", Status::Failed).event));
    assert_eq!(of("id-3", Status::Delivered), Some(went("id-3", Status::Delivered).event));
    for number in 0..300 {
        progress.went(&number.to_string(), 2, &[None]);
    }
    assert!(progress.resume("43", 2).is_empty() && progress.resume("44", 2).len() == 1);
}

proptest! {
    /// What a telephone puts together is what was sent, in either alphabet and each way.
    #[test]
    fn parts_put_together_are_the_text(
        text in "[a-zA-Z0-9@€{}|~ñ¿.]{1,900}|[a-zżл😀توقف]{1,390}",
        long in prop_oneof![Just(Long::Udh), Just(Long::Sar), Just(Long::Payload)],
    ) {
        prop_assume!(!matches!(sms::said(Some(&text)), Event::Leave | Event::Begin { .. }));
        prop_assert_eq!(put_together(long, &text), text);
    }
}
