//! Money to move: how much, to whom, between which accounts. Nothing here is guessed; what was not
//! said stays `None`, and an amount with two readings keeps both.

use bankside_domain::Personal;

use super::{account_of, joined, said};
use crate::understand::lexicon::Tag;
use crate::understand::place::{Place, Slot};
use crate::understand::task::{AccountRef, PayKind, Task};

/// A payment of the kind that the intent names.
pub(super) fn task(kind: &str, places: &[Place]) -> Option<Task> {
    let (from, to) = accounts(places);
    let kind = match kind {
        "request" => PayKind::Request,
        "own" => PayKind::Own,
        "send" if to.is_some() && payee(places).is_none() => PayKind::Own,
        "send" => PayKind::Send,
        _ => return None,
    };
    let (from, to) = match (kind, from, to) {
        (PayKind::Own, Some(only), None) if !places.iter().any(|p| p.has(Tag::From)) => {
            (None, Some(only))
        }
        (_, from, to) => (from, to),
    };
    let payee = if kind == PayKind::Own { None } else { payee(places).map(Personal::new) };
    Some(Task::Payment { kind, amount: said(places), payee, from, to })
}

/// Which of her accounts money leaves, and which it reaches.
pub(in crate::understand) fn accounts(
    places: &[Place],
) -> (Option<AccountRef>, Option<AccountRef>) {
    let (mut from, mut to) = (None, None);
    for (at, place) in places.iter().enumerate() {
        let Some(account) = account_of(place) else { continue };
        let joint = |p: &&Place| p.has(Tag::To) || p.has(Tag::From) || !p.has(Tag::Filler);
        let into = places.iter().take(at).rev().find(joint).is_some_and(|p| p.has(Tag::To));
        if into && to.is_none() {
            to = Some(account.clone());
        } else if from.is_none() {
            from = Some(account.clone());
        }
    }
    (from, to)
}

/// A counterparty of hers, or the unknown words after "to" or "from"; else any unknown words.
pub(in crate::understand) fn payee(places: &[Place]) -> Option<String> {
    let own = places.iter().find_map(|p| {
        if let Some(Slot::Merchant(name)) = &p.slot { Some(name.clone()) } else { None }
    });
    if own.is_some() {
        return own;
    }
    let start = places.iter().position(|p| p.unknown)?;
    let name = joined(places.iter().skip(start).take_while(|p| p.unknown));
    (!name.is_empty()).then_some(name)
}
