//! Arguments of tools, read strictly: what is not known is refused, with words for the model.

use bankside_domain::id::AccountId;
use bankside_domain::transaction::Category;
use bankside_domain::{Currency, Date, Money};
use bankside_language::understand::{AccountRef, By, Direction, Filter, Order, Period};
use bankside_service::assistants::Question;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Longest name of a merchant to look for, in characters.
const MAX_MERCHANT: usize = 60;
/// Payments of one answer at most, and where nothing is said.
pub(super) const MAX_LIST: usize = 25;
const LIST: usize = 10;
/// Entries of the log where nothing is said.
const ENTRIES: usize = 20;

/// What is wrong with arguments, in words.
pub(super) type Wrong = String;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    account_id: Option<AccountId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    from: Option<Date>,
    to: Option<Date>,
    merchant: Option<String>,
    category: Option<Category>,
    min_amount: Option<String>,
    max_amount: Option<String>,
    currency: Option<Currency>,
    #[serde(default)]
    direction: Direction,
    account_id: Option<AccountId>,
    #[serde(default)]
    order: Order,
    limit: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Summed {
    from: Option<Date>,
    to: Option<Date>,
    #[serde(default)]
    by: Grouped,
    category: Option<Category>,
    account_id: Option<AccountId>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Grouped {
    #[default]
    Category,
    Month,
    Total,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    limit: Option<usize>,
}

/// The question of a tool of that name; none where there is no such tool.
pub(super) fn question(name: &str, given: &Map<String, Value>) -> Option<Result<Question, Wrong>> {
    Some(match name {
        "list_accounts" => read::<Nothing>(given).map(|_| Question::Accounts),
        "get_balances" => read::<One>(given).map(|one| Question::Balances(one.account_id)),
        "list_transactions" => read::<Listed>(given).and_then(listed),
        "spending_summary" => read::<Summed>(given).and_then(summed),
        "upcoming_payments" => read::<Nothing>(given).map(|_| Question::Upcoming),
        "what_was_shared" => {
            read::<Entries>(given).map(|e| Question::Shared(e.limit.unwrap_or(ENTRIES)))
        }
        _ => return None,
    })
}

fn read<T: DeserializeOwned>(given: &Map<String, Value>) -> Result<T, Wrong> {
    serde_json::from_value(Value::Object(given.clone())).map_err(|error| error.to_string())
}

fn listed(asked: Listed) -> Result<Question, Wrong> {
    let amount = |text: Option<String>| match (text, asked.currency) {
        (None, _) => Ok(None),
        (Some(_), None) => Err("min_amount and max_amount need a currency".to_owned()),
        (Some(text), Some(currency)) => Money::parse_decimal(&text, currency)
            .map(|money| Some(money.magnitude()))
            .map_err(|error| error.to_string()),
    };
    let merchant = asked.merchant.filter(|name| !name.trim().is_empty());
    if merchant.as_ref().is_some_and(|name| name.chars().count() > MAX_MERCHANT) {
        return Err(format!("merchant has at most {MAX_MERCHANT} characters"));
    }
    let filter = Filter {
        accounts: asked.account_id.map(AccountRef::One).into_iter().collect(),
        period: period(asked.from, asked.to)?,
        merchant: merchant.map(Into::into),
        category: asked.category,
        min: amount(asked.min_amount)?,
        max: amount(asked.max_amount)?,
        direction: asked.direction,
        by_card: false,
        limit: Some(asked.limit.unwrap_or(LIST).clamp(1, MAX_LIST)),
    };
    Ok(Question::Transactions(filter, asked.order))
}

fn summed(asked: Summed) -> Result<Question, Wrong> {
    let filter = Filter {
        accounts: asked.account_id.map(AccountRef::One).into_iter().collect(),
        period: period(asked.from, asked.to)?,
        category: asked.category,
        ..Filter::default()
    };
    let by = match asked.by {
        Grouped::Category => By::Category,
        Grouped::Month => By::Month,
        Grouped::Total => By::Total,
    };
    Ok(Question::Spending(filter, by))
}

/// Days, both named, the last one in.
fn period(from: Option<Date>, to: Option<Date>) -> Result<Option<Period>, Wrong> {
    let (from, to) = match (from, to) {
        (None, None) => return Ok(None),
        (Some(from), Some(to)) => (from, to),
        _ => return Err("give both from and to, or neither".to_owned()),
    };
    let after = to.tomorrow().map_err(|error| error.to_string())?;
    let period = Period::new(from, after);
    period.map(Some).ok_or_else(|| "to lies before from".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, given: &str, expect: bool) {
        let given: Map<String, Value> = serde_json::from_str(given).unwrap();
        let read = question(name, &given).unwrap();
        assert_eq!(read.is_ok(), expect, "{name} {given:?}: {read:?}");
    }

    #[test]
    fn arguments_are_read_strictly() {
        let id = "0198c0de-7abc-7000-8000-000000000001";
        check("list_accounts", "{}", true);
        check("list_accounts", r#"{"x":1}"#, false);
        check("get_balances", &format!(r#"{{"account_id":"{id}"}}"#), true);
        check("get_balances", r#"{"account_id":"everyday"}"#, false);
        let all = r#"{"from":"2026-01-01","to":"2026-01-31","merchant":"Rimi","category":"groceries",
            "min_amount":"5","max_amount":"10.50","currency":"EUR","direction":"out",
            "order":"largest","limit":5}"#;
        check("list_transactions", all, true);
        check("list_transactions", r#"{"from":"2026-01-01"}"#, false);
        check("list_transactions", r#"{"from":"2026-02-01","to":"2026-01-01"}"#, false);
        check("list_transactions", r#"{"from":"yesterday","to":"today"}"#, false);
        check("list_transactions", r#"{"min_amount":"5"}"#, false);
        check("list_transactions", r#"{"min_amount":"5.001","currency":"EUR"}"#, false);
        check("list_transactions", r#"{"limit":-1}"#, false);
        check("list_transactions", &format!(r#"{{"merchant":"{}"}}"#, "x".repeat(61)), false);
        check("spending_summary", r#"{"by":"month"}"#, true);
        check("spending_summary", r#"{"by":"merchant"}"#, false);
        assert!(question("pay", &Map::new()).is_none());
    }
}
