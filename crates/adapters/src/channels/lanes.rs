//! What came in by a connection, on its way to be committed: in order for each person, several people at
//! once.

use tokio::sync::mpsc;

/// Lanes; the committer gathers what they bring into one transaction.
const LANES: usize = 8;
/// Deliveries that wait in each.
const MAX_WAITING: usize = 64;

/// Where deliveries are put.
pub(super) struct Lanes<T>(Vec<mpsc::Sender<T>>);

/// Both ends.
pub(super) fn lanes<T>() -> (Lanes<T>, Vec<mpsc::Receiver<T>>) {
    let (to, from) = (0..LANES).map(|_| mpsc::channel(MAX_WAITING)).unzip();
    (Lanes(to), from)
}

impl<T> Lanes<T> {
    /// Puts one on the lane of that person; gives it back where that has no room.
    pub(super) fn put(&self, who: &str, came: T) -> Result<(), T> {
        let number =
            who.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31) ^ usize::from(byte));
        match self.0.get(number % LANES) {
            Some(lane) => lane.try_send(came).map_err(mpsc::error::TrySendError::into_inner),
            None => Err(came),
        }
    }
}
