//! A customer who acts: she opens chats, writes, follows links, allows and takes back, through the
//! use cases that pages and channels use.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bankside_domain::account::Account;
use bankside_domain::bank::BankId;
use bankside_domain::consent::{Consent, Duration as Lasts, Notice, Terms};
use bankside_domain::conversation::{Author, LinkTarget, Message, Outgoing, Part};
use bankside_domain::customer::Language;
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::id::{AccountId, ConsentId, CustomerId};
use bankside_domain::{Purpose, Timestamp};
use bankside_service::Service;
use bankside_service::commit::CommitError;
use bankside_service::consents::ChangeError;
use bankside_service::conversation::{Accepted, Chat, ChatError};
use bankside_service::door::Owner;
use bankside_service::links::{Destination, LinkError};
use bankside_service::log::Disclosure;
use bankside_service::ports::Clock;
use bankside_service::sign_in::SignedIn;
use bankside_service::token::Token;

use crate::world::World;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// Pause between two looks.
const LOOK: Duration = Duration::from_millis(3);

/// What she allows.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Data and levels.
    pub clusters: BTreeMap<Cluster, Level>,
    /// Accounts; nothing is all of hers.
    pub accounts: Option<BTreeSet<AccountId>>,
    /// For how long.
    pub lasts: Lasts,
}

impl Grant {
    /// Everything, for ninety days.
    pub fn all() -> Self {
        Self::of(Cluster::ALL.map(|cluster| (cluster, Level::Detail)))
    }

    /// These clusters.
    pub fn of(clusters: impl IntoIterator<Item = (Cluster, Level)>) -> Self {
        let clusters = clusters.into_iter().collect();
        Self { clusters, accounts: None, lasts: Lasts::Days(90) }
    }

    /// Lasting so long.
    #[must_use]
    pub fn lasting(self, lasts: Lasts) -> Self {
        Self { lasts, ..self }
    }

    /// On these accounts only.
    #[must_use]
    pub fn on(self, accounts: impl IntoIterator<Item = AccountId>) -> Self {
        Self { accounts: Some(accounts.into_iter().collect()), ..self }
    }
}

/// A customer in one chat. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Actor {
    service: Service,
    /// Who she is.
    pub id: CustomerId,
    /// Her bank.
    pub bank: BankId,
    /// The channel.
    pub channel: String,
    /// What her browser or messenger holds.
    pub token: Token,
    said: u64,
}

impl Actor {
    /// Customer number `index` of those introduced opens a chat. Nobody knows yet who she is.
    pub async fn opens(world: &World, index: usize, channel: &str) -> Self {
        let person = world.people().into_iter().nth(index).unwrap();
        let (bank, id) = (person.bank, person.customer);
        let (token, _) = world.service.chats.open(&bank, channel, Language::En).await.unwrap();
        let service = world.service.clone();
        Self { service, id, bank, channel: channel.to_owned(), token, said: 0 }
    }

    /// Customer number `index`, who holds a chat's token already.
    pub fn holding(world: &World, index: usize, channel: &str, token: Token) -> Self {
        let person = world.people().into_iter().nth(index).unwrap();
        let (bank, id) = (person.bank, person.customer);
        Self {
            service: world.service.clone(),
            id,
            bank,
            channel: channel.to_owned(),
            token,
            said: 0,
        }
    }

    /// As [`Actor::opens`], and links the chat.
    pub async fn linked(world: &World, index: usize, channel: &str) -> Self {
        let mut her = Self::opens(world, index, channel).await;
        her.link().await;
        her
    }

    /// As [`Actor::linked`], and allows it.
    pub async fn allowed(world: &World, index: usize, channel: &str, grant: Grant) -> Self {
        let her = Self::linked(world, index, channel).await;
        her.grant(grant).await;
        her
    }

    /// Goes on after a restart.
    #[must_use]
    pub fn again(self, world: &World) -> Self {
        Self { service: world.service.clone(), ..self }
    }

    /// Her chat as it is now.
    pub async fn chat(&self) -> Chat {
        self.service.chats.by_token(&self.token).await.unwrap()
    }

    /// Everything said in the chat.
    pub async fn messages(&self) -> Vec<Message> {
        let (mut all, mut after) = (Vec::new(), 0);
        loop {
            let shown = self.service.chats.messages(&self.chat().await, after).await.unwrap();
            after = shown.messages.last().map_or(after, |m| m.seq);
            all.extend(shown.messages);
            if !shown.more {
                return all;
            }
        }
    }

    /// Sends words under an id of the channel's.
    ///
    /// # Errors
    /// What the chat refuses with.
    pub async fn sends(
        &self,
        provider_id: &str,
        text: &str,
    ) -> Result<Accepted, CommitError<ChatError>> {
        self.service.chats.receive(&self.chat().await, provider_id, text).await
    }

    /// Says something and waits for the answer.
    pub async fn says(&mut self, text: &str) -> Vec<Message> {
        self.said += 1;
        let accepted = self.sends(&format!("m{}", self.said), text).await.unwrap();
        assert!(!accepted.is_duplicate());
        self.answer_to(accepted.seq, text).await
    }

