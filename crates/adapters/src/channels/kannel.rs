//! Short messages through Kannel 1.4, the open gateway: its HTTP interface as the User's Guide has
//! it, "Using the HTTP interface to send SMS messages" and "Delivery reports", and the escape codes
//! of a service's `get-url`.
//!
//! ```text
//! group = sendsms-user            # as `username` and `password` here
//! concatenation = true            # else a long text is cut off after its first part
//! max-messages = 6
//!
//! group = sms-service
//! keyword = default
//! catch-all = true
//! max-messages = 0                # the answer to a webhook is never sent to anybody
//! get-url = "..."                 # Settings::get_url
//! ```
//!
//! The group of the smsc needs `unified-prefix`, so that numbers come with `+` or `00`. The core has no
//! `access-log`: Kannel would write the words of each message there.
//!
//! INVARIANT: a message goes in a request's body and the password in its head, so that no proxy on
//! the way writes either in its log of addresses.
//!
//! Deliberately absent: binary and flash messages, and any sender but one. Kannel does not sign what
//! it sends: the secret in the webhook's address is all the proof there is, so that the way from
//! Kannel should be the bank's own network or TLS. A request that is repeated carries the id that it
//! had, by which it is known again, however old it is.

mod query;
mod settings;
mod take;
mod wire;

use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::channel::{Capabilities, Contact};
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel, Delivered, Distrust, SendError, Taken};
use bytes::Bytes;
use http::Request;

use crate::channels::sms::{self, Number};
use crate::http::{Bounds, HttpClient};
pub use settings::{Settings, SettingsError};

/// Longest wait for Kannel's answer, and the most of it that is read, in bytes.
const BOUNDS: Bounds = Bounds { deadline: Duration::from_secs(10), answer: 4 * 1024 };

/// A channel of short messages.
#[derive(Clone, Debug)]
pub struct Kannel {
    settings: Settings,
    client: HttpClient,
}

impl Kannel {
    /// The gateway of those settings.
    pub fn new(settings: Settings, client: HttpClient) -> Self {
        Self { settings, client }
    }

    async fn asked(&self, request: Request<Bytes>) -> Result<wire::Answer, SendError> {
        let answer = self.client.send(request, BOUNDS).await;
        let answer =
            answer.map_err(|error| SendError::Later { after_millis: None, why: error.to_string() });
        let answer = answer?;
        Ok(wire::Answer::of(answer.status(), answer.body()))
    }
}

#[async_trait]
impl Channel for Kannel {
    fn can(&self) -> &Capabilities {
        &sms::CAN
    }

    /// The id of a message is its own key: a delivery report brings it back. Kannel cannot tell the
    /// same key twice.
    async fn send(
        &self,
        to: &Contact,
        frame: &Frame,
        key: &str,
    ) -> Result<Option<String>, SendError> {
        let Some(to) = Number::parse(to.address()) else {
            return Err(SendError::Refused { why: "not a number of E.164".to_owned() });
        };
        let request = wire::message(&self.settings, &to, &frame.text, key)?;
        self.asked(request).await?.sent()?;
        Ok(Some(key.to_owned()))
    }

    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        take::take(&self.settings.secret, request)
    }

    /// Kannel has no request that only asks: a message to nobody tells whether the password is right.
    async fn test(&self) -> Result<String, SendError> {
        self.asked(wire::to_nobody(&self.settings)?).await?.knows_us()?;
        Ok(format!("Kannel takes messages from `{}`", self.settings.username))
    }
}

#[cfg(test)]
mod tests;
