//! What goes out: whole, within the operator's bounds, and with the right reading of its answers.

use bankside_domain::Language;
use bankside_domain::channel::{Count, Event, Retraction, Text};
use bankside_domain::conversation::{Choice, LinkTarget, Outgoing, Part, PartRow};
use bankside_service::channels::{Frame, Plan, Setting};
use bankside_service::ports::SendError;

use super::{Case, Judged, KEY, Outcome, Scene, must};
use crate::conformance::specimen::{Fate, Way};

/// Words that nothing else holds.
const WORDS: &str = "canary-4711 żółć ¿qué tal?";
/// Right to left with what goes the other way isolated within: U+2066 to U+2069.
const ARABIC: &str = "رصيدك هو \u{2066}EUR 1,234.50\u{2069} في حساب \u{2066}Main\u{2069}.";
/// Seconds that a busy operator asks to wait.
const WAIT_S: u32 = 7;
/// All that tell at once.
const FAILURES: [Fate; 5] =
    [Fate::Busy(WAIT_S), Fate::Down, Fate::Gone, Fate::Refused, Fate::Stranger];
const NO_SUCH_ANSWER: Judged = Judged::Not("the operator has no such answer");

async fn sent_whole(case: Case, text: &str) -> Outcome {
    let scene = case.with(Fate::Sent).await?;
    scene.says(text).await.map_err(|error| format!("not sent: {error}"))?;
    let seen = scene.messages();
    let [message] = seen.as_slice() else { return Err(format!("{} messages", seen.len())) };
    must(message.says(text), || "the operator did not see the words".to_owned())
}

pub(super) async fn words_are_sent_whole(case: Case) -> Outcome {
    sent_whole(case, WORDS).await
}

pub(super) async fn right_to_left_is_sent_whole(case: Case) -> Outcome {
    sent_whole(case, ARABIC).await
}

pub(super) async fn longest_text_is_sent(case: Case) -> Outcome {
    let bound = case.with(Fate::Sent).await?.channel.can().text;
    sent_whole(case, &longest(bound)).await
}

/// As much as a message holds.
fn longest(bound: Text) -> String {
    match bound.count {
        // Of one part there are 153 characters where there are several: GSM 03.40, section 9.2.3.24.
        Count::Segments => "x".repeat(153 * bound.most),
        Count::Chars | Count::Utf16 | Count::Bytes => "x".repeat(bound.most),
    }
}

/// A message with everything that there is, as the planner makes it of the channel's own table.
pub(super) async fn all_that_is_planned_is_sent(case: Case) -> Outcome {
    let scene = case.with(Fate::Sent).await?;
    let can = *scene.channel.can();
    for choices in [0, 3, 11] {
        let plan = planned(&scene, &everything(choices));
        for frame in &plan.frames {
            if !can.text.holds(&frame.text) {
                return Err("the planner made a text that is too long".to_owned());
            }
            let sent = scene.sends(frame).await;
            sent.map_err(|error| format!("with {choices} answers: {error}"))?;
        }
    }
    must(scene.messages().len() >= 3, || "the operator saw too little".to_owned())
}

fn planned(scene: &Scene, message: &Outgoing) -> Plan {
    let address = |_: &LinkTarget| "https://bank.example/l/canary".to_owned();
    Plan::of(
        message,
        &Setting {
            can: scene.channel.can(),
            language: Language::Pl,
            address: &address,
            receipt: Some("4711"),
        },
    )
}

fn everything(choices: usize) -> Outgoing {
    let row = |n: usize| PartRow {
        label: format!("zakupy {n}").into(),
        value: format!("-{n},00 zł").into(),
        incoming: false,
        pending: false,
        hint: Some("wczoraj".into()),
    };
    let rows = Part::Rows { title: "Płatności".into(), rows: (1..40).map(row).collect() };
    Outgoing::text(format!("{WORDS} {ARABIC}")).with_part(rows).with_choices(offered(choices))
}

fn offered(count: usize) -> Vec<Choice> {
    let choice = |n: usize| Choice {
        label: format!("odpowiedź {n}").into(),
        says: format!("says {n}").into(),
    };
    (1..=count).map(choice).collect()
}

/// What she taps is what was offered.
pub(super) async fn a_tap_comes_back(case: Case) -> Outcome {
    let scene = case.with(Fate::Sent).await?;
    if scene.channel.can().buttons.is_none() {
        return Ok(Judged::Not("the channel has no answers to tap: she writes their number"));
    }
    let frame = Frame { text: WORDS.to_owned(), answers: offered(2), ..Frame::default() };
    let sent = scene.sends(&frame).await;
    sent.map_err(|error| format!("not sent: {error}"))?;
    let seen = scene.messages();
    let tapped = seen.first().and_then(|seen| case.specimen.tapped(seen));
    let tapped = tapped.ok_or("the operator saw no answer to tap")?;
    let taken = scene.given(&tapped).await?.map_err(|error| error.to_string())?;
    // Where the operator has no event for it, it comes back as if she had written it.
    let is_it = |event: &Event| {
        *event == Event::Choice { says: "says 1".into() }
            || *event == Event::Message { text: "says 1".into() }
    };
    must(taken.events.iter().any(|inbound| is_it(&inbound.event)), || "another answer".to_owned())
}

