//! Rate limits by address, chat and customer. Over the limit, nothing is done and the answer says
//! how long to wait.

use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU32;

use bankside_domain::id::{ConversationId, CustomerId, StaffId};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::PageError;

/// Keys after which a limiter is swept of those that are idle.
const SWEEP_AT: usize = 10_000;

/// Buckets, each refilled by the minute.
pub struct Limits {
    messages: DefaultKeyedRateLimiter<ConversationId>,
    acts: DefaultKeyedRateLimiter<CustomerId>,
    staff: DefaultKeyedRateLimiter<StaffId>,
    chats: DefaultKeyedRateLimiter<IpAddr>,
    attempts: DefaultKeyedRateLimiter<IpAddr>,
    registrations: DefaultKeyedRateLimiter<IpAddr>,
    tokens: DefaultKeyedRateLimiter<IpAddr>,
    calls: DefaultKeyedRateLimiter<(CustomerId, String)>,
    asked: DefaultKeyedRateLimiter<CustomerId>,
    reads: DefaultKeyedRateLimiter<ConversationId>,
}

impl Default for Limits {
    /// Thirty messages a minute in a chat, sixty acts of a customer or an operator, twenty new chats and thirty
    /// sign-in or link attempts from one address; of assistants ten registrations and 120 requests
    /// for tokens from one address, and sixty calls of one for a customer, 120 of all of hers. A page
    /// that asks what is new in a chat may ask three hundred times.
    fn default() -> Self {
        Self {
            messages: RateLimiter::keyed(per_minute(30)),
            acts: RateLimiter::keyed(per_minute(60)),
            staff: RateLimiter::keyed(per_minute(60)),
            chats: RateLimiter::keyed(per_minute(20)),
            attempts: RateLimiter::keyed(per_minute(30)),
            registrations: RateLimiter::keyed(per_minute(10)),
            tokens: RateLimiter::keyed(per_minute(120)),
            calls: RateLimiter::keyed(per_minute(60)),
            asked: RateLimiter::keyed(per_minute(120)),
            reads: RateLimiter::keyed(per_minute(300)),
        }
    }
}

fn per_minute(count: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN))
}

impl Limits {
    /// Without limits that a load test would meet.
    pub fn generous() -> Self {
        Self {
            messages: RateLimiter::keyed(per_minute(u32::MAX)),
            acts: RateLimiter::keyed(per_minute(u32::MAX)),
            staff: RateLimiter::keyed(per_minute(u32::MAX)),
            chats: RateLimiter::keyed(per_minute(u32::MAX)),
            attempts: RateLimiter::keyed(per_minute(u32::MAX)),
            registrations: RateLimiter::keyed(per_minute(u32::MAX)),
            tokens: RateLimiter::keyed(per_minute(u32::MAX)),
            calls: RateLimiter::keyed(per_minute(u32::MAX)),
            asked: RateLimiter::keyed(per_minute(u32::MAX)),
            reads: RateLimiter::keyed(per_minute(u32::MAX)),
        }
    }

    /// One more message in a chat.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub fn message(&self, chat: ConversationId) -> Result<(), PageError> {
        check(&self.messages, &chat)
    }

    /// One more question what is new in a chat.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub fn read(&self, chat: ConversationId) -> Result<(), PageError> {
        check(&self.reads, &chat)
    }

    /// One more act of a customer who is signed in.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub fn act(&self, customer: CustomerId) -> Result<(), PageError> {
        check(&self.acts, &customer)
    }

    /// One more act of an operator who is signed in.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub fn staff(&self, operator: StaffId) -> Result<(), PageError> {
        check(&self.staff, &operator)
    }

    /// One more chat opened from an address.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub fn chat(&self, address: IpAddr) -> Result<(), PageError> {
        check(&self.chats, &address)
    }

    /// One more attempt to sign in or to open a link from an address.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub fn attempt(&self, address: IpAddr) -> Result<(), PageError> {
        check(&self.attempts, &address)
    }

    /// One more registration of an assistant from an address.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub fn registration(&self, address: IpAddr) -> Result<(), PageError> {
        check(&self.registrations, &address)
    }

    /// One more request for tokens from an address.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub fn token(&self, address: IpAddr) -> Result<(), PageError> {
        check(&self.tokens, &address)
    }

    /// One more call of an assistant in a customer's name.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub fn call(&self, customer: CustomerId, assistant: &str) -> Result<(), PageError> {
        check(&self.asked, &customer)?;
        check(&self.calls, &(customer, assistant.to_owned()))
    }
}

fn check<K>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), PageError>
where
    K: Clone + Eq + std::hash::Hash,
{
    if limiter.len() > SWEEP_AT {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|_| {
        metrics::counter!("bankside_rate_limited_total").increment(1);
        PageError::TooMany { minutes: 1 }
    })
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Limits")
    }
}
