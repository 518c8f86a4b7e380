//! What a channel cannot show, above all a link where words are spoken, told in another way: by
//! another chat of hers, or on the bank's own page.
//!
//! INVARIANT: what is written in the other chat holds no data of hers, not even where she asked: its
//! operator learns nothing but that there is a link.

use bankside_domain::conversation::{Outgoing, Part};
use bankside_domain::id::ConversationId;
use bankside_domain::party::Ceiling;
use bankside_domain::{Party, Purpose, Timestamp};
use bankside_language::{Catalogue, Msg};
use bankside_store::contacts::{self, ContactRow};
use bankside_store::conversations::{self, ConversationRow};

use super::Turn;
use super::reply::Reply;
use crate::conversation::turn::TurnError;
use crate::door::{Disclosed, Owner};

/// Another chat of hers, and what is written there.
pub(super) struct Elsewhere {
    pub(super) chat: ConversationId,
    pub(super) channel: String,
    pub(super) message: Disclosed<Outgoing>,
}

impl Turn<'_> {
    /// Whether this chat shows no links.
    pub(super) fn shows_no_links(&self) -> bool {
        self.all.elsewhere.contains(&self.party.id)
    }

    /// Sends the links of the replies to another chat of hers, and says so in the last of them; where
    /// she has none, says that they are on the bank's own page.
    pub(super) async fn send_elsewhere(
        &self,
        owner: &Owner,
        replies: &mut Vec<Reply>,
    ) -> Result<Option<Elsewhere>, TurnError> {
        let links: Vec<_> = replies.iter().filter_map(|reply| reply.leads.clone()).collect();
        if links.is_empty() || !self.shows_no_links() {
            return Ok(None);
        }
        let other = self.other_chat(owner).await?;
        let catalogue = Catalogue::of(self.chat.language);
        let bank = self.bank.name.as_str();
        let tail = catalogue.text(match &other {
            Some(_) => Msg::ChannelElsewhere,
            None => Msg::ChannelOwnPage { bank },
        });
        if let Some(last) = replies.pop() {
            replies.push(last.followed_by(&tail));
        }
        Ok(other.map(|(chat, party)| {
            let words = Catalogue::of(chat.language).text(Msg::ChannelAskedElsewhere);
            let words = Outgoing { parts: links, ..Outgoing::text(words) };
            let nothing = Disclosed::nothing(owner.customer, party, Purpose::AccountInformation);
            let message = nothing.map(&words, |(), words| words.clone());
            Elsewhere { chat: chat.id, channel: chat.channel, message }
        }))
    }

    /// The chat of hers where a link is best seen: one that reaches her phone, the last that she was
    /// heard in; else the bank's own.
    async fn other_chat(
        &self,
        owner: &Owner,
    ) -> Result<Option<(ConversationRow, Party)>, TurnError> {
        let mut tx = self.all.store.read().await?;
        let mut best: Option<((bool, Timestamp), ConversationRow, Party)> = None;
        for row in conversations::of(&mut tx, owner.customer).await? {
            let party = self.all.channels.iter().find(|party| party.id == row.channel);
            let Some(party) = party.filter(|_| self.may_go(&row)) else { continue };
            let contact = contacts::get(&mut tx, row.id).await?;
            let Some(ContactRow { address_ct, heard, left: None }) = contact else { continue };
            let is_reached = address_ct.is_some();
            if !is_reached && party.ceiling != Ceiling::BankOwned {
                continue;
            }
            let rank = (is_reached, heard.unwrap_or(row.started));
            if best.as_ref().is_none_or(|(before, ..)| rank > *before) {
                best = Some((rank, row, party.clone()));
            }
        }
        Ok(best.map(|(_, row, party)| (row, party)))
    }

    fn may_go(&self, row: &ConversationRow) -> bool {
        row.id != self.chat.id
            && row.bank == self.chat.bank
            && !self.all.elsewhere.contains(&row.channel)
    }
}

impl Reply {
    /// Leads to a page by that part.
    pub(super) fn leading(self, part: &Part) -> Self {
        Self { leads: Some(part.clone()), ..self }
    }

    /// With a sentence at its end that holds nothing of hers.
    fn followed_by(self, tail: &str) -> Self {
        let add = |words: Outgoing, tail: &str| {
            let text = format!("{} {tail}", words.text.reveal());
            Outgoing { text: text.into(), ..words }
        };
        Self { message: self.message.map(tail, add), ..self }
    }
}