/// Where the operator can tell the same message twice by it.
pub(super) async fn key_goes_with_the_message(case: Case) -> Outcome {
    if !case.specimen.knows_keys() {
        return Ok(Judged::Not("the operator knows no key by which a message is told again"));
    }
    let scene = case.with(Fate::Sent).await?;
    for _ in 0..2 {
        scene.says(WORDS).await.map_err(|error| format!("not sent: {error}"))?;
    }
    let seen = scene.messages();
    let places: Vec<_> = seen.iter().map(|seen| &seen.path).collect();
    let told = seen.iter().all(|seen| seen.path.contains(KEY) || seen.says(KEY));
    must(told, || format!("no key in {places:?}"))
}

/// As long as the operator asks.
pub(super) async fn busy_is_waited_for(case: Case) -> Outcome {
    if !case.specimen.has(Fate::Busy(WAIT_S)) {
        return Ok(NO_SUCH_ANSWER);
    }
    let scene = case.with(Fate::Busy(WAIT_S)).await?;
    let want = Some(i64::from(WAIT_S) * 1000);
    match scene.says(WORDS).await {
        Err(SendError::Later { after_millis, .. }) => {
            must(after_millis == want, || format!("it waits {after_millis:?} ms, not {want:?}"))
        }
        other => Err(format!("not later: {}", told(&other))),
    }
}

/// What the operator's answer means.
pub(super) async fn fails(case: Case, fate: Fate) -> Outcome {
    if !case.specimen.has(fate) {
        return Ok(NO_SUCH_ANSWER);
    }
    let scene = case.with(fate).await?;
    let sent = scene.says(WORDS).await;
    let is_it = match fate {
        Fate::Sent => sent.is_ok(),
        Fate::Busy(_) | Fate::Down | Fate::Silent => matches!(sent, Err(SendError::Later { .. })),
        Fate::Gone => matches!(sent, Err(SendError::Gone { .. })),
        Fate::Refused | Fate::Stranger => matches!(sent, Err(SendError::Refused { .. })),
    };
    must(is_it, || format!("it counts as {}", told(&sent)))
}

fn told(sent: &Result<Option<String>, SendError>) -> String {
    sent.as_ref().map_or_else(ToString::to_string, |_| "sent".to_owned())
}

/// As the table promises.
pub(super) async fn sent_is_taken_back(case: Case) -> Outcome {
    let scene = case.with(Fate::Sent).await?;
    let sent = scene.says(WORDS).await.map_err(|error| format!("not sent: {error}"))?;
    if scene.channel.can().retraction == Retraction::Never {
        let sent = sent.unwrap_or_default();
        let taken = scene.channel.retract(&case.specimen.her(), &sent).await;
        let refused = matches!(taken, Err(SendError::Refused { .. }));
        return if refused {
            Ok(Judged::Not("the operator takes nothing back, and the adapter says so"))
        } else {
            Err("the table says never, and the adapter does not refuse".to_owned())
        };
    }
    let id = sent.ok_or("a message that can be taken back has no id")?;
    let before = scene.seen().len();
    let taken = scene.channel.retract(&case.specimen.her(), &id).await;
    taken.map_err(|error| format!("not taken back: {error}"))?;
    let asked = scene.seen();
    let names_it = |seen: &super::Seen| case.specimen.takes_back(seen, &id);
    must(asked.iter().skip(before).any(names_it), || "the operator was not asked".to_owned())
}

pub(super) async fn credentials_are_tested(case: Case) -> Outcome {
    let good = case.with(Fate::Sent).await?.channel.test().await;
    let good = good.map_err(|error| format!("good ones fail: {error}"))?;
    if good.is_empty() {
        return Err("of good ones nothing is said".to_owned());
    }
    if !case.specimen.has(Fate::Stranger) {
        return Ok(Judged::Not("the operator gives the bank nothing to prove itself with"));
    }
    let bad = case.with(Fate::Stranger).await?.channel.test().await;
    must(matches!(bad, Err(SendError::Refused { .. })), || "bad ones do not fail".to_owned())
}

/// Neither her address, nor her words, nor a credential stands in an error or in what an operator of
/// the bank might print.
pub(super) async fn nothing_personal_is_shown(case: Case) -> Outcome {
    let mut shown = Vec::new();
    for fate in FAILURES {
        let scene = case.with(fate).await?;
        let sent = scene.says(WORDS).await;
        shown.push(format!("{} {sent:?}", told(&sent)));
        shown.push(format!("{:?}", scene.channel.test().await));
        shown.extend(scene.line().map(|line| format!("{:?}", line.desk.kept().end)));
    }
    let nobody = match case.specimen.way() {
        Way::Line(_) => "127.0.0.1:9",
        Way::Web | Way::Answer(_) => "http://127.0.0.1:9",
    };
    let nobody = case.specimen.open(nobody, case.client.clone())?;
    let frame = Frame { text: WORDS.to_owned(), ..Frame::default() };
    shown.push(format!("{:?}", nobody.send(&case.specimen.her(), &frame, KEY).await));
    let her = case.specimen.her();
    let hidden = case.specimen.secrets().iter().copied().chain([WORDS, her.address()]);
    let hidden: Vec<_> = hidden.collect();
    let leak = shown.iter().find(|text| hidden.iter().any(|secret| text.contains(secret)));
    must(leak.is_none(), || "an error tells what it must not".to_owned())
}
