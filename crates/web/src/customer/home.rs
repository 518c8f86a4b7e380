//! Home: her accounts and latest payments, for her own eyes; who may see something of them, and
//! who did.

use bankside_domain::account::{AccountBalance, AccountKind};
use bankside_domain::transaction::{Category, Status, Transaction};
use bankside_language::Msg;
use bankside_language::catalogue::{account_kind, category};
use bankside_service::log::{Disclosure, LogFilter};
use bankside_service::ports::Period;
use maud::{Markup, html};

use super::log::days;
use crate::app::{PageError, Signed};
use crate::ui::account::Account;
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::icon::Icon;
use crate::ui::list::{Row, rows};
use crate::ui::page::{Title, Width, section};
use crate::ui::text;

/// Payments shown.
const PAYMENTS: usize = 5;
/// How far back they are looked for, in days.
const PAYMENT_DAYS: i64 = 60;
/// Entries of the log shown.
const ENTRIES: usize = 3;

/// What the page shows.
struct Home {
    balances: Vec<AccountBalance>,
    payments: Vec<Transaction>,
    live: usize,
    lately: Vec<Disclosure>,
}

pub(super) async fn page(signed: Signed) -> Result<Markup, PageError> {
    let service = signed.here.app.service();
    let now = service.clock.now();
    let view = signed.who.own_view(now).map_err(PageError::internal)?;
    let period = Period { from: now.plus_days(-PAYMENT_DAYS), to: now.plus_millis(1) };
    let balances = service.core.balances(&view).await.map_err(PageError::internal)?;
    let payments = service.core.transactions(&view, period, PAYMENTS).await;
    let payments = payments.map_err(PageError::internal)?;
    let connections = service.consents.connections(&signed.who.owner).await;
    let connections = connections.map_err(PageError::internal)?;
    let all = LogFilter::default();
    let lately = service.log.search(&signed.who.owner, &all, i64::MAX, ENTRIES).await;
    let home = Home {
        balances: balances.for_owner(&view).map_err(PageError::internal)?,
        payments: payments.for_owner(&view).map_err(PageError::internal)?,
        live: connections.iter().filter(|c| c.consent.is_live(now)).count(),
        lately: lately.map_err(PageError::internal)?.entries,
    };
    Ok(show(&signed, &home))
}

fn show(signed: &Signed, home: &Home) -> Markup {
    let name = signed.customer.given_name.reveal().as_str();
    let title = signed.text(Msg::PageHomeTitle { name });
    let main = html! {
        (Title { over: None, text: &title, lead: None })
        (accounts(signed, &home.balances))
        (ways(signed, home.live))
        div.columns {
            (section(&signed.text(Msg::ChoicePayments), &payments(signed, &home.payments)))
            (section(&signed.text(Msg::NavLog), &lately(signed, &home.lately)))
        }
        (leave(signed))
    };
    signed.frame("/").width(Width::Wide).page(&title, main)
}

fn accounts(signed: &Signed, balances: &[AccountBalance]) -> Markup {
    let formats = signed.formats();
    html! {
        div.grid {
            @for AccountBalance { account, balance } in balances {
                (Account {
                    name: account.nickname.reveal(),
                    masked: &format!("••{}", account.number.tail(2)),
                    kind: &signed.text(account_kind(account.kind)),
                    balance: &formats.money(balance.booked),
                    as_of: &signed.text(Msg::ChatBalanceAvailable {
                        amount: &formats.money(balance.available),
                    }),
                    icon: icon(account.kind),
                    href: None,
                })
            }
        }
    }
}

/// To the chat, to who may look, to the words that prove the bank.
fn ways(signed: &Signed, live: usize) -> Markup {
    let (chat, connections) = (signed.here.at("/chat/web"), signed.here.at("/connections"));
    let check = signed.here.at("/is-this-my-bank");
    let bank = signed.here.bank.name.as_str();
    let sees = match live {
        0 => Msg::PageConnectionsNone,
        count => Msg::PageHomeSees { count },
    };
    let words = [
        signed.text(Msg::PageChatTitle { bank }),
        signed.text(sees),
        signed.text(Msg::PageBankTitle),
    ];
    let [talk, sees, this_bank] = words.each_ref().map(String::as_str);
    let way =
        |href, icon, title| Row { href: Some(href), icon: Some(icon), title, ..Row::default() };
    rows(&[
        way(&chat, Icon::MessageCircle, talk),
        way(&connections, if live == 0 { Icon::ShieldCheck } else { Icon::KeyRound }, sees),
        way(&check, Icon::BadgeCheck, this_bank),
    ])
}

fn payments(signed: &Signed, payments: &[Transaction]) -> Markup {
    let formats = signed.formats();
    let words: Vec<_> = payments
        .iter()
        .map(|payment| {
            let day = formats.day(payment.at.date_in(&signed.zone));
            let kind = signed.text(category(payment.category));
            let pending = (payment.status == Status::Pending)
                .then(|| format!(" · {}", signed.text(Msg::ChatTransactionsPending)));
            let line = format!("{kind} · {day}{}", pending.unwrap_or_default());
            (payment, line, formats.money_signed(payment.amount))
        })
        .collect();
    let list: Vec<_> = words
        .iter()
        .map(|(payment, line, amount)| Row {
            icon: Some(sign(payment.category)),
            title: payment.counterparty.reveal(),
            text: line,
            aside: Some(text::amount(amount)),
            ..Row::default()
        })
        .collect();
    rows(&list)
}

fn lately(signed: &Signed, entries: &[Disclosure]) -> Markup {
    let (href, label) = (signed.here.at("/log"), signed.text(Msg::PageHomeAll));
    html! {
        @if entries.is_empty() { p.soft { (signed.text(Msg::LogNone)) } }
        (days(signed, entries))
        div { (LinkButton { href: &href, label: &label, kind: Kind::Quiet, icon: Some(Icon::Eye) }) }
    }
}

fn leave(signed: &Signed) -> Markup {
    let words = |msg: Msg<'_>| signed.text(msg);
    html! {
        form.button-row method="post" action=(signed.here.at("/sign-out")) {
            (LinkButton { href: &signed.here.at("/passkeys"), label: &words(Msg::NavPasskeys), kind: Kind::Secondary, icon: Some(Icon::Fingerprint) })
            (LinkButton { href: &signed.here.at("/stop-all"), label: &words(Msg::NavStopAll), kind: Kind::Secondary, icon: Some(Icon::Hand) })
            (Button { label: &words(Msg::NavSignOut), kind: Kind::Quiet, icon: Some(Icon::LogOut), sends: None })
        }
    }
}

fn icon(kind: AccountKind) -> Icon {
    match kind {
        AccountKind::Checking => Icon::Wallet,
        AccountKind::Savings => Icon::TrendingUp,
        AccountKind::CreditCard => Icon::CreditCard,
    }
}

const fn sign(category: Category) -> Icon {
    match category {
        Category::Salary | Category::Income | Category::Cash | Category::Fees => Icon::Banknote,
        Category::Housing | Category::Utilities => Icon::House,
        Category::Groceries | Category::Shopping => Icon::ShoppingCart,
        Category::EatingOut => Icon::Utensils,
        Category::Transport => Icon::TrainFront,
        Category::Travel => Icon::Plane,
        Category::Subscriptions | Category::Transfer | Category::Refund => Icon::Repeat,
        Category::Health
        | Category::Leisure
        | Category::Education
        | Category::Insurance
        | Category::Other => Icon::ReceiptText,
    }
}
