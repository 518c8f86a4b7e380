//! Messages in words a browser can show: bubbles, days, ticks, what was not yet seen.

use bankside_domain::Date;
use bankside_domain::conversation::{Author, Message, Outgoing, Part};
use bankside_domain::party::Ceiling;
use bankside_language::{Formats, Msg};
use bankside_service::conversation::{MAX_SHOWN, PAGE};
use maud::{Markup, Render, html};

use super::{Room, card, sight};
use crate::app::brand;
use crate::ui::chat::{
    Chat, Composer, Delivery, Framed, Head, QuickReply, Receipt, ScriptWords, Seen, Side, State,
    day, system, unread, words,
};
use crate::ui::icon::{Icon, Mark};
use crate::ui::page::Width;
use crate::ui::{self};

/// Longest text of the composer, in UTF-16 code units; the service counts characters.
const MAX_TEXT: u32 = 4_000;

/// Renders a chat's messages. Lives within one call: formats cannot cross threads.
pub(super) struct Log<'a> {
    room: &'a Room,
    formats: Formats,
    today: Date,
    mark: Mark,
}

/// What a message's neighbours say about it.
#[derive(Clone, Copy, Default)]
pub(super) struct Around<'a> {
    /// The browser's own id of it.
    pub(super) client: Option<&'a str>,
    /// Whether the bank answered.
    pub(super) answered: bool,
    /// Whether it ends a run of messages from one side.
    pub(super) last: bool,
}

impl<'a> Log<'a> {
    pub(super) fn new(room: &'a Room) -> Self {
        let now = room.here.app.service().clock.now();
        Self {
            formats: room.formats(),
            today: now.date_in(room.zone()),
            mark: brand(&room.here, "").mark,
            room,
        }
    }

    /// The day of a message.
    pub(super) fn date(&self, message: &Message) -> Date {
        message.at.date_in(self.room.zone())
    }

    /// The line before the first message of a day.
    pub(super) fn day(&self, date: Date) -> Markup {
        let shown = if date == self.today {
            self.room.text(Msg::DateToday)
        } else if date.tomorrow().is_ok_and(|next| next == self.today) {
            self.room.text(Msg::DateYesterday)
        } else {
            self.formats.date(date)
        };
        day(&date.to_string(), &ui::text::capital(&shown))
    }

    /// One message.
    pub(super) fn message(&self, message: &Message, around: Around<'_>) -> Markup {
        let own = message.author == Author::Customer;
        let body = &message.body;
        let delivery = self.tick(around.answered);
        let words = delivery.1.as_str();
        let href = message.receipt.as_ref().map(|r| self.room.here.at(&format!("/log/{r}")));
        let label = self.room.text(Msg::LogDetailReceipt);
        let number = message.receipt.as_deref().unwrap_or_default();
        ui::chat::Message {
            id: &message.id.to_string(),
            client: around.client,
            side: if own { Side::Out } else { Side::In(self.mark) },
            speaker: &self.speaker(own),
            body: self.words(body),
            card: card::parts(&self.room.here, self.room.catalogue(), body),
            at: (&message.at.to_jiff().to_string(), &self.formats.time(message.at)),
            delivery: own.then_some(Delivery { state: delivery.0, words }),
            receipt: href.as_deref().map(|href| Receipt { href, label: &label, number }),
            last: around.last,
        }
        .render()
    }

    /// The ticks of her own message: the bank has it, or has answered it.
    pub(super) fn delivery(&self, answered: bool) -> Markup {
        let (state, words) = self.tick(answered);
        Delivery { state, words: &words }.render()
    }

    fn tick(&self, answered: bool) -> (State, String) {
        if answered {
            (State::Read, self.room.text(Msg::PageChatRead))
        } else {
            (State::Sent, self.room.text(Msg::PageChatSent))
        }
    }

