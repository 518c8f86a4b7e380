//! A seeded stream of numbers: the same key gives the same stream, on every machine, for ever.
//!
//! SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
//! Deliberately absent: any use for secrets.

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of numbers.
pub(super) struct Stream(u64);

impl Stream {
    /// The stream that belongs to these words, in this order.
    pub(super) fn of(words: &[u64]) -> Self {
        Self(words.iter().fold(GAMMA, |state, word| mix(state ^ word).wrapping_add(GAMMA)))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        mix(self.0)
    }

    /// At least 0 and less than `bound`; 0 if `bound` is 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let wide = (self.next() >> 32) * u64::from(bound);
        u32::try_from(wide >> 32).unwrap_or_default()
    }

    /// At least `low` and at most `high`; both within `0..2^31`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u32::try_from(high.saturating_sub(low).max(0)).unwrap_or(u32::MAX - 1);
        low.saturating_add(i64::from(self.below(span.saturating_add(1))))
    }

    /// True in so many of a thousand cases.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1_000) < per_mille
    }

    /// One of them; empty text if there are none.
    pub(super) fn pick(&mut self, texts: &[&'static str]) -> &'static str {
        let at = self.below(u32::try_from(texts.len()).unwrap_or(u32::MAX));
        usize::try_from(at).ok().and_then(|at| texts.get(at)).copied().unwrap_or_default()
    }

    /// So many digits.
    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from_digit(self.below(10), 10).unwrap_or('0')).collect()
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_never_changes() {
        let mut stream = Stream::of(&[1, 2]);
        let first = [stream.next(), stream.next()];
        assert_eq!(first, [Stream::of(&[1, 2]).next(), first[1]]);
        assert_ne!(first[0], Stream::of(&[2, 1]).next());
    }

    #[test]
    fn draws_stay_within_their_bounds_and_reach_them() {
        let mut stream = Stream::of(&[7]);
        let drawn: std::collections::BTreeSet<i64> =
            (0..500).map(|_| stream.between(3, 6)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [3, 4, 5, 6]);
        assert_eq!(stream.below(0), 0);
        assert_eq!(stream.pick(&[]), "");
    }
}
