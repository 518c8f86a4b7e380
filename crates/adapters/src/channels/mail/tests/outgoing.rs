//! What goes out: the message itself, what the server's answers mean, and the link to be left alone.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Event, Links};
use bankside_domain::customer::Language;
use bankside_service::ports::SendError;
use mail_parser::{MessageParser, MimeHeaders as _};

use super::super::fault::{enhanced, of_answer};
use super::super::leave;
use super::super::write::{Draft, message};
use super::*;

const LINK: &str = "https://bank.example/harbour/l/0123456789abcdefghijklmnopqrstuvwxyz?a=1&b=2";

fn frame(language: Option<Language>) -> Frame {
    let text = format!("Żółć & <b>\n\nOpen your bank’s view:\n{LINK}");
    Frame { text, language, ..Frame::default() }
}

fn written(settings: &Settings, answers: Option<&str>, language: Option<Language>) -> String {
    let frame = frame(language);
    let (to, answers) = (her(), answers.map(str::to_owned));
    let draft = Draft { to: &to, frame: &frame, key: KEY, answers };
    let bytes = message(settings, &draft).unwrap();
    assert_eq!(
        bytes,
        message(settings, &Draft { answers: draft.answers.clone(), ..draft }).unwrap()
    );
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_message_says_the_same_in_both_forms_and_fetches_nothing() {
    let text = written(&settings(), None, Some(Language::Pl));
    assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 998), "{text}");
    let read = MessageParser::default().parse(text.as_bytes()).unwrap();
    let plain = read.body_text(0).unwrap();
    assert_eq!(plain.replace("\r\n", "\n").trim_end(), frame(None).text);
    let html = read.body_html(0).unwrap();
    assert!(html.contains("Żółć &amp; &lt;b&gt;") && !html.contains("<b>"), "{html}");
    let escaped = LINK.replace('&', "&amp;");
    assert!(html.contains(&format!("<a href=\"{escaped}\">{escaped}</a>")), "{html}");
    assert!(html.contains("<html lang=\"pl\" dir=\"ltr\">"), "{html}");
    for fetched in ["<img", "<script", "<link", "src=", "url(", "<style", "<form", "@import"] {
        assert!(!html.contains(fetched), "{fetched}");
    }
    assert_eq!(read.attachment_count(), 0);
    assert!(read.root_part().is_content_type("multipart", "alternative"));
}

#[test]
fn its_head_follows_from_its_key() {
    let settings = settings();
    let text = written(&settings, None, Some(Language::Ar));
    let read = MessageParser::default().parse(text.as_bytes()).unwrap();
    let ids = &settings.ids;
    assert_eq!(read.message_id(), Some(ids.message(KEY).as_str()));
    assert_eq!(read.subject(), Some("Harbour Bank"));
    assert_eq!(read.from().unwrap().first().unwrap().address(), Some(OWN));
    assert_eq!(read.to().unwrap().first().unwrap().address(), Some(HER));
    assert_eq!(read.date().unwrap().to_rfc3339(), "2025-01-01T00:00:00Z");
    let header = |name: &str| read.header_raw(name.to_owned()).map(str::trim);
    assert_eq!(header("Auto-Submitted"), Some("auto-generated"));
    assert_eq!(header("Content-Language"), Some("ar"));
    assert_eq!(header("References"), Some(format!("<{}>", ids.thread(&her())).as_str()));
    assert_eq!(header("In-Reply-To"), None);
    assert!(read.body_html(0).unwrap().contains("lang=\"ar\" dir=\"rtl\""));
    let answer = written(&settings, Some("<m1@mail.example>"), None);
    let read = MessageParser::default().parse(answer.as_bytes()).unwrap();
    let header = |name: &str| read.header_raw(name.to_owned()).map(str::trim);
    assert_eq!(header("Auto-Submitted"), Some("auto-replied"));
    assert_eq!(header("In-Reply-To"), Some("<m1@mail.example>"));
    let references = header("References").unwrap().split_whitespace().collect::<Vec<_>>();
    assert_eq!(references, [format!("<{}>", ids.thread(&her())).as_str(), "<m1@mail.example>"]);
    assert_eq!(header("Content-Language"), None);
}

#[test]
fn what_she_is_told_is_links_alone() {
    assert_eq!(CAN.links, Links::Alone);
    assert_eq!((CAN.rich, CAN.buttons, CAN.list), (false, None, None));
}