    /// Waits for what the bank says after message `seq`.
    pub async fn answer_to(&self, seq: i64, text: &str) -> Vec<Message> {
        let looking = async {
            loop {
                let after = self.service.chats.messages(&self.chat().await, seq).await.unwrap();
                let bank = |m: &Message| m.author == Author::Bank;
                let answers: Vec<_> = after.messages.into_iter().filter(bank).collect();
                if !answers.is_empty() {
                    return answers;
                }
                tokio::time::sleep(LOOK).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, looking).await;
        waited.unwrap_or_else(|_| panic!("no answer to `{text}` within {PATIENCE:?}"))
    }

    /// Says something; the words of the answers, one to a line.
    pub async fn asks(&mut self, text: &str) -> String {
        let answers = self.says(text).await;
        answers.iter().map(|m| words(&m.body)).collect::<Vec<_>>().join("\n")
    }

    /// Signs in on the bank's origin.
    pub async fn signs_in(&self) -> SignedIn {
        self.service.sign_in.open(self.id, &self.bank, None).await.unwrap().1
    }

    /// Follows a link of the chat as whoever is signed in.
    ///
    /// # Errors
    /// Why it does not open.
    pub async fn follows(
        &self,
        token: &Token,
        owner: &Owner,
    ) -> Result<(bankside_service::links::OpenLink, Destination), LinkError> {
        let open = self.service.links.look(token).await?;
        let to = self.service.links.destination(&open, owner)?;
        Ok((open, to))
    }

    /// Asks how to link the chat, follows the link, signs in, links.
    pub async fn link(&mut self) {
        let answers = self.says("hello").await;
        let token = offered(&answers).expect("a stranger is offered the link");
        let signed_in = self.signs_in().await;
        let (open, to) = self.follows(&token, &signed_in.owner).await.unwrap();
        assert_eq!(to, Destination::LinkChat);
        self.service.linker.link(open, &signed_in.owner).await.unwrap();
    }

    /// Allows the channel something, on the bank's page.
    pub async fn grant(&self, grant: Grant) -> Consent {
        let signed_in = self.signs_in().await;
        let accounts = match &grant.accounts {
            Some(accounts) => accounts.clone(),
            None => self.accounts().await.iter().map(|a| a.id).collect(),
        };
        let party = self.service.chats.channel(&self.channel).unwrap().clone();
        let purpose = Purpose::AccountInformation;
        let terms = Terms::new(party, purpose, grant.clusters, accounts).unwrap();
        let terms = terms.lasting(grant.lasts).unwrap();
        let notice = Notice { version: "1".to_owned(), language: Language::En };
        let mut random = [0; 10];
        self.service.entropy.fill(&mut random);
        let id = ConsentId::new(self.now(), random);
        let owner = &signed_in.owner;
        self.service.consents.request(owner, id, terms.clone(), notice).await.unwrap();
        let by = signed_in.auth_event();
        self.service.consents.authorise(owner, id, terms, by).await.unwrap()
    }

    /// Ends everything that she allowed, on the bank's page.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn stops_all(&self) -> Result<usize, CommitError<ChangeError>> {
        let owner = self.owner().await;
        self.service.consents.stop(&owner, None, "asked for on the page").await
    }

    /// Her accounts, as she sees them herself.
    pub async fn accounts(&self) -> Vec<Account> {
        let view = self.signs_in().await.own_view(self.now()).unwrap();
        self.service.core.accounts(&view).await.unwrap().for_owner(&view).unwrap()
    }

    /// Her stream and key.
    pub async fn owner(&self) -> Owner {
        self.signs_in().await.owner
    }

    /// Her whole log, newest first.
    pub async fn log(&self) -> Vec<Disclosure> {
        let owner = self.owner().await;
        let (mut all, mut before) = (Vec::new(), i64::MAX);
        loop {
            let page = self.service.log.page(&owner, before, 100).await.unwrap();
            let Some(last) = page.last() else { return all };
            before = last.seq;
            all.extend(page);
        }
    }

    /// The service that she deals with.
    pub fn service(&self) -> &Service {
        &self.service
    }

    fn now(&self) -> Timestamp {
        let clock: &dyn Clock = &*self.service.clock;
        clock.now()
    }
}

/// The secret of the first single-use link in these messages.
pub fn offered(messages: &[Message]) -> Option<Token> {
    messages.iter().flat_map(|m| &m.body.parts).find_map(|part| match part {
        Part::Link { link: LinkTarget::Offered { token, .. }, .. } => Token::parse(token.reveal()),
        _ => None,
    })
}

/// Every word that a message shows, whatever the channel.
pub fn words(body: &Outgoing) -> String {
    let mut words = vec![body.text.reveal().clone()];
    for part in &body.parts {
        match part {
            Part::Rows { title, rows } => {
                words.push(title.reveal().clone());
                for row in rows {
                    words.push(row.label.reveal().clone());
                    words.extend(row.hint.iter().map(|h| h.reveal().clone()));
                    words.push(row.value.reveal().clone());
                }
            }
            Part::Chart { title, bars } => {
                words.push(title.reveal().clone());
                for bar in bars {
                    words.push(format!("{} {}", bar.label.reveal(), bar.value.reveal()));
                }
            }
            Part::Removed { what } => words.push(format!("[{what} removed]")),
            Part::Link { label, .. } => words.push(format!("[{}]", label.reveal())),
        }
    }
    words.extend(body.choices.iter().map(|c| format!("({})", c.label.reveal())));
    words.join("\n")
}
