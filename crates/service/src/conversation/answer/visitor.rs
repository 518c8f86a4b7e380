//! Answers to somebody who is not linked yet: nothing of any customer, only how to link.

use bankside_domain::Currency;
use bankside_domain::conversation::{Outgoing, Part};
use bankside_domain::customer::Language;
use bankside_language::{Catalogue, Context, Meant, Msg, Task, understand};
use bankside_store::{conversations, links};
use futures_util::future::BoxFuture;

use super::{Turn, choice, mark_answered};
use crate::commit::CommitError;
use crate::conversation::announce::Pen;
use crate::conversation::reached::LINK_CODE;
use crate::conversation::stored;
use crate::conversation::turn::TurnError;
use crate::links::{Destination, Offer};

impl Turn<'_> {
    /// Says the language in which the chat goes on.
    pub(super) async fn answer_visitor(&self) -> Result<Language, TurnError> {
        let catalogue = Catalogue::of(self.chat.language);
        if self.removed() == Some(LINK_CODE) {
            let words = self.code_words(catalogue).await?;
            return self.say_to_visitor(words, self.chat.language, None).await;
        }
        if let Some(what) = self.removed() {
            let words = Outgoing::text(self.secret_words(catalogue, what));
            return self.say_to_visitor(words, self.chat.language, None).await;
        }
        let today = self.all.clock.now().date_in(&bankside_domain::time::TimeZone::UTC);
        let understood = understand(
            self.said.text.reveal(),
            &Context {
                language: self.chat.language,
                today,
                region: &self.bank.country,
                currency: Currency::EUR,
                accounts: &[],
                merchants: &[],
                last: None,
            },
        );
        let language = understood.language;
        let catalogue = Catalogue::of(language);
        let task = match understood.meant {
            Meant::Clear(tasks) => tasks.into_iter().next(),
            _ => None,
        };
        let bank = self.bank.name.as_str();
        let phone = self.bank.support_phone.as_str();
        let words = match task {
            Some(Task::Greeting) => catalogue.text(Msg::ChatGreetingStranger { bank }),
            Some(Task::WhoSees) => self.who_sees(catalogue),
            Some(Task::IsThisMyBank) => catalogue.text(Msg::ChatIsThisMyBankStranger),
            Some(Task::Human) => catalogue.text(Msg::ChatHumanQueued { bank, phone }),
            Some(Task::Language { to: Some(to) }) => {
                let words = Catalogue::of(to).text(Msg::ChatLanguageSwitched);
                return self.say_to_visitor(Outgoing::text(words), to, None).await;
            }
            _ => catalogue.text(Msg::ChatNotLinked { bank }),
        };
        if self.shows_no_links() {
            let ask = catalogue.text(Msg::ChatCodeAsk { bank });
            let words = Outgoing::text(format!("{words} {ask}"));
            return self.say_to_visitor(words, language, None).await;
        }
        let offer = self.all.links.offer(
            self.chat.bank.as_str(),
            self.chat.id,
            None,
            &Destination::LinkChat,
        );
        let offer = offer.map_err(|e| TurnError::Failed(e.to_string()))?;
        let phrase = self.phrase().await?;
        let compare = catalogue.text(Msg::ChatLinkWords { phrase: &phrase });
        let words = format!("{words}\n{compare}");
        let label = catalogue.text(Msg::ChatLinkLabel).into();
        let words = Outgoing::text(words)
            .with_part(Part::Link { label, link: offer.target() })
            .with_choices(vec![
                choice(&catalogue.text(Msg::ChoiceHelp)),
                choice(&catalogue.text(Msg::ChoicePerson)),
            ]);
        self.say_to_visitor(words, language, Some(offer)).await
    }

    /// What came of the code that was said here.
    async fn code_words(&self, catalogue: Catalogue) -> Result<Outgoing, TurnError> {
        let bank = self.bank.name.as_str();
        let mut look = self.all.store.look().await?;
        let is_said = links::is_code_said(&mut look, self.chat.id, self.all.clock.now()).await?;
        drop(look);
        if !is_said {
            return Ok(Outgoing::text(catalogue.text(Msg::ChatCodeWrong { bank })));
        }
        let phrase = self.phrase().await?;
        Ok(Outgoing::text(catalogue.text(Msg::ChatCodeSaid { bank, phrase: &phrase })))
    }

    /// The chat's words.
    async fn phrase(&self) -> Result<String, TurnError> {
        let key = self.all.visitor_key(self.chat.id).await?;
        let sealed = self.chat.phrase_ct.as_deref().unwrap_or_default();
        let opened = key.open(&stored::phrase_place(self.chat.id), sealed).unwrap_or_default();
        Ok(String::from_utf8(opened).unwrap_or_default())
    }

    /// Writes words to a chat that is nobody's: no stream, so no receipt. It goes on in `language`.
    pub(super) async fn say_to_visitor(
        &self,
        words: Outgoing,
        language: Language,
        offer: Option<Offer>,
    ) -> Result<Language, TurnError> {
        let key = self.all.visitor_key(self.chat.id).await?;
        let (all, chat, inbox) = (self.all.clone(), self.chat.id, self.row.id);
        let wrote = self
            .all
            .committer
            .commit(move |unit| -> BoxFuture<'_, Result<bool, TurnError>> {
                Box::pin(async move {
                    // Linked meanwhile: the words must be sealed under her key instead.
                    let now = conversations::by_id(unit.tx, chat).await?;
                    if now.ok_or(TurnError::Done)?.customer.is_some() {
                        return Err(TurnError::Changed);
                    }
                    if !mark_answered(unit.tx, inbox).await? {
                        return Ok(false);
                    }
                    let pen = Pen { now: all.clock.now(), entropy: &*all.entropy };
                    pen.append(unit.tx, &key, chat, &words, None).await?;
                    if let Some(offer) = offer {
                        offer.store(unit).await?;
                    }
                    conversations::remember(unit.tx, chat, language, None).await?;
                    Ok(true)
                })
            })
            .await;
        match wrote {
            Ok(true) => Ok(language),
            Ok(false) => Err(TurnError::Done),
            Err(CommitError::Refused(error)) => Err(error),
            Err(other) => Err(TurnError::Failed(other.to_string())),
        }
    }
}
