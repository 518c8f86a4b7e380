//! The planner: how a message is said in a channel that can do only so much, and why so.
//!
//! INVARIANT: pure, and it only ever leaves out: no figure is added that the sealed message does
//! not hold, and what does not fit is said to be missing.

mod cut;
mod spoken;

use std::borrow::Cow;

use bankside_domain::channel::{Answers, Capabilities, Links};
use bankside_domain::conversation::{Bar, Choice, LinkTarget, Outgoing, Part, PartRow};
use bankside_domain::customer::Language;
use bankside_language::{Catalogue, Msg};
use serde::{Deserialize, Serialize};

/// One message as it goes on the wire of some channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Words, whole.
    pub text: String,
    /// In which language they are, where it is known.
    #[serde(default)]
    pub language: Option<Language>,
    /// Answers to tap.
    pub answers: Vec<Choice>,
    /// Whether they stand behind one button, as a list.
    pub is_list: bool,
    /// Links, where the channel shows them on buttons.
    pub links: Vec<Link>,
    /// Rows and charts, where the channel shows them by itself.
    pub parts: Vec<Part>,
}

/// A link on a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Label.
    pub label: String,
    /// Address on the bank's own origin.
    pub url: String,
}

/// Why a message took the form that it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Rows or a chart are told in words: the channel cannot draw.
    NoCards,
    /// Answers stand behind one button: there are too many for buttons.
    ManyAnswers,
    /// Answers are numbered in the text: too many, too long, or the channel has no buttons.
    NumberedAnswers,
    /// Links stand in the text: the channel has no button for them, or the label is too long.
    LinksInText,
    /// Links go another way: the channel cannot show them.
    LinksElsewhere,
    /// It takes several messages.
    Split,
    /// Its end is left out: it is longer than all the messages that an answer may take.
    Shortened,
    /// Its words stay on the bank's own pages: the channel takes links alone.
    WordsWithheld,
}

impl Because {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoCards => "no_cards",
            Self::ManyAnswers => "many_answers",
            Self::NumberedAnswers => "numbered_answers",
            Self::LinksInText => "links_in_text",
            Self::LinksElsewhere => "links_elsewhere",
            Self::Split => "split",
            Self::Shortened => "shortened",
            Self::WordsWithheld => "words_withheld",
        }
    }
}

/// Messages, and why they look so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In their order; never empty.
    pub frames: Vec<Frame>,
    /// In the order of their names.
    pub because: Vec<Because>,
}

/// What the planner must know besides the message.
pub struct Setting<'a> {
    /// The channel's table.
    pub can: &'a Capabilities,
    /// Language of the reader.
    pub language: Language,
    /// The address of a link on the bank's own origin.
    pub address: &'a dyn Fn(&LinkTarget) -> String,
    /// Short receipt number, which stands below.
    pub receipt: Option<&'a str>,
}

impl Plan {
    /// Plans a message.
    pub fn of(message: &Outgoing, setting: &Setting<'_>) -> Self {
        let mut draft = Draft { because: Vec::new(), below: Vec::new(), frame: Frame::default() };
        draft.parts(message, setting);
        draft.answers(message, setting);
        draft.links(message, setting);
        draft.receipt(setting);
        draft.cut(message.text.reveal(), setting)
    }

    /// Plans a message that rests on a consent. Where the channel takes links alone, its words, rows and
    /// answers are left out, and its links, or one to the bank's own page, stand for them.
    pub fn of_disclosure(message: &Outgoing, setting: &Setting<'_>) -> Self {
        if setting.can.links != Links::Alone {
            return Self::of(message, setting);
        }
        let catalogue = Catalogue::of(setting.language);
        let is_link = |part: &&Part| matches!(part, Part::Link { .. });
        let mut parts: Vec<_> = message.parts.iter().filter(is_link).cloned().collect();
        if parts.is_empty() {
            let link = LinkTarget::Page { path: "/".to_owned() };
            parts.push(Part::Link { label: catalogue.text(Msg::ChatWithheldLabel).into(), link });
        }
        let words = Outgoing::text(catalogue.text(Msg::ChannelWithheld));
        let mut plan = Self::of(&Outgoing { parts, ..words }, setting);
        plan.because.push(Because::WordsWithheld);
        plan
    }
}

struct Draft {
    because: Vec<Because>,
    /// Blocks of text that follow the words.
    below: Vec<String>,
    /// What stands beside the last words.
    frame: Frame,
}

