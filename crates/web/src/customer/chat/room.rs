//! A chat in a browser: who holds it, and how its reader writes numbers and dates.

use bankside_domain::customer::Language;
use bankside_domain::time::TimeZone;
use bankside_language::{Catalogue, Formats, Msg};
use bankside_service::conversation::{Chat, ChatError};
use bankside_service::token::Token;

use super::place::Place;
use super::refused;
use crate::app::{Here, PageError};

/// A browser at the door of a chat.
pub(super) struct Arrival {
    pub(super) here: Here,
    pub(super) place: Place,
    pub(super) token: Option<Token>,
    /// The chat behind the token; none where there is no token, or it opens nothing any more.
    pub(super) chat: Option<Chat>,
}

/// Finds the chat of this browser in a channel of this bank.
///
/// # Errors
/// [`PageError::NotFound`] where there is no such channel.
pub(super) async fn arrive(here: Here, place: Place) -> Result<Arrival, PageError> {
    let chats = &here.app.service().chats;
    let channel = place.channel();
    chats.channel(channel).map_err(refused)?;
    let token = here.jar.token(&place.cookie());
    let chat = match &token {
        None => None,
        Some(token) => match chats.by_token(token).await {
            Ok(chat) => Some(chat),
            Err(ChatError::Unknown) => None,
            Err(other) => return Err(PageError::internal(other)),
        },
    };
    let chat = chat.filter(|chat| chat.bank == here.bank.id && chat.party.id == channel);
    Ok(Arrival { here, place, token, chat })
}

/// A chat, and how it is read.
pub(super) struct Room {
    pub(super) here: Here,
    pub(super) place: Place,
    pub(super) chat: Chat,
    /// Her given name, once the chat is linked.
    pub(super) name: Option<String>,
    region: String,
    zone: TimeZone,
}

impl Room {
    /// The page follows the language of the conversation. A core that does not answer costs her
    /// zone and name, not the chat.
    pub(super) async fn new(mut here: Here, place: Place, chat: Chat) -> Self {
        here.language = chat.language;
        let customer = match chat.customer {
            Some(id) => here.app.service().core.customer(id).await.ok(),
            None => None,
        };
        let zone = customer.as_ref().and_then(|c| TimeZone::get(&c.time_zone).ok());
        let region = customer.as_ref().map(|c| c.region.clone());
        Self {
            region: region.unwrap_or_else(|| here.bank.country.clone()),
            zone: zone.unwrap_or(TimeZone::UTC),
            name: customer.map(|c| c.given_name.reveal().clone()),
            here,
            place,
            chat,
        }
    }

    pub(super) fn language(&self) -> Language {
        self.chat.language
    }

    pub(super) fn catalogue(&self) -> Catalogue {
        Catalogue::for_reader(self.language(), &self.region)
    }

    pub(super) fn text(&self, msg: Msg<'_>) -> String {
        self.catalogue().text(msg)
    }

    /// Made where they are used: they cannot cross threads.
    pub(super) fn formats(&self) -> Formats {
        Formats::new(self.language(), &self.region, self.zone.clone())
    }

    pub(super) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Address of this chat, or of something below it.
    pub(super) fn at(&self, below: &str) -> String {
        self.here.at(&format!("{}{below}", self.place.path()))
    }

    pub(super) fn is_linked(&self) -> bool {
        self.chat.customer.is_some()
    }
}