    fn speaker(&self, own: bool) -> String {
        let name = if own { self.room.text(Msg::PageChatYou) } else { self.bank().to_owned() };
        format!("{name}:")
    }

    fn bank(&self) -> &str {
        &self.room.here.bank.name
    }

    /// The words, and that something was taken out of them.
    fn words(&self, body: &Outgoing) -> Option<Markup> {
        let text = body.text.reveal();
        let removed = body.parts.iter().any(|part| matches!(part, Part::Removed { .. }));
        (!text.is_empty()).then(|| {
            html! {
                (words(text))
                @if removed {
                    p.removed { (Icon::EyeOff) span { (self.room.text(Msg::ChatSecretRemoved)) } }
                }
            }
        })
    }

    /// Replies that one tap gives: the bank's last, or how to go on.
    pub(super) fn quick(&self, last: Option<&Message>) -> Markup {
        let pairs = self.replies(last);
        let label = self.room.text(Msg::PageChatQuick);
        Composer::quick_replies(&label, &pills(&pairs))
    }

    fn replies(&self, last: Option<&Message>) -> Vec<(String, String)> {
        let choices = last.map(|message| message.body.choices.as_slice()).unwrap_or_default();
        let fresh = self.room.is_linked() && last.is_some_and(|m| m.receipt.is_none());
        if !choices.is_empty() && !fresh {
            let pair = |says: &str, label: &str| (says.to_owned(), label.to_owned());
            return choices.iter().map(|c| pair(c.says.reveal(), c.label.reveal())).collect();
        }
        let starters: &[Msg<'_>] = if self.room.is_linked() {
            &[
                Msg::ChoiceBalance,
                Msg::ChoicePayments,
                Msg::ChoiceSpending,
                Msg::ChoiceUpcoming,
                Msg::ChoiceShared,
            ]
        } else {
            &[Msg::ChoiceLink, Msg::ChoiceHelp, Msg::ChoicePerson]
        };
        let texts = starters.iter().map(|msg| self.room.text(*msg));
        texts.map(|text| (text.clone(), text)).collect()
    }
}

