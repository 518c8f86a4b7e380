//! One message as the operator got it, and what can be done about it.

use bankside_language::Msg;
use bankside_service::channels::{Chance, Frame, Kept, SentPart};
use maud::{Markup, html};

use crate::app::Signed;
use crate::ui::notice::{Tag, Tone};
use crate::ui::text;

/// The message.
pub(super) fn show(signed: &Signed, part: &SentPart) -> Markup {
    let (tone, words) = chance(signed, part.chance);
    html! {
        div.sent {
            @match &part.frame {
                Some(frame) => { (sent(frame)) }
                None => { p.soft { (signed.text(Msg::PageLearntUnreadable)) } }
            }
            p.sent-about {
                (text::moment(&part.at.to_string(), &signed.formats().moment(part.at)))
                " " (Tag { label: &words, tone, icon: None })
            }
        }
    }
}

/// Words as they were sent, and what stood on buttons.
fn sent(frame: &Frame) -> Markup {
    html! {
        p.sent-words dir="auto" { (frame.text) }
        @if !frame.answers.is_empty() || !frame.links.is_empty() {
            ul.sent-buttons {
                @for answer in &frame.answers { li dir="auto" { (answer.label.reveal()) } }
                @for link in &frame.links { li dir="auto" { (link.label) } }
            }
        }
    }
}

fn chance(signed: &Signed, chance: Chance) -> (Tone, String) {
    let moment = |at| signed.formats().moment(at);
    match chance {
        Chance::Open { until: None } => (Tone::Info, signed.text(Msg::PageLearntOpen)),
        Chance::Open { until: Some(until) } => {
            (Tone::Info, signed.text(Msg::PageLearntUntil { time: &moment(until) }))
        }
        Chance::Asked { .. } => (Tone::Warn, signed.text(Msg::PageLearntAsked)),
        Chance::Taken { at } => (Tone::Ok, signed.text(Msg::PageLearntTaken { time: &moment(at) })),
        Chance::Kept(kept) => (Tone::Neutral, signed.text(why(kept))),
    }
}

const fn why(kept: Kept) -> Msg<'static> {
    match kept {
        Kept::Never => Msg::PageLearntNever,
        Kept::Late => Msg::PageLearntLate,
        Kept::Unnamed => Msg::PageLearntUnnamed,
        Kept::Refused => Msg::PageLearntRefused,
        Kept::Gone => Msg::PageLearntGone,
        Kept::GaveUp => Msg::PageLearntGaveUp,
    }
}
