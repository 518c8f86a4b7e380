//! The only source of randomness of the house: the kernel's.

use bankside_service::ports::Entropy;

/// The kernel's random source (getrandom(2)).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "the binary is where randomness comes in")]
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(error) = getrandom::fill(buffer) {
            tracing::error!(%error, "the kernel gives no random bytes");
            std::process::abort();
        }
    }
}
