//! Bounces, complaints and wishes to be left alone, real and forged.

use bankside_domain::channel::{Event, Inbound, Status};

use super::super::read::{Read, read};
use super::{Address, Envelope, HER, KEY, OWN, Use, her, settings};

fn to(use_: Use, to: &Address) -> String {
    settings().ids.address(use_, KEY, to)
}

fn reads(rcpt: &str, text: &str) -> Read {
    let envelope = Envelope { from: String::new(), to: vec![rcpt.to_owned()] };
    read(&settings(), &envelope, text.replace('\n', "\r\n").as_bytes())
}

/// As Postfix writes it, shortened.
fn bounce(action: &str, status: &str, recipient: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.bank.example (Mail Delivery System)\nTo: x\nAuto-Submitted: auto-replied\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n\
         --b\nContent-Type: text/plain\n\nI'm sorry.\n\n\
         --b\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.bank.example\n\n\
         Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n\
         Diagnostic-Code: smtp; 550 {status} <{recipient}>:\n    no such user\n\n\
         --b\nContent-Type: text/rfc822-headers\n\nSubject: Harbour Bank\n\n--b--\n"
    )
}

fn events(read: Read) -> Result<Vec<Inbound>, &'static str> {
    match read {
        Read::Events(events) => Ok(events),
        Read::Ignored => Err("ignored"),
        Read::Strange(why) => Err(why),
        Read::Letter(_) => Err("a letter"),
    }
}

#[test]
fn a_bounce_says_what_became_of_a_message() {
    let failed =
        |status| Event::Status { of: Some(settings().ids.message(KEY)), until: None, status };
    #[track_caller]
    fn check(action: &str, status: &str, want: &[Event]) {
        let found = events(reads(&to(Use::Bounce, &her()), &bounce(action, status, HER))).unwrap();
        let got: Vec<_> = found.iter().map(|event| event.event.clone()).collect();
        assert_eq!(got, want, "{action} {status}");
        assert!(found.iter().all(|event| event.from.address() == HER));
    }
    check("failed", "5.1.1", &[failed(Status::Failed), Event::Leave]);
    check("Failed", "5.2.2", &[failed(Status::Failed)]);
    check("failed", "4.4.7", &[failed(Status::Failed)]);
    check("delivered", "2.0.0", &[failed(Status::Delivered)]);
    check("delayed", "4.4.1", &[]);
    check("relayed", "2.0.0", &[]);
}

#[test]
fn a_bounce_is_believed_for_her_whom_the_address_was_given_for() {
    let (bounced, other) = (to(Use::Bounce, &her()), "other@mail.example");
    let text = bounce("failed", "5.1.1", other);
    assert!(events(reads(&bounced, &text)).unwrap_err().contains("nobody"));
    let names =
        text.replace("Subject: Harbour Bank", "To: Her@mail.example\nSubject: Harbour Bank");
    assert_eq!(events(reads(&bounced, &names)).unwrap().len(), 2);
    let named =
        text.replace("Final-Rec", "Original-Recipient: rfc822; her@mail.example\nFinal-Rec");
    assert_eq!(events(reads(&bounced, &named)).unwrap().len(), 2);
    let guessed = format!("bank+b{}@chat.bank.example", "0123456789".repeat(4));
    assert!(events(reads(&guessed, &bounce("failed", "5.1.1", HER))).is_err());
    for untagged in [OWN, "bank+x@chat.bank.example"] {
        assert_eq!(events(reads(untagged, &bounce("failed", "5.1.1", HER))), Err("ignored"));
    }
    let absent = "From: her@mail.example\nTo: x\nAuto-Submitted: auto-replied\n\nI am away.\n";
    assert_eq!(events(reads(&bounced, absent)), Err("ignored"));
    let empty = bounce("", "", HER);
    assert!(events(reads(&bounced, &empty)).unwrap_err().contains("says nothing"));
}

/// As RFC 5965, appendix B has it.
fn complaint(kind: &str, returned: &str, rcpt: &str) -> String {
    format!(
        "From: abuse@mail.example\nTo: {OWN}\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nThis is an abuse report.\n\n\
         --b\nContent-Type: message/feedback-report\n\nFeedback-Type: {kind}\n\
         User-Agent: x\nVersion: 1\n{rcpt}\n\n\
         --b\nContent-Type: message/rfc822\n\n{returned}\n\nwords\n\n--b--\n"
    )
}

#[test]
fn who_complains_is_left_alone() {
    let returned = format!(
        "From: {OWN}\nTo: {HER}\nList-Unsubscribe: <https://bank.example/x>,\n \
        <mailto:{}?subject=unsubscribe>",
        to(Use::Leave, &her())
    );
    #[track_caller]
    fn check(text: &str, want: Result<usize, &str>) {
        let found = events(reads(OWN, text)).map(|found| {
            assert!(found.iter().all(|one| one.event == Event::Leave && one.from.address() == HER));
            found.len()
        });
        assert_eq!(found, want);
    }
    check(&complaint("abuse", &returned, "Source-IP: 192.0.2.1"), Ok(1));
    check(&complaint("not-spam", &returned, "Source-IP: 192.0.2.1"), Ok(0));
    let hidden = returned.replace(&format!("To: {HER}"), "To: redacted@redacted");
    check(&complaint("abuse", &hidden, &format!("Original-Rcpt-To: <{HER}>")), Ok(1));
    check(&complaint("abuse", &hidden, "X: y"), Err("ignored"));
    let sender =
        format!("Original-Mail-From: <{}>\nOriginal-Rcpt-To: {HER}", to(Use::Bounce, &her()));
    check(&complaint("abuse", "From: x", &sender), Ok(1));
    let forged = format!("Original-Mail-From: <{OWN}>\nOriginal-Rcpt-To: {HER}");
    check(&complaint("abuse", "From: x", &forged), Err("ignored"));
    let others = returned.replace(&format!("To: {HER}"), "To: other@mail.example");
    check(&complaint("abuse", &others, "X: y"), Err("ignored"));
}

#[test]
fn a_wish_to_be_left_alone_is_hers_whose_address_it_was() {
    let text = |from: &str| format!("From: {from}\nTo: x\nSubject: unsubscribe\n\n\n");
    let address = to(Use::Leave, &her());
    let found = events(reads(&address, &text(HER))).unwrap();
    assert_eq!((found.len(), &found[0].event, found[0].from.address()), (1, &Event::Leave, HER));
    assert_eq!(events(reads(&address, &text("other@mail.example"))), Err("ignored"));
    let other = to(Use::Leave, &Address::parse("other@mail.example").unwrap());
    assert_eq!(events(reads(&other, &text(HER))), Err("ignored"));
}
