//! The names of the domain's closed sets. Each match is exhaustive: a new value must be named.

use bankside_domain::account::{AccountKind, CardState};
use bankside_domain::consent::State;
use bankside_domain::disclosure::{Cluster, FieldClass, Level};
use bankside_domain::party::Ceiling;
use bankside_domain::transaction::{Category, Rhythm};
use bankside_domain::{Purpose, Refusal};

use super::Msg;

/// "your balances": fits after "may see".
pub const fn cluster(cluster: Cluster) -> Msg<'static> {
    match cluster {
        Cluster::Accounts => Msg::ClusterAccounts,
        Cluster::Balances => Msg::ClusterBalances,
        Cluster::Transactions => Msg::ClusterTransactions,
        Cluster::Recurring => Msg::ClusterRecurring,
        Cluster::AccountNumbers => Msg::ClusterAccountNumbers,
        Cluster::Cards => Msg::ClusterCards,
    }
}

/// How much is shown, in a word.
pub const fn level(level: Level) -> Msg<'static> {
    match level {
        Level::Answer => Msg::LevelAnswer,
        Level::Summary => Msg::LevelSummary,
        Level::Masked => Msg::LevelMasked,
        Level::Detail => Msg::LevelDetail,
    }
}

/// How much is shown, in a sentence.
pub const fn level_hint(level: Level) -> Msg<'static> {
    match level {
        Level::Answer => Msg::LevelAnswerHint,
        Level::Summary => Msg::LevelSummaryHint,
        Level::Masked => Msg::LevelMaskedHint,
        Level::Detail => Msg::LevelDetailHint,
    }
}

/// "showing you your accounts": fits after "for".
pub const fn purpose(purpose: Purpose) -> Msg<'static> {
    match purpose {
        Purpose::AccountInformation => Msg::PurposeAccountInformation,
        Purpose::FraudAlerts => Msg::PurposeFraudAlerts,
        Purpose::Support => Msg::PurposeSupport,
        Purpose::AccountManagement => Msg::PurposeAccountManagement,
        Purpose::Payments => Msg::PurposePayments,
        Purpose::Orders => Msg::PurposeOrders,
        Purpose::Offers => Msg::PurposeOffers,
    }
}

/// Why, in one sentence.
pub const fn purpose_why(purpose: Purpose) -> Msg<'static> {
    match purpose {
        Purpose::AccountInformation => Msg::PurposeAccountInformationWhy,
        Purpose::FraudAlerts => Msg::PurposeFraudAlertsWhy,
        Purpose::Support => Msg::PurposeSupportWhy,
        Purpose::AccountManagement => Msg::PurposeAccountManagementWhy,
        Purpose::Payments => Msg::PurposePaymentsWhy,
        Purpose::Orders => Msg::PurposeOrdersWhy,
        Purpose::Offers => Msg::PurposeOffersWhy,
    }
}

/// Category of a payment.
pub const fn category(category: Category) -> Msg<'static> {
    match category {
        Category::Salary => Msg::CategorySalary,
        Category::Income => Msg::CategoryIncome,
        Category::Housing => Msg::CategoryHousing,
        Category::Utilities => Msg::CategoryUtilities,
        Category::Groceries => Msg::CategoryGroceries,
        Category::EatingOut => Msg::CategoryEatingOut,
        Category::Transport => Msg::CategoryTransport,
        Category::Travel => Msg::CategoryTravel,
        Category::Shopping => Msg::CategoryShopping,
        Category::Subscriptions => Msg::CategorySubscriptions,
        Category::Health => Msg::CategoryHealth,
        Category::Leisure => Msg::CategoryLeisure,
        Category::Education => Msg::CategoryEducation,
        Category::Insurance => Msg::CategoryInsurance,
        Category::Cash => Msg::CategoryCash,
        Category::Transfer => Msg::CategoryTransfer,
        Category::Fees => Msg::CategoryFees,
        Category::Refund => Msg::CategoryRefund,
        Category::Other => Msg::CategoryOther,
    }
}

/// Kind of account.
pub const fn account_kind(kind: AccountKind) -> Msg<'static> {
    match kind {
        AccountKind::Checking => Msg::AccountChecking,
        AccountKind::Savings => Msg::AccountSavings,
        AccountKind::CreditCard => Msg::AccountCreditCard,
    }
}

