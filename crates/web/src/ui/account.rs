//! Accounts and cards.

use maud::{Markup, Render, html};

use super::icon::{Icon, Mark};
use super::text;

/// An account with its balance.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The customer's name for it.
    pub name: &'a str,
    /// Masked number, such as `••34`.
    pub masked: &'a str,
    /// Kind, in words.
    pub kind: &'a str,
    /// The balance, formatted.
    pub balance: &'a str,
    /// What the balance is and when: "Available, 12:41".
    pub as_of: &'a str,
    /// Its sign.
    pub icon: Icon,
    /// Where its detail is.
    pub href: Option<&'a str>,
}

impl Render for Account<'_> {
    fn render(&self) -> Markup {
        html! {
            article.account {
                div.account-head {
                    span.account-icon { (self.icon) }
                    div {
                        h2.account-name {
                            @if let Some(href) = self.href {
                                a href=(href) { (text::name(self.name)) }
                            } @else { (text::name(self.name)) }
                        }
                        p.account-kind { (self.kind) " " (text::ident(self.masked)) }
                    }
                }
                p.account-balance { (text::amount(self.balance)) }
                p.account-as-of { (self.as_of) }
            }
        }
    }
}

/// A payment card, drawn. Only the last four digits exist here.
#[derive(Clone, Copy, Debug)]
pub struct PaymentCard<'a> {
    /// The bank.
    pub bank: &'a str,
    /// Its mark.
    pub mark: Mark,
    /// Holder's name.
    pub holder: &'a str,
    /// `•••• 4021`.
    pub masked: &'a str,
    /// `09/29`.
    pub expires: &'a str,
    /// Words for it all.
    pub description: &'a str,
    /// Whether it is frozen.
    pub frozen: Option<&'a str>,
}

impl Render for PaymentCard<'_> {
    fn render(&self) -> Markup {
        html! {
            div.plastic.plastic-frozen[self.frozen.is_some()] role="img"
                aria-label=(self.description)
            {
                div.plastic-top {
                    span.plastic-bank { (self.mark) bdi { (self.bank) } }
                    @if let Some(frozen) = self.frozen { span.plastic-state { (Icon::Lock) (frozen) } }
                }
                span.plastic-chip {}
                div.plastic-bottom {
                    bdi.plastic-number dir="ltr" { (self.masked) }
                    div.plastic-line { bdi { (self.holder) } bdi.num dir="ltr" { (self.expires) } }
                }
            }
        }
    }
}