impl Draft {
    fn parts(&mut self, message: &Outgoing, setting: &Setting<'_>) {
        let drawn = |part: &&Part| matches!(part, Part::Rows { .. } | Part::Chart { .. });
        let parts: Vec<_> = message.parts.iter().filter(drawn).cloned().collect();
        if setting.can.rich {
            self.frame.parts = parts;
        } else if !parts.is_empty() {
            self.because.push(Because::NoCards);
            let catalogue = Catalogue::of(setting.language);
            self.below.extend(parts.iter().map(|part| told(part, catalogue)));
        }
    }

    fn answers(&mut self, message: &Outgoing, setting: &Setting<'_>) {
        let choices = &message.choices;
        if choices.is_empty() {
            return;
        }
        let text = message.text.reveal();
        let fits = |answers: &Option<Answers>| {
            answers.is_some_and(|answers| {
                choices.len() <= answers.most
                    && choices.iter().all(|choice| answers.label.holds(choice.label.reveal()))
                    && answers.above.is_none_or(|above| above.holds(text))
            })
        };
        if fits(&setting.can.buttons) {
            self.frame.answers.clone_from(choices);
        } else if fits(&setting.can.list) {
            self.because.push(Because::ManyAnswers);
            self.frame.answers.clone_from(choices);
            self.frame.is_list = true;
        } else {
            self.because.push(Because::NumberedAnswers);
            let catalogue = Catalogue::of(setting.language);
            let ways = choices.iter().zip(1..);
            let ways = ways.map(|(choice, number)| format!("{number}. {}", choice.label.reveal()));
            let mut block = vec![catalogue.text(Msg::ChannelNumbered)];
            block.extend(ways);
            self.below.push(block.join("\n"));
        }
    }

    fn links(&mut self, message: &Outgoing, setting: &Setting<'_>) {
        for part in &message.parts {
            let Part::Link { label, link } = part else { continue };
            let (label, url) = (label.reveal(), (setting.address)(link));
            match setting.can.links {
                Links::Button { label: bound } if bound.holds(label) => {
                    self.frame.links.push(Link { label: label.clone(), url });
                }
                Links::Button { .. } | Links::InText | Links::Alone => {
                    self.because.push(Because::LinksInText);
                    self.below.push(format!("{label}:\n{url}"));
                }
                Links::Elsewhere => self.because.push(Because::LinksElsewhere),
            }
        }
    }

    fn receipt(&mut self, setting: &Setting<'_>) {
        if let Some(number) = setting.receipt.filter(|_| !setting.can.spoken) {
            self.below.push(Catalogue::of(setting.language).text(Msg::ChatReceipt { number }));
        }
    }

    fn cut(mut self, text: &str, setting: &Setting<'_>) -> Plan {
        let can = setting.can;
        let mut text = Cow::Borrowed(text);
        if can.spoken {
            text = spoken::speakable(&text).into();
            self.below = self.below.iter().map(|block| spoken::speakable(block)).collect();
        }
        let beside =
            if self.frame.answers.is_empty() { None } else { can.above(self.frame.is_list) };
        let (pieces, whole) = cut::cut(&text, &self.below, can.text, beside, can.messages);
        if pieces.len() > 1 {
            self.because.push(Because::Split);
        }
        if !whole {
            self.because.push(Because::Shortened);
        }
        let mut frames: Vec<_> =
            pieces.into_iter().map(|text| Frame { text, ..Frame::default() }).collect();
        if let Some(last) = frames.last_mut() {
            let text = std::mem::take(&mut last.text);
            *last = Frame { text, ..self.frame };
        }
        frames.iter_mut().for_each(|frame| frame.language = Some(setting.language));
        self.because.sort_unstable();
        self.because.dedup();
        Plan { frames, because: self.because }
    }
}

/// Rows or a chart in words, a line each.
fn told(part: &Part, catalogue: Catalogue) -> String {
    let (title, lines): (_, Vec<_>) = match part {
        Part::Rows { title, rows } => {
            (title, rows.iter().map(|row| line(row, catalogue)).collect())
        }
        Part::Chart { title, bars } => {
            let line = |bar: &Bar| {
                let (label, value) = (bar.label.reveal(), bar.value.reveal());
                catalogue.text(Msg::ChannelRow { label, value })
            };
            (title, bars.iter().map(line).collect())
        }
        Part::Link { .. } | Part::Removed { .. } => return String::new(),
    };
    let title = Some(title.reveal().clone()).filter(|title| !title.is_empty());
    title.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn line(row: &PartRow, catalogue: Catalogue) -> String {
    let (label, value) = (row.label.reveal(), row.value.reveal());
    match &row.hint {
        Some(hint) => catalogue.text(Msg::ChannelRowHint { label, value, hint: hint.reveal() }),
        None => catalogue.text(Msg::ChannelRow { label, value }),
    }
}

#[cfg(test)]
mod tests;