/// Whether a card works.
pub const fn card_state(state: CardState) -> Msg<'static> {
    match state {
        CardState::Active => Msg::CardActive,
        CardState::Frozen => Msg::CardFrozen,
        CardState::Closed => Msg::CardClosed,
    }
}

/// How often something comes again.
pub const fn rhythm(rhythm: Rhythm) -> Msg<'static> {
    match rhythm {
        Rhythm::Weekly => Msg::RhythmWeekly,
        Rhythm::Fortnightly => Msg::RhythmFortnightly,
        Rhythm::Monthly => Msg::RhythmMonthly,
        Rhythm::Quarterly => Msg::RhythmQuarterly,
        Rhythm::Yearly => Msg::RhythmYearly,
    }
}

/// A class of field: "the balance" fits after "saw:".
pub const fn field(class: FieldClass) -> Msg<'static> {
    match class {
        FieldClass::Answer => Msg::FieldAnswer,
        FieldClass::AccountName => Msg::FieldAccountName,
        FieldClass::AccountTail => Msg::FieldAccountTail,
        FieldClass::AccountNumber => Msg::FieldAccountNumber,
        FieldClass::BalanceRounded => Msg::FieldBalanceRounded,
        FieldClass::BalanceAmount => Msg::FieldBalanceAmount,
        FieldClass::BalanceAvailable => Msg::FieldBalanceAvailable,
        FieldClass::TransactionSum => Msg::FieldTransactionSum,
        FieldClass::TransactionAmount => Msg::FieldTransactionAmount,
        FieldClass::TransactionCategory => Msg::FieldTransactionCategory,
        FieldClass::TransactionMerchant => Msg::FieldTransactionMerchant,
        FieldClass::TransactionMemo => Msg::FieldTransactionMemo,
        FieldClass::RecurringAmount => Msg::FieldRecurringAmount,
        FieldClass::RecurringCounterparty => Msg::FieldRecurringCounterparty,
        FieldClass::CardState => Msg::FieldCardState,
    }
}

/// Where a consent stands.
pub const fn consent_state(state: &State) -> Msg<'static> {
    match state {
        State::AwaitingAuthorisation { .. } => Msg::StateAwaiting,
        State::Authorised { paused: None, .. } => Msg::StateAuthorised,
        State::Authorised { paused: Some(_), .. } => Msg::StatePaused,
        State::Rejected { .. } => Msg::StateRejected,
        State::Revoked { .. } => Msg::StateRevoked,
        State::Expired { .. } => Msg::StateExpired,
        State::Consumed { .. } => Msg::StateConsumed,
    }
}

/// What a channel's operator can read.
pub const fn ceiling(ceiling: Ceiling) -> Msg<'static> {
    match ceiling {
        Ceiling::BankOwned => Msg::CeilingBankOwned,
        Ceiling::EndToEndEncrypted => Msg::CeilingEndToEnd,
        Ceiling::Spoken => Msg::CeilingSpoken,
        Ceiling::PlatformReadable => Msg::CeilingPlatform,
        Ceiling::Assistant => Msg::CeilingAssistant,
    }
}

/// Why there was no permit.
pub const fn refusal(refusal: Refusal) -> Msg<'static> {
    match refusal {
        Refusal::NotYetGiven => Msg::RefusalNotYetGiven,
        Refusal::Rejected => Msg::RefusalRejected,
        Refusal::Revoked => Msg::RefusalRevoked,
        Refusal::Expired => Msg::RefusalExpired,
        Refusal::Consumed => Msg::RefusalConsumed,
        Refusal::Paused => Msg::RefusalPaused,
        Refusal::OtherParty => Msg::RefusalOtherParty,
        Refusal::OtherPurpose => Msg::RefusalOtherPurpose,
        Refusal::OutOfScope => Msg::RefusalOutOfScope,
        Refusal::OtherAccount => Msg::RefusalOtherAccount,
        Refusal::CustomerAbsent => Msg::RefusalCustomerAbsent,
        Refusal::TooLongAgo => Msg::RefusalTooLongAgo,
    }
}