/// The whole page.
impl Log<'_> {
    pub(super) fn page(
        &self,
        messages: &[Message],
        phrase: Option<&str>,
        sights: &[sight::Seen],
        notice: Option<Markup>,
    ) -> Markup {
        let room = self.room;
        let title = room.text(Msg::PageChatTitle { bank: self.bank() });
        let seen = self.seen_words();
        let sights: Vec<ui::chat::Sight<'_>> = sights.iter().map(sight::Seen::shown).collect();
        let bank_last = messages.iter().rev().find(|m| m.author != Author::Customer);
        let replies = self.replies(bank_last);
        let quick = pills(&replies);
        let head = self.head(phrase, seen.as_ref());
        let text = |msg| room.text(msg);
        let (site, unread, look) = (room.place.site(), self.unread(messages), room.at("/seen"));
        let (framed, close) = (site.is_some(), text(Msg::ButtonClose));
        let chat = Chat {
            head: Head {
                back: (!framed).then_some((&head.back.0, &head.back.1)),
                close: framed.then_some(&close),
                mark: self.mark,
                name: self.bank(),
                status: &head.status,
                verify: (&head.verify.0, &head.verify.1),
                seen: seen.as_ref().map(|seen| seen.title.as_str()),
            },
            label: &title,
            stream: &room.at("/events"),
            cursor: &messages.last().map_or(0, |m| m.seq).to_string(),
            words: ScriptWords {
                failed: &text(Msg::ButtonTryAgain),
                offline: &text(Msg::PageChatReconnecting),
                newer: &text(Msg::PageChatNewer),
                sending: &text(Msg::PageChatSending),
                you: &self.speaker(true),
            },
            log: html! {
                (self.log(messages, phrase))
                @if framed { (self.forgotten()) }
                @if let Some(notice) = notice { (notice) }
            },
            composer: Composer {
                action: &room.at(""),
                token: "",
                client_id: &self.client_id(),
                label: &text(Msg::PageChatInput),
                send: &text(Msg::ButtonSend),
                quick_label: &text(Msg::PageChatQuick),
                max_length: MAX_TEXT,
                quick: &quick,
            },
            seen: seen.as_ref().map(|seen| Seen {
                title: &seen.title,
                lead: &seen.lead,
                close: &seen.close,
                withheld: &seen.withheld,
                nothing: &seen.nothing,
                sights: &sights,
            }),
            framed: site.map(|site| Framed { site: site.origin(), unread, seen: &look }),
        };
        let scripts: &[&str] = if framed { &["chat.js", "frame.js"] } else { &["chat.js"] };
        room.here.frame().width(Width::Full).scripts(scripts).page(&title, chat.render())
    }

    fn head(&self, phrase: Option<&str>, seen: Option<&SeenWords>) -> HeadWords {
        let status = match (phrase, seen) {
            (Some(phrase), _) => phrase.replace(' ', " · "),
            (None, Some(seen)) => seen.title.clone(),
            (None, None) => self.room.text(Msg::CeilingBankOwned),
        };
        HeadWords {
            back: (self.room.here.at("/"), self.room.text(Msg::ButtonBack)),
            status,
            verify: (self.room.here.at("/is-this-my-bank"), self.room.text(Msg::PageBankTitle)),
        }
    }

    /// Of the bank's, since she last looked.
    fn unread(&self, messages: &[Message]) -> usize {
        let read = self.room.chat.read_seq;
        messages.iter().filter(|m| m.author != Author::Customer && m.seq > read).count()
    }

    /// Shown by the script in a frame whose cookie the browser does not keep.
    fn forgotten(&self) -> Markup {
        let own = self.room.here.at(&format!("/chat/{}", self.room.place.channel()));
        html! {
            p.chat-system data-forgotten hidden {
                (Icon::CircleAlert)
                span {
                    (self.room.text(Msg::PageWidgetForgotten)) " "
                    a href=(own) { (self.room.text(Msg::PageWidgetOpen)) }
                }
            }
        }
    }

    /// Days, messages, what is new, and how to go on without scripts.
    fn log(&self, messages: &[Message], phrase: Option<&str>) -> Markup {
        let read = self.room.chat.read_seq;
        let is_new = |m: &Message| m.author != Author::Customer && m.seq > read;
        let new = if read > 0 { self.unread(messages) } else { 0 };
        let first_new = messages.iter().find(|m| is_new(m)).filter(|_| new > 0).map(|m| m.seq);
        let linked_at = self.linked_at(messages);
        let mut date = None;
        html! {
            (self.opening(messages, &mut date))
            @for (at, message) in messages.iter().enumerate() {
                @let next = messages.get(at + 1);
                @if date.replace(self.date(message)) != Some(self.date(message)) {
                    (self.day(self.date(message)))
                }
                @if linked_at == Some(at) { (self.linked(phrase)) }
                @if first_new == Some(message.seq) {
                    (unread(&self.room.text(Msg::PageChatUnread { count: new })))
                }
                (self.message(message, Around {
                    client: None,
                    answered: messages.iter().skip(at).any(|m| m.author != Author::Customer),
                    last: next.is_none_or(|n| is_own(n) != is_own(message)
                        || linked_at == Some(at + 1) || first_new == Some(n.seq)),
                }))
            }
            @if linked_at == Some(messages.len()) { (self.linked(phrase)) }
            @if messages.last().is_some_and(is_own) {
                noscript {
                    p.chat-system { a href=(self.room.at("")) { (self.room.text(Msg::PageChatCheck)) } }
                }
            }
        }
    }

    /// The greeting that opens every chat; it is said anew each time and stored nowhere.
    fn opening(&self, messages: &[Message], date: &mut Option<Date>) -> Markup {
        if let Some(first) = messages.first().filter(|first| first.seq > 1) {
            return self.earlier(messages.len(), first);
        }
        let now = self.room.here.app.service().clock.now();
        let at = messages.first().map_or(now, |first| first.at);
        *date = Some(at.date_in(self.room.zone()));
        let text = match &self.room.name {
            Some(name) if messages.is_empty() => self.room.text(Msg::ChatGreeting { name }),
            _ => self.room.text(Msg::ChatGreetingStranger { bank: self.bank() }),
        };
        let (machine, shown) = (at.to_jiff().to_string(), self.formats.time(at));
        html! {
            (self.day(at.date_in(self.room.zone())))
            @if self.room.chat.party.ceiling == Ceiling::PlatformReadable {
                (system(Icon::Eye, &html! { (self.room.text(Msg::CeilingPlatform)) }))
            }
            (ui::chat::Message {
                id: "hello",
                client: None,
                side: Side::In(self.mark),
                speaker: &self.speaker(false),
                body: Some(words(&text)),
                card: None,
                at: (&machine, &shown),
                delivery: None,
                receipt: None,
                last: true,
            })
        }
    }

    /// The way to what was said before; at the page's limit her copy of the data has it all.
    fn earlier(&self, shown: usize, first: &Message) -> Markup {
        let shown = i64::try_from(shown).unwrap_or(MAX_SHOWN);
        let (href, words) = if shown < MAX_SHOWN {
            let href = self.room.at(&format!("?show={}#m-{}", shown + PAGE, first.id));
            (href, Msg::PageChatEarlier)
        } else {
            (self.room.here.at("/data"), Msg::NavData)
        };
        html! { p.chat-system { a href=(href) { (self.room.text(words)) } } }
    }

    /// Before which message the chat was linked: the first exchange with a receipt, or the end.
    fn linked_at(&self, messages: &[Message]) -> Option<usize> {
        if !self.room.is_linked() || messages.first().is_none_or(|first| first.seq > 1) {
            return None;
        }
        let receipt = messages.iter().position(|m| m.receipt.is_some());
        let before = receipt.map_or(messages.len(), |at| {
            let earlier = messages.get(..at).unwrap_or_default();
            earlier.iter().rposition(|m| !is_own(m)).map_or(0, |bank| bank + 1)
        });
        (before > 0).then_some(before)
    }

    fn linked(&self, phrase: Option<&str>) -> Markup {
        let (name, bank) = (self.room.name.as_deref().unwrap_or_default(), self.bank());
        let phrase = phrase.unwrap_or_default();
        let words = self.room.text(Msg::ChatLinked { name, bank, phrase });
        system(Icon::ShieldCheck, &html! { (words) })
    }

    /// A fresh id for the form without scripts, so that a double click sends once.
    fn client_id(&self) -> String {
        bankside_service::token::Token::random(&*self.room.here.app.service().entropy)
            .expose()
            .to_owned()
    }

    fn seen_words(&self) -> Option<SeenWords> {
        let party = self.room.chat.party.name.as_str();
        (self.room.chat.party.ceiling == Ceiling::PlatformReadable).then(|| SeenWords {
            title: self.room.text(Msg::PageChatPlatformSees),
            lead: self.room.text(Msg::PageChatPlatformNote { party }),
            close: self.room.text(Msg::ButtonClose),
            withheld: self.room.text(Msg::LogDetailWithheld),
            nothing: self.room.text(Msg::PageChatNothingPassed),
        })
    }
}

struct HeadWords {
    back: (String, String),
    status: String,
    verify: (String, String),
}

struct SeenWords {
    title: String,
    lead: String,
    close: String,
    withheld: String,
    nothing: String,
}

fn pills(pairs: &[(String, String)]) -> Vec<QuickReply<'_>> {
    pairs.iter().map(|(value, label)| QuickReply { value, label }).collect()
}

pub(super) fn is_own(message: &Message) -> bool {
    message.author == Author::Customer
}
