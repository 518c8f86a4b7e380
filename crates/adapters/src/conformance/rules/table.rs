//! The table of what a channel can do.

use bankside_domain::channel::{Answers, Capabilities, Links, Retraction, Text};

use super::{Case, Outcome, must};
use crate::conformance::specimen::Fate;

/// Nothing in it contradicts itself: the planner rests on it.
pub(super) async fn is_coherent(case: Case) -> Outcome {
    let scene = case.with(Fate::Sent).await?;
    let wrong = contradictions(scene.channel.can());
    must(wrong.is_empty(), || wrong.join("; "))
}

fn contradictions(can: &Capabilities) -> Vec<&'static str> {
    let some = |text: Text| text.most > 0;
    let sound = |answers: &Answers| {
        let above = answers.above.is_none_or(|above| some(above) && above.most <= can.text.most);
        answers.most > 0 && some(answers.label) && above
    };
    let label = match can.links {
        Links::Button { label } => some(label),
        Links::InText | Links::Alone | Links::Elsewhere => true,
    };
    let lists = |list: Answers| can.buttons.is_none_or(|buttons| list.most > buttons.most);
    let taking_back = match can.retraction {
        Retraction::Within { millis } => millis > 0,
        Retraction::Never | Retraction::Always => true,
    };
    let rules = [
        (some(can.text), "a message holds no text"),
        (can.messages > 0, "an answer may take no message"),
        (can.buttons.iter().all(sound), "buttons hold nothing, or more text than a message"),
        (can.list.iter().all(sound), "a list holds nothing, or more text than a message"),
        (can.list.is_none_or(lists), "a list holds no more than buttons do"),
        (label, "a link's button has no label"),
        (taking_back, "what was sent can be taken back for no time"),
        (can.window.is_none_or(|window| window.millis > 0), "the window is never open"),
        (!can.spoken || !can.rich, "it draws what is said aloud"),
    ];
    rules.into_iter().filter(|(holds, _)| !holds).map(|(_, why)| why).collect()
}
