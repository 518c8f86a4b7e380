//! What stands on a statement in the customer's own language.

use bankside_domain::customer::Language;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $en:literal, $es:literal, $pt:literal, $pl:literal, $lv:literal, $ar:literal;)+) => {$(
        $(#[$doc])*
        pub(super) const fn $name(language: Language) -> &'static str {
            match language {
                Language::En => $en,
                Language::Es => $es,
                Language::Pt => $pt,
                Language::Pl => $pl,
                Language::Lv => $lv,
                Language::Ar => $ar,
            }
        }
    )+};
}

words! {
    wages: "Salary", "Nómina", "Salário", "Wynagrodzenie", "Darba alga", "راتب";
    rent: "Rent", "Alquiler", "Aluguel", "Czynsz", "Īre", "إيجار";
    mortgage: "Mortgage", "Hipoteca", "Crédito habitação", "Kredyt hipoteczny", "Hipotekārais kredīts", "رهن عقاري";
    to_savings: "To savings", "A ahorros", "Para poupança", "Na oszczędności", "Uz krājkontu", "إلى الادخار";
    set_aside: "Set aside", "Apartado", "Reserva", "Odłożone", "Atlikts krājumam", "مبلغ مدّخر";
    from_savings: "From savings", "De ahorros", "Da poupança", "Z oszczędności", "No krājkonta", "من الادخار";
    card_bill: "Credit card payment", "Pago de la tarjeta", "Pagamento do cartão", "Spłata karty", "Kartes apmaksa", "سداد البطاقة";
    interest: "Interest", "Intereses", "Juros", "Odsetki", "Procenti", "أرباح";
    fee: "Account fee", "Comisión de cuenta", "Tarifa da conta", "Opłata za konto", "Konta maksa", "رسوم الحساب";
    exchange: "Currency exchange", "Cambio de divisa", "Câmbio", "Wymiana walut", "Valūtas maiņa", "صرف عملات";
    opening: "Opening balance", "Saldo inicial", "Saldo inicial", "Saldo początkowe", "Sākuma atlikums", "رصيد افتتاحي";
    /// Nickname of the everyday account.
    everyday: "Everyday", "Cuenta diaria", "Conta do dia a dia", "Konto codzienne", "Ikdienas konts", "الحساب اليومي";
    /// Nickname of the savings account.
    savings: "Savings", "Ahorros", "Poupança", "Oszczędności", "Krājkonts", "حساب الادخار";
    /// Nickname of the credit card account.
    credit_card: "Credit card", "Tarjeta de crédito", "Cartão de crédito", "Karta kredytowa", "Kredītkarte", "بطاقة الائتمان";
    /// Nickname of the account in another currency.
    pocket: "Travel money", "Divisas", "Divisas", "Konto walutowe", "Valūtas konts", "حساب العملات";
    /// Memo of a shared bill.
    shared: "Dinner, thanks!", "La cena, ¡gracias!", "O jantar, obrigado!", "Za kolację, dzięki!", "Par vakariņām, paldies!", "العشاء، شكرا";
}
