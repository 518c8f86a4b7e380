//! The sandbox as operators reach it: who is there, and what may be brought about.

use async_trait::async_trait;
use bankside_domain::id::TransactionId;
use bankside_service::ports::{
    CoreError, Happening, Invented, InventedAccount, SandboxError, SandboxEvents,
};

use super::people::Roster;
use super::{InjectError, Injection, Sandbox, damaged, malformed};

#[async_trait]
impl SandboxEvents for Sandbox {
    async fn people(&self) -> Result<Vec<Invented>, CoreError> {
        self.with(|world| {
            let since = world.since;
            let mut people = Vec::new();
            for index in 0..Roster::featured() {
                let customer = world.ids.customer(index);
                let Some(book) = world.book(index).map_err(damaged)? else { continue };
                let mut accounts = Vec::new();
                for slot in &book.slots {
                    let account = book.account(slot).map_err(malformed)?;
                    accounts.push(InventedAccount {
                        id: account.id,
                        name: account.nickname.reveal().clone(),
                        currency: account.currency,
                        card: book.card(slot, since).map(|card| card.id),
                    });
                }
                let person = &book.person;
                let bank = person.house.id().map_err(malformed)?;
                people.push(Invented { customer, bank, name: person.given.to_owned(), accounts });
            }
            Ok(people)
        })
    }

    async fn bring_about(
        &self,
        key: &str,
        happening: &Happening,
    ) -> Result<TransactionId, SandboxError> {
        self.inject(key, &injection(happening)).map_err(|error| match error {
            InjectError::NotKept(_) | InjectError::Books(_) => {
                SandboxError::Failed(error.to_string())
            }
            refused => SandboxError::Refused(refused.to_string()),
        })
    }
}

fn injection(happening: &Happening) -> Injection {
    match happening.clone() {
        Happening::Purchase { card, merchant, amount, category } => {
            Injection::Purchase { card, merchant, amount, category, place: None }
        }
        Happening::Salary { account, employer, amount } => {
            Injection::Salary { account, employer, amount }
        }
        Happening::Refund { card, merchant, amount } => {
            Injection::Refund { card, merchant, amount }
        }
    }
}
