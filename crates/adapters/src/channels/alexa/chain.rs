//! Chains of certificates, fetched once and kept for a while.
//!
//! INVARIANT: whoever sends a request names a chain, before anything of it is proven. So one chain is
//! fetched at a time, so many in a minute, and so many are kept; what could not be fetched, or is
//! not Alexa's, is not tried again at once. Each request is proven with a kept chain anew, at its own time.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bankside_domain::Timestamp;
use bytes::Bytes;

use super::certificate::{Chain, ChainUrl};
use super::settings::Settings;
use crate::http::{Bounds, HttpClient};

/// Longest wait for a chain.
const DEADLINE: Duration = Duration::from_secs(2);
/// Bytes of one that are read.
const MOST: usize = 32 * 1024;
/// Chains that are kept: Amazon changes its own now and then.
const KEPT: usize = 8;
/// How long one is kept, in milliseconds: a day.
const KEEP_MS: i64 = 86_400_000;
/// How long one that could not be fetched, or is not Alexa's, is not tried again, in milliseconds.
const PAUSE_MS: i64 = 10_000;
/// Fetches in [`MINUTE_MS`].
const FETCHES: usize = 12;
/// In milliseconds.
const MINUTE_MS: i64 = 60_000;

/// The chains.
#[derive(Debug, Default)]
pub(super) struct Chains {
    kept: Mutex<Kept>,
    /// One fetch at a time.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Kept {
    chains: BTreeMap<ChainUrl, (Timestamp, Option<Arc<Chain>>)>,
    fetches: VecDeque<Timestamp>,
}

impl Chains {
    /// The chain of that address, if it was fetched.
    pub(super) fn get(&self, url: &ChainUrl) -> Option<Arc<Chain>> {
        self.locked().chains.get(url).and_then(|(_, chain)| chain.clone())
    }

    /// Fetches it, unless it is kept, was tried just now, or too much was fetched lately.
    pub(super) async fn fetch(
        &self,
        client: &HttpClient,
        settings: &Settings,
        url: &ChainUrl,
        now: Timestamp,
    ) {
        if self.locked().is_known(url, now) {
            return;
        }
        let _one = self.fetching.lock().await;
        if self.locked().is_known(url, now) || !self.locked().may_fetch(now) {
            return;
        }
        let chain = fetch(client, &format!("{}{}", settings.certificates, url.path())).await;
        let chain = chain.filter(|chain| chain.is_alexas(&settings.roots, now).is_ok());
        self.locked().keep(url.clone(), chain.map(Arc::new), now);
    }

    /// The map stays whole whatever happened to another holder.
    fn locked(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn is_known(&self, url: &ChainUrl, now: Timestamp) -> bool {
        self.chains.get(url).is_some_and(|(since, chain)| {
            let keep = if chain.is_some() { KEEP_MS } else { PAUSE_MS };
            (0..keep).contains(&now.millis_since(*since))
        })
    }

    fn may_fetch(&mut self, now: Timestamp) -> bool {
        while self.fetches.front().is_some_and(|at| now.millis_since(*at) >= MINUTE_MS) {
            self.fetches.pop_front();
        }
        let may = self.fetches.len() < FETCHES;
        if may {
            self.fetches.push_back(now);
        }
        may
    }

    /// Keeps what was fetched. What was kept stays where the new one failed; room is made of failures
    /// first, then of the oldest.
    fn keep(&mut self, url: ChainUrl, chain: Option<Arc<Chain>>, now: Timestamp) {
        let before = self.chains.remove(&url).and_then(|(_, chain)| chain);
        while self.chains.len() >= KEPT {
            let oldest =
                self.chains.iter().min_by_key(|(_, (since, chain))| (chain.is_some(), *since));
            let Some(oldest) = oldest.map(|(url, _)| url.clone()) else { break };
            self.chains.remove(&oldest);
        }
        self.chains.insert(url, (now, chain.or(before)));
    }
}

async fn fetch(client: &HttpClient, url: &str) -> Option<Chain> {
    let request = http::Request::get(url).body(Bytes::new()).ok()?;
    let bounds = Bounds { deadline: DEADLINE, answer: MOST };
    let answer = client.send(request, bounds).await.ok()?;
    (answer.status() == http::StatusCode::OK).then(|| Chain::parse(answer.body())).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(name: &str) -> ChainUrl {
        ChainUrl::parse(&format!("https://s3.amazonaws.com/echo.api/{name}.pem")).unwrap()
    }

    #[test]
    fn so_many_are_fetched_in_a_minute_and_so_many_kept() {
        let mut kept = Kept::default();
        let at = |second: i64| Timestamp::from_millis(second * 1000);
        let fetched = (0..60).filter(|second| kept.may_fetch(at(*second))).count();
        assert_eq!(fetched, FETCHES);
        assert!(kept.may_fetch(at(60)));
        for number in 0..100 {
            kept.keep(url(&number.to_string()), None, at(number));
        }
        assert_eq!(kept.chains.len(), KEPT);
        assert!(kept.is_known(&url("99"), at(100)));
        assert!(!kept.is_known(&url("99"), at(110)), "a failure is tried again after a pause");
        assert!(!kept.is_known(&url("0"), at(100)));
    }
}
