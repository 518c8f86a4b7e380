//! A copy of everything that pages here can show her: accounts, payments, cards, what repeats,
//! consents and log as JSON, and payments as a table (RFC 4180).
//!
//! INVARIANT: a cell never begins as a formula, for whoever opens the table in a spreadsheet.

use std::collections::BTreeMap;

use axum::response::Response;
use bankside_domain::Money;
use bankside_domain::transaction::Transaction;
use bankside_service::log::LogFilter;
use bankside_service::ports::Period;
use serde_json::{Value, json};

use crate::app::{PageError, Signed};
use crate::customer::log::file;

/// Payments that a copy holds at most.
const MAX_PAYMENTS: usize = 50_000;
/// Entries of the log that a copy holds at most.
const MAX_ENTRIES: usize = 20_000;
/// Entries read at once.
const READ: usize = 200;

/// Everything as JSON.
pub(in crate::customer) async fn json(signed: Signed) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    let service = signed.here.app.service();
    let (core, now) = (&service.core, service.clock.now());
    let view = signed.who.own_view(now).map_err(PageError::internal)?;
    let balances = core.balances(&view).await.map_err(PageError::internal)?;
    let cards = core.cards(&view).await.map_err(PageError::internal)?;
    let recurring = core.recurring(&view).await.map_err(PageError::internal)?;
    let payments = payments(&signed).await?;
    let connections = service.consents.connections(&signed.who.owner).await;
    let connections = connections.map_err(PageError::internal)?;
    let consents: Vec<_> = connections.into_iter().map(|c| c.consent).collect();
    let copy = json!({
        "format": "bankside/copy/v1",
        "made": now.to_string(),
        "customer": signed.customer,
        "accounts": balances.for_owner(&view).map_err(PageError::internal)?,
        "cards": cards.for_owner(&view).map_err(PageError::internal)?,
        "recurring": recurring.for_owner(&view).map_err(PageError::internal)?,
        "transactions": payments,
        "consents": consents,
        "log": entries(&signed).await?,
    });
    let bytes = serde_json::to_vec_pretty(&copy).map_err(PageError::internal)?;
    Ok(file("application/json", "bankside-data.json", bytes))
}

/// Payments as a table.
pub(in crate::customer) async fn csv(signed: Signed) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    let service = signed.here.app.service();
    let view = signed.who.own_view(service.clock.now()).map_err(PageError::internal)?;
    let raw = service.core.accounts(&view).await.map_err(PageError::internal)?;
    let accounts = raw.for_owner(&view).map_err(PageError::internal)?;
    let names: BTreeMap<_, _> =
        accounts.iter().map(|a| (a.id, a.nickname.reveal().as_str())).collect();
    let head =
        ["date", "account", "counterparty", "category", "status", "amount", "currency", "memo"];
    let mut text = line(&head.map(str::to_owned));
    for payment in payments(&signed).await? {
        let account = names.get(&payment.account).copied().unwrap_or_default();
        text.push_str(&line(&cells(&signed, &payment, account)));
    }
    Ok(file("text/csv; charset=utf-8", "transactions.csv", text.into_bytes()))
}

async fn payments(signed: &Signed) -> Result<Vec<Transaction>, PageError> {
    let service = signed.here.app.service();
    let now = service.clock.now();
    let view = signed.who.own_view(now).map_err(PageError::internal)?;
    let period =
        Period { from: bankside_domain::Timestamp::from_millis(0), to: now.plus_millis(1) };
    let raw = service.core.transactions(&view, period, MAX_PAYMENTS).await;
    raw.map_err(PageError::internal)?.for_owner(&view).map_err(PageError::internal)
}

/// Her log, newest first, with what was sent as text.
async fn entries(signed: &Signed) -> Result<Vec<Value>, PageError> {
    let log = &signed.here.app.service().log;
    let (mut entries, mut before) = (Vec::new(), i64::MAX);
    while entries.len() < MAX_ENTRIES {
        let page = log.search(&signed.who.owner, &LogFilter::default(), before, READ).await;
        let page = page.map_err(PageError::internal)?;
        entries.extend(page.entries.into_iter().map(|entry| {
            json!({
                "receipt": entry.receipt,
                "at": entry.at.to_string(),
                "record": entry.record,
                "sent": String::from_utf8_lossy(&entry.body),
            })
        }));
        match page.next {
            Some(next) => before = next,
            None => break,
        }
    }
    Ok(entries)
}

fn cells(signed: &Signed, payment: &Transaction, account: &str) -> [String; 8] {
    let status = serde_json::to_value(payment.status).ok();
    let status = status.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    let memo = payment.memo.as_ref().map(|m| m.reveal().clone()).unwrap_or_default();
    [
        payment.at.date_in(&signed.zone).to_string(),
        account.to_owned(),
        payment.counterparty.reveal().clone(),
        payment.category.code().to_owned(),
        status,
        plain(payment.amount),
        payment.amount.currency().code().to_owned(),
        memo,
    ]
}

/// An amount as machines read it: `-1234.50`.
fn plain(money: Money) -> String {
    let digits = usize::from(money.currency().minor_digits());
    let per_major = money.currency().minor_per_major().unsigned_abs();
    let whole = money.minor().unsigned_abs();
    let sign = if money.is_negative() { "-" } else { "" };
    if digits == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{}.{:0digits$}", whole / per_major, whole % per_major)
}

fn line(cells: &[String]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// RFC 4180, section 2; what a spreadsheet would take for a formula begins with an apostrophe.
fn quoted(cell: &str) -> String {
    let is_number = cell.parse::<i64>().is_ok() || is_amount(cell);
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell
}

fn is_amount(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.split_once('.').is_some_and(|(major, minor)| all(major) && all(minor))
}

#[cfg(test)]
mod tests {
    use bankside_domain::Currency;

    use super::*;

    #[test]
    fn a_cell_is_neither_torn_nor_a_formula() {
        #[track_caller]
        fn check(cell: &str, expect: &str) {
            assert_eq!(quoted(cell), expect);
        }
        check("Lidl", "Lidl");
        check("a,b", "\"a,b\"");
        check("say \"hi\"", "\"say \"\"hi\"\"\"");
        check("=1+1", "'=1+1");
        check("-5.20", "-5.20");
        check("-5.20+cmd", "'-5.20+cmd");
        check("@SUM(A1)", "'@SUM(A1)");
        check("+", "'+");
    }

    #[test]
    fn amounts_keep_their_minor_digits() {
        let money = |minor, currency| plain(Money::new(minor, currency).unwrap());
        assert_eq!(money(-5, Currency::EUR), "-0.05");
        assert_eq!(money(123_450, Currency::EUR), "1234.50");
        assert_eq!(money(-7, Currency::JPY), "-7");
        assert_eq!(money(1_005, Currency::KWD), "1.005");
    }
}
