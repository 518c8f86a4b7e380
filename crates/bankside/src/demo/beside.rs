//! Operators that the demo starts beside the bank, each a double with a phone.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::Context as _;
use bankside_adapters::http::HttpClient;
use bankside_domain::Party;
use bankside_domain::bank::BankId;
use bankside_doubles::{Doubles, Kind, Source};
use bankside_service::channels::Connected;
use bankside_service::ports::{Clock as _, Entropy as _};

use crate::clock::SystemClock;
use crate::entropy::SystemEntropy;

/// The doubles that were asked for, with an address and not serving yet; none where none were.
pub(super) struct Beside(Option<Doubles>);

/// Makes them, next to where the bank listens where that is free.
///
/// # Errors
/// Where there is no address left for them.
pub(super) async fn start(kinds: &[Kind], bank: SocketAddr) -> anyhow::Result<Beside> {
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        return Ok(Beside(None));
    }
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let next = if bank.port() == 0 { 0 } else { bank.port().saturating_add(1) };
    let addresses = [SocketAddr::new(here, next), SocketAddr::new(here, 0)];
    let source = Source { now: || SystemClock.now().as_millis(), chance };
    let doubles = Doubles::bind(&kinds, &addresses, HttpClient::new()?, source).await;
    Ok(Beside(Some(doubles.context("`--with`")?)))
}

fn chance() -> [u8; 32] {
    let mut bytes = [0; 32];
    SystemEntropy.fill(&mut bytes);
    bytes
}

impl Beside {
    /// The channels.
    pub(super) fn parties(&self) -> Vec<Party> {
        self.0.as_ref().map(Doubles::parties).unwrap_or_default()
    }

    /// How that bank is connected with them.
    ///
    /// # Errors
    /// Where a double does not suit its adapter.
    pub(super) fn connected(&self, bank: &BankId) -> anyhow::Result<Vec<Connected>> {
        Ok(self.0.as_ref().map(|doubles| doubles.connected(bank)).transpose()?.unwrap_or_default())
    }

    /// Serves from now on; says where. `bank` is where the bank listens.
    pub(super) fn serve(self, bank: SocketAddr) -> Option<SocketAddr> {
        let doubles = self.0?;
        let address = doubles.address();
        let reached = if bank.ip().is_unspecified() {
            SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), bank.port())
        } else {
            bank
        };
        drop(tokio::spawn(doubles.serve(format!("http://{reached}"))));
        Some(address)
    }
}
