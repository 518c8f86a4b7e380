//! One question per page.

use bankside_web::ui::button::{Button, Kind, LinkButton, row};
use bankside_web::ui::form::{ErrorSummary, Field, Input, Select, hidden};
use bankside_web::ui::icon::Icon;
use bankside_web::ui::notice::{Banner, Tone};
use bankside_web::ui::page::{Title, Width, back, panel, phrase};
use bankside_web::ui::text;
use maud::{Markup, html};

use super::{Lang, bare, framed};

pub(crate) fn sign_in(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let main = html! {
        (Title {
            over: None,
            text: t("Sign in to Harbour Bank", "تسجيل الدخول إلى بنك المرفأ"),
            lead: Some(t("Use your fingerprint, your face or your security key. There is no password.", "استخدم بصمتك أو وجهك أو مفتاح الأمان. لا توجد كلمة مرور.")),
        })
        form.form method="post" action="/signin" data-passkey="get" data-begin="/signin/begin" data-finish="/signin/finish"
            data-cancelled=(t("Sign-in was cancelled. Try again.", "أُلغي تسجيل الدخول. حاول مجددًا."))
            data-unsupported=(t("This browser has no passkeys.", "هذا المتصفح لا يدعم مفاتيح المرور."))
            data-failed=(t("That did not work. Try again.", "لم ينجح ذلك. حاول مجددًا."))
        {
            (hidden("token", "sample"))
            p.error role="alert" data-passkey-error hidden {}
            (Button { label: t("Sign in with passkey", "الدخول بمفتاح المرور"), icon: Some(Icon::Fingerprint), ..Button::default() })
        }
        p.soft.small data-no-passkey hidden { (t("Passkeys need scripts.", "مفاتيح المرور تحتاج البرامج النصية.")) }
    };
    bare(lang, t("Sign in", "تسجيل الدخول"), main)
}

pub(crate) fn link(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let main = html! {
        (Title {
            over: Some(t("Link this chat", "اربط هذه المحادثة")),
            text: t("Does your chat show these words?", "هل تُظهر محادثتك هذه الكلمات؟"),
            lead: Some(t("They prove that the chat you are in is with your bank.", "تثبت أن المحادثة التي أنت فيها مع بنكك.")),
        })
        (panel(&phrase("amber · lantern · otter")))
        form.button-row method="post" action="/link" {
            (hidden("token", "sample"))
            (Button { label: t("Yes, link it", "نعم، اربطها"), sends: Some(("answer", "yes")), ..Button::default() })
            (Button { label: t("No, these are others", "لا، كلمات أخرى"), kind: Kind::Secondary, sends: Some(("answer", "no")), ..Button::default() })
        }
    };
    bare(lang, t("Link this chat", "اربط هذه المحادثة"), main)
}

pub(crate) fn wrong(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let too_much = t("Enter an amount up to €500", "أدخل مبلغًا حتى ٥٠٠ €");
    let main = html! {
        (back("home.html", t("Back", "رجوع")))
        (ErrorSummary { heading: t("There is a problem", "توجد مشكلة"), errors: &[("amount", too_much)] })
        (Title { over: None, text: t("Change your daily limit", "غيّر حدّك اليومي"), lead: None })
        form.form method="post" action="/limit" novalidate {
            (hidden("token", "sample"))
            (Field { name: "amount", label: t("Amount in euro", "المبلغ باليورو"), hint: Some(t("Between €0 and €500", "بين ٠ و٥٠٠ €")), error: Some(too_much), value: "5000", input: Input::Amount, required: true, ..Field::default() })
            (Select { name: "card", label: t("Card", "البطاقة"), options: &[("a", &text::isolated("•••• 4021")), ("b", &text::isolated("•••• 7760"))], chosen: "b" })
            (Field { name: "note", label: t("Reason", "السبب"), hint: Some(t("Only you see this", "أنت فقط ترى هذا")), lines: Some(3), ..Field::default() })
            (row(&html! {
                (Button { label: t("Continue", "متابعة"), ..Button::default() })
                (LinkButton { href: "home.html", label: t("Cancel", "إلغاء"), kind: Kind::Quiet, icon: None })
            }))
        }
        (Banner { tone: Tone::Danger, title: t("Never type a card number here", "لا تكتب رقم بطاقة هنا"), body: Some(html! { (t("We will not ask for it.", "لن نطلبه منك.")) }) })
    };
    framed(
        lang,
        t("Error: change your daily limit", "خطأ: غيّر حدّك اليومي"),
        "home.html",
        Width::Narrow,
        main,
    )
}