/// A request to the webhook.
fn asks(method: &str, path: &str, body: &[u8], at: i64) -> Result<Taken, Distrust> {
    let (header, at) = (|_: &str| None, Timestamp::from_millis(at));
    let request = Delivered { method, path, query: "", header: &header, body, at };
    leave::take(&settings().ids.secret, &request)
}

#[test]
fn she_is_left_alone_with_one_click_and_not_by_a_look() {
    let text = written(&settings(), None, None);
    let read = MessageParser::default().parse(text.as_bytes()).unwrap();
    let post = read.header_raw("List-Unsubscribe-Post".to_owned()).map(str::trim);
    assert_eq!(post, Some("List-Unsubscribe=One-Click"));
    let ways = read.header_raw("List-Unsubscribe".to_owned()).unwrap().to_owned();
    assert!(!ways.contains(HER) && !ways.contains("her%40"), "{ways}");
    let ways: Vec<_> = ways.split(',').map(|way| way.trim().trim_matches(['<', '>'])).collect();
    let mailto =
        format!("mailto:{}?subject=unsubscribe", settings().ids.address(Use::Leave, KEY, &her()));
    assert_eq!(ways[1], mailto);
    let path = ways[0].strip_prefix("https://bank.example/hook/mail/").unwrap();
    const CLICK: &[u8] = b"List-Unsubscribe=One-Click";
    let taken = asks("POST", path, CLICK, 1_000).unwrap();
    assert_eq!((taken.events.len(), &taken.events[0].event), (1, &Event::Leave));
    assert_eq!(taken.events[0].from.address(), HER);
    assert_eq!(asks("POST", path, CLICK, 2_000).unwrap(), taken);
    assert_ne!(asks("POST", path, CLICK, 200_000_000).unwrap().events[0].id, taken.events[0].id);
    let form =
        b"------x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click";
    for (method, path, body) in
        [("GET", path, CLICK), ("POST", path, b"".as_slice()), ("POST", "in", CLICK)]
    {
        assert!(matches!(asks(method, path, body, 0), Err(Distrust::Shape(_))));
    }
    assert!(asks("POST", path, form, 0).is_ok());
    let mut forged = path.to_owned();
    forged.replace_range(10..11, if forged.as_bytes()[10] == b'A' { "B" } else { "A" });
    for path in [forged.as_str(), "leave/", "leave/AAAA", &format!("leave/{}", "A".repeat(600))] {
        assert!(matches!(asks("POST", path, CLICK, 0), Err(Distrust::NotProven(_))), "{path}");
    }
    let unreachable = Given { hook: "http://127.0.0.1/hook/mail", ..given() };
    let text = written(&Settings::parse(&unreachable).unwrap(), None, None);
    assert!(text.contains("List-Unsubscribe: <mailto:") && !text.contains("Unsubscribe-Post"));
}

#[test]
fn answers_of_the_server_mean_later_gone_or_refused() {
    #[track_caller]
    fn check(code: u16, text: &str, want: &str) {
        let (kind, why) = match of_answer(code, enhanced(text)) {
            SendError::Later { why, .. } => ("later", why),
            SendError::Gone { why } => ("gone", why),
            SendError::Refused { why } => ("refused", why),
            SendError::WindowOver => ("window", String::new()),
        };
        assert_eq!(kind, want, "{code} {text}");
        assert!(!why.contains('@') && why.starts_with(&code.to_string()), "{why}");
    }
    check(421, "4.3.2 shutting down", "later");
    check(450, "4.2.0 <her@mail.example>: greylisted", "later");
    check(451, "", "later");
    check(550, "5.1.1 <her@mail.example>: no such user", "gone");
    check(550, "5.1.10 null MX", "gone");
    check(550, "5.2.1 disabled", "gone");
    check(550, "5.7.1 spam", "refused");
    check(550, "No such user here", "refused");
    check(552, "5.2.2 mailbox full", "refused");
    check(535, "5.7.8 authentication failed", "refused");
    check(553, "5.1.8 sender", "refused");
    assert_eq!(enhanced("see 10.0.0.1 or 5.1.1 there"), Some([5, 1, 1]));
    assert_eq!(enhanced("9.1.1 5.1 5.1.1.1 5.x.1 5.1.9999"), None);
}
