//! Budgets: how long files and functions may be. A ratchet: the limits may only fall.
//!
//! Lines of tests do not count. A function runs from its signature to its closing brace.

use super::finding::Finding;
use super::house::House;
use super::source::Source;

/// Half of the files have at most this many lines.
const FILE_MEDIAN: usize = 150;
/// 95 of 100 files have at most this many lines.
const FILE_P95: usize = 400;
/// No file has more lines.
const FILE_CAP: usize = 800;
/// 95 of 100 functions have at most this many lines.
const FUNCTION_P95: usize = 45;
/// No function has more lines.
const FUNCTION_CAP: usize = 70;
/// A longer test module moves to a file of its own.
const INLINE_TESTS_CAP: usize = 150;

/// Checks each size against its cap, and the distribution against its percentiles.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, source) in house.code() {
        found.extend(file(path, source));
        found.extend(source.functions.iter().filter_map(|function| {
            let lines = shipped_function(source, &function.at)?;
            let advice =
                format!("`{}` has {lines} lines, the cap is {FUNCTION_CAP}", function.name);
            (lines > FUNCTION_CAP)
                .then(|| Finding::new(path, *function.at.start(), "function-lines", advice))
        }));
    }
    for (what, measured, limit) in Sizes::of(house).limits() {
        if measured > limit {
            let advice = format!("{what} is {measured} lines, the limit is {limit}; split");
            found.push(Finding::new("xtask/src/tidy/budgets.rs", 1, "budget", advice));
        }
    }
    found
}

/// The measured sizes, in two lines.
pub(super) fn summary(house: &House) -> String {
    let sizes = Sizes::of(house);
    let line = |what: &str, lines: &[usize]| {
        let (median, p95) = (percentile(lines, 50), percentile(lines, 95));
        let longest = lines.last().copied().unwrap_or_default();
        format!("{what}: {}, median {median}, p95 {p95}, longest {longest} lines\n", lines.len())
    };
    line("files", &sizes.files) + &line("functions", &sizes.functions)
}

fn file(path: &str, source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    let lines = source.shipped_lines();
    if lines > FILE_CAP {
        let advice = format!("{lines} lines without tests, the cap is {FILE_CAP}; split");
        found.push(Finding::new(path, 1, "file-lines", advice));
    }
    for tests in source.test_attributes() {
        let lines = tests.governs.end() + 1 - tests.governs.start();
        if lines > INLINE_TESTS_CAP {
            let home = path.trim_end_matches(".rs");
            let advice = format!("{lines} lines of inline tests; move them to `{home}/tests.rs`");
            found.push(Finding::new(path, tests.line, "inline-tests", advice));
        }
    }
    found
}

/// Lines of a function, unless only tests compile it.
fn shipped_function(source: &Source, at: &std::ops::RangeInclusive<usize>) -> Option<usize> {
    (!source.is_test(*at.start())).then(|| at.end() + 1 - at.start())
}

/// Sizes in lines, ascending.
struct Sizes {
    files: Vec<usize>,
    functions: Vec<usize>,
}

impl Sizes {
    fn of(house: &House) -> Sizes {
        let mut sizes = Sizes { files: Vec::new(), functions: Vec::new() };
        for (_, source) in house.code() {
            sizes.files.push(source.shipped_lines());
            let functions = source.functions.iter();
            sizes.functions.extend(functions.filter_map(|f| shipped_function(source, &f.at)));
        }
        sizes.files.sort_unstable();
        sizes.functions.sort_unstable();
        sizes
    }

    fn limits(&self) -> [(&'static str, usize, usize); 3] {
        [
            ("the median file", percentile(&self.files, 50), FILE_MEDIAN),
            ("the 95th percentile of files", percentile(&self.files, 95), FILE_P95),
            ("the 95th percentile of functions", percentile(&self.functions, 95), FUNCTION_P95),
        ]
    }
}

/// The nearest-rank percentile of ascending values; 0 of none.
fn percentile(sorted: &[usize], percent: usize) -> usize {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}
