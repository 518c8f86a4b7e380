//! The conformance kit: what the bank expects of every channel, asked of its adapter.
//!
//! Each adapter is opened with made-up credentials against a double of its operator on this machine,
//! so that nothing leaves it and nothing need be installed. What only the real thing can show (a
//! homeserver, a gateway) is the business of the adapter's own tests.
//!
//! ```text
//! Specimen   how one operator delivers, answers and refuses
//! Operator   its double by HTTP: answers by the specimen, keeps what it saw
//! Double     its double by connections, whoever makes them: a Conversation each, which does no I/O
//! Desk       the inlet of what comes by them: commits, holds up or refuses what is handed in
//! Scene      a channel that is opened, with whichever of these it speaks with
//! rules      what must hold, whatever the channel         -> pass, fail, or not applicable and why
//! ```

mod delivery;
mod desk;
mod operator;
mod rules;
mod scene;
mod specimen;
mod specimens;
mod wire;

use serde::Serialize;

use crate::http::HttpClient;
use rules::{Case, Judged};

/// How a channel did by one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it must be.
    Pass,
    /// Not so.
    Fail,
    /// The channel has no such thing.
    NotApplicable,
}

/// One rule, asked of one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The kind of channel, as the configuration names it.
    pub channel: &'static str,
    /// The rule's name.
    pub rule: &'static str,
    /// How it did.
    pub verdict: Verdict,
    /// Why it failed, or why the rule does not apply; empty where it passed.
    pub reason: String,
}

/// The kinds of channels that the kit knows.
pub fn names() -> impl Iterator<Item = &'static str> {
    specimens::ALL.iter().map(|specimen| specimen.name())
}

/// Asks every rule of a kind of channel, in the order of the rules; nothing where the kit does not
/// know it.
pub async fn examine(name: &str, client: &HttpClient) -> Option<Vec<Finding>> {
    let specimen = *specimens::ALL.iter().find(|specimen| specimen.name() == name)?;
    let asked = rules::ALL.iter().map(|(rule, ask)| async move {
        let case = Case { specimen, client: client.clone() };
        finding(specimen.name(), rule, ask(case).await)
    });
    Some(futures_util::future::join_all(asked).await)
}

fn finding(channel: &'static str, rule: &'static str, judged: Result<Judged, String>) -> Finding {
    let (verdict, reason) = match judged {
        Ok(Judged::Holds) => (Verdict::Pass, String::new()),
        Ok(Judged::Not(why)) => (Verdict::NotApplicable, why.to_owned()),
        Err(why) => (Verdict::Fail, why),
    };
    Finding { channel, rule, verdict, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What channels share.
    const SHARED: [&str; 2] = ["graph", "secret"];

    #[test]
    fn every_channel_is_known() {
        let modules = include_str!("channels.rs").lines().filter_map(|line| {
            line.strip_prefix("pub mod ").and_then(|module| module.strip_suffix(';'))
        });
        let channels: Vec<_> = modules.filter(|module| !SHARED.contains(module)).collect();
        assert!(names().eq(channels.iter().copied()), "{channels:?}");
    }

    /// Every channel keeps every rule that applies to it, and most do.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn every_channel_conforms() {
        let client = HttpClient::new().unwrap();
        let examined = names().map(async |name| (name, examine(name, &client).await.unwrap()));
        for (name, findings) in futures_util::future::join_all(examined).await {
            let failed: Vec<_> =
                findings.iter().filter(|finding| finding.verdict == Verdict::Fail).collect();
            assert!(failed.is_empty(), "{failed:#?}");
            let passed = findings.iter().filter(|finding| finding.verdict == Verdict::Pass);
            assert!(passed.count() >= 15, "{name}");
        }
        assert!(examine("carrier-pigeon", &client).await.is_none());
    }
}
